"""Clocks: from what happened and what was promised to when something is due.

`spans` says how time is counted, `pauses` when a clock stands still, `explaining` finds the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portal.policy import explaining
from portal.policy.calendars import Calendar
from portal.policy.clock_rules import ClockRule
from portal.policy.deadline import Deadline, State, late_by, passed
from portal.policy.pauses import Pause, Standstill
from portal.policy.spans import due


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
    pauses: Iterable[Pause] = (),
) -> tuple[Deadline, ...]:
    """Return where every promise stands.

    Args:
        rules: The promises of the policy the report was made under.
        events: When each event first happened, and under `NEWS` when there last was any; aware. An
            event that has not happened is absent.
        calendar: The calendar frozen with the report.
        zone: IANA name of the zone in which days end and dates are shown.
        now: Present time, aware.
        pauses: When clocks stood still; each pause names its clock.
    """
    scene = _Scene(events, calendar, ZoneInfo(zone), now)
    stops = tuple(pauses)
    return tuple(_deadline(rule, scene, _of(rule, stops, scene)) for rule in rules)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the clocks of one report have in common."""

    events: Mapping[str, datetime]
    calendar: Calendar
    zone: ZoneInfo
    now: datetime

    def when(self, event: str | None) -> datetime | None:
        """Return when an event happened, in the zone to show."""
        at = self.events.get(event) if event else None
        return at.astimezone(self.zone) if at else None


def _of(rule: ClockRule, pauses: Iterable[Pause], scene: _Scene) -> list[Pause]:
    """Return the pauses of one clock; what stops it for good also ends its last pause."""
    done = scene.when(rule.met_by)
    mine = (pause for pause in pauses if pause.clock == rule.id)
    return [replace(one, end=max(done, one.start)) if done and not one.end else one for one in mine]


def _deadline(rule: ClockRule, scene: _Scene, pauses: Sequence[Pause]) -> Deadline:
    """Return where one promise stands."""
    done, start = scene.when(rule.met_by), scene.when(rule.anchor)
    days = rule.span.unit == "business_days"
    blank = Deadline(
        *(rule.id, rule.label, None, State.PENDING, explaining.waiting(rule)),
        done=done,
        soft=rule.soft,
        calendar=scene.calendar.name if days else "",
        start=start,
    )
    if start is None:
        return replace(blank, state=State.MET, explanation=explaining.EARLY) if done else blank
    end = due(rule.span, start, scene.calendar, scene.zone, Standstill.of(pauses))
    if stop := _standing(pauses, end):
        said = explaining.standing_still(rule, start, end, stop)
        return replace(blank, state=State.PAUSED, paused=stop.reason, explanation=said)
    late = _late(rule, end, done or scene.now)
    said = explaining.reckoned(rule, start, end, scene.calendar)
    said += explaining.stood_still(pauses, start, end) + explaining.kept(rule, done, late)
    state = State.LATE if late else _state(rule, end, scene, done)
    return replace(blank, due=end, state=state, explanation=said, late_by=late)


def _standing(pauses: Iterable[Pause], end: datetime) -> Pause | None:
    """Return the pause that a clock is in, unless its time was over before that."""
    stops = [one for one in pauses if not one.end and not passed(end, one.start)]
    return min(stops, key=lambda one: one.start, default=None)


def _late(rule: ClockRule, end: datetime, when: datetime) -> str | None:
    """Say by how much a promise was missed, if it is one and was."""
    if rule.soft or not passed(end, when):
        return None
    return late_by(end, when, hours=rule.span.unit == "hours")


def _state(rule: ClockRule, end: datetime, scene: _Scene, done: datetime | None) -> State:
    """Return the state of a started clock that is not late."""
    # Nothing but time ends a window that was asked for, so it is over once it has passed.
    over = rule.met_by is None and passed(end, scene.now)
    return State.MET if done or over else State.RUNNING
