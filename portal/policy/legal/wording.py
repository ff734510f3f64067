"""How a legal deadline came about, in sentences for staff."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from portal.policy.dates import counted, day, moment
from portal.policy.legal.counting import Limit, Place
from portal.policy.legal.facts import Facts
from portal.policy.legal.rules import Anchor, Counting, Rule, rulebook

_UNITS: Final[Mapping[Counting, str]] = {
    "hours": "hour",
    "eu_days": "day",
    "eu_months": "month",
    "us_business_days": "business day",
    "sec_business_days": "business day",
    "calendar_days": "calendar day",
}
_STARTS: Final[Mapping[Anchor, str]] = {
    "received": "the report was received",
    "aware": "staff became aware",
    "measure_available": "a corrective or mitigating measure became available",
    "material": "staff determined that the incident is material",
}
_SLACK: Final = " In law the hour of the event does not count: do not rely on those minutes."
_MEASURE_FIRST: Final = (
    " The measure was available before staff became aware; read to the letter, the time ran from"
    " then. Ask for legal advice."
)
_OFFICES: Final = " Counted: days on which federal offices of the United States are open."


def explained(rule: Rule, facts: Facts, place: Place, limit: Limit | None) -> str:
    """Say how the date of a duty came about, or what it waits for.

    Args:
        rule: The time limit.
        facts: What people recorded.
        place: Where the duty is met.
        limit: When it ends; None while nobody has started it.
    """
    start = facts.start(rule)
    if start is None or limit is None:
        return _waiting(rule, facts, place)
    begun = moment(start.astimezone(limit.end.tzinfo))
    said = f"{_period(rule)} ({begun}): until {moment(limit.end)}.{_how(rule, limit)}"
    early = rule.anchor == "measure_available" and facts.aware and start < facts.aware
    return said + (_MEASURE_FIRST if early else "")


def _waiting(rule: Rule, facts: Facts, place: Place) -> str:
    """Say what a duty waits for, and the worst case."""
    said, worst = f"{_period(rule)}.", facts.worst_start(rule)
    if worst is None:
        return f"{said} Nobody has recorded that yet."
    said += " Nobody has recorded that staff became aware."
    if rule.anchor != "aware":
        return f"{said} If they are{_if(rule, worst, place)}"
    said += f" If aware at receipt{_if(rule, worst, place)}"
    if facts.first_opened:
        said += f" If aware when first opened{_if(rule, facts.first_opened, place)}"
    return said


def _if(rule: Rule, start: datetime, place: Place) -> str:
    """Say when a duty would be due, had its time started at a moment."""
    end = Limit.of(rule, start, place).end
    return f" ({moment(start.astimezone(place.zone))}): due {moment(end)}."


def _how(rule: Rule, limit: Limit) -> str:
    """Say what else there is to know about the counting."""
    if limit.moved_from:
        return f" {day(limit.moved_from)} is no working day, so the next one counts."
    if rule.counting == "hours":
        return _SLACK
    return _OFFICES if rule.counting.endswith("business_days") else ""


def _period(rule: Rule) -> str:
    return f"{counted(rule.within, _UNITS[rule.counting])} after {_event(rule)}"


def _event(rule: Rule) -> str:
    """Say what starts the time of a rule."""
    if rule.anchor != "notified":
        return _STARTS[rule.anchor]
    label = next(
        one.label
        for one in rulebook().rules
        if (one.regime, one.stage) == (rule.regime, rule.after)
    )
    return f"the {label.lower()} was submitted"
