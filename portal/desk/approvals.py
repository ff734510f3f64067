"""Acts that take two people: one handler asks, another one grants or refuses."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from portal.cases import audit, history, queue
from portal.cases.database import Database
from portal.cases.events import Event
from portal.cases.report import Report
from portal.cases.steps import STEPS
from portal.cases.tables import approvals
from portal.desk import reasons
from portal.desk.directory import member
from portal.desk.member import Member, Role
from portal.errors import EventRefused, NotAllowed


@dataclass(frozen=True, slots=True)
class Approval:
    """An act between the first and the second person, or after both.

    Attributes:
        id: Random.
        event: Name of the event.
        data: What the event is to carry.
        asked_by: Id of the first person.
        decided_by: Id of the second; None while it is open.
        granted: What they said; None while it is open.
        reason: Why it was asked for, as a code; None if nobody said.
    """

    id: str
    event: str
    data: Mapping[str, Any]
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    granted: bool | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Approvals:
    """Keeps what was asked, and records what was granted."""

    database: Database

    def of(self, report_id: str) -> tuple[Approval, ...]:
        """Return everything that was asked about a report, oldest first."""
        wanted = select(approvals).where(approvals.c.report == report_id)
        with self.database.reading() as connection:
            rows = connection.execute(wanted.order_by(approvals.c.asked_at, approvals.c.id))
            return tuple(_approval(row) for row in rows)

    def ask(self, report_id: str, event: Event, *, reason: str | None = None) -> Approval:
        """Ask for an event, which somebody else has to grant before it is recorded.

        A reason is for the second person and the audit log, and never for the reporter.

        Raises:
            EventRefused: It could not be recorded now, or was asked for already.
        """
        asked = Approval(
            id=secrets.token_hex(8),
            event=event.name,
            data=event.data,
            asked_by=event.actor,
            asked_at=event.at,
            decided_by=None,
            decided_at=None,
            granted=None,
            reason=reason,
        )
        with self.database.writing() as connection:
            history.vet(connection, report_id, event)
            _require_new(connection, report_id, event.name)
            row = {"id": asked.id, "event": event.name, "data": dict(event.data)}
            who = {"asked_by": event.actor, "asked_at": event.at, "reason": reason}
            connection.execute(insert(approvals).values(report=report_id, **row, **who))
            queue.refresh(connection, report_id, by=event.actor)
            _note(
                connection, "approval asked", report_id, asked, event.actor, event.at, reason=reason
            )
        return asked

    def decide(
        self,
        report: Report,
        approval_id: str,
        *,
        granted: bool,
        by: Member,
        now: datetime,
        reason: object = None,
    ) -> Approval:
        """Grant what somebody else asked for, which records it, or refuse it.

        Who asked may take it back by refusing it; that alone needs no reason.

        Raises:
            ReasonRefused: A refusal without a reason, or with one that is none.
            EventRefused: There is nothing open of this id, its history does not allow it any
                more, or who asked is no handler any more.
            NotAllowed: They asked for it themselves, or are no handler.
        """
        with self.database.writing() as connection:
            asked = _open(connection, report.id, approval_id)
            if granted:
                _require_two(connection, asked, report.program, by)
            why = _why(asked, by, granted=granted, given=reason)
            decided = {"decided_by": by.id, "decided_at": now, "granted": granted}
            mine = update(approvals).where(approvals.c.id == asked.id)
            connection.execute(mine.values(**decided))
            act = "approval granted" if granted else "approval refused"
            _note(connection, act, report.id, asked, by.id, now, reason=why)
            if granted:
                event = Event(asked.event, now, asked.asked_by, asked.data)
                history.record(connection, report.id, event, reason=asked.reason, approved_by=by.id)
            else:
                queue.refresh(connection, report.id, by=by.id)
            row = connection.execute(select(approvals).where(approvals.c.id == asked.id)).one()
            return _approval(row)


def _require_new(connection: Connection, report_id: str, event: str) -> None:
    same = select(approvals.c.id).where(
        approvals.c.report == report_id,
        approvals.c.event == event,
        approvals.c.decided_at.is_(None),
    )
    if connection.execute(same).first() is not None:
        raise EventRefused(
            f"Somebody asked for “{STEPS[event].verb}” already.",
            hint="Grant or refuse what was asked, as a second person.",
        )


def _open(connection: Connection, report_id: str, approval_id: str) -> Approval:
    wanted = select(approvals).where(
        approvals.c.id == approval_id,
        approvals.c.report == report_id,
        approvals.c.decided_at.is_(None),
    )
    row = connection.execute(wanted).first()
    if row is None:
        raise EventRefused(
            "Nothing of this report waits under that name.", hint="Load the page again."
        )
    return _approval(row)


def _require_two(connection: Connection, asked: Approval, program: str, by: Member) -> None:
    """Make sure that two people stand behind it who may both do it today."""
    if asked.asked_by == by.id:
        raise NotAllowed(
            "You asked for this yourself; it takes a second person.",
            hint="Ask a colleague who is a handler of this program.",
        )
    first, second = (member(connection, one) for one in (asked.asked_by, by.id))
    if first is None or not first.may(Role.HANDLER, program):
        raise EventRefused(
            "Who asked for this is no handler of the program any more.",
            hint="Refuse it, and let somebody else ask.",
        )
    if second is None:
        raise NotAllowed("You are not on the staff any more.", hint="Ask an admin.")
    second.require(Role.HANDLER, program)


def _why(asked: Approval, by: Member, *, granted: bool, given: object) -> str | None:
    """Return why somebody decides as they do; to take back what is one's own needs no reason."""
    kind = "grant" if granted else "refusal"
    return reasons.parse(kind, given, demanded=asked.asked_by != by.id)


def _note(
    connection: Connection,
    act: str,
    report_id: str,
    asked: Approval,
    actor: str,
    now: datetime,
    *,
    reason: str | None,
) -> None:
    said = {"approval": asked.id, "event": asked.event, "data": dict(asked.data)}
    told = reasons.noted(said, reason)
    audit.append(connection, act, report_id, told, actor=actor, now=now)


def _approval(row: Row[Any]) -> Approval:
    return Approval(
        id=row.id,
        event=row.event,
        data=row.data,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        granted=row.granted,
        reason=row.reason,
    )
