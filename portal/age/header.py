"""The header of an age file, read and written without any key.

Safe on the server: it can say how a file was sealed, never what is in it. Source: C2SP ``age.md``,
section "Header".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from portal.age import raw_base64
from portal.age.errors import DAMAGED, HeaderFailure

VERSION_LINE = b"age-encryption.org/v1\n"
MAC_BYTES = 32  # HMAC-SHA-256
BODY_COLUMNS = 64
# The format sets no limits. Without ours a hostile file could fill the memory of whoever reads it.
MAX_LINE_BYTES = 4096  # a hybrid stanza's first line takes 1,514
MAX_STANZAS = 128  # twice what a keyset may hold
MAX_HEADER_BYTES = 256 * 1024  # 128 hybrid stanzas take 200 kB

_ARGUMENTS = re.compile(rb"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")
_MAC_TEXT_BYTES = len(" ") + 43 + len("\n")  # what follows the three dashes; not authenticated


class LineSource(Protocol):
    """A binary stream that hands out lines, and nothing beyond the line asked for."""

    def readline(self, size: int, /) -> bytes:
        """Return bytes up to and including the next line feed, at most ``size`` of them."""
        ...


@dataclass(frozen=True, slots=True)
class Stanza:
    """The file key, wrapped for one recipient.

    Attributes:
        type: What wrapped it, such as ``X25519``.
        args: The arguments after the type.
        body: The wrapped key, decoded.
    """

    type: str
    args: tuple[str, ...]
    body: bytes

    def text(self) -> bytes:
        """Return the stanza as it stands in a header; its last line is always a short one."""
        first = " ".join(("->", self.type, *self.args)).encode("ascii")
        encoded = raw_base64.encode(self.body)
        starts = range(0, len(encoded) + 1, BODY_COLUMNS)
        lines = [encoded[start : start + BODY_COLUMNS] for start in starts]
        return b"\n".join([first, *lines, b""])


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header.

    Attributes:
        stanzas: One per recipient, in order.
        mac: The header's own authentication code, unverified.
        raw: The bytes exactly as read.
    """

    stanzas: tuple[Stanza, ...]
    mac: bytes
    raw: bytes

    @property
    def authenticated(self) -> bytes:
        """The bytes under the authentication code: all up to and including the three dashes."""
        return self.raw[:-_MAC_TEXT_BYTES]


def unfinished(stanzas: Iterable[Stanza]) -> bytes:
    """Return the header text up to and including the three dashes, ready to be authenticated."""
    return VERSION_LINE + b"".join(stanza.text() for stanza in stanzas) + b"---"


def finished(text: bytes, mac: bytes) -> bytes:
    """Return a whole header from :func:`unfinished` text and its authentication code."""
    return text + b" " + raw_base64.encode(mac) + b"\n"


def read(source: LineSource) -> Header:
    """Read a header, strictly, and leave the source at the first byte of the payload.

    Raises:
        HeaderFailure: Not an age v1 file, cut short, over a limit, or spelled in a way the format
            does not allow.
    """
    lines = _Lines(source)
    if lines.first() != VERSION_LINE:
        raise HeaderFailure("This is not an age v1 file.", hint=_ARMOUR_HINT)
    stanzas: list[Stanza] = []
    while (line := lines.next()).startswith(b"-> "):
        if len(stanzas) == MAX_STANZAS:
            raise _refused(f"it has more than {MAX_STANZAS} stanzas")
        stanzas.append(_stanza(line, lines))
    if not stanzas:
        raise _refused("it has no stanza")
    return Header(tuple(stanzas), _mac(line), lines.raw)


_ARMOUR_HINT = "Give the binary .age file as it was made, without ASCII armour."


def _refused(reason: str) -> HeaderFailure:
    return HeaderFailure(f"The age header is not valid: {reason}.", hint=DAMAGED)


class _Lines:
    """Header lines, each with its line feed, and all the bytes they took."""

    def __init__(self, source: LineSource) -> None:
        self._source = source
        self._taken: list[bytes] = []
        self._size = 0

    @property
    def raw(self) -> bytes:
        return b"".join(self._taken)

    def first(self) -> bytes:
        """Take as much as a version line has, whatever it turns out to be."""
        line = self._source.readline(len(VERSION_LINE))
        self._taken.append(line)
        return line

    def next(self) -> bytes:
        """Take one whole line."""
        line = self._source.readline(MAX_LINE_BYTES)
        if not line.endswith(b"\n"):
            reason = "a line is too long" if len(line) == MAX_LINE_BYTES else "it is cut short"
            raise _refused(reason)
        self._size += len(line)
        if self._size > MAX_HEADER_BYTES:
            raise _refused(f"it is longer than {MAX_HEADER_BYTES} bytes")
        self._taken.append(line)
        return line


def _stanza(line: bytes, lines: _Lines) -> Stanza:
    text = line[len(b"-> ") : -1]
    if not _ARGUMENTS.fullmatch(text):
        raise _refused("a stanza's arguments are malformed")
    kind, *args = text.decode("ascii").split(" ")
    try:
        body = raw_base64.decode(b"".join(_body_lines(lines)))
    except ValueError as error:
        raise _refused(f"a stanza's body is {error}") from None
    return Stanza(kind, tuple(args), body)


def _body_lines(lines: _Lines) -> Iterator[bytes]:
    """Yield body lines; the first one shorter than 64 columns ends the body."""
    columns = BODY_COLUMNS
    while columns == BODY_COLUMNS:
        line = lines.next()[:-1]
        columns = len(line)
        if columns > BODY_COLUMNS:
            raise _refused(f"a stanza has a line of more than {BODY_COLUMNS} columns")
        yield line


def _mac(line: bytes) -> bytes:
    match = _MAC_LINE.fullmatch(line)
    if match is None:
        raise _refused("its last line is malformed")
    try:
        return raw_base64.decode(match.group(1))
    except ValueError as error:
        raise _refused(f"its authentication code is {error}") from None
