"""The archive inside an envelope: ustar, flat regular files, zero-filled before it is sealed.

So ``age -d -i key report.age | tar x`` is all one needs to read a report. The same files, sizes
and time always give the same bytes; `static/js/archive.js` gives them too. Source: POSIX.1-2017,
pax, "ustar Interchange Format".
"""

import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self

from portal.errors import ArchiveRefused
from portal.offline.padding import padded_length

BLOCK = 512
END_BLOCKS = 2
MODE = 0o600  # for its owner only
PIECE = 64 * 1024  # bytes handed on at a time
MAX_SIZE = 8**11 - 1  # eleven octal digits


@dataclass(frozen=True, slots=True)
class Member:
    """One file to pack.

    Attributes:
        name: Flat and safe; `flat_names` makes such names.
        size: Bytes.
        opened: Opens the content, which has exactly that size.
    """

    name: str
    size: int
    opened: Callable[[], BinaryIO] = field(repr=False)

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> Self:
        """Pack something that is already in memory."""
        return cls(name, len(content), lambda: BytesIO(content))

    @classmethod
    def of_file(cls, name: str, path: Path) -> Self:
        """Pack a file from disk, without reading it yet."""
        return cls(name, path.stat().st_size, lambda: path.open("rb"))


@dataclass(frozen=True, slots=True)
class Archive:
    """Files, packed when it is read.

    Attributes:
        members: In the order they are packed.
        mtime: Seconds since 1970, for every file: when the report was written, never when a file
            was made, which could give away who made it.
    """

    members: Sequence[Member]
    mtime: int

    @property
    def length(self) -> int:
        """Bytes of the whole archive, fill included."""
        return padded_length(self._used)

    @property
    def _used(self) -> int:
        return sum(BLOCK + _to_block(each.size) for each in self.members) + END_BLOCKS * BLOCK

    def pieces(self) -> Iterator[bytes]:
        """Yield the archive in pieces of at most 64 KiB.

        Raises:
            ArchiveRefused: A name does not fit, or a file changed while it was being read.
        """
        for member in self.members:
            yield _header(member, self.mtime)
            yield from _content(member)
            yield bytes(_to_block(member.size) - member.size)
        left = self.length - self._used + END_BLOCKS * BLOCK
        while left:
            fill = min(left, PIECE)
            yield bytes(fill)
            left -= fill


def _header(member: Member, mtime: int) -> bytes:
    info = tarfile.TarInfo(member.name)
    info.size, info.mode, info.mtime = member.size, MODE, mtime
    if "/" in member.name or not member.name or member.size > MAX_SIZE:
        raise _unpackable(member)
    try:
        return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
    except ValueError:  # longer than the field, or not text
        raise _unpackable(member) from None


def _unpackable(member: Member) -> ArchiveRefused:
    return ArchiveRefused(
        f"{member.name!r} cannot be packed.",
        hint="Give the file a shorter name; files of 8 GiB and more do not fit.",
    )


def _content(member: Member) -> Iterator[bytes]:
    left = member.size
    with member.opened() as source:
        while left and (piece := source.read(min(left, PIECE))):
            left -= len(piece)
            yield piece
        # The header has promised a length; a file that changed meanwhile would break the rest.
        if left or source.read(1):
            raise ArchiveRefused(
                f"{member.name!r} changed while it was being read.",
                hint="Make a copy that nothing writes to, and send that.",
            )


def _to_block(size: int) -> int:
    return -(-size // BLOCK) * BLOCK
