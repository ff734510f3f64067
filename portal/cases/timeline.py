"""What happened to a report, as its reporter reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portal.cases.case import Case
from portal.cases.events import Event
from portal.cases.steps import STEPS
from portal.policy.dates import day
from portal.policy.pauses import REASONS

_DATED: Final = frozenset({"publication_proposed", "publication_countered", "published", "leaked"})
_WAITING: Final[Mapping[str, str]] = {**REASONS, "waiting-for-reporter": "waiting for you"}
_REWARDS: Final[Mapping[str, str]] = {
    "yes": "They decided to give one.",
    "no": "They decided to give none.",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the reporter reads it: who recorded it stays with the staff."""

    name: str
    label: str
    at: datetime
    note: str | None


def timeline(case: Case) -> tuple[Happening, ...]:
    """Return what the reporter sees of a history, oldest first; what is private is not in it."""
    return tuple(_happenings(case))


def _happenings(case: Case) -> Iterator[Happening]:
    expected: str | None = None
    for event in case.history:
        step = STEPS[event.name]
        if not step.private:
            note = _note(event, case) or _revised(event, expected)
            yield Happening(event.name, step.label, event.at, note)
        expected = event.data.get("expected", expected)


def _note(event: Event, case: Case) -> str | None:
    """Say what an event carries; of another report no more than the day it was received."""
    data = event.data
    if event.name == "duplicate":
        received = datetime.fromisoformat(data["received_at"]).astimezone(case.zone)
        return f"That report was received on {day(received.date())}."
    if event.name in _DATED:
        return f"The date is {day(date.fromisoformat(data['date']))}."
    if event.name in {"clock_paused", "clock_resumed"}:
        return _clock(event, case)
    if event.name == "rewarded":
        return _REWARDS[data["answer"]]
    return None


def _clock(event: Event, case: Case) -> str:
    """Say which clock it is, and why it stands still."""
    named = {rule.id: rule.label for rule in case.policy.clock_rules}
    label = named.get(event.data["clock"], event.data["clock"])
    reason = event.data.get("reason")
    return f"{label}: {_WAITING[reason]}." if reason else f"{label}."


def _revised(event: Event, before: str | None) -> str | None:
    """Say when a fix is expected, and when it was expected before, if that was another day."""
    expected = event.data.get("expected")
    if not expected:
        return None
    said = f"Staff expect it to be fixed by {expected}"
    return f"{said}; before, it was {before}." if before not in {None, expected} else f"{said}."
