"""Publication: what the two sides have said about a date, and whether it is out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from portal.cases.events import Event
from portal.cases.steps import Side

State = Literal["none", "proposed", "countered", "agreed", "declined", "published", "leaked"]
_LEADS_TO: Final[dict[str, State]] = {
    "publication_proposed": "proposed",
    "publication_countered": "countered",
    "publication_agreed": "agreed",
    "publication_accepted": "agreed",
    "publication_declined": "declined",
    "publication_refused": "declined",
    "published": "published",
    "leaked": "leaked",
}
_PROPOSER: Final[dict[str, Side]] = {
    "publication_proposed": "staff",
    "publication_countered": "reporter",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """Where the two sides stand.

    A new proposal opens the question again: an agreement holds only for the newest one.

    Attributes:
        state: What was said or done last.
        day: The day it is about: proposed, agreed, declined, or that of the publication or leak.
        proposer: Whose the newest proposal is; None while there is none.
        message: Number of the message with the reporter's own newest proposal.
    """

    state: State = "none"
    day: date | None = None
    proposer: Side | None = None
    message: int | None = None

    @property
    def over(self) -> bool:
        """Whether it is public, so that there is nothing to agree on any more."""
        return self.state in {"published", "leaked"}


def publication(history: Iterable[Event]) -> Publication:
    """Return where publication stands after these events."""
    found = Publication()
    for event in history:
        state = _LEADS_TO.get(event.name)
        if state is not None:
            found = _after(found, event, state)
    return found


def _after(before: Publication, event: Event, state: State) -> Publication:
    said = event.data.get("date")
    day = date.fromisoformat(said) if said else before.day
    proposer = _PROPOSER.get(event.name)
    if proposer is None:
        return Publication(state, day, before.proposer, before.message)
    return Publication(state, day, proposer, event.data.get("message"))
