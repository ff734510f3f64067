"""Every report in one list, the urgent ones first, for those who work on the server itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select

from portal.cases.database import Database
from portal.cases.queue import NOTHING_DUE
from portal.cases.tables import envelopes, queue, reports


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the list.

    Attributes:
        kind: A key of `KINDS`.
        exposed: Whether the reporter ticked that data lies open.
        exploited: Whether they ticked that somebody makes use of it.
        ruling: ``not checked`` when it came without a verdict.
        due_at: The next open date that was promised, in the zone of its policy; None when nothing
            promised is open.
        size: Its age files, in bytes.
    """

    report: str
    program: str
    kind: str
    exposed: bool
    exploited: bool
    state: str
    ruling: str
    received_at: datetime
    due_at: datetime | None
    size: int


def listed(database: Database) -> Iterator[Line]:
    """Yield every report: by urgency, then by date, the oldest of equals first."""
    sizes = select(func.sum(envelopes.c.length)).where(envelopes.c.report == queue.c.report)
    flags = (reports.c.exposed, reports.c.exploited)
    zone = reports.c.calendar["zone"].as_string().label("zone")
    wanted = (
        select(queue, *flags, zone, func.coalesce(sizes.scalar_subquery(), 0).label("size"))
        .join(reports, reports.c.id == queue.c.report)
        .order_by(queue.c.urgency, queue.c.due_at, queue.c.received_at, queue.c.report)
    )
    with database.reading() as connection:
        found = connection.execute(wanted).all()
    return map(_line, found)


def _line(row: Row[Any]) -> Line:
    due = row.due_at.astimezone(ZoneInfo(row.zone)) if row.due_at < NOTHING_DUE else None
    return Line(
        report=row.report,
        program=row.program,
        kind=row.kind,
        exposed=row.exposed,
        exploited=row.exploited,
        state=row.state,
        ruling=row.ruling,
        received_at=row.received_at,
        due_at=due,
        size=int(row.size),
    )
