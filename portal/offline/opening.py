"""Opening sealed files on the machine of somebody who holds the key.

Plaintext is written under a temporary name and appears under its own only after the last chunk was
authenticated, so a file cut on its way is never taken for a whole one.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.age import header
from portal.age.armor import BEGIN, ArmoredSource
from portal.age.bytestreams import Source
from portal.age.decrypting import decrypt
from portal.age.identities import KeyIdentity
from portal.errors import ArchiveRefused
from portal.offline import visible
from portal.offline.archive import BLOCK
from portal.offline.document import Document
from portal.offline.unpacking import is_archive, unpack

PIECE = 1024 * 1024
FOLDER_MODE = 0o700
REPORT = "report.json"
READABLE = "report.md"
PEEK = 4096  # blank lines may stand before armour


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope, opened into a folder of its own.

    Attributes:
        folder: Holds what was in it; the caller moves or removes it.
        files: What is there.
        sha256: Of the plaintext, hex; what a report names its attachments by.
        length: Of the plaintext, bytes.
        refusal: Why an archive was kept packed, as the only file; otherwise None.
    """

    folder: Path
    files: tuple[Path, ...]
    sha256: str
    length: int
    refusal: ArchiveRefused | None = None

    @property
    def document(self) -> Document | None:
        """The report in it, if it holds one that can be read."""
        path = self.folder / REPORT
        if path not in self.files:
            return None
        try:
            return Document.parse(path.read_bytes())
        except ArchiveRefused:
            return None


def is_age_file(start: bytes) -> bool:
    """Say whether a file is an age file, by its first `PEEK` bytes and by nothing after them."""
    return start.startswith(header.VERSION_LINE.rstrip()) or _is_armor(start)


def open_envelope(
    source: BinaryIO, identities: Sequence[KeyIdentity], folder: Path, *, name: str
) -> Opened:
    """Open an age file into a folder.

    An archive is unpacked there if that is safe, and kept packed if it is not; anything else is
    written as it is.

    Args:
        source: The age file, with armour or without, seekable.
        identities: Keys to try.
        folder: An empty folder of the caller's; a folder `content` is made in it.
        name: What a content that is no archive is called.

    Raises:
        AgeError: The file is damaged, or none of the keys opens it. Nothing is left behind.
    """
    inside = folder / "content"
    with _plaintext(source, identities, folder) as plain:
        digest, length = _measured(plain)
        inside.mkdir(mode=FOLDER_MODE)
        if not _holds_archive(plain):
            return Opened(inside, (_moved(plain, inside / name),), digest, length)
        try:
            return Opened(inside, unpack(plain, inside), digest, length)
        except ArchiveRefused as error:
            shutil.rmtree(inside)
            inside.mkdir(mode=FOLDER_MODE)
            kept = _moved(plain, inside / f"{name}.tar")
            return Opened(inside, (kept,), digest, length, refusal=error)


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """Give a new folder on the same disk as `beside`, removed with what stays in it."""
    beside.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    made = Path(tempfile.mkdtemp(dir=beside, prefix=".opening-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def place(made: Path, final: Path) -> Path:
    """Give a finished file or folder its name, never over something that is there.

    Raises:
        ArchiveRefused: Something of that name is there.
    """
    if final.exists() or final.is_symlink():
        raise ArchiveRefused(
            f"{visible.line(final)} is there already, and nothing is overwritten.",
            hint="Choose another folder with -d, or move the old one away.",
        )
    return made.rename(final)


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)


@contextmanager
def _plaintext(
    source: BinaryIO, identities: Sequence[KeyIdentity], folder: Path
) -> Iterator[BinaryIO]:
    """Decrypt into a temporary file; what follows happens only if all of it was authentic."""
    descriptor, name = tempfile.mkstemp(dir=folder, suffix=".part")
    os.close(descriptor)
    try:
        with Path(name).open("w+b") as plain:
            decrypt(_unarmored(source), identities, plain)
            plain.flush()
            yield plain
    finally:
        Path(name).unlink(missing_ok=True)


def _unarmored(source: BinaryIO) -> Source:
    start = source.read(PEEK)
    source.seek(-len(start), os.SEEK_CUR)
    return ArmoredSource(source) if _is_armor(start) else source


def _is_armor(start: bytes) -> bool:
    return start.lstrip().startswith(BEGIN)


def _measured(plain: BinaryIO) -> tuple[str, int]:
    whole, length = hashlib.sha256(), 0
    plain.seek(0)
    while piece := plain.read(PIECE):
        whole.update(piece)
        length += len(piece)
    return whole.hexdigest(), length


def _holds_archive(plain: BinaryIO) -> bool:
    plain.seek(0)
    start = plain.read(BLOCK)
    plain.seek(0)
    return is_archive(start)


def _moved(plain: BinaryIO, path: Path) -> Path:
    return Path(plain.name).rename(path)
