"""Where reports are kept: acknowledged means durable, and nothing half-sent is ever visible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.cases import audit, headers, history, queue, reissue, rows, staging
from portal.cases.database import Database
from portal.cases.deletion import Departures
from portal.cases.envelope import Envelope, Parcel
from portal.cases.events import REPORTER, Event
from portal.cases.headers import Face
from portal.cases.messages import Thread
from portal.cases.report import Report
from portal.cases.tables import chunks, reports
from portal.errors import NoSuchReport


@dataclass(frozen=True, slots=True)
class Store:
    """Keeps reports, their envelopes and their events."""

    database: Database

    # --- taking in -------------------------------------------------------------------------

    def add(
        self,
        report: Report,
        parcels: Sequence[Parcel],
        *,
        by: str = REPORTER,
        now: datetime | None = None,
    ) -> Report:
        """Keep a report, durably, and return the one that is kept.

        That is an earlier one when its token was used before, or when it is the same hand-sealed
        file sent again within the hour because the answer was lost: then the new token replaces
        the one nobody has used.

        Args:
            report: What to keep.
            parcels: Its age files.
            by: Who brings it: the reporter, or the member of staff who enters what came by mail.
            now: Present time, where that is not when the report came.

        Raises:
            StoreUnavailable: Nothing was kept.
        """
        earlier = self.filed_under(report.stored_lookup)
        if earlier is not None:
            return earlier
        now = now or report.received_at
        with (
            staging.staged(self.database, parcels, now=now) as staged,
            self.database.writing() as connection,
        ):
            earlier = reissue.earlier(connection, report)
            if earlier is not None:
                return earlier
            rows.insert_report(connection, report)
            for one in staged:
                one.join(connection, report.id, now)
                rows.insert_header(
                    connection, one.id, one.parcel.envelope, report.keyset_version, now
                )
            received = Event("received", report.received_at, by)
            rows.insert_event(connection, report.id, 1, received)
            queue.refresh(connection, report.id)
            kept = {"envelopes": [parcel.envelope.payload_sha256 for parcel in parcels]}
            act = "report received" if by == REPORTER else "report entered"
            audit.append(connection, act, report.id, kept, actor=by, now=now)
        return report

    def sweep(self, *, now: datetime) -> int:
        """Remove uploads that never became a report; return how many."""
        return staging.sweep(self.database, now=now)

    # --- finding ---------------------------------------------------------------------------

    def filed_under(self, stored_lookup: str) -> Report | None:
        """Return the report filed under this hash of a lookup value, if there is one."""
        with self.database.reading() as connection:
            return rows.report_by_lookup(connection, stored_lookup)

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

    def append(self, report_id: str, event: Event, *, reason: str | None = None) -> None:
        """Record an event; a reason goes into the audit log alone.

        Raises:
            EventRefused: The report's history does not allow it.
        """
        with self.database.writing() as connection:
            history.record(connection, report_id, event, reason=reason)

    @property
    def thread(self) -> Thread:
        """What is said about the reports."""
        return Thread(self.database)

    @property
    def departures(self) -> Departures:
        """What reporters ask for when they leave."""
        return Departures(self.database)

    def envelopes(self, report_id: str) -> tuple[tuple[str, Envelope], ...]:
        """Return the row id and the facts of each envelope, with its original header."""
        with self.database.reading() as connection:
            return rows.envelopes_of(connection, report_id)

    def age_file(self, envelope_id: str, envelope: Envelope) -> Iterator[bytes]:
        """Yield the age file as it was sent, block by block, in constant memory."""
        yield envelope.header
        yield from self.payload(envelope_id)

    def faces(self, report_id: str) -> tuple[Face, ...]:
        """Return the facts of each age file as staff get it, with its newest header."""
        with self.database.reading() as connection:
            return headers.faces(connection, report_id)

    def header(self, face: Face) -> bytes:
        """Return the header that staff open an age file with."""
        with self.database.reading() as connection:
            return headers.header(connection, face)

    def payload(self, envelope_id: str) -> Iterator[bytes]:
        """Yield what follows the header, block by block, in constant memory.

        Each block is read in a transaction of its own, so that a slow reader holds none open.
        """
        sequence, block = 0, self._block(envelope_id, 0)
        while block is not None:
            yield block
            sequence += 1
            block = self._block(envelope_id, sequence)

    def _block(self, envelope_id: str, sequence: int) -> bytes | None:
        wanted = select(chunks.c.data).where(
            chunks.c.envelope == envelope_id, chunks.c.sequence == sequence
        )
        with self.database.reading() as connection:
            return connection.scalar(wanted)
