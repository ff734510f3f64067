"""Unpacking what a stranger packed.

Only regular files with flat names are written, into one folder, under names that are safe on any
system, and never over a file that is there. Everything else is refused rather than interpreted,
because judgement on hostile bytes is how archives escape their folder. Archives made by hand with
a common ``tar`` are read too.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.errors import ArchiveRefused
from portal.offline.archive import BLOCK, PIECE
from portal.offline.file_names import flat_name

MAX_FILES = 1000  # far more than a report has
MAX_REMARK_BYTES = 64 * 1024  # of a pax record, which is passed over unread
FILE_MODE = 0o600

_MAGICS = (b"ustar\x0000", b"ustar  \x00")  # POSIX, and GNU tar's own
_REGULAR = (b"0", b"\x00")
_REMARKS = (b"x", b"g")  # pax records: dates, owners, long names; none of them needed
_OCTAL = re.compile(rb" *([0-7]{1,11})[ \x00]*")
_FORBIDDEN = re.compile("[/\\\\\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A header block, understood."""

    kind: bytes
    name: str
    size: int


def is_archive(block: bytes) -> bool:
    """Say whether the first 512 bytes of a file look like the start of a tar archive."""
    return len(block) == BLOCK and block[257:265] in _MAGICS


def unpack(source: BinaryIO, folder: Path) -> tuple[Path, ...]:
    """Write the files of an archive into an existing folder and return where they are.

    When this raises, files already written stay; the caller throws the folder away.

    Args:
        source: The archive, from its start to its very end.
        folder: Where the files go.

    Raises:
        ArchiveRefused: Anything but regular files under flat names, one name twice, a file that is
            there already, more than 1000 files, a damaged header, a cut, or bytes after the end.
    """
    written: list[Path] = []
    while (entry := _next(source)) is not None:
        if entry.kind in _REMARKS:
            _pass_over(source, entry)
            continue
        if len(written) == MAX_FILES:
            raise refused(f"it holds more than {MAX_FILES} files")
        path = folder / _safe_name(entry)
        _write(source, entry, path)
        written.append(path)
    _require_zeros(source)
    return tuple(written)


def refused(reason: str) -> ArchiveRefused:
    """Return the error for an archive that is left packed."""
    return ArchiveRefused(
        f"The archive was not unpacked: {reason}.",
        hint="Look into it with `tar tvf` on a machine you can afford to lose.",
    )


def _next(source: BinaryIO) -> Entry | None:
    """Read one header; None at the end mark."""
    block = source.read(BLOCK)
    if len(block) < BLOCK:
        raise refused("its end mark is missing")
    if not any(block):
        return None
    if not is_archive(block) or _octal(block[148:156]) != _checksum(block):
        raise refused("a header in it is damaged")
    kind = block[156:157]
    if kind not in _REGULAR + _REMARKS:
        raise refused("it holds something other than plain files")
    if any(block[345:500]):
        raise refused("a file in it has a folder")
    return Entry(kind, _name(block[:100]), _octal(block[124:136]))


def _name(raw: bytes) -> str:
    try:
        return raw.partition(b"\x00")[0].decode("utf-8").removeprefix("./")
    except UnicodeDecodeError:
        raise refused("a name in it is not UTF-8") from None


def _safe_name(entry: Entry) -> str:
    if entry.name in {"", ".", ".."} or _FORBIDDEN.search(entry.name):
        raise refused("a file name in it could leave its folder")
    return flat_name(entry.name)


def _write(source: BinaryIO, entry: Entry, path: Path) -> None:
    try:
        # O_EXCL also refuses a link that somebody left under that name.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    except FileExistsError:
        # Unnamed: the reporter chose the name, and this sentence is shown as ours.
        raise refused("a file name in it is there already, or comes twice") from None
    with os.fdopen(descriptor, "wb") as sink:
        for piece in _content(source, entry.size):
            sink.write(piece)
    _read_exactly(source, -entry.size % BLOCK)


def _pass_over(source: BinaryIO, entry: Entry) -> None:
    if entry.size > MAX_REMARK_BYTES:
        raise refused("a remark in it is too long")
    _read_exactly(source, entry.size + -entry.size % BLOCK)


def _content(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = _read_exactly(source, min(size, PIECE))
        size -= len(piece)
        yield piece


def _read_exactly(source: BinaryIO, size: int) -> bytes:
    piece = source.read(size)
    if len(piece) != size:
        raise refused("it is cut off")
    return piece


def _require_zeros(source: BinaryIO) -> None:
    while piece := source.read(PIECE):
        if any(piece):
            raise refused("something follows its end mark")


def _octal(field: bytes) -> int:
    match = _OCTAL.fullmatch(field)
    if match is None:
        raise refused("a number in it is not written in octal")
    return int(match.group(1), 8)


def _checksum(block: bytes) -> int:
    return sum(block[:148]) + 8 * ord(" ") + sum(block[156:])
