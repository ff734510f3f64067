"""What comes in: a report, a quick report or a question, and what staff should open first."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

REPORT, QUICK, QUESTION = "report", "quick", "question"
# How a page names each.
KINDS: Final[Mapping[str, str]] = {
    REPORT: "Report",
    QUICK: "Quick report",
    QUESTION: "Question",
}


class Urgency(IntEnum):
    """How soon somebody should look; the queue sorts by it before it sorts by dates."""

    NOW = 0  # data lies open, or somebody exploits it
    DATED = 1  # what the policy promised says when
    UNDATED = 2  # a question: nothing was promised


def urgency(kind: str, *, exposed: bool, exploited: bool) -> Urgency:
    """Return how urgent something is, from what its reporter let the server know."""
    if exposed or exploited:
        return Urgency.NOW
    return Urgency.UNDATED if kind == QUESTION else Urgency.DATED
