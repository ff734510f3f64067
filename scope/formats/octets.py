"""IPv4 addresses within expressions, written as the octet patterns that rules have."""

import re

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_NUMBERS = r"(?:\d{1,3}|\(\?:\d{1,3}(?:\|\d{1,3})+\)|" + re.escape(_OCTET) + ")"
_FOUR = re.compile(rf"{_NUMBERS}(?:\\\.{_NUMBERS}){{3}}")


def plain(expression: str) -> str:
    r"""Return an expression in which numbers of addresses are octet patterns.

    >>> print(plain(r"192\.0\.2\.(?:7|8|9)"))
    192\.0\.2\.7-9
    """
    return _FOUR.sub(_octets, expression)


def _octets(found: re.Match[str]) -> str:
    """Write the numbers of IPv4 addresses as an octet pattern, in which a range has a hyphen."""
    written = found[0].replace(_OCTET, "[a-z0-9-]*")
    return re.sub(r"\(\?:([\d|]+)\)", _range, written)


def _range(found: re.Match[str]) -> str:
    """Write consecutive numbers as a range, and others as they are."""
    numbers = [int(each) for each in found[1].split("|")]
    if numbers == list(range(numbers[0], numbers[-1] + 1)) and numbers[-1] <= 255:
        return f"{numbers[0]}-{numbers[-1]}"
    return found[0]
