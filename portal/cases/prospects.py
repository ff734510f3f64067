"""What a report may expect: the policy's promises, turned into dates by what has happened."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from portal.cases.events import ENDS, Event
from portal.policy.calendars import Calendar
from portal.policy.clocks import Deadline, State, deadlines
from portal.policy.pack import Policy


def prospects(
    policy: Policy, events: Iterable[Event], calendar: Mapping[str, Any], *, now: datetime
) -> tuple[Deadline, ...]:
    """Return where every promise of a policy stands for one report.

    Once a case has ended, nothing that is still open is due any more: only what was kept, and what
    was already late, goes on being shown.

    Args:
        policy: The version the report was made under.
        events: The report's history.
        calendar: The working days frozen when the report arrived.
        now: Present time, aware.
    """
    first: dict[str, datetime] = {}
    for event in events:
        first.setdefault(event.name, event.at)
    days = Calendar.thawed(calendar)
    ended = min((first[name] for name in ENDS if name in first), default=None)
    found = deadlines(policy.clock_rules, first, days, days.zone, now=ended or now)
    open_states = (State.PENDING, State.RUNNING)
    return tuple(one for one in found if not (ended and one.state in open_states))


def next_due(found: Iterable[Deadline]) -> datetime | None:
    """Return the earliest date that a promise of staff still open falls due, or fell due."""
    open_dates = [one.due for one in found if one.due and not one.done and not one.soft]
    return min(open_dates, default=None)


def plain(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as JSON-ready data; times are ISO 8601 with their offset."""
    return {
        "id": deadline.id,
        "label": deadline.label,
        "due": deadline.due.isoformat() if deadline.due else None,
        "state": str(deadline.state),
        "explanation": deadline.explanation,
        "done": deadline.done.isoformat() if deadline.done else None,
    }
