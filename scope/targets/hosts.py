"""The host of a target: a name in its ASCII form, or an address."""

import re
from urllib.parse import unquote

from scope.errors import InvalidTarget
from scope.places.addresses import Addresses
from scope.targets import address

LONGEST_NAME = 253  # RFC 1035 section 2.3.4, less the length bytes of root and first label
LONGEST_LABEL = 63
LONGEST_RAW = 12 * LONGEST_NAME  # every character as four escaped bytes

_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMERIC = re.compile(r"\d+|0x[0-9a-f]*")
_SPAN = re.compile(r"\d+-\d+")


def read(text: str, *, url: bool, stars: bool = False) -> str | Addresses:
    """Return the normal form of a host: a lower-case ASCII name, or an address.

    Args:
        text: The host as written, without user part, port and brackets.
        url: The host stood in a URL, where escapes and old IPv4 spellings count.
        stars: The host is part of a rule and may contain ``*``.

    >>> read("B\u00fccher.Example.", url=False)
    'xn--bcher-kva.example'
    >>> str(read("0x7f.1", url=True))
    '127.0.0.1'

    Raises:
        InvalidTarget: The text names no host; ``code`` says which check failed.
    """
    if len(text) > LONGEST_RAW:
        raise _too_long()
    name = ascii_form(unquote(text) if url else text).removesuffix(".")
    last = name.rpartition(".")[2]
    if _NUMERIC.fullmatch(last) or _SPAN.fullmatch(last):
        return _address(name, url=url)
    _check(name.replace("*", "x") if stars else name)
    return name


def ascii_form(name: str) -> str:
    """Return a name in lower case, foreign letters written in ASCII (UTS 46, non-transitional).

    Raises:
        InvalidTarget: A label has characters that no host name may have (``bad-host``).
    """
    if name.isascii() and "xn--" not in name.lower():
        return name.lower()
    import idna  # only foreign names pay for its tables

    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        return ".".join(map(_ascii_label, mapped.split(".")))
    except UnicodeError as error:
        raise _bad_host() from error


def _ascii_label(label: str) -> str:
    """Write one mapped label in ASCII; symbols such as emoji are taken as browsers take them."""
    import idna

    if label.isascii() and not label.startswith("xn--"):
        return label
    if len(label) > LONGEST_LABEL or "*" in label:
        raise UnicodeError(label)
    if label.isascii():
        return _checked(label)
    try:
        return idna.alabel(label).decode()
    except idna.InvalidCodepoint:
        return _punycode(label)


def _checked(label: str) -> str:
    """Return an ``xn--`` label if it is the one spelling of a foreign label.

    Raises:
        UnicodeError: It is not; a second spelling of a name would slip past its rule.
    """
    import idna

    foreign = label.removeprefix("xn--").encode().decode("punycode")
    mapped = idna.uts46_remap(foreign, std3_rules=False, transitional=False)
    if foreign.isascii() or mapped != foreign or _punycode(foreign) != label:
        raise UnicodeError(label)
    return label


def _punycode(label: str) -> str:
    """Write a foreign label in ASCII (RFC 3492)."""
    return "xn--" + label.encode("punycode").decode("ascii")


def _address(name: str, *, url: bool) -> Addresses:
    """Read a host whose last label is a number; no name ends so (WHATWG URL, "host parser")."""
    found = address.parse((address.legacy(name) or name) if url else name)
    if found is None or not found.single:
        raise InvalidTarget(
            "The host ends in a number but is no address.",
            hint="Write an address with four numbers from 0 to 255, such as 192.0.2.1.",
            code="bad-address",
        )
    return found


def _check(name: str) -> None:
    """Refuse a name that DNS could not hold."""
    if len(name) > LONGEST_NAME or any(len(label) > LONGEST_LABEL for label in name.split(".")):
        raise _too_long()
    if not _NAME.fullmatch(name):
        raise _bad_host()


def _too_long() -> InvalidTarget:
    """Say that a host name is longer than DNS allows."""
    return InvalidTarget(
        "The host name is too long: at most 253 characters, 63 between two dots.",
        hint="Check that only the host was copied.",
        code="host-too-long",
    )


def _bad_host() -> InvalidTarget:
    """Say that a host name has an empty part or a character that it cannot have."""
    return InvalidTarget(
        "The host name has an empty part or a character that no host name may have.",
        hint="Write a host such as www.example.com, without blanks or signs around it.",
        code="bad-host",
    )
