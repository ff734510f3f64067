"""One report on its way into a bundle: its age files as they are, and what the server knows."""

import hashlib
import zipfile
from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, select

from portal.cases import memo_headers
from portal.cases.database import Database
from portal.cases.headers import Face
from portal.cases.report import Report
from portal.cases.store import Store
from portal.cases.tables import INSTANT_FORMAT, memos
from portal.desk.hiding import Hiding, without
from portal.errors import StoreUnavailable

Result = TypeVar("Result")
Steps = Generator[None, None, Result]  # work that pauses; its result comes at the end


@dataclass(frozen=True, slots=True)
class Packer:
    """Writes the files of reports into a ZIP, step by step, so that it can be streamed.

    Attributes:
        store: Where the reports are.
        database: The same.
        bundle: The ZIP.
        now: Present time, aware; every file gets its date.
        hiding: What whoever gets the bundle may not read of other programs.
    """

    store: Store
    database: Database
    bundle: zipfile.ZipFile
    now: datetime
    hiding: Hiding

    def add(self, report: Report, entries: list[dict[str, Any]]) -> Iterator[None]:
        """Write a report, pausing after each block, and append what the manifest says of it."""
        files: list[dict[str, Any]] = []
        for face in self.store.faces(report.id):
            yield from self._face(report, face, files)
        notes: list[dict[str, Any]] = []
        for row in self._memos(report.id):
            path = f"{report.id}/memos/{row.id}.age"
            length, sha256 = yield from self.write(path, [memo_headers.file(row)])
            notes.append(_memo(row) | {"path": path, "length": length, "sha256": sha256})
        entries.append(self._entry(report) | {"envelopes": files, "memos": notes})

    def write(self, path: str, blocks: Iterable[bytes]) -> Steps[tuple[int, str]]:
        """Write one member, pausing after each block; return its length and SHA-256, hex."""
        whole, length = hashlib.sha256(), 0
        with self.bundle.open(member(path, self.now), "w", force_zip64=True) as sink:
            for block in blocks:
                whole.update(block)
                length += len(block)
                sink.write(block)
                yield
        return length, whole.hexdigest()

    def _face(self, report: Report, face: Face, files: list[dict[str, Any]]) -> Iterator[None]:
        """Write an age file with its newest header, and the original header beside it."""
        path = f"{report.id}/{face.role}.age"
        length, sha256 = yield from self.write(path, self._blocks(face))
        if length != face.length:  # deleted meanwhile: no bundle is better than half a file
            raise StoreUnavailable(
                f"Report {report.id} went away while it was exported.", hint="Export again."
            )
        stated = _file(path, face, sha256)
        if face.header_version > 1:
            first = next(
                envelope.header
                for row_id, envelope in self.store.envelopes(report.id)
                if row_id == face.envelope
            )
            stated["original_header"] = f"{report.id}/{face.role}.original-header"
            yield from self.write(stated["original_header"], [first])
        files.append(stated)

    def _blocks(self, face: Face) -> Iterator[bytes]:
        yield self.store.header(face)
        yield from self.store.payload(face.envelope)

    def _memos(self, report_id: str) -> Iterator[Row[Any]]:
        """Yield notes and tags; a draft is its author's alone."""
        kept = (memos.c.report == report_id, memos.c.kind != "draft")
        with self.database.reading() as connection:
            ids = connection.scalars(select(memos.c.id).where(*kept).order_by(memos.c.at)).all()
        for one in ids:
            with self.database.reading() as connection:
                row = connection.execute(select(memos).where(memos.c.id == one)).first()
            if row is not None:
                yield row

    def _entry(self, report: Report) -> dict[str, Any]:
        verdict, events = report.verdict, self.store.events(report.id)
        with self.database.reading() as connection:
            hidden = self.hiding.names(connection, [event.data for event in events])
        return {
            "report": report.id,
            "program": report.program,
            "kind": report.kind,
            "exposed": report.exposed,
            "exploited": report.exploited,
            "received_at": report.received_at.strftime(INSTANT_FORMAT),
            "policy": report.policy_version,
            "keyset": report.keyset_version,
            "verdict": verdict and asdict(verdict),
            "receipt": report.receipt,
            "events": [
                {
                    "name": event.name,
                    "at": event.at.strftime(INSTANT_FORMAT),
                    "actor": event.actor,
                    "data": without(event.data, hidden),
                }
                for event in events
            ],
            "messages": [
                {
                    "sequence": one.sequence,
                    "author": one.author,
                    "actor": one.actor,
                    "at": one.at.strftime(INSTANT_FORMAT),
                    "keyset": one.keyset_version,
                    "roles": list(one.roles),
                }
                for one in self.store.thread.messages(report.id)
            ],
        }


def member(path: str, now: datetime) -> zipfile.ZipInfo:
    """Return what a ZIP says of one of its files."""
    return zipfile.ZipInfo(path, date_time=now.timetuple()[:6])


def _file(path: str, face: Face, sha256: str) -> dict[str, Any]:
    return {
        "role": face.role,
        "path": path,
        "length": face.length,
        "sha256": sha256,
        "header_sha256": face.header_sha256,
        "header_version": face.header_version,
        "original_header_sha256": face.original_sha256,
        "payload_sha256": face.payload_sha256,
        "keyset": face.keyset_version,
    }


def _memo(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "actor": row.staff,
        "at": row.at.strftime(INSTANT_FORMAT),
        "keyset": row.keyset_version,
    }
