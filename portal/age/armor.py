"""ASCII armour around an age file: strict, so that a file has one spelling only.

Source: C2SP ``age.md``, section "ASCII armor"; RFC 7468 section 3, figure 3. Both LF and CRLF line
ends are taken, and blank lines before and after the block.
"""

import base64
import binascii

from portal.age.bytestreams import Sink, Source
from portal.age.errors import DAMAGED, ArmorFailure

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
COLUMNS = 64
LINE_BYTES = COLUMNS // 4 * 3
MAX_LINE_BYTES = COLUMNS + len(b"\r\n")
MAX_BLANK_BYTES = 4096  # blank lines around the block; nobody means more of them


class ArmoredSink:
    """Writes an age file as text; used as a context manager, whose end writes the last line."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._held = b""

    def __enter__(self) -> "ArmoredSink":
        self._sink.write(BEGIN + b"\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return  # an unfinished block must not look like a finished one
        if self._held:
            self._sink.write(base64.b64encode(self._held) + b"\n")
        self._sink.write(END + b"\n")

    def write(self, data: bytes, /) -> int:
        """Take bytes of the age file and write every full line."""
        held = self._held + data
        whole = len(held) - len(held) % LINE_BYTES
        starts = range(0, whole, LINE_BYTES)
        lines = [base64.b64encode(held[start : start + LINE_BYTES]) for start in starts]
        self._sink.write(b"".join(line + b"\n" for line in lines))
        self._held = held[whole:]
        return len(data)


class ArmoredSource:
    """Reads the age file out of its armour, line by line, in constant memory.

    Both reading methods raise ArmorFailure where the armour is not strict.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held = b""
        self._begun = self._ended = self._short = False

    def read(self, size: int, /) -> bytes:
        """Return exactly ``size`` bytes of the age file, or fewer at its end."""
        pieces = []
        while size and (self._held or self._more()):
            piece, self._held = self._held[:size], self._held[size:]
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int, /) -> bytes:
        """Return bytes up to and including a line feed of the age file, at most ``size``."""
        pieces = []
        while size and (self._held or self._more()):
            end = self._held.find(b"\n") + 1
            take = min(size, end or len(self._held))
            piece, self._held = self._held[:take], self._held[take:]
            pieces.append(piece)
            size -= take
            if piece.endswith(b"\n"):
                break
        return b"".join(pieces)

    def _more(self) -> bool:
        """Decode one more line; say whether there was one."""
        if self._ended:
            return False
        if not self._begun:
            self._begin()
        line = self._line()
        if line == END:
            self._end()
            return False
        self._held = self._decoded(line)
        return True

    def _begin(self) -> None:
        self._begun = True
        spent = 0
        while not (line := self._source.readline(MAX_LINE_BYTES)).strip():
            spent += len(line)
            if not line or spent > MAX_BLANK_BYTES:
                raise _refused("its first line is missing")
        if _without_end(line) != BEGIN:
            raise _refused("its first line is malformed")

    def _end(self) -> None:
        self._ended = True
        spent = 0
        while line := self._source.readline(MAX_LINE_BYTES):
            spent += len(line)
            if line.strip() or spent > MAX_BLANK_BYTES:
                raise _refused("something follows its last line")

    def _line(self) -> bytes:
        line = self._source.readline(MAX_LINE_BYTES)
        if not line:
            raise _refused("its last line is missing")
        return _without_end(line)

    def _decoded(self, line: bytes) -> bytes:
        if self._short or not 0 < len(line) <= COLUMNS:
            raise _refused(f"a line is not {COLUMNS} columns long")
        try:
            data = base64.b64decode(line, validate=True)
        except binascii.Error:
            raise _refused("a line is not base64") from None
        if base64.b64encode(data) != line:
            raise _refused("a line is not canonical base64")
        self._short = len(data) < LINE_BYTES
        return data


def _without_end(line: bytes) -> bytes:
    """Drop one line end; a line without any is taken only for the file's last."""
    if line.endswith(b"\r\n"):
        return line[:-2]
    return line.removesuffix(b"\n")


def _refused(reason: str) -> ArmorFailure:
    return ArmorFailure(f"The ASCII armour is not valid: {reason}.", hint=DAMAGED)
