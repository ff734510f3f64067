"""What a report may expect: the policy's promises, turned into dates by what has happened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from portal.cases.duties import legal, plain_duty
from portal.cases.events import Event
from portal.cases.steps import ENDS, PROGRESS
from portal.policy.calendars import Calendar
from portal.policy.clock_rules import NEWS, ClockRule
from portal.policy.clocks import deadlines
from portal.policy.deadline import Deadline, State
from portal.policy.pack import Policy
from portal.policy.pauses import Pause
from portal.policy.promises import RETENTION_ID, WINDOW_IDS

__all__ = ["legal", "next_due", "pauses", "plain", "plain_duty", "prospects"]
_OPEN: Final = frozenset({State.PENDING, State.RUNNING, State.PAUSED})
# What is out cannot be kept quiet any more, whoever let it out.
_OUT: Final = ("published", "leaked")
_RESOLVED: Final = "resolved"  # nothing more is to be told of the work


def prospects(
    policy: Policy, events: Iterable[Event], calendar: Mapping[str, Any], *, now: datetime
) -> tuple[Deadline, ...]:
    """Return where every promise of a policy stands for one report.

    Once a case has ended, no promise that is still open is due any more: only what was kept, and
    what was already late, goes on being shown. The windows before publication go on until it is
    out, and so does the time after which the report has to be deleted. The aim to tell news starts
    anew with each, until the problem is resolved.

    Args:
        policy: The version the report was made under; a question has no prospects.
        events: The report's history, oldest first.
        calendar: The working days frozen when the report arrived.
        now: Present time, aware.
    """
    history = tuple(events)
    moments = _moments(history)
    ended = min((moments[name] for name in ENDS if name in moments), default=None)
    days, found = Calendar.thawed(calendar), []
    for rule in policy.clock_rules:
        lasting = _lasts(rule)
        until = now if lasting or not ended else ended
        # One side alone never makes the silence longer that it asks of the other.
        stops = () if rule.id in WINDOW_IDS else pauses(history)
        ending = _ending(rule, moments)
        (one,) = deadlines((ending,), moments, days, days.zone, now=until, pauses=stops)
        if lasting or not ended or one.state not in _OPEN:
            found.append(one)
    return tuple(found)


def pauses(events: Iterable[Event]) -> tuple[Pause, ...]:
    """Return the times for which staff stopped clocks, oldest first; the last may still go on."""
    found: list[Pause] = []
    for event in events:
        if event.name == "clock_paused":
            found.append(Pause(event.data["clock"], event.at, None, event.data["reason"]))
        elif event.name == "clock_resumed":
            found = list(_resumed(found, event))
    return tuple(found)


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
        "late_by": deadline.late_by,
        "paused": deadline.paused,
        "soft": deadline.soft,
        "calendar": deadline.calendar or None,
    }


def _moments(history: Sequence[Event]) -> dict[str, datetime]:
    """Return when each event first happened, and under `NEWS` when there last was any."""
    moments: dict[str, datetime] = {}
    for event in history:
        moments.setdefault(event.name, event.at)
    worked = takewhile(lambda event: event.name != _RESOLVED, history)
    if told := [event.at for event in worked if event.name in PROGRESS]:
        moments[NEWS] = max(told)
    return moments


def _lasts(rule: ClockRule) -> bool:
    """Tell whether a clock outlives the case."""
    return rule.id in WINDOW_IDS or rule.id == RETENTION_ID


def _ending(rule: ClockRule, moments: Mapping[str, datetime]) -> ClockRule:
    """Return a rule as it ends for this report: a window also when the matter is out."""
    if rule.anchor == NEWS:
        return replace(rule, met_by=_RESOLVED)
    if rule.id not in WINDOW_IDS:
        return rule
    ends = [name for name in (rule.met_by, *_OUT) if name and name in moments]
    return replace(rule, met_by=min(ends, key=lambda name: moments[name])) if ends else rule


def _resumed(found: Iterable[Pause], event: Event) -> Iterator[Pause]:
    """Yield the pauses, those of the clock that goes on ended."""
    for pause in found:
        goes_on = pause.end is None and pause.clock == event.data["clock"]
        yield replace(pause, end=event.at) if goes_on else pause
