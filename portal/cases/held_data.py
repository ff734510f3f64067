"""Data that a reporter came to hold: held, asked to be deleted, deleted."""

from collections.abc import Iterable
from typing import Final, Literal

from portal.cases.events import Event

State = Literal["none", "held", "asked", "deleted"]
_LEADS_TO: Final[dict[str, State]] = {
    "data_held": "held",
    "data_deletion_asked": "asked",
    "data_deleted": "deleted",
}
# What may follow what. Staff may ask without knowing of any data, to be sure.
_FOLLOWS: Final[dict[State, frozenset[str]]] = {
    "none": frozenset({"data_held", "data_deletion_asked", "data_deleted"}),
    "held": frozenset({"data_deletion_asked", "data_deleted"}),
    "asked": frozenset({"data_deleted"}),
    "deleted": frozenset({"data_held"}),
}
WORDS: Final[dict[State, str]] = {
    "none": "Nobody has noted that you hold data.",
    "held": "You hold data. Staff may need it while they work, and will ask you to delete it.",
    "asked": "Staff ask you to delete the data you hold for good, and to confirm that you did.",
    "deleted": "You confirmed that the data is gone.",
}
FOR_STAFF: Final[dict[State, str]] = {
    "none": "Nobody has noted that the reporter holds data.",
    "held": "The reporter holds data.",
    "asked": "The reporter was asked to delete the data they hold, and has not confirmed it yet.",
    "deleted": "The reporter confirmed that the data is gone.",
}


def held_data(history: Iterable[Event]) -> State:
    """Return how the data stands after these events."""
    states = [_LEADS_TO[event.name] for event in history if event.name in _LEADS_TO]
    return states[-1] if states else "none"


def is_held(history: Iterable[Event]) -> bool:
    """Tell whether the reporter is thought to hold data still."""
    return held_data(history) in {"held", "asked"}


def follows(name: str, history: Iterable[Event]) -> bool:
    """Tell whether an event about the data may come next."""
    return name in _FOLLOWS[held_data(history)]
