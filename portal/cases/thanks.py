"""The page of thanks: names that reporters wanted there, as staff wrote them down.

How somebody wants to be named is sealed. Only after staff have read it, and recorded that they will
(`credited`), does a name come to the server, for everybody to read. It is shown for as long as the
report's last word on it is yes, and goes when the report is deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from portal.cases import audit, history, rows
from portal.cases.database import Database
from portal.cases.events import REPORTER, Event
from portal.cases.report import Report
from portal.cases.tables import events, thanks
from portal.errors import EventRefused
from portal.policy.pack import Policy

CREDITED = "credited"
UNCREDITED = "uncredited"
_WORDS = (CREDITED, UNCREDITED)


@dataclass(frozen=True, slots=True)
class Thanked:
    """Somebody on the page: how they are named, and since when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thanks:
    """Keeps the names of a portal's pages of thanks."""

    database: Database

    def add(self, report: Report, name: str, *, policy: Policy, actor: str, now: datetime) -> None:
        """Put a name on the page, or another name in its place.

        Args:
            report: Whose reporter it is.
            name: One line of visible text.
            policy: The program's in force, as the page is its page.
            actor: Who does it.
            now: Present time, aware.

        Raises:
            EventRefused: The policy names nobody on a page of thanks, or it is not recorded that
                the reporter wants to be named.
            NoSuchReport: The report was deleted.
        """
        _require_names(policy)
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            if not _wanted(rows.events_of(connection, report.id)):
                raise EventRefused(
                    "It is not recorded that this reporter is to be named.",
                    hint="Check their signed message, then record “credit” for it.",
                )
            connection.execute(delete(thanks).where(thanks.c.report == report.id))
            row = {"report": report.id, "program": report.program, "name": name, "at": now}
            connection.execute(insert(thanks).values(**row))
            # Without the name: the log is for ever, and a name may have to go.
            audit.append(connection, "name published", report.id, {}, actor=actor, now=now)

    def take_out(self, report: Report, *, actor: str, now: datetime) -> bool:
        """Take a report's name off the page; return False where there was none."""
        with self.database.writing() as connection:
            gone = connection.execute(delete(thanks).where(thanks.c.report == report.id))
            if not gone.rowcount:
                return False
            audit.append(connection, "name taken out", report.id, {}, actor=actor, now=now)
        return True

    def retract(self, report: Report, *, now: datetime) -> bool:
        """Take the name off for the bearer of the report's token; return False without a name.

        It waits for nobody. To put a name there again takes a new wish, checked by staff.

        Raises:
            NoSuchReport: The report was deleted meanwhile.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            gone = connection.execute(delete(thanks).where(thanks.c.report == report.id))
            if _wanted(rows.events_of(connection, report.id)):
                history.record(connection, report.id, Event(UNCREDITED, now, REPORTER))
            if gone.rowcount:
                audit.append(connection, "name taken out", report.id, {}, actor=REPORTER, now=now)
        return bool(gone.rowcount)

    def name_of(self, report: Report) -> str | None:
        """Return the name that a report has put on the page; None when none is shown."""
        with self.database.reading() as connection:
            row = connection.execute(select(thanks).where(thanks.c.report == report.id)).first()
            words = [one for one in rows.events_of(connection, report.id) if one.name in _WORDS]
        return str(row.name) if row and _stands(row.at, words[-1].name, words[-1].at) else None

    def of(self, program: str) -> tuple[Thanked, ...]:
        """Return the names of a program's page, the newest first."""
        mine = thanks.c.program == program
        wanted = select(thanks).where(mine).order_by(thanks.c.at.desc(), thanks.c.name)
        said = select(events.c.report, events.c.name, events.c.at).where(
            events.c.report.in_(select(thanks.c.report).where(mine)),
            events.c.name.in_(_WORDS),
        )
        with self.database.reading() as connection:
            found = connection.execute(wanted).all()
            words = connection.execute(said.order_by(events.c.sequence)).all()
        last = {word.report: word for word in words}
        return tuple(
            Thanked(row.name, row.at) for row in found if _stands(row.at, *last[row.report][1:])
        )


def _require_names(policy: Policy) -> None:
    recognition = policy.recognition
    if recognition is None or not recognition.thanks:
        raise EventRefused(
            "The policy in force has no page of thanks.",
            hint="Its pack says so with thanks = true, under [recognition].",
        )
    if not recognition.named_on_page:
        raise EventRefused(
            "The policy in force has a page of thanks that names nobody.",
            hint="Its pack says how people can be named with forms, under [recognition].",
        )


def _wanted(history: Sequence[Event]) -> bool:
    """Tell whether staff last recorded that the reporter is to be named."""
    words = [event.name for event in history if event.name in _WORDS]
    return words[-1:] == [CREDITED]


def _stands(since: datetime, word: str, recorded: datetime) -> bool:
    """Tell whether a name on the page is what the report's last word about naming is about.

    A name from before that word belongs to an older wish, and nobody sees it again.
    """
    return word == CREDITED and since >= recorded
