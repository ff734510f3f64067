"""Names in foreign letters, and the one way to write each of them in ASCII.

Small enough for the filter to load: whoever lists such names would wait for all the rest else.
"""

from scope.errors import InvalidTarget

LONGEST_LABEL = 63  # RFC 1035 section 2.3.4


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
        raise bad_host() from error


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


def bad_host() -> InvalidTarget:
    """Say that a host name has an empty part or a character that it cannot have."""
    return InvalidTarget(
        "The host name has an empty part or a character that no host name may have.",
        hint="Write a host such as www.example.com, without blanks or signs around it.",
        code="bad-host",
    )
