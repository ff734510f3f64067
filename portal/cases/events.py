"""What happens to a report: events in their order, and the state that follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from portal.cases import event_data
from portal.cases.steps import AFTER_THE_END, ENDS, HINTS, ONCE, STEPS
from portal.errors import EventRefused

REPORTER: Final = "reporter"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, when, and who recorded it.

    Attributes:
        name: A key of `STEPS`.
        at: When, aware UTC.
        actor: `REPORTER`, the id of a member of staff, or who an operator said it was; reporters
            never see staff names here.
        data: What the event carries, such as ``expected``, an ISO date; never free text.
    """

    name: str
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def hint(self) -> bool:
        """Whether it only says what somebody with the token asked for, until staff verify it."""
        return self.name in HINTS and self.actor == REPORTER


def state(events: Iterable[Event]) -> str:
    """Return the state that the events lead to, a key of `STATES`."""
    reached = [STEPS[event.name].state for event in events]
    return next((name for name in reversed(reached) if name), "received")


def happened(history: Iterable[Event], name: str) -> bool:
    """Tell whether an event of this name is in a history."""
    return any(event.name == name for event in history)


def last(history: Sequence[Event], name: str) -> Event | None:
    """Return the newest event of a name; None when there is none."""
    return next((event for event in reversed(history) if event.name == name), None)


def verbs() -> tuple[str, ...]:
    """Return what staff may record; the rest the portal does, or the reporter asks for."""
    return tuple(step.verb for step in STEPS.values() if step.by == "staff")


def named(verb: str) -> str:
    """Return the event staff mean by a verb or by the event's own name.

    Raises:
        EventRefused: There is no such event, or it is not for staff to record.
    """
    for name, step in STEPS.items():
        if verb in {name, step.verb} and step.by == "staff":
            return name
    raise EventRefused(f"“{verb}” is not an event.", hint=f"The events are: {', '.join(verbs())}.")


def allowed(history: Sequence[Event]) -> tuple[str, ...]:
    """Return the names of the events that staff may record next, as far as their order goes."""
    happened = {earlier.name for earlier in history}
    return tuple(
        name
        for name, step in STEPS.items()
        if step.by == "staff" and _refusal(name, happened) is None
    )


def verified(history: Iterable[Event]) -> frozenset[int]:
    """Return the numbers of the events, counted from 1, that staff have verified."""
    return frozenset(event.data["event"] for event in history if event.name == "verified")


def check(event: Event, history: Sequence[Event]) -> None:
    """Make sure the event may follow the history.

    What the policy has to say about it, `portal.cases.gates` looks at.

    Raises:
        EventRefused: It comes too early, a second time, after the end, or lacks what it needs.
    """
    refusal = _refusal(event.name, {earlier.name for earlier in history})
    if refusal is not None:
        raise refusal
    event_data.check(event.name, event.data)
    if event.name == "verified":
        _check_verified(event, history)


def _refusal(name: str, happened: set[str]) -> EventRefused | None:
    """Return why an event may not follow those that happened; None when it may."""
    step = STEPS[name]
    if "deleted" in happened:
        return EventRefused("This report was deleted.", hint="Nothing can be added to it.")
    if name in happened & ONCE:
        return EventRefused(f"This was recorded before: {step.label}.", hint="Nothing to do.")
    if happened & ENDS and name not in AFTER_THE_END:
        return EventRefused(
            "This case has ended.", hint="It can still be closed, published, and written about."
        )
    if step.after and not step.after & happened:
        first = " or ".join(sorted(STEPS[one].verb for one in step.after))
        return EventRefused(f"“{step.verb}” comes too early.", hint=f"It takes {first} first.")
    return None


def _check_verified(event: Event, history: Sequence[Event]) -> None:
    """Make sure that there is such a thing to verify, and that nobody has yet."""
    number = int(event.data["event"])
    asked = history[number - 1] if number <= len(history) else None
    if asked is None or not asked.hint or number in verified(history):
        raise EventRefused(
            "There is nothing under this number that waits to be verified.",
            hint="Give the number of what was asked with the token, as the timeline shows it.",
        )
