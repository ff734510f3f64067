"""What staff record about a report: at once, or by two people where the policy says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.cases import audit, history
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.envelope import DELIVERED
from portal.cases.events import Event
from portal.cases.report import Report
from portal.cases.rows import events_of, require_kept
from portal.cases.steps import STEPS
from portal.desk.approvals import Approval, Approvals
from portal.desk.member import Member


@dataclass(frozen=True, slots=True)
class Casework:
    """Records events."""

    database: Database

    def record(
        self,
        report: Report,
        name: str,
        data: Mapping[str, Any],
        *,
        by: Member,
        needs_two: frozenset[str],
        now: datetime,
        reason: str | None = None,
    ) -> tuple[int, Event] | Approval:
        """Record an event and return it with its number, or ask for it.

        Args:
            report: The report.
            name: Of the event.
            data: What it carries.
            by: Who does it.
            needs_two: Verbs that take two people, from `two_people`.
            now: Present time, aware.
            reason: Why, as a code; for the audit log and colleagues.

        Raises:
            EventRefused: The report's history does not allow it.
        """
        event = Event(name, now, by.id, data)
        if STEPS[name].verb in needs_two:
            return Approvals(self.database).ask(report.id, event, reason=reason)
        with self.database.writing() as connection:
            return history.record(connection, report.id, event, reason=reason)

    def opened(self, report: Report, *, by: Member, now: datetime) -> bool:
        """Note that somebody opened a report; tell whether they were the first of all.

        Only the first opening is an event, which the reporter sees; the others are in the audit
        log.

        Raises:
            NoSuchReport: It was deleted.
        """
        with self.database.writing() as connection:
            require_kept(connection, report.id)
            first = "opened" not in {one.name for one in events_of(connection, report.id)}
            if first:
                history.record(connection, report.id, Event("opened", now, by.id))
            else:
                audit.append(connection, "opened again", report.id, {}, actor=by.id, now=now)
        return first

    def taken(self, report: Report, role: str, *, by: Member, now: datetime) -> None:
        """Note in the audit log that somebody fetched an age file that came with the report.

        Those of messages leave no entry: each is fetched anew whenever the thread is read.
        """
        if role not in DELIVERED:
            return
        with self.database.writing() as connection:
            audit.append(connection, "file taken", report.id, {"role": role}, actor=by.id, now=now)


def two_people(report: Report, catalogue: Catalogue, *, now: datetime) -> frozenset[str]:
    """Return the verbs that take two people for a report.

    Both count: what was in force when the report was made, so that no later version drops a
    promise, and what is in force now.
    """
    made_under = catalogue.policy(report.program, report.policy_version)
    in_force = catalogue.program(report.program, now=now).policy
    return frozenset(made_under.two_people + in_force.two_people)
