"""Leaving: a reporter withdraws a report or asks for its deletion; what is deleted leaves no text.

A tombstone stays: that there was a report, what happened to it and when. Its token leads nowhere
any more, exactly as one that never was.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, or_, select, update

from portal.cases import history, rows
from portal.cases.database import Database
from portal.cases.events import REPORTER, Event, verified
from portal.cases.report import BROWSER_TOKEN, Report
from portal.cases.steps import HINTS
from portal.cases.tables import (
    approvals,
    chunks,
    envelopes,
    headers,
    memos,
    messages,
    reports,
    thanks,
)
from portal.errors import EventRefused

PORTAL = "portal"  # who deletes what nobody has opened
_UNTOUCHED = {"received", *HINTS}


@dataclass(frozen=True, slots=True)
class Departures:
    """Records what reporters ask for when they leave, and carries it out."""

    database: Database

    def withdraw(self, report: Report, *, now: datetime) -> None:
        """Note that a token's bearer withdrew the report; once is enough.

        Raises:
            NoSuchReport: It was deleted meanwhile.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            _once(connection, report.id, "withdrawn", now)

    def ask(self, report: Report, *, now: datetime) -> bool:
        """Note that a token's bearer wants the report deleted; return whether it is done already.

        It is, at once, as long as no member of staff has opened it or done anything about it.

        Raises:
            NoSuchReport: It was deleted meanwhile.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            _once(connection, report.id, "deletion_asked", now)
            untouched = _is_untouched(connection, report.id)
            if untouched:
                _remove(connection, report.id, Event("deleted", now, PORTAL))
        return untouched

    def delete(self, report: Report, *, by: str, now: datetime) -> None:
        """Delete a report whose reporter asked for it.

        Raises:
            EventRefused: They did not; or they have a key, and nobody has verified yet that it
                signed what was asked.
            NoSuchReport: It was deleted before.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            _require_asked(rows.events_of(connection, report.id), report)
            _remove(connection, report.id, Event("deleted", now, by))


def _once(connection: Connection, report_id: str, name: str, now: datetime) -> None:
    if name not in {event.name for event in rows.events_of(connection, report_id)}:
        history.record(connection, report_id, Event(name, now, REPORTER))


def _is_untouched(connection: Connection, report_id: str) -> bool:
    names = {event.name for event in rows.events_of(connection, report_id)}
    work = (
        exists().where(messages.c.report == report_id, messages.c.author == "staff"),
        exists().where(memos.c.report == report_id),
        exists().where(approvals.c.report == report_id),
    )
    return names <= _UNTOUCHED and not connection.scalar(select(or_(*work)))


def _require_asked(events: Sequence[Event], report: Report) -> None:
    asked = {n for n, event in enumerate(events, 1) if event.name == "deletion_asked"}
    if not asked:
        raise EventRefused(
            "The reporter has not asked for this report to be deleted.",
            hint="They do it with their token, on the status page.",
        )
    # Whoever holds a copy of the status code could ask; only the reporter's machine can sign. The
    # token of a report that came by hand has no key.
    if report.origin == BROWSER_TOKEN and not asked & verified(events):
        raise EventRefused(
            "Nobody has verified yet that the reporter asked for this.",
            hint="Open the thread, check their signed message, and record “verify” for it.",
        )


def _remove(connection: Connection, report_id: str, event: Event) -> None:
    """Take away everything sealed, and the token; and say so."""
    mine = select(envelopes.c.id).where(envelopes.c.report == report_id)
    for table in (chunks, headers):
        connection.execute(delete(table).where(table.c.envelope.in_(mine)))
    for table in (envelopes, messages, memos, thanks):
        connection.execute(delete(table).where(table.c.report == report_id))
    nobody = hashlib.sha256(secrets.token_bytes()).hexdigest()
    tomb = update(reports).where(reports.c.id == report_id)
    connection.execute(tomb.values(stored_lookup=nobody, receipt="", looked_up=True))
    history.record(connection, report_id, event)
