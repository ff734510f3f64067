"""A regular file in segments of whole lines, which several processes can read at once."""

import os
from collections.abc import Iterator

from scope.quick.gate import SIZE

STEP = 1 << 16  # bytes read at a time to find the end of a line


class Segments:
    """The lines of a file, by the segment of equal size in which each line begins.

    Attributes:
        start: Where the first line begins.
        end: The size of the file when it was opened; what is added later is left out.
    """

    __slots__ = ("_descriptor", "_size", "end", "start")

    def __init__(self, descriptor: int, *, size: int = SIZE) -> None:
        """Take a file from where it stands.

        Args:
            descriptor: The file; its position is left alone.
            size: Bytes in a segment.
        """
        self._descriptor = descriptor
        self._size = size
        self.start = os.lseek(descriptor, 0, os.SEEK_CUR)
        self.end = max(os.fstat(descriptor).st_size, self.start)

    def __len__(self) -> int:
        return -((self.start - self.end) // self._size)

    def lines(self, number: int) -> bytes:
        """Return the lines that begin in one segment, each with its end; perhaps none."""
        first = self.start + number * self._size
        last = min(first + self._size, self.end)
        begin = first if number == 0 else self._after_line_end(first - 1, last - 1)
        if begin is None:
            return b""
        stop = self._after_line_end(last - 1, self.end)
        data = self._read(begin, self.end if stop is None else stop)
        return data if data.endswith(b"\n") or not data else data + b"\n"

    def _after_line_end(self, begin: int, stop: int) -> int | None:
        """Return where the first line end in a stretch of the file is over; None without one."""
        while begin < stop:
            data = os.pread(self._descriptor, min(STEP, stop - begin), begin)
            at = data.find(b"\n")
            if at >= 0:
                return begin + at + 1
            if not data:  # the file has become shorter
                return None
            begin += len(data)
        return None

    def _read(self, begin: int, stop: int) -> bytes:
        """Read a stretch of the file."""
        return b"".join(self._pieces(begin, stop))

    def _pieces(self, begin: int, stop: int) -> Iterator[bytes]:
        while begin < stop and (data := os.pread(self._descriptor, stop - begin, begin)):
            yield data
            begin += len(data)
