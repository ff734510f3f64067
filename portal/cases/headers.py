"""The newest header of each envelope: what staff open a report with, after any sharing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from portal.cases.rows import place
from portal.cases.tables import envelopes, headers

_FIRST = headers.alias("first")
_COLUMNS = (
    *(envelopes.c.id, envelopes.c.role, envelopes.c.length, envelopes.c.payload_sha256),
    *(headers.c.version, headers.c.keyset_version, headers.c.sha256),
)


@dataclass(frozen=True, slots=True)
class Face:
    """An age file as staff get it: its newest header, and the payload that never changes.

    Attributes:
        envelope: Id of the envelope's row.
        role: As in `Envelope`.
        length: Of the whole file with this header, in bytes.
        payload_sha256: Hex.
        header_sha256: Of this header, hex.
        header_version: 1 is the original, which receipts name.
        original_sha256: Of that one, hex.
        keyset_version: The keyset this header was made for.
    """

    envelope: str
    role: str
    length: int
    payload_sha256: str
    header_sha256: str
    header_version: int
    original_sha256: str
    keyset_version: int


def faces(connection: Connection, report_id: str) -> tuple[Face, ...]:
    """Return every age file of a report: itself, its files, then message by message."""
    found = (_face(row) for row in connection.execute(_newest(report_id)))
    return tuple(sorted(found, key=lambda one: place(one.role)))


def header(connection: Connection, face: Face) -> bytes:
    """Return the bytes of a header."""
    wanted = select(headers.c.header).where(
        headers.c.envelope == face.envelope, headers.c.version == face.header_version
    )
    return bytes(connection.execute(wanted).scalar_one())


def kept_at(connection: Connection, report_id: str) -> datetime | None:
    """Return when the portal first kept an age file of a report; None once it was deleted.

    That is later than it came, for one that staff entered.
    """
    wanted = (
        select(func.min(headers.c.added_at))
        .join(envelopes, headers.c.envelope == envelopes.c.id)
        .where(envelopes.c.report == report_id)
    )
    at: datetime | None = connection.execute(wanted).scalar_one()
    return at


def _newest(report_id: str) -> Select[Any]:
    last = (
        select(func.max(headers.c.version))
        .where(headers.c.envelope == envelopes.c.id)
        .correlate(envelopes)
        .scalar_subquery()
    )
    grown = func.length(headers.c.header) - func.length(_FIRST.c.header)
    return (
        select(*_COLUMNS, _FIRST.c.sha256.label("original_sha256"), grown.label("grown"))
        .join(headers, headers.c.envelope == envelopes.c.id)
        .join(_FIRST, _FIRST.c.envelope == envelopes.c.id)
        .where(envelopes.c.report == report_id, headers.c.version == last, _FIRST.c.version == 1)
    )


def _face(row: Row[Any]) -> Face:
    return Face(
        envelope=row.id,
        role=row.role,
        length=row.length + row.grown,
        payload_sha256=row.payload_sha256,
        header_sha256=row.sha256,
        header_version=row.version,
        original_sha256=row.original_sha256,
        keyset_version=row.keyset_version,
    )
