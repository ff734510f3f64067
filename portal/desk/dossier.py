"""A report as staff see it: all that the server knows of it, and the names of those who acted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from portal.cases import headers
from portal.cases.case import Case
from portal.cases.catalogue import Catalogue
from portal.cases.events import Event, state
from portal.cases.headers import Face
from portal.cases.kinds import KINDS
from portal.cases.prospects import next_due, plain, prospects
from portal.cases.report import Report, Verdict
from portal.cases.steps import ENDS, STATES
from portal.cases.store import Store
from portal.cases.tables import queue
from portal.cases.thanks import Thanks
from portal.desk import duplicates
from portal.desk.actions import actions
from portal.desk.casework import two_people
from portal.desk.filters import RULINGS
from portal.desk.member import Member
from portal.desk.office import Desk
from portal.desk.prospect import prospect
from portal.desk.telling import Teller
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Archive:
    """Where a dossier is put together from."""

    store: Store
    catalogue: Catalogue
    desk: Desk

    def dossier(self, report: Report, *, reader: Member, now: datetime) -> dict[str, Any]:
        """Return a report as JSON-ready data for somebody who may read it."""
        policy = self.catalogue.policy(report.program, report.policy_version)
        history = self.store.events(report.id)
        case = Case(report, policy, history, now)
        return {
            **_facts(report, policy),
            **_progress(history),
            **_dates(policy, history, report, now),
            **prospect(case),
            **self._told(report, history, reader),
            **self._sealed(report),
            "kept_at": self._kept_at(report),
            "thanks": self._thanks(report, now),
            "verdict": self._verdict(report),
            "actions": actions(case, needs_two=two_people(report, self.catalogue, now=now)),
            "keyset": self._keyset(report, now),
            "role": str(reader.roles[report.program]),
        }

    def _told(self, report: Report, history: Sequence[Event], reader: Member) -> dict[str, Any]:
        """Return who did what, and what hangs on it."""
        approvals = self.desk.approvals.of(report.id)
        with self.desk.database.reading() as connection:
            row = connection.execute(select(queue).where(queue.c.report == report.id)).one()
            people = [row.assigned] if row.assigned else []
            told = Teller.to(
                reader, connection, history=history, approvals=approvals, people=people
            )
            after = duplicates.later(connection, report, reader)
        events = [told.event(number, history) for number in range(1, len(history) + 1)]
        return {
            **_marks(row, told),
            "events": events,
            "approvals": [told.approval(one) for one in approvals],
            "duplicate_of": next((_original(one) for one in events if _is_link(one)), None),
            "duplicates": after,
        }

    def _sealed(self, report: Report) -> dict[str, Any]:
        """Return what there is to open."""
        return {
            "envelopes": [_envelope(face) for face in self.store.faces(report.id)],
            "messages": len(self.store.thread.messages(report.id)),
        }

    def _kept_at(self, report: Report) -> str | None:
        """Return when the portal got it: for a report that came by mail, when it was entered."""
        with self.store.database.reading() as connection:
            at = headers.kept_at(connection, report.id)
        return at.isoformat() if at else None

    def _thanks(self, report: Report, now: datetime) -> dict[str, Any]:
        """Return whether there is a page of thanks with names, and the name that stands there."""
        recognition = self.catalogue.program(report.program, now=now).policy.recognition
        name = Thanks(self.store.database).name_of(report)
        return {"page": recognition is not None and recognition.named_on_page, "name": name}

    def _keyset(self, report: Report, now: datetime) -> dict[str, int] | None:
        """Return which keyset messages and memos are sealed to now."""
        keyset = self.catalogue.program(report.program, now=now).keyset
        return {"version": keyset.version} if keyset else None

    def _verdict(self, report: Report) -> dict[str, Any] | None:
        """Return the ruling, with the rule as the version of the policy has it that ruled."""
        ruled = report.verdict
        if ruled is None:
            return None
        policy = self.catalogue.policy(report.program, ruled.policy_version)
        return {
            "ruling": ruled.ruling,
            "ruling_label": RULINGS[ruled.ruling],
            "rule": _rule(ruled, policy),
            "code": ruled.code,
            "policy_version": ruled.policy_version,
        }


def _facts(report: Report, policy: Policy) -> dict[str, Any]:
    return {
        "id": report.id,
        "program": report.program,
        "program_name": policy.name,
        "kind": report.kind,
        "kind_label": KINDS[report.kind],
        "exposed": report.exposed,
        "exploited": report.exploited,
        "origin": report.origin,
        "received_at": report.received_at.isoformat(),
        "policy_version": report.policy_version,
        "keyset_version": report.keyset_version,
        "receipt": report.receipt,
        "zone": report.calendar["zone"],
    }


def _progress(history: Sequence[Event]) -> dict[str, Any]:
    reached, ended = state(history), any(event.name in ENDS for event in history)
    return {"state": reached, "state_label": STATES[reached], "ended": ended}


def _dates(
    policy: Policy, history: Sequence[Event], report: Report, now: datetime
) -> dict[str, Any]:
    deadlines = prospects(policy, history, report.calendar, now=now) if report.has_clocks else ()
    due = next_due(deadlines)
    return {
        "deadlines": [plain(deadline) for deadline in deadlines],
        "due_at": due.isoformat() if due else None,
    }


def _marks(row: Row[Any], told: Teller) -> dict[str, Any]:
    """Return what staff decided about the report's row in the queue."""
    assigned = told.person(row.assigned) if row.assigned else None
    return {"activity": row.activity, "quiet": row.quiet, "assigned": assigned}


def _is_link(event: Mapping[str, Any]) -> bool:
    return bool(event["name"] == "duplicate")


def _original(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reader may know of the report that came first."""
    return {"id": event["data"]["of"], "received_at": event["data"]["received_at"]}


def _envelope(face: Face) -> dict[str, Any]:
    return {
        "role": face.role,
        "length": face.length,
        "payload_sha256": face.payload_sha256,
        "header_sha256": face.header_sha256,
        "header_version": face.header_version,
        "original_header_sha256": face.original_sha256,
        "keyset_version": face.keyset_version,
    }


def _rule(ruled: Verdict, policy: Policy) -> dict[str, Any] | None:
    """Return the rule in its own words; its id alone, if the version of the policy lost it."""
    sides = {"in": policy.scope_rules.include, "out": policy.scope_rules.exclude}
    for side, rules in sides.items():
        for rule in rules:
            if rule.id == ruled.rule:
                return {"id": rule.id, "side": side, "pattern": rule.pattern, "note": rule.note}
    return {"id": ruled.rule, "side": None, "pattern": None, "note": None} if ruled.rule else None
