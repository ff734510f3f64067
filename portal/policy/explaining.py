"""How a due date came about, in sentences that both sides read."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from portal.policy.calendars import Calendar
from portal.policy.clock_rules import ANCHORS, ClockRule
from portal.policy.dates import day, end_of_day, moment
from portal.policy.deadline import passed
from portal.policy.pauses import REASONS, Pause

_NAMED_DAYS: Final = 5  # days off that a sentence names one by one
EARLY: Final = "Done before its time started to run."
# What else can end a window, besides the events that a policy can name.
_ENDED: Final = {**ANCHORS, "leaked": "it became public without an agreement"}


def waiting(rule: ClockRule) -> str:
    """Say what a clock that has not started waits for."""
    return f"{rule.span} after {ANCHORS[rule.anchor]}, once that has happened."


def reckoned(rule: ClockRule, start: datetime, end: datetime, calendar: Calendar) -> str:
    """Say from what and how a due date was counted.

    Args:
        rule: The promise.
        start: When its clock started, in the zone to show.
        end: When it is due, in the zone to show.
        calendar: The calendar it was counted by, if in business days.
    """
    limit = moment(end) if rule.span.unit == "hours" else end_of_day(end)
    said = f"{_since(rule, start)}: until {limit}."
    if rule.span.unit == "business_days":
        off = _days_off(calendar.weekdays_off(start.date(), end.date()))
        said += f" Not counted: the day itself, weekends{off}. Working days: {calendar.shown}."
    if rule.soft:
        said += " This is an aim or a request, not a promise."
    return said


def standing_still(rule: ClockRule, start: datetime, end: datetime, pause: Pause) -> str:
    """Say that a clock stands still, since when, and what was due before.

    Args:
        rule: The promise.
        start: When its clock started, in the zone to show.
        end: When it would have been due, had the clock not been stopped.
        pause: The pause it is in.
    """
    since = _at(pause.start, end)
    return (
        f"{_since(rule, start)}. The clock stands still since {since}: {REASONS[pause.reason]}. "
        f"Until then the date was {moment(end)}; when the clock goes on, the date is counted anew."
    )


def stood_still(pauses: Iterable[Pause], start: datetime, end: datetime) -> str:
    """Say when and why a clock stood still between start and end; nothing if it never did."""
    times = [
        f"from {_at(one.start, end)} to {_at(one.end, end)} ({REASONS[one.reason]})"
        for one in pauses
        if one.end and one.end > max(one.start, start) and not passed(end, one.start)
    ]
    return f" The clock stood still {_listed(times)}; that time does not count." if times else ""


def kept(rule: ClockRule, done: datetime | None, late: str | None) -> str:
    """Say when a promise was kept or what ended a window, and by how much it was missed."""
    if done and rule.soft:
        return f" Over since {moment(done)}: {_ENDED[rule.met_by or rule.anchor]}."
    if done:
        return f" Done {moment(done)}." + (f" That was {late} late." if late else "")
    return f" It is {late} late." if late else ""


def _at(when: datetime, shown: datetime) -> str:
    """Write a time in the zone of another one."""
    return moment(when.astimezone(shown.tzinfo))


def _since(rule: ClockRule, start: datetime) -> str:
    return f"{rule.span} after {ANCHORS[rule.anchor]} ({moment(start)})"


def _days_off(days: Iterable[date]) -> str:
    """Say which other days were left out."""
    names = [day(one) for one in days]
    if len(names) > _NAMED_DAYS:
        names = [*names[:_NAMED_DAYS], f"{len(names) - _NAMED_DAYS} more days off"]
    return f", {_listed(names)}" if names else ""


def _listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
