"""What this room asks of the streams it is handed, and nothing more.

Files, ``io.BytesIO``, pipes, ZIP members and upload buffers all fit.
"""

from typing import Protocol


class Source(Protocol):
    """A binary stream to read from; it may return fewer bytes than asked for."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; nothing only at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """Return bytes up to and including the next line feed, at most ``size`` of them."""
        ...


class Sink(Protocol):
    """A binary stream that takes whole buffers; it need not be closed by this room."""

    def write(self, data: bytes, /) -> object:
        """Take all of ``data``."""
        ...


class Readable(Protocol):
    """A binary stream of which only ``read`` is needed."""

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; nothing only at the end."""
        ...


def read_fully(source: Readable, size: int) -> bytes:
    """Return ``size`` bytes, or fewer only where the source ends.

    Pipes and sockets hand out what they have; a chunk must not be taken for the last one because
    of that.
    """
    piece = source.read(size)
    if len(piece) == size or not piece:
        return piece
    pieces = [piece]
    missing = size - len(piece)
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
