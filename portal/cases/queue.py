"""The queue: one row per report with what staff sort and filter by.

A row follows from the report, its events and its messages, except for what staff decide about the
row itself: to whom it is assigned, and whether it is on the quiet list.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, exists, func, insert, select, update

from portal.cases import rows
from portal.cases.database import Database
from portal.cases.events import Event, state
from portal.cases.kinds import urgency
from portal.cases.prospects import next_due, prospects
from portal.cases.report import Report
from portal.cases.steps import ENDS
from portal.cases.tables import events, messages, queue, reports, seen
from portal.cases.versions import published_policy

NOTHING_DUE: Final = datetime(9999, 12, 31, tzinfo=UTC)  # sorts behind every promise
NOT_CHECKED: Final = "not checked"  # the ruling of a report that came without a scope receipt
_BATCH = 500  # rows filled per transaction: submissions wait for no longer than that takes


def refresh(
    connection: Connection, report_id: str, *, by: str | None = None, news: bool = True
) -> None:
    """Bring a report's row up to date, inside the transaction that changed the report.

    Args:
        connection: Of the caller's transaction, after its own changes.
        report_id: A report that is kept.
        by: Id of the member of staff who acted; what one did oneself is no news to oneself.
        news: Whether something happened that others should look at.
    """
    facts = _facts(connection, report_id)
    before = connection.scalar(select(queue.c.activity).where(queue.c.report == report_id))
    if before is None:
        _insert(connection, report_id, facts)
        return
    activity = before + 1 if news else before
    mine = update(queue).where(queue.c.report == report_id)
    connection.execute(mine.values(**facts, activity=activity))
    if by is not None:
        own = (seen.c.staff == by, seen.c.report == report_id, seen.c.activity == before)
        connection.execute(update(seen).where(*own).values(activity=activity))


def fill(database: Database) -> int:
    """Write the rows of reports that have none, as they stand; return how many there were.

    Raises:
        StoreUnavailable: The database cannot be read or written.
    """
    with database.reading() as connection:
        if connection.execute(_without_row(1)).first() is None:
            return 0
    filled = 0
    while batch := _filled(database):
        filled += batch
    return filled


def _filled(database: Database) -> int:
    with database.writing() as connection:
        missing = connection.scalars(_without_row(_BATCH)).all()
        for report_id in missing:
            _insert(connection, report_id, _facts(connection, report_id))
    return len(missing)


def _without_row(limit: int) -> Select[Any]:
    known = exists().where(queue.c.report == reports.c.id)
    return select(reports.c.id).where(~known).limit(limit)


def _facts(connection: Connection, report_id: str) -> dict[str, Any]:
    """Return what follows from a report and its history."""
    wanted = select(reports).where(reports.c.id == report_id)
    report = rows.report(connection.execute(wanted).mappings().one())
    history = rows.events_of(connection, report_id)
    reached = state(history)
    return {
        "program": report.program,
        "state": reached,
        "ended": reached in ENDS,
        "ruling": report.verdict.ruling if report.verdict else NOT_CHECKED,
        "due_at": _due(connection, report, history),
        "received_at": report.received_at,
        "kind": report.kind,
        "urgency": urgency(report.kind, exposed=report.exposed, exploited=report.exploited),
    }


def _due(connection: Connection, report: Report, history: tuple[Event, ...]) -> datetime:
    if not report.has_clocks:
        return NOTHING_DUE
    policy = published_policy(connection, report.program, report.policy_version)
    promised = prospects(policy, history, report.calendar, now=report.received_at)
    return next_due(promised) or NOTHING_DUE


def _insert(connection: Connection, report_id: str, facts: dict[str, Any]) -> None:
    happened = sum(
        connection.scalar(select(func.count()).where(table.c.report == report_id)) or 0
        for table in (events, messages)
    )
    row = {"report": report_id, "activity": happened, "quiet": False, "assigned": None}
    connection.execute(insert(queue).values(**row, **facts))
