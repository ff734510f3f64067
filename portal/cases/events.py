"""What happens to a report: events that staff append, and the state that follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.errors import EventRefused


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, when, and who recorded it.

    Attributes:
        name: A key of `STEPS`.
        at: When, aware UTC.
        actor: ``reporter`` or the name of a member of staff; reporters never see staff names here.
        data: What the event carries, such as ``expected``, an ISO date.
    """

    name: str
    at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of event: how staff call it, how the reporter reads it, when it is allowed.

    Attributes:
        verb: What staff type.
        label: The line in the reporter's timeline.
        after: Events of which at least one must have happened; none for the first.
        state: The report's state from here on; None leaves it as it is.
        needs: Data the event must carry.
    """

    verb: str
    label: str
    after: frozenset[str] = frozenset()
    state: str | None = None
    needs: tuple[str, ...] = ()


_ASSESSABLE = frozenset({"acknowledged"})
_DECIDABLE = frozenset({"acknowledged", "assessed"})

STEPS: Mapping[str, Step] = {
    "received": Step("receive", "Your report arrived", state="received"),
    "acknowledged": Step(
        "acknowledge", "Staff confirmed receipt", frozenset({"received"}), "acknowledged"
    ),
    "assessed": Step("assess", "Staff assessed it", _ASSESSABLE, "assessed", ("expected",)),
    "accepted": Step("accept", "Staff accepted it as a problem to fix", _DECIDABLE, "accepted"),
    "declined": Step("decline", "Staff decided not to act on it", _DECIDABLE, "declined"),
    "fixing": Step("fix", "A fix is being made", frozenset({"accepted"}), "fixing"),
    "updated": Step("update", "Staff worked on it", frozenset({"received"})),
    "resolved": Step("resolve", "The problem is fixed", frozenset({"accepted"}), "resolved"),
    "closed": Step("close", "The case was closed", frozenset({"received"}), "closed"),
}

STATES: Mapping[str, str] = {
    "received": "Received, not yet confirmed by a person",
    "acknowledged": "Confirmed by staff",
    "assessed": "Assessed",
    "accepted": "Accepted",
    "declined": "Declined",
    "fixing": "Being fixed",
    "resolved": "Fixed",
    "closed": "Closed",
}
_ONCE = frozenset({"received", "acknowledged", "accepted", "fixing", "resolved"})
ENDS = frozenset({"declined", "closed"})


def state(events: Iterable[Event]) -> str:
    """Return the state that the events lead to, a key of `STATES`."""
    reached = [STEPS[event.name].state for event in events]
    return next((name for name in reversed(reached) if name), "received")


def verbs() -> tuple[str, ...]:
    """Return what staff may type; that a report arrived is recorded by the intake alone."""
    return tuple(step.verb for name, step in STEPS.items() if name != "received")


def named(verb: str) -> str:
    """Return the event staff mean by a verb or by the event's own name.

    Raises:
        EventRefused: There is no such event.
    """
    for name, step in STEPS.items():
        if verb in {name, step.verb} and name != "received":
            return name
    raise EventRefused(f"“{verb}” is not an event.", hint=f"The events are: {', '.join(verbs())}.")


def check(event: Event, history: Iterable[Event]) -> None:
    """Make sure the event may follow the history.

    Raises:
        EventRefused: It comes too early, a second time, after the end, or lacks what it needs.
    """
    happened = {earlier.name for earlier in history}
    step = STEPS[event.name]
    if happened & ENDS and event.name != "closed":
        raise EventRefused(
            "This case has ended.", hint="Nothing follows a declined or closed case."
        )
    if event.name in happened & (_ONCE | {"closed"}):
        raise EventRefused(f"The report was already {event.name}.", hint="Nothing to do.")
    if step.after and not step.after & happened:
        first = " or ".join(sorted(STEPS[name].verb for name in step.after))
        raise EventRefused(f"“{step.verb}” comes too early.", hint=f"Record {first} first.")
    _check_data(event, step)


def _check_data(event: Event, step: Step) -> None:
    missing = [name for name in step.needs if not event.data.get(name)]
    if missing:
        raise EventRefused(
            f"“{step.verb}” needs {' and '.join(missing)}.",
            hint=f"Add it, for example --{missing[0]} 2027-01-31.",
        )
    if "expected" in event.data:
        try:
            date.fromisoformat(str(event.data["expected"]))
        except ValueError as fault:
            raise EventRefused(
                "The expected date is not a date.", hint="Write it as 2027-01-31."
            ) from fault
