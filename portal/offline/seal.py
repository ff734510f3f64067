"""Sealing a report: from fields and files to one or two age files.

Attachments go first, because the report names the length and hash of their archive.
"""

import hashlib
import json
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.age import header, recipients
from portal.age.encrypting import encrypt
from portal.offline import report_text
from portal.offline.archive import Archive, Member
from portal.offline.document import Document
from portal.offline.file_names import flat_names

PIECE = 1024 * 1024  # bytes hashed at a time
ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One age file on disk, and what receipts say about it.

    Attributes:
        role: ``report`` or ``attachments``; ``message`` or ``files`` in a thread.
        path: Where it is.
        length: Bytes.
        sha256: Of the whole file, hex.
        header_sha256: Of the header, hex.
        payload_sha256: Of everything after the header, hex.
    """

    role: str
    path: Path
    length: int
    sha256: str
    header_sha256: str
    payload_sha256: str

    @classmethod
    def measured(cls, role: str, path: Path) -> "Sealed":
        """Measure an age file.

        Raises:
            HeaderFailure: It is not an age file.
        """
        with path.open("rb") as file:
            raw = header.read(file).raw
            whole, payload, length = hashlib.sha256(raw), hashlib.sha256(), len(raw)
            while piece := file.read(PIECE):
                whole.update(piece)
                payload.update(piece)
                length += len(piece)
        return cls(
            role=role,
            path=path,
            length=length,
            sha256=whole.hexdigest(),
            header_sha256=hashlib.sha256(raw).hexdigest(),
            payload_sha256=payload.hexdigest(),
        )


def seal_report(
    document: Mapping[str, Any],
    files: Sequence[Path],
    *,
    to: Sequence[str],
    folder: Path,
    now: datetime,
) -> tuple[Sealed, ...]:
    """Seal a report and its files, the report first.

    Args:
        document: `report.json` as a JSON object; its attachments are filled in here.
        files: Attached as they are, under safe names.
        to: Recipients, all hybrid or all classic.
        folder: A private folder, where the age files are written.
        now: Present time, aware; the only time the archives carry.

    Raises:
        RecipientRefused: The recipients are malformed or of both kinds.
        ArchiveRefused: A file cannot be packed, or changed meanwhile.
    """
    recipients.one_kind(to)  # before a byte of plaintext is touched
    named: Mapping[str, Any] | None = None
    envelopes: list[Sealed] = []
    if files:
        named, attachments = seal_files(ATTACHMENTS, files, to=to, folder=folder, now=now)
        envelopes.append(attachments)
    members = _report_members({**document, "attachments": named})
    report, _ = seal_members("report", members, to=to, folder=folder, now=now)
    return (report, *envelopes)


def _report_members(document: Mapping[str, Any]) -> list[Member]:
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    readable = report_text.render(Document.of(document))
    return [
        Member.of_bytes("report.json", text.encode("utf-8")),
        Member.of_bytes("report.md", readable.encode("utf-8")),
    ]


def seal_files(
    role: str, files: Sequence[Path], *, to: Sequence[str], folder: Path, now: datetime
) -> tuple[dict[str, Any], Sealed]:
    """Seal files under safe names, and return what names their archive, and the age file.

    Raises:
        RecipientRefused: The recipients are malformed or of both kinds.
        ArchiveRefused: A file cannot be packed, or changed meanwhile.
    """
    names = flat_names(path.name for path in files)
    members = [Member.of_file(name, path) for name, path in zip(names, files, strict=True)]
    sealed, packed = seal_members(role, members, to=to, folder=folder, now=now)
    listed = [
        {
            "name": each.name,
            "size": each.size,
            "type": mimetypes.guess_type(each.name, strict=True)[0] or "",
        }
        for each in members
    ]
    return {"length": packed.length, "sha256": packed.sha256, "files": listed}, sealed


def seal_members(
    role: str, members: Sequence[Member], *, to: Sequence[str], folder: Path, now: datetime
) -> tuple[Sealed, "Hashed"]:
    """Pack, pad and seal into ``<role>.age``; return that file, and the hash of what is in it.

    Raises:
        RecipientRefused: The recipients are malformed or of both kinds.
        ArchiveRefused: A member cannot be packed, or changed meanwhile.
    """
    archive = Archive(members, int(now.timestamp()))
    packed, path = Hashed(archive.pieces()), folder / f"{role}.age"
    with path.open("xb") as sink:
        encrypt(packed, to, sink)
    return Sealed.measured(role, path), packed


class Hashed:
    """Pieces, read as a stream and hashed on the way."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""
        self._hash = hashlib.sha256()
        self.length = 0

    @property
    def sha256(self) -> str:
        """Hash of what was read so far, hex."""
        return self._hash.hexdigest()

    def read(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes; nothing only at the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = piece
        taken, self._held = self._held[:size], self._held[size:]
        self._hash.update(taken)
        self.length += len(taken)
        return taken
