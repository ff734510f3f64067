"""The host of a target: a name in its ASCII form, or an address."""

import re
from urllib.parse import unquote

from scope.errors import InvalidTarget
from scope.places.addresses import Addresses
from scope.targets import address
from scope.targets.foreign import LONGEST_LABEL, ascii_form, bad_host

LONGEST_NAME = 253  # RFC 1035 section 2.3.4, less the length bytes of root and first label
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
        raise bad_host()


def _too_long() -> InvalidTarget:
    """Say that a host name is longer than DNS allows."""
    return InvalidTarget(
        "The host name is too long: at most 253 characters, 63 between two dots.",
        hint="Check that only the host was copied.",
        code="host-too-long",
    )
