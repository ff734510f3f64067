"""When a clock stands still, and why: staff stop it and let it go on, and both sides can see it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

# Why a clock may stand still, as both sides read it.
REASONS: Final[Mapping[str, str]] = {
    "waiting-for-reporter": "waiting for the reporter",
    "waiting-for-vendor": "waiting for a vendor",
    "legal-hold": "a legal hold",
    "holiday-agreed": "a holiday that both sides agreed on",
}
SECOND: Final = timedelta(seconds=1)  # a deadline is its last second, and all of it counts
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time for which one clock stood still.

    Attributes:
        clock: Id of its rule.
        start: When it stopped, aware.
        end: When it went on, aware; None while it still stands.
        reason: A key of `REASONS`.
    """

    clock: str
    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Standstill:
    """All the times for which a clock stood still.

    Attributes:
        periods: Beginning and end of each in UTC; none touches another, oldest first.
    """

    periods: tuple[tuple[datetime, datetime], ...] = ()

    @classmethod
    def of(cls, pauses: Iterable[Pause]) -> Self:
        """Return the union of the pauses that have ended; one without length is none."""
        found: list[tuple[datetime, datetime]] = []
        for first, last in sorted(_ended(pauses)):
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], last))
            else:
                found.append((first, last))
        return cls(tuple(found))

    def pushed(self, end: datetime, start: datetime) -> datetime:
        """Return the end of a period in hours, later by what it stood still since its start."""
        for first, last in self.periods:
            if first >= end + SECOND:
                break
            end += max(last - max(first, start), timedelta(0))
        return end

    def days(self, zone: ZoneInfo) -> Callable[[date], bool]:
        """Return a test of days: whether the clock stood still for any part of one in a zone."""
        covered = [
            (first.astimezone(zone).date(), (last - _INSTANT).astimezone(zone).date())
            for first, last in self.periods
        ]
        return lambda day: any(first <= day <= last for first, last in covered)


NEVER: Final = Standstill()


def _ended(pauses: Iterable[Pause]) -> Iterable[tuple[datetime, datetime]]:
    for pause in pauses:
        if pause.end and pause.end > pause.start:
            yield pause.start.astimezone(UTC), pause.end.astimezone(UTC)
