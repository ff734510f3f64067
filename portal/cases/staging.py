"""Staging: large payloads written ahead, in short transactions that nobody waits for or sees."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from portal.cases import rows
from portal.cases.database import Database
from portal.cases.envelope import Parcel
from portal.cases.tables import chunks, envelopes

ABANDONED = timedelta(days=1)  # an upload that has not become a report by then never will


@dataclass(slots=True)
class Staged:
    """A payload of which all but the last block is written.

    Attributes:
        id: Of the row in `envelopes`, to be or already written.
        parcel: The envelope and its source.
        written: Blocks written so far.
        tail: The last block; it travels with the final transaction, so that a report of one block
            costs a single durable commit.
    """

    id: str
    parcel: Parcel
    written: int = 0
    tail: bytes = b""

    def join(
        self, connection: Connection, report_id: str, now: datetime, *, role: str | None = None
    ) -> None:
        """Make the payload part of a report, inside the transaction that adds what it belongs to.

        Args:
            connection: Of that transaction.
            report_id: The report.
            now: Present time, aware.
            role: What the envelope is called in the report, where that is known only now.
        """
        envelope = replace(self.parcel.envelope, role=role or self.parcel.envelope.role)
        if self.written:
            joined = update(envelopes).where(envelopes.c.id == self.id)
            connection.execute(joined.values(report=report_id, role=envelope.role))
        else:
            rows.insert_envelope(connection, self.id, envelope, report_id, now)
        rows.insert_chunk(connection, self.id, self.written, self.tail)


@contextmanager
def staged(
    database: Database, parcels: Iterable[Parcel], *, now: datetime
) -> Iterator[Sequence[Staged]]:
    """Yield the parcels, staged; whatever did not become part of a report is removed at the end."""
    written: list[Staged] = []
    try:
        for parcel in parcels:
            written.append(Staged(secrets.token_hex(16), parcel))
            _write(database, written[-1], now)
        yield tuple(written)
    finally:
        for one in written:
            if one.written:
                _discard(database, one.id)


def sweep(database: Database, *, now: datetime) -> int:
    """Remove uploads that were cut off by a crash; return how many."""
    old = select(envelopes.c.id).where(
        envelopes.c.report.is_(None), envelopes.c.staged_at < now - ABANDONED
    )
    with database.reading() as connection:
        ids = connection.scalars(old).all()
    for row_id in ids:
        _discard(database, row_id)
    return len(ids)


def _write(database: Database, one: Staged, now: datetime) -> None:
    blocks = one.parcel.payload()
    one.tail = next(blocks, b"")
    for block in blocks:
        with database.writing() as connection:
            if one.written == 0:
                rows.insert_envelope(connection, one.id, one.parcel.envelope, None, now)
            rows.insert_chunk(connection, one.id, one.written, one.tail)
        one.written += 1
        one.tail = block


def _discard(database: Database, row_id: str) -> None:
    """Remove an upload, unless a report has it."""
    loose = select(envelopes.c.id).where(envelopes.c.id == row_id, envelopes.c.report.is_(None))
    with database.writing() as connection:
        if connection.scalar(loose) is not None:
            connection.execute(delete(chunks).where(chunks.c.envelope == row_id))
            connection.execute(delete(envelopes).where(envelopes.c.id == row_id))
