"""Where reports are kept: acknowledged means durable, and nothing half-sent is ever visible."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from portal.cases import audit, rows
from portal.cases.database import Database
from portal.cases.envelope import Envelope, Parcel
from portal.cases.events import Event, check
from portal.cases.report import Report
from portal.cases.tables import chunks, envelopes, reports
from portal.errors import NoSuchReport

ABANDONED = timedelta(days=1)  # an upload that has not become a report by then never will
REISSUE = timedelta(hours=1)  # how long the same hand-sealed file may be sent again


@dataclass(frozen=True, slots=True)
class Store:
    """Keeps reports, their envelopes and their events."""

    database: Database

    # --- taking in -------------------------------------------------------------------------

    def add(self, report: Report, parcels: Sequence[Parcel]) -> Report:
        """Keep a report, durably, and return the one that is kept.

        Large payloads are staged first, in short transactions that block nobody and that nobody
        sees; the report, its first event and its audit entry then appear in one transaction. A
        delivery with the same lookup that was faster wins, and is what this returns.

        Raises:
            StoreUnavailable: Nothing was kept.
        """
        staged = [self._stage(parcel, report.received_at) for parcel in parcels]
        try:
            with self.database.writing() as connection:
                earlier = rows.report_by_lookup(connection, report.stored_lookup)
                if earlier is not None:
                    return earlier
                self._admit(connection, report, parcels, staged)
        except IntegrityError:  # PostgreSQL lets two writers race; the unique look-up decides
            return self.filed_under(report.stored_lookup) or _lost_race()
        return report

    def _stage(self, parcel: Parcel, now: datetime) -> "_Staged":
        """Write all of a payload but its last block; the last travels with the final commit."""
        staged = _Staged(id=secrets.token_hex(16))
        blocks = parcel.payload()
        held = next(blocks, b"")
        for block in blocks:
            with self.database.writing() as connection:
                if staged.written == 0:
                    rows.insert_envelope(connection, staged.id, parcel.envelope, None, now)
                rows.insert_chunk(connection, staged.id, staged.written, held)
            staged.written += 1
            held = block
        staged.tail = held
        return staged

    def _admit(
        self,
        connection: Connection,
        report: Report,
        parcels: Sequence[Parcel],
        staged: Sequence["_Staged"],
    ) -> None:
        now = report.received_at
        rows.insert_report(connection, report)
        for parcel, stage in zip(parcels, staged, strict=True):
            if stage.written:
                joined = update(envelopes).where(envelopes.c.id == stage.id)
                connection.execute(joined.values(report=report.id))
            else:
                rows.insert_envelope(connection, stage.id, parcel.envelope, report.id, now)
            rows.insert_chunk(connection, stage.id, stage.written, stage.tail)
            rows.insert_header(connection, stage.id, parcel.envelope, report.keyset_version, now)
        rows.insert_event(connection, report.id, 1, Event("received", now, "reporter"))
        kept = {"envelopes": [parcel.envelope.payload_sha256 for parcel in parcels]}
        audit.append(connection, "report received", report.id, kept, actor="reporter", now=now)

    def reissue(self, report: Report, stored_lookup: str, *, now: datetime) -> bool:
        """Let a new token replace the one issued for a hand-sealed report; False when too late.

        The reporter saw no answer and sent the same file again. Once the first token has been
        used, or an hour has passed, it stays the one that counts.
        """
        fresh = (
            reports.c.id == report.id,
            reports.c.looked_up.is_(False),
            reports.c.received_at > now - REISSUE,
        )
        with self.database.writing() as connection:
            changed = connection.execute(
                update(reports).where(*fresh).values(stored_lookup=stored_lookup)
            )
            return changed.rowcount == 1

    def sweep(self, *, now: datetime) -> int:
        """Remove uploads that never became a report; return how many."""
        old = select(envelopes.c.id).where(
            envelopes.c.report.is_(None), envelopes.c.staged_at < now - ABANDONED
        )
        with self.database.writing() as connection:
            ids = connection.scalars(old).all()
            for table, column in ((chunks, chunks.c.envelope), (envelopes, envelopes.c.id)):
                connection.execute(delete(table).where(column.in_(ids)))
        return len(ids)

    # --- finding ---------------------------------------------------------------------------

    def filed_under(self, stored_lookup: str) -> Report | None:
        """Return the report filed under this hash of a lookup value, if there is one."""
        with self.database.reading() as connection:
            return rows.report_by_lookup(connection, stored_lookup)

    def sealed_by_hand(self, program: str, contents_sha256: str) -> Report | None:
        """Return the newest report for which the server issued the token and got these bytes."""
        wanted = (
            select(reports)
            .where(
                reports.c.program == program,
                reports.c.contents_sha256 == contents_sha256,
                reports.c.origin == "server-token",
            )
            .order_by(reports.c.received_at.desc())
        )
        with self.database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        return rows.report(row) if row else None

    def look_up(self, stored_lookup: str) -> Report:
        """Return the report for the bearer of a token, and remember that the token was used.

        Raises:
            NoSuchReport: Unknown, expired and deleted tokens alike.
        """
        found = self.filed_under(stored_lookup)
        if found is None:
            raise NoSuchReport(
                "There is no report for this token.",
                hint="Compare it with your copy. Reports that were deleted look the same.",
            )
        if not found.looked_up:
            with self.database.writing() as connection:
                connection.execute(
                    update(reports).where(reports.c.id == found.id).values(looked_up=True)
                )
        return found

    def report(self, report_id: str) -> Report:
        """Return a report by its name, for staff.

        Raises:
            NoSuchReport: None of that name.
        """
        with self.database.reading() as connection:
            row = (
                connection.execute(select(reports).where(reports.c.id == report_id))
                .mappings()
                .first()
            )
        if row is None:
            raise NoSuchReport(
                f"There is no report {report_id}.", hint="`portico report list` names them all."
            )
        return rows.report(row)

    def reports(self, *, since: datetime | None = None) -> Iterator[Report]:
        """Yield every report, oldest first, received at or after `since`."""
        wanted = select(reports).order_by(reports.c.received_at, reports.c.id)
        if since is not None:
            wanted = wanted.where(reports.c.received_at >= since)
        with self.database.reading() as connection:
            for row in connection.execute(wanted).mappings():
                yield rows.report(row)

    # --- what belongs to a report ----------------------------------------------------------

    def events(self, report_id: str) -> tuple[Event, ...]:
        """Return a report's events in the order they were recorded."""
        with self.database.reading() as connection:
            return rows.events_of(connection, report_id)

    def append(self, report_id: str, event: Event) -> None:
        """Record an event.

        Raises:
            EventRefused: The report's history does not allow it.
        """
        with self.database.writing() as connection:
            history = rows.events_of(connection, report_id)
            check(event, history)
            rows.insert_event(connection, report_id, len(history) + 1, event)
            audit.append(
                connection,
                f"event {event.name}",
                report_id,
                dict(event.data),
                actor=event.actor,
                now=event.at,
            )

    def envelopes(self, report_id: str) -> tuple[tuple[str, Envelope], ...]:
        """Return the row id and the facts of each envelope, with its newest header."""
        with self.database.reading() as connection:
            return rows.envelopes_of(connection, report_id)

    def age_file(self, envelope_id: str, envelope: Envelope) -> Iterator[bytes]:
        """Yield the age file, block by block, in constant memory."""
        yield envelope.header
        wanted = select(chunks.c.data).where(chunks.c.envelope == envelope_id)
        with self.database.reading() as connection:
            count = connection.scalar(
                select(func.count()).select_from(chunks).where(chunks.c.envelope == envelope_id)
            )
        for sequence in range(count or 0):
            with self.database.reading() as connection:
                yield connection.scalars(wanted.where(chunks.c.sequence == sequence)).one()


@dataclass(slots=True)
class _Staged:
    id: str
    written: int = 0
    tail: bytes = b""


def _lost_race() -> Report:
    raise AssertionError("the look-up was taken, yet no report is filed under it")
