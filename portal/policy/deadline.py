"""Where a promise stands: when it is due, and whether it is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from portal.policy.dates import counted
from portal.policy.pauses import SECOND


class State(StrEnum):
    """How a deadline stands."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A promise as it stands for one report.

    Attributes:
        id: The rule's.
        label: The rule's.
        due: Last second in which it is kept, in the policy's zone; ``None`` while pending, and
            while its clock stands still.
        state: ``late`` also when it was kept, but after `due`; then `done` says when.
        explanation: A few sentences fit for the page.
        done: When the event that stops it happened.
        soft: The rule's.
        late_by: How late it is or was, in words: ``2 days``; a day or an hour begun counts.
        paused: Why its clock stands still, a key of `pauses.REASONS`.
        calendar: Full name of the calendar its days were counted by; empty where all days count.
        start: When its clock started.
    """

    id: str
    label: str
    due: datetime | None
    state: State
    explanation: str
    done: datetime | None = None
    soft: bool = False
    late_by: str | None = None
    paused: str | None = None
    calendar: str = ""
    start: datetime | None = None

    @property
    def has_open_date(self) -> bool:
        """Whether there is a day that somebody still waits for, or that was missed and still is."""
        waited = self.state in {State.RUNNING, State.LATE} and self.done is None
        return waited and self.due is not None


def passed(end: datetime, when: datetime) -> bool:
    """Tell whether a deadline is over; the whole of its last second still counts."""
    return when >= end + SECOND


def late_by(end: datetime, when: datetime, *, hours: bool) -> str:
    """Say by how much a deadline was missed, never less than it was.

    Args:
        end: Last second in which it would have been kept, in the zone whose days count.
        when: When it was kept, or the present time; aware and after `end`.
        hours: The promise is one in hours, so days are too coarse for it.
    """
    if not hours:
        return counted((when.astimezone(end.tzinfo).date() - end.date()).days or 1, "day")
    missed = when.astimezone(UTC) - end.astimezone(UTC)
    for unit, length, most in (("minute", 60, 60), ("hour", 3600, 48)):
        number = -(-missed // timedelta(seconds=length))
        if number < most:
            return counted(number, unit)
    return counted(-(-missed // timedelta(days=1)), "day")
