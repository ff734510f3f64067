"""A lane of the queue: one program, one urgency, ended cases or open ones, quiet or not.

Every question is put to one lane after the other. Within a lane, an index gives the reports in the
order of what is due next, so that a page costs the same however many reports there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select, tuple_

from portal.cases.kinds import QUESTION, Urgency
from portal.cases.steps import ENDS
from portal.cases.tables import queue, seen
from portal.desk.filters import ANY, ENDED, ME, NOBODY, OPEN, Filters
from portal.desk.member import Member
from portal.desk.place import Place
from portal.errors import NoSuchProgram

LAST_SECOND: Final = timedelta(seconds=1)  # a promise is kept until the last second of it is over
_SIDES: Final = {OPEN: (False,), ENDED: (True,), ANY: (False, True)}
_ORDER: Final = (queue.c.due_at, queue.c.received_at, queue.c.report)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where somebody looks for what they want.

    Attributes:
        urgency: How soon somebody should look at what is in it.
        program: One in which the member has a role.
        ended: Whether it holds the ended cases or the open ones.
        filters: What is wanted of it.
        member: Who asks.
        now: Present time, aware.
    """

    urgency: Urgency
    program: str
    ended: bool
    filters: Filters
    member: Member
    now: datetime

    def listed(self, *, after: Place | None = None, limit: int) -> Select[Any]:
        """Return rows of `queue` in order, each with `unread`; a place elsewhere is no limit."""
        unread = _unread(queue)
        wanted = select(queue, unread.label("unread")).outerjoin(seen, self._mark_on(queue))
        wanted = wanted.where(*self._conditions)
        if self.filters.unread:
            wanted = wanted.where(unread)
        if after is not None and after.urgency == self.urgency:
            here = (after.due_at, after.received_at, after.report)
            wanted = wanted.where(tuple_(*_ORDER) > here)
        return wanted.order_by(*_ORDER).limit(limit)

    def counted(self, *, limit: int) -> Select[Any]:
        """Return one row: how many there are up to `limit` (`looked`), and how many are `found`.

        The two differ only for unread ones, which are looked for among the first `limit`: to find
        the last of them could take as long as all reports together.
        """
        first = select(queue.c.report, queue.c.activity, queue.c.quiet).where(*self._conditions)
        some = first.order_by(*_ORDER).limit(limit).subquery()
        counting: Select[Any] = select(func.count().label("looked")).select_from(some)
        if not self.filters.unread:
            return counting.add_columns(func.count().label("found"))
        found = func.count().filter(_unread(some)).label("found")
        return counting.add_columns(found).outerjoin(seen, self._mark_on(some))

    def _mark_on(self, rows: FromClause) -> ColumnElement[bool]:
        return and_(seen.c.staff == self.member.id, seen.c.report == rows.c.report)

    @property
    def _conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What the indexes answer: first the lane itself, then the filters."""
        wanted, row = self.filters, queue.c
        told: list[ColumnElement[bool]] = [
            row.program == self.program,
            row.quiet.is_(wanted.quiet),
            row.ended.is_(self.ended),
            row.urgency == int(self.urgency),
        ]
        if wanted.state not in _SIDES:
            told.append(row.state == wanted.state)
        if wanted.kind:
            told.append(row.kind == wanted.kind)
        if wanted.ruling:
            told.append(row.ruling == wanted.ruling)
        if wanted.assigned:
            told.append(self._assigned(wanted.assigned))
        if wanted.overdue:
            told.append(row.due_at <= self.now - LAST_SECOND)
        return tuple(told)

    def _assigned(self, to: str) -> ColumnElement[bool]:
        if to == NOBODY:
            return queue.c.assigned.is_(None)
        return queue.c.assigned == (self.member.id if to == ME else to)


def _unread(rows: FromClause) -> ColumnElement[bool]:
    """Return the condition that more has happened than somebody has seen."""
    return and_(rows.c.activity > func.coalesce(seen.c.activity, 0), rows.c.quiet.is_(False))


def lanes(member: Member, filters: Filters, *, now: datetime) -> Iterator[Lane]:
    """Yield the lanes in which somebody may find what they want, the most urgent first.

    Raises:
        NoSuchProgram: The filters name a program in which they have no role.
    """
    if filters.program is not None and filters.program not in member.roles:
        raise NoSuchProgram.called(filters.program)
    programs = (filters.program,) if filters.program else sorted(member.roles)
    sides = _SIDES.get(filters.state, (filters.state in ENDS,))
    for urgency, program, ended in product(_urgencies(filters), programs, sides):
        yield Lane(urgency, program, ended, filters, member, now)


def _urgencies(filters: Filters) -> tuple[Urgency, ...]:
    """Return how urgent what is wanted can be: a question is never more than that."""
    if filters.urgent:
        return (Urgency.NOW,)
    if filters.kind is None:
        return tuple(Urgency)
    return (Urgency.UNDATED,) if filters.kind == QUESTION else (Urgency.NOW, Urgency.DATED)
