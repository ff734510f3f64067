"""Clocks: from what happened and what was promised to when something is due.

How days are counted (Regulation (EEC, Euratom) 1182/71, Article 3): the day of the event is day 0
and never counts; a period in days ends with the last hour of its last day. Hours run through
nights, weekends and changes of the clock, so they are added in UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from portal.policy.calendars import Calendar
from portal.policy.dates import end_of_day, moment

Unit = Literal["business_days", "calendar_days", "weeks", "hours"]
UNITS: Final[Mapping[Unit, str]] = {
    "business_days": "business day",
    "calendar_days": "calendar day",
    "weeks": "week",
    "hours": "hour",
}
RECEIVED: Final = "received"
# What clocks can start or stop at, and how a sentence says it. Staff record these events.
ANCHORS: Final[Mapping[str, str]] = {
    RECEIVED: "the report was received",
    "acknowledged": "staff confirmed receipt",
    "assessed": "staff assessed the report",
    "accepted": "staff accepted the report",
    "resolved": "the problem was resolved",
}
MAX_AMOUNT: Final = 3650  # ten years of days: beyond this a number is a slip of the pen
_LAST_SECOND: Final = time(23, 59, 59, fold=1)  # fold: the later one, should the hour come twice


class State(StrEnum):
    """How a deadline stands."""

    PENDING = "pending"
    RUNNING = "running"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a policy states it: ``3 business_days``.

    Attributes:
        amount: From 1 to `MAX_AMOUNT`.
        unit: What is counted.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise ValueError(f"{self.amount} is not between 1 and {MAX_AMOUNT}")

    def __str__(self) -> str:
        """Say it in words: ``3 business days``."""
        return f"{self.amount} {UNITS[self.unit]}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A promise with a time limit.

    Attributes:
        id: Stable name, from the policy.
        label: What is promised, as the pages show it.
        span: How long it may take.
        anchor: Event that starts it, a key of `ANCHORS`.
        soft: An aim or a request; shown, and never called late.
        met_by: Event that stops it; ``None`` for a soft one that only time ends.
    """

    id: str
    label: str
    span: Span
    anchor: str = RECEIVED
    soft: bool = False
    met_by: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A promise as it stands for one report.

    Attributes:
        id: The rule's.
        label: The rule's.
        due: Last second in which it is kept, in the policy's zone; ``None`` while pending.
        state: ``late`` also when it was kept, but after `due`; then `done` says when.
        explanation: One or two sentences fit for the page.
        done: When the event that stops it happened.
        soft: The rule's.
    """

    id: str
    label: str
    due: datetime | None
    state: State
    explanation: str
    done: datetime | None = None
    soft: bool = False


def utc_now() -> datetime:
    """Return the present time, aware, in UTC: the one place that looks at the wall clock."""
    return datetime.now(UTC)


def deadlines(
    rules: Iterable[ClockRule],
    events: Mapping[str, datetime],
    calendar: Calendar,
    zone: str,
    *,
    now: datetime,
) -> tuple[Deadline, ...]:
    """Return where every promise stands.

    Args:
        rules: The promises of the policy the report was made under.
        events: When each event first happened, aware; an event that has not happened is absent.
        calendar: The calendar frozen with the report.
        zone: IANA name of the zone in which days end and dates are shown.
        now: Present time, aware.
    """
    place = ZoneInfo(zone)
    return tuple(_deadline(rule, events, calendar, place, now) for rule in rules)


def due(span: Span, start: datetime, calendar: Calendar, zone: ZoneInfo) -> datetime:
    """Return the last second of a span that starts with an event.

    Args:
        span: How long.
        start: When the event happened, aware.
        calendar: Consulted for business days only.
        zone: Where days end.
    """
    if span.unit == "hours":
        return (start.astimezone(UTC) + timedelta(hours=span.amount)).astimezone(zone)
    return datetime.combine(
        _last_day(span, start.astimezone(zone).date(), calendar), _LAST_SECOND, zone
    )


def _last_day(span: Span, start: date, calendar: Calendar) -> date:
    """Return the last day of a span in days or weeks; the day of the event is day 0."""
    if span.unit == "business_days":
        return calendar.working_day(span.amount, start)
    return start + timedelta(days=span.amount * (7 if span.unit == "weeks" else 1))


def _deadline(
    rule: ClockRule,
    events: Mapping[str, datetime],
    calendar: Calendar,
    zone: ZoneInfo,
    now: datetime,
) -> Deadline:
    """Return where one promise stands."""
    done = events.get(rule.met_by) if rule.met_by else None
    start = events.get(rule.anchor)
    if start is None:
        state = State.MET if done else State.PENDING
        waiting = _waiting(rule, state)
        return Deadline(rule.id, rule.label, None, state, waiting, done, rule.soft)
    end = due(rule.span, start, calendar, zone)
    said = _sentences(rule, start.astimezone(zone), end, calendar)
    if done:
        said += f" Done {moment(done.astimezone(zone))}."
    state = _state(rule, end, done, now)
    return Deadline(rule.id, rule.label, end, state, said, done, rule.soft)


def _state(rule: ClockRule, end: datetime, done: datetime | None, now: datetime) -> State:
    """Return the state of a started clock; the whole last second still counts."""
    passed = (done or now) >= end + timedelta(seconds=1)
    if passed and not rule.soft:
        return State.LATE
    # Nothing but time ends a window that was asked for, so it is over once it has passed.
    return State.MET if done or (passed and rule.met_by is None) else State.RUNNING


def _waiting(rule: ClockRule, state: State) -> str:
    """Say what a clock without a start waits for."""
    if state is State.MET:
        return "Done before its time started to run."
    return f"{rule.span}, counted from the moment {ANCHORS[rule.anchor]}."


def _sentences(rule: ClockRule, start: datetime, end: datetime, calendar: Calendar) -> str:
    """Say how a due date came about."""
    limit = moment(end) if rule.span.unit == "hours" else end_of_day(end)
    said = f"{rule.span} after {ANCHORS[rule.anchor]} ({moment(start)}): until {limit}."
    if rule.span.unit == "business_days":
        said += f" Working days: {calendar.name}."
    if rule.soft:
        said += " This is an aim or a request, not a promise."
    return said
