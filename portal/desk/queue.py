"""The queue as somebody at the desk sees it: what is urgent, then what is due next, by pages."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select, union_all

from portal.cases.database import Database
from portal.cases.kinds import Urgency
from portal.cases.queue import NOTHING_DUE
from portal.cases.tables import reports
from portal.desk import directory
from portal.desk.filters import Filters
from portal.desk.lane import LAST_SECOND, Lane, lanes
from portal.desk.member import Member
from portal.desk.place import Place

PAGE: Final = 50  # reports in a page, unless asked otherwise
COUNTED: Final = 1000  # reports that a count looks at, at most


@dataclass(frozen=True, slots=True)
class Assignee:
    """To whom a report is assigned."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the queue.

    Attributes:
        kind: A key of `KINDS`.
        exposed: Whether the reporter ticked that data lies open.
        exploited: Whether they ticked that somebody makes use of it.
        due_at: The next open date that was promised, in `zone`; None when no promise is open.
        zone: IANA name of the zone in which the report's policy counts.
        overdue: Whether that date has passed; an ended case waits for nobody.
        unread: Whether something happened that the person has not seen; never on the quiet list.
        activity: How many things have happened, for the mark of having seen them.
    """

    id: str
    program: str
    kind: str
    exposed: bool
    exploited: bool
    state: str
    ended: bool
    ruling: str
    received_at: datetime
    due_at: datetime | None
    zone: str
    overdue: bool
    unread: bool
    activity: int
    assigned: Assignee | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the queue.

    Attributes:
        next: Where the next part begins; None after the last.
    """

    entries: tuple[Entry, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports there are: just so many, or at least so many."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """Lists the reports of the programs in which a member of staff has a role."""

    database: Database

    def page(
        self,
        member: Member,
        filters: Filters,
        *,
        now: datetime,
        after: Place | None = None,
        limit: int = PAGE,
    ) -> Page:
        """Return the first `limit` reports, or those after the place where a page ended.

        Raises:
            NoSuchProgram: The filters name a program in which they have no role.
        """
        with self.database.reading() as connection:
            asked = list(lanes(member, filters, now=now))
            found = _rows(connection, asked, after=after, limit=limit + 1)
            entries = tuple(_entries(connection, found[:limit], now))
        return Page(entries, _place(found[limit - 1]) if len(found) > limit else None)

    def counts(
        self, member: Member, wanted: Mapping[str, Filters], *, now: datetime
    ) -> Mapping[str, Count]:
        """Return how many reports several filters let through, by the names they are given under.

        No lane is looked at beyond `COUNTED` reports.

        Raises:
            NoSuchProgram: Filters name a program in which they have no role.
        """
        with self.database.reading() as connection:
            return {
                name: _count(connection, list(lanes(member, filters, now=now)))
                for name, filters in wanted.items()
            }


def _rows(
    connection: Connection, asked: Sequence[Lane], *, after: Place | None, limit: int
) -> list[Row[Any]]:
    """Return the first rows; what is less urgent is not asked for once there are enough."""
    found: list[Row[Any]] = []
    for urgency, level in groupby(asked, key=lambda lane: lane.urgency):
        if after is not None and urgency < after.urgency:
            continue
        wanted = [lane.listed(after=after, limit=limit) for lane in level]
        merged = heapq.merge(*(connection.execute(one).all() for one in wanted), key=_place)
        found += islice(merged, limit - len(found))
        if len(found) == limit:
            break
    return found


def _count(connection: Connection, asked: Sequence[Lane]) -> Count:
    parts = [lane.counted(limit=COUNTED + 1) for lane in asked]
    rows = connection.execute(union_all(*parts)).all() if parts else []
    found = sum(row.found for row in rows)
    return Count(min(found, COUNTED), max(found, *(row.looked for row in rows), 0) > COUNTED)


def _place(row: Row[Any]) -> Place:
    return Place(Urgency(row.urgency), row.due_at, row.received_at, row.report)


def _entries(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> Iterator[Entry]:
    if not rows:  # to look for none of them, SQLite would read every report
        return
    zone = reports.c.calendar["zone"].as_string().label("zone")
    wanted = select(reports.c.id, reports.c.exposed, reports.c.exploited, zone)
    about = {
        one.id: one
        for one in connection.execute(wanted.where(reports.c.id.in_([row.report for row in rows])))
    }
    names = directory.names(connection, {row.assigned for row in rows if row.assigned})
    for row in rows:
        yield _entry(row, about[row.report], names, now)


def _entry(row: Row[Any], about: Row[Any], names: Mapping[str, str], now: datetime) -> Entry:
    due, place = (row.due_at if row.due_at < NOTHING_DUE else None), ZoneInfo(about.zone)
    return Entry(
        id=row.report,
        program=row.program,
        kind=row.kind,
        exposed=about.exposed,
        exploited=about.exploited,
        state=row.state,
        ended=row.ended,
        ruling=row.ruling,
        received_at=row.received_at.astimezone(place),
        due_at=due.astimezone(place) if due else None,
        zone=about.zone,
        overdue=bool(due and not row.ended and due <= now - LAST_SECOND),
        unread=bool(row.unread),
        activity=row.activity,
        assigned=Assignee(row.assigned, names[row.assigned]) if row.assigned else None,
        quiet=row.quiet,
    )
