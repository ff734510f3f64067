"""What happens to a report: events in their order, and the state that follows from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from portal.cases import event_data
from portal.errors import EventRefused

REPORTER: Final = "reporter"
By = Literal["staff", "reporter", "portal"]


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


@dataclass(frozen=True, slots=True)
class Step:
    """A kind of event: how staff call it, how the reporter reads it, when it is allowed.

    Attributes:
        verb: What staff type.
        label: The line in the reporter's timeline.
        after: Events of which at least one must have happened; none for the first.
        state: The report's state from here on; None leaves it as it is.
        needs: Data the event must carry.
        takes: Data it may carry.
        by: Who records it.
    """

    verb: str
    label: str
    after: frozenset[str] = frozenset({"received"})
    state: str | None = None
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    by: By = "staff"


HINTS: Final = frozenset({"withdrawn", "deletion_asked"})
_ASSESSABLE = frozenset({"acknowledged"})
_DECIDABLE = frozenset({"acknowledged", "assessed"})
_ACCEPTED = frozenset({"accepted"})
_ASKED = frozenset({"deletion_asked"})
_PROPOSED = frozenset({"publication_proposed"})
_MESSAGE = ("message",)  # number of the signed one in which the reporter says so

STEPS: Mapping[str, Step] = {
    "received": Step("receive", "Your report arrived", frozenset(), "received", by="portal"),
    "opened": Step("open", "Staff opened your report"),
    "acknowledged": Step("acknowledge", "Staff confirmed receipt", state="acknowledged"),
    "assessed": Step("assess", "Staff assessed it", _ASSESSABLE, "assessed", ("expected",)),
    "accepted": Step("accept", "Staff accepted it as a problem to fix", _DECIDABLE, "accepted"),
    "declined": Step("decline", "Staff decided not to act on it", _DECIDABLE, "declined"),
    "duplicate": Step(
        "duplicate", "The same problem had been reported before", state="duplicate", needs=("of",)
    ),
    "fixing": Step("fix", "A fix is being made", _ACCEPTED, "fixing"),
    "updated": Step("update", "Staff worked on it"),
    "resolved": Step("resolve", "The problem is fixed", _ACCEPTED, "resolved"),
    "publication_proposed": Step(
        "propose-publication", "Staff proposed a date for publication", needs=("date",)
    ),
    "publication_agreed": Step(
        "agree-publication", "You agreed to the publication", _PROPOSED, needs=_MESSAGE
    ),
    "publication_declined": Step(
        "decline-publication", "You did not agree to the publication", _PROPOSED, needs=_MESSAGE
    ),
    "withdrawn": Step("withdraw", "You withdrew the report", by="reporter"),
    "deletion_asked": Step("ask-deletion", "You asked for the report to be deleted", by="reporter"),
    "verified": Step(
        "verify", "Staff checked that this came from you", HINTS, needs=("event",), takes=_MESSAGE
    ),
    "closed": Step("close", "The case was closed", state="closed"),
    "deleted": Step("delete", "The report was deleted", _ASKED, "deleted", by="portal"),
}

STATES: Mapping[str, str] = {
    "received": "Received, not yet confirmed by a person",
    "acknowledged": "Confirmed by staff",
    "assessed": "Assessed",
    "accepted": "Accepted",
    "declined": "Declined",
    "duplicate": "Reported before",
    "fixing": "Being fixed",
    "resolved": "Fixed",
    "closed": "Closed",
    "deleted": "Deleted",
}
_ONCE = frozenset(
    {"received", "opened", "acknowledged", "accepted", "duplicate", "fixing", "resolved"}
    | {"withdrawn", "deletion_asked", "closed"}
)
ENDS = frozenset({"declined", "duplicate", "closed", "deleted"})
# What a case that has ended still allows: its publication, and what its reporter may ask for.
_AFTER_THE_END = frozenset(
    {"opened", "publication_proposed", "publication_agreed", "publication_declined"}
    | {"withdrawn", "deletion_asked", "verified", "closed", "deleted"}
)


def state(events: Iterable[Event]) -> str:
    """Return the state that the events lead to, a key of `STATES`."""
    reached = [STEPS[event.name].state for event in events]
    return next((name for name in reversed(reached) if name), "received")


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
    """Return the names of the events that staff may record next."""
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

    Raises:
        EventRefused: It comes too early, a second time, after the end, or lacks what it needs.
    """
    refusal = _refusal(event.name, {earlier.name for earlier in history})
    if refusal is not None:
        raise refusal
    step = STEPS[event.name]
    event_data.check(event.data, verb=step.verb, needs=step.needs, takes=step.takes)
    if event.name == "verified":
        _check_verified(event, history)


def _refusal(name: str, happened: set[str]) -> EventRefused | None:
    """Return why an event may not follow those that happened; None when it may."""
    step = STEPS[name]
    if "deleted" in happened:
        return EventRefused("This report was deleted.", hint="Nothing can be added to it.")
    if name in happened & _ONCE:
        return EventRefused(f"This was recorded before: {step.label}.", hint="Nothing to do.")
    if happened & ENDS and name not in _AFTER_THE_END:
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
