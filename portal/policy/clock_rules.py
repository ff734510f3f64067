"""What a policy promises within a time: the rule behind a clock, and the events it hangs on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.policy.spans import Span

RECEIVED: Final = "received"
NEWS: Final = "updated"  # happens again and again, and its clock starts anew each time
# What clocks can start at, and how a sentence says it. Staff record these events.
ANCHORS: Final[Mapping[str, str]] = {
    RECEIVED: "the report was received",
    NEWS: "the last news",
    "acknowledged": "staff confirmed receipt",
    "assessed": "staff assessed the report",
    "accepted": "staff accepted the report",
    "fixing": "work on a fix began",
    "resolved": "the problem was resolved",
    "published": "the problem was published",
    "closed": "the case was closed",
    "deleted": "the report was deleted",
}
# Those that count from the first time, so that a clock can end there, and people wait for them.
MILESTONES: Final = tuple(name for name in ANCHORS if name != NEWS)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A promise with a time limit.

    Attributes:
        id: Stable name, from the policy.
        label: What is promised, as the pages show it.
        span: How long it may take.
        anchor: Event that starts it, a key of `ANCHORS`; a clock of `NEWS` is always soft.
        soft: An aim or a request; shown, and never called late.
        met_by: Event that stops it, one of `MILESTONES`; ``None`` for a soft one that only time
            ends, and for one of `NEWS`, which ends with the work.
    """

    id: str
    label: str
    span: Span
    anchor: str = RECEIVED
    soft: bool = False
    met_by: str | None = None
