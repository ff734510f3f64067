"""A report's history: one event more, with everything that follows from it, in one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from portal.cases import audit, gates, queue, rows
from portal.cases.events import Event, check
from portal.cases.steps import STEPS, Side
from portal.cases.tables import messages, reports
from portal.cases.versions import published_policy
from portal.errors import EventRefused

# That a colleague looked is nothing that the others must look at.
_NO_NEWS = frozenset({"opened"})
_WRITERS: Mapping[Side, str] = {"reporter": "the reporter", "staff": "staff"}


def record(
    connection: Connection,
    report_id: str,
    event: Event,
    *,
    reason: str | None = None,
    **more: str,
) -> tuple[int, Event]:
    """Add an event inside the caller's transaction; return its number and what was kept.

    Args:
        connection: Of that transaction.
        report_id: A report that is kept.
        event: What happened, with the data of whoever recorded it.
        reason: Why, as a code; it goes into the audit log, and never to the reporter.
        more: Data that the portal adds.

    Raises:
        EventRefused: The report's history or its policy does not allow it, or it names what is
            not there.
    """
    before = vet(connection, report_id, event)
    found = {**event.data, **_found(connection, event), **more}
    kept = replace(event, data=found)
    number = len(before) + 1
    rows.insert_event(connection, report_id, number, kept)
    queue.refresh(connection, report_id, by=event.actor, news=event.name not in _NO_NEWS)
    act = f"event {event.name}"
    told = found if reason is None else {**found, "reason": reason}
    audit.append(connection, act, report_id, told, actor=event.actor, now=event.at)
    return number, kept


def vet(connection: Connection, report_id: str, event: Event) -> tuple[Event, ...]:
    """Make sure that an event could be recorded now, and return what happened before it.

    Raises:
        EventRefused: As `record`.
    """
    before = rows.events_of(connection, report_id)
    check(event, before)
    if event.name == "duplicate":
        _check_original(connection, report_id, str(event.data["of"]))
    if "message" in event.data:
        number = int(event.data["message"])
        _check_message(connection, report_id, number, STEPS[event.name].word)
    _check_policy(connection, report_id, event, before)
    return before


def _check_policy(
    connection: Connection, report_id: str, event: Event, before: tuple[Event, ...]
) -> None:
    """Pass the gates of the policy that the report was made under."""
    wanted = select(reports).where(reports.c.id == report_id)
    report = rows.report(connection.execute(wanted).mappings().one())
    policy = published_policy(connection, report.program, report.policy_version)
    gates.check(event, before, policy=policy, report=report, now=event.at)


def _check_original(connection: Connection, report_id: str, original: str) -> None:
    known = connection.scalar(select(reports.c.id).where(reports.c.id == original))
    if known is None or original == report_id:
        raise EventRefused(
            "The original has to be another report that is here.",
            hint="Give the name of the report that came first.",
        )
    names = {event.name for event in rows.events_of(connection, original)}
    if names & {"duplicate", "deleted"}:
        raise EventRefused(
            f"{original} is itself a duplicate, or was deleted.",
            hint="Give the name of the report that came first and is still here.",
        )


def _check_message(connection: Connection, report_id: str, sequence: int, side: Side) -> None:
    wanted = select(messages.c.author).where(
        messages.c.report == report_id, messages.c.sequence == sequence
    )
    if connection.scalar(wanted) != side:
        raise EventRefused(
            f"Message {sequence} is not one that {_WRITERS[side]} wrote.",
            hint="Give the number of the signed message in which they say so.",
        )


def _found(connection: Connection, event: Event) -> Mapping[str, Any]:
    """Return what the portal itself knows about what an event names."""
    if event.name != "duplicate":
        return {}
    wanted = select(reports.c.received_at).where(reports.c.id == event.data["of"])
    return {"received_at": connection.execute(wanted).scalar_one().isoformat()}
