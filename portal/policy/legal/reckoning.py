"""From what people recorded to what has to be submitted, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.policy.deadline import State, late_by, passed
from portal.policy.legal import wording
from portal.policy.legal.counting import Limit, Place
from portal.policy.legal.facts import Facts
from portal.policy.legal.rules import Rule, rulebook


@dataclass(frozen=True, slots=True)
class LegalDeadline:
    """One duty of one law, as it stands for a case.

    Attributes:
        regime: Id of the law.
        name: The law, as pages show it.
        stage: Id of what is due.
        label: What is due, as pages show it.
        state: ``pending`` until a person has recorded what starts it, whatever the clock says.
        due: Last second in which it is kept; None while it is pending.
        worst_case: While nobody has recorded awareness: when it would be due, had staff been aware
            at receipt; None where that cannot be said, or does not matter any more.
        explanation: A few sentences on how the dates came about.
        source: Where the law says so.
        note: What else to know; may be empty.
        done: When it was submitted.
        late_by: How late it is or was, in words.
    """

    regime: str
    name: str
    stage: str
    label: str
    state: State
    due: datetime | None
    worst_case: datetime | None
    explanation: str
    source: str
    note: str
    done: datetime | None = None
    late_by: str | None = None


def reckon(
    regimes: Iterable[str],
    facts: Facts,
    *,
    on: date,
    zone: str,
    now: datetime,
    country: str | None = None,
) -> tuple[LegalDeadline, ...]:
    """Return every duty of some laws; what is no law on that day is left out.

    Args:
        regimes: Ids of the laws that the organisation lives under.
        facts: What people recorded.
        on: Day whose law counts: that of awareness, and today until then.
        zone: IANA name of the zone in which days end and times are shown.
        now: Present time, aware.
        country: Whose public holidays count (ISO 3166-1); None for weekends only.
    """
    place = Place(ZoneInfo(zone), country)
    rules = rulebook().applying(regimes, on)
    return tuple(_duty(rule, facts, place, now) for rule in rules)


def _duty(rule: Rule, facts: Facts, place: Place, now: datetime) -> LegalDeadline:
    """Return how one duty stands."""
    start, done = facts.start(rule), facts.done(rule)
    limit = Limit.of(rule, start, place) if start else None
    worst = None if done else facts.worst_start(rule)
    late = _late(limit, done or now)
    regime = rulebook().regimes[rule.regime]
    return LegalDeadline(
        *(rule.regime, regime.name, rule.stage, rule.label),
        state=_state(limit, done, late),
        due=limit.end if limit else None,
        worst_case=Limit.of(rule, worst, place).end if worst else None,
        explanation=wording.explained(rule, facts, place, limit),
        source=rule.source,
        note=" ".join(filter(None, (rule.note, regime.note))),
        done=done.astimezone(place.zone) if done else None,
        late_by=late,
    )


def _late(limit: Limit | None, when: datetime) -> str | None:
    if limit is None or not passed(limit.end, when):
        return None
    return late_by(limit.end, when, hours=True)


def _state(limit: Limit | None, done: datetime | None, late: str | None) -> State:
    if late:
        return State.LATE
    if done:
        return State.MET
    return State.RUNNING if limit else State.PENDING
