"""The audit log as a member of staff may see it: who, what and when, newest first.

Shown is what concerns the programs in which they have a role, and their own account; to an admin,
also the accounts of those who had a role in the programs they are admin of, as long as they had it.
The log itself knows no programs, so each entry's subject is looked up, and who worked where at the
time follows from the entries about roles.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from portal.cases.database import Database
from portal.cases.tables import audit, reports
from portal.desk import reasons
from portal.desk.acts import ACCOUNT, ACTS
from portal.desk.hiding import Hiding
from portal.desk.member import Member, Role
from portal.errors import QueueRefused

PAGE: Final = 50  # entries in one answer, unless asked for otherwise
MAX_PAGE: Final = 200
MAX_NAME: Final = 80  # characters, as the table keeps them

_NUMBER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """Which entries are wanted.

    Attributes:
        actor: Who acted: an id of staff, `reporter`, or a name that an operator gave.
        act: A key of `ACTS`.
        subject: Name of a report, slug of a program, or id of a person.
        program: Only what concerns this one.
        why: A key of `reasons.WORDS`: only acts for this reason.
        since: Not before this moment.
        until: Before this moment.
        after: The entry after which to go on, which is older ones.
        limit: How many at most.
    """

    actor: str | None = None
    act: str | None = None
    subject: str | None = None
    program: str | None = None
    why: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: int | None = None
    limit: int = PAGE

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "Question":
        """Read a question by its names; an empty value asks for nothing.

        Days are meant in UTC, the last one included.

        Raises:
            QueueRefused: A name or value that is none: leaving it out would show more than asked.
        """
        unknown = given.keys() - _NAMES
        if unknown:
            raise QueueRefused.about(min(unknown), f"one of {', '.join(sorted(_NAMES))}")
        wanted = {name: value for name, value in given.items() if value}
        return cls(
            actor=_short(wanted, "actor"),
            act=_act(wanted),
            subject=_short(wanted, "subject"),
            program=_slug(wanted),
            why=_why(wanted),
            since=_day(wanted, "since"),
            until=_day(wanted, "until", to_its_end=True),
            after=_number(wanted, "after", 2**31 - 1),
            limit=_number(wanted, "limit", MAX_PAGE) or PAGE,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log."""

    sequence: int
    at: datetime
    actor: str
    act: str
    subject: str
    data: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """Answers questions to the audit log."""

    database: Database

    def page(self, asking: Member, question: Question) -> tuple[tuple[Entry, ...], int | None]:
        """Return entries, newest first, and where to go on if there are more."""
        wanted = self.rows(asking, question).order_by(audit.c.sequence.desc())
        if question.after is not None:
            wanted = wanted.where(audit.c.sequence < question.after)
        with self.database.reading() as connection:
            rows = connection.execute(wanted.limit(question.limit + 1)).all()
        found = tuple(
            Entry(one.sequence, one.at, one.actor, one.act, one.subject, one.data, one.hash)
            for one in rows[: question.limit]
        )
        return found, found[-1].sequence if len(rows) > question.limit else None

    def rows(self, asking: Member, question: Question) -> Select[Any]:
        """Return the selection of all entries that answer a question, in no order."""
        return select(audit).where(_visible(asking, question.program), *_filters(question))

    def hidden(self, asking: Member, found: Iterable[Entry]) -> dict[str, str]:
        """Return what entries name and somebody may not read, with what to say in its place."""
        with self.database.reading() as connection:
            return _hiding(asking).names(connection, [entry.data for entry in found])

    def redactor(self, asking: Member) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
        """Return what entries pass through before somebody takes them away."""
        return _hiding(asking).redactor(self.database)

    def programs_of(self, subjects: Iterable[str]) -> dict[str, str]:
        """Return the program of each subject that is a report."""
        named = sorted(set(subjects))
        if not named:  # to look for none of them, SQLite would read every report
            return {}
        wanted = select(reports.c.id, reports.c.program)
        with self.database.reading() as connection:
            found = connection.execute(wanted.where(reports.c.id.in_(named)))
            return {row.id: row.program for row in found}


def _visible(asking: Member, program: str | None) -> ColumnElement[bool]:
    """Return what somebody may see; of one program, or of all theirs and their own account."""
    mine = sorted(slug for slug in asking.roles if program in {None, slug})
    ruled = [slug for slug in mine if asking.roles[slug] is Role.ADMIN]
    theirs = [
        audit.c.subject.in_(mine),
        and_(audit.c.act == "role changed", audit.c.data["program"].as_string().in_(mine)),
        audit.c.subject.in_(select(reports.c.id).where(reports.c.program.in_(mine))),
    ]
    if ruled:
        theirs.append(and_(audit.c.act.in_(sorted(ACCOUNT)), _of_a_colleague(ruled)))
    if program is None:
        theirs.append(audit.c.subject == asking.id)
        theirs.append(and_(audit.c.actor == asking.id, audit.c.act.in_(sorted(ACCOUNT))))
    return or_(*theirs)


def _of_a_colleague(ruled: Sequence[str]) -> ColumnElement[bool]:
    """Tell whether an entry is about somebody who had a role in one of these programs by then.

    From one entry about a role to the next, the person had what the first one says. That somebody
    left stands right behind the entry that took the last role from them, at the same moment.
    """
    given = audit.c.data["program"].as_string()
    follows = func.lead(audit.c.sequence).over(
        partition_by=[audit.c.subject, given], order_by=audit.c.sequence
    )
    spans = (
        select(
            audit.c.subject,
            audit.c.at,
            audit.c.sequence.label("first"),
            follows.label("last"),
            audit.c.data["after"].as_string().label("role"),
        )
        .where(audit.c.act == "role changed", given.in_(ruled))
        .cte("spans")
    )
    lasting = and_(
        spans.c.role.is_not(None),
        audit.c.sequence > spans.c.first,
        or_(spans.c.last.is_(None), audit.c.sequence < spans.c.last),
    )
    parting = and_(audit.c.act == "left", spans.c.role.is_(None), audit.c.at == spans.c.at)
    return exists(
        select(spans.c.subject)
        .where(spans.c.subject == audit.c.subject, or_(lasting, parting))
        .correlate(audit)
    )


def _hiding(asking: Member) -> Hiding:
    return Hiding(asking.roles.keys())


def _filters(question: Question) -> list[ColumnElement[bool]]:
    equal = {"actor": question.actor, "act": question.act, "subject": question.subject}
    found = [audit.c[name] == value for name, value in equal.items() if value is not None]
    if question.why is not None:
        found.append(audit.c.data["reason"].as_string() == question.why)
    if question.since is not None:
        found.append(audit.c.at >= question.since)
    if question.until is not None:
        found.append(audit.c.at < question.until)
    return found


_NAMES: Final = frozenset(
    {"actor", "act", "subject", "program", "why", "since", "until", "after", "limit"}
)


def _short(given: Mapping[str, str], name: str) -> str | None:
    value = given.get(name)
    if value is not None and (len(value) > MAX_NAME or "\0" in value):
        raise QueueRefused.about(name, f"{MAX_NAME} visible characters long at most")
    return value


def _act(given: Mapping[str, str]) -> str | None:
    value = given.get("act")
    if value is not None and value not in ACTS:
        raise QueueRefused.about("act", "one of the acts in the list")
    return value


def _why(given: Mapping[str, str]) -> str | None:
    value = given.get("why")
    if value is not None and value not in reasons.WORDS:
        raise QueueRefused.about("why", "one of the reasons in the list")
    return value


def _slug(given: Mapping[str, str]) -> str | None:
    value = given.get("program")
    if value is not None and not _SLUG.fullmatch(value):
        raise QueueRefused.about("program", "the short name of a program")
    return value


def _number(given: Mapping[str, str], name: str, highest: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value) or int(value) > highest:
        raise QueueRefused.about(name, f"a whole number from 1 to {highest}")
    return int(value)


def _day(given: Mapping[str, str], name: str, *, to_its_end: bool = False) -> datetime | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        begin = datetime.combine(date.fromisoformat(value), time(), UTC)
        return begin + timedelta(days=1) if to_its_end else begin
    except (ValueError, OverflowError):
        raise QueueRefused.about(name, "a day such as 2026-11-22") from None
