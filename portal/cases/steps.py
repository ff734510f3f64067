"""What can happen to a report: every kind of event, and the states that some of them lead to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

By = Literal["staff", "reporter", "portal"]
Side = Literal["reporter", "staff"]


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
        word: Whose message it names, if it names one.
        private: Whether it stays with the staff; the reporter's timeline leaves it out.
    """

    verb: str
    label: str
    after: frozenset[str] = frozenset({"received"})
    state: str | None = None
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    by: By = "staff"
    word: Side = "reporter"
    private: bool = False


HINTS: Final = frozenset({"withdrawn", "deletion_asked"})
# What tells the reporter that work goes on: each of them is the last news until the next.
PROGRESS: Final = frozenset(
    {"received", "acknowledged", "assessed", "accepted", "fixing", "updated"}
)
ENDS: Final = frozenset({"declined", "duplicate", "closed", "deleted"})
_ASSESSABLE = frozenset({"acknowledged"})
_DECIDABLE = frozenset({"acknowledged", "assessed"})
_ACCEPTED = frozenset({"accepted"})
_ASKED = frozenset({"deletion_asked"})
_PROPOSED = frozenset({"publication_proposed"})
_COUNTERED = frozenset({"publication_countered"})
_MESSAGE = ("message",)  # number of the signed one in which its writer says so
_DESPITE = ("despite_held",)  # that the end is meant, though the reporter still holds data

_WORK: Mapping[str, Step] = {
    "received": Step("receive", "Your report arrived", frozenset(), "received", by="portal"),
    "opened": Step("open", "Staff opened your report"),
    "acknowledged": Step("acknowledge", "Staff confirmed receipt", state="acknowledged"),
    "assessed": Step("assess", "Staff assessed it", _ASSESSABLE, "assessed", ("expected",)),
    "accepted": Step("accept", "Staff accepted it as a problem to fix", _DECIDABLE, "accepted"),
    "declined": Step(
        "decline", "Staff decided not to act on it", _DECIDABLE, "declined", takes=_DESPITE
    ),
    "duplicate": Step(
        "duplicate",
        "The same problem had been reported before",
        state="duplicate",
        needs=("of",),
        takes=_DESPITE,
    ),
    "fixing": Step("fix", "A fix is being made", _ACCEPTED, "fixing"),
    "updated": Step("update", "Staff worked on it"),
    "resolved": Step("resolve", "The problem is fixed", _ACCEPTED, "resolved"),
    "clock_paused": Step("pause", "A clock stands still", needs=("clock", "reason")),
    "clock_resumed": Step(
        "resume", "The clock runs again", frozenset({"clock_paused"}), needs=("clock",)
    ),
}
_PUBLICATION: Mapping[str, Step] = {
    "publication_proposed": Step(
        "propose-publication",
        "Staff proposed a date for publication",
        needs=("date",),
        takes=_MESSAGE,
        word="staff",
    ),
    "publication_countered": Step(
        "counter-publication",
        "You proposed a date for publication",
        needs=("date", "message"),
    ),
    "publication_agreed": Step(
        "agree-publication", "You agreed to the publication", _PROPOSED, needs=_MESSAGE
    ),
    "publication_accepted": Step(
        "accept-publication", "Staff agreed to your date", _COUNTERED, needs=_MESSAGE
    ),
    "publication_declined": Step(
        "decline-publication", "You did not agree to the publication", _PROPOSED, needs=_MESSAGE
    ),
    "publication_refused": Step(
        "refuse-publication", "Staff did not agree to your date", _COUNTERED, takes=_MESSAGE
    ),
    "published": Step("publish", "It was published", needs=("date",)),
    "leaked": Step("leak", "It became public early", needs=("date", "reason")),
}
_DATA: Mapping[str, Step] = {
    "data_held": Step("note-data-held", "Staff noted that you hold data"),
    "data_deletion_asked": Step("ask-data-deletion", "Staff asked you to delete the data you hold"),
    "data_deleted": Step(
        "confirm-data-deletion", "You confirmed that the data is gone", needs=_MESSAGE
    ),
}
_LAW: Mapping[str, Step] = {
    "exposure_noted": Step("note-exposure", "Staff noted that data was exposed", private=True),
    "aware": Step(
        "set-aware", "Staff became aware of an incident", needs=("at", "reason"), private=True
    ),
    "measure_available": Step(
        "set-measure-available", "A corrective measure is available", needs=("at",), private=True
    ),
    "material": Step(
        "set-material", "Staff found the incident material", needs=("at",), private=True
    ),
    "notified": Step(
        "note-notified",
        "Staff notified an authority",
        needs=("regime", "stage", "at"),
        private=True,
    ),
    "reportable": Step(
        "decide-reportable",
        "Staff decided whether to notify",
        needs=("regime", "answer", "reason"),
        private=True,
    ),
    "shared_with": Step(
        "share-outside",
        "Staff passed it on to somebody outside",
        needs=("basis", "reason"),
        takes=_MESSAGE,
        private=True,
    ),
}
_THANKS: Mapping[str, Step] = {
    "rewarded": Step(
        "reward",
        "Staff decided about a reward",
        needs=("answer",),
        takes=("factors", "message"),
        word="staff",
    ),
    "credited": Step("credit", "Staff will name you as you wish", needs=_MESSAGE),
    "uncredited": Step("drop-credit", "Staff will not name you"),
}
_END: Mapping[str, Step] = {
    "withdrawn": Step("withdraw", "You withdrew the report", by="reporter"),
    "deletion_asked": Step("ask-deletion", "You asked for the report to be deleted", by="reporter"),
    "verified": Step(
        "verify", "Staff checked that this came from you", HINTS, needs=("event",), takes=_MESSAGE
    ),
    "closed": Step("close", "The case was closed", state="closed", takes=_DESPITE),
    "deleted": Step("delete", "The report was deleted", _ASKED, "deleted", by="portal"),
}
STEPS: Final[Mapping[str, Step]] = {**_WORK, **_PUBLICATION, **_DATA, **_LAW, **_THANKS, **_END}
# As a list of them is divided.
GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "Work on it": frozenset(_WORK),
    "Publication": frozenset(_PUBLICATION),
    "Data that the reporter holds": frozenset(_DATA),
    "The law": frozenset(_LAW),
    "Reward and thanks": frozenset(_THANKS),
    "The end": frozenset(_END),
}

ONCE: Final = frozenset(
    {"received", "opened", "acknowledged", "accepted", "duplicate", "fixing", "resolved"}
    | {"exposure_noted", "published", "leaked", "withdrawn", "deletion_asked", "closed"}
)
# What a case that has ended still allows: all but the work on it, and its clocks.
AFTER_THE_END: Final = frozenset({"opened", *_PUBLICATION, *_DATA, *_LAW, *_THANKS, *_END})

STATES: Final[Mapping[str, str]] = {
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
