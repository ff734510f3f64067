"""Lengths of time as policies state them, and when they end.

How time is counted (Regulation (EEC, Euratom) 1182/71, Article 3): the day of the event is day 0
and never counts; a period in days, weeks or months ends with the last hour of its last day; months
end on the same day of a later month, or on its last day where it has no such day. Hours run through
nights, weekends and changes of the clock, so they are added in UTC.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from portal.policy.calendars import Calendar
from portal.policy.dates import counted, last_second
from portal.policy.pauses import NEVER, Standstill

Unit = Literal["business_days", "calendar_days", "weeks", "months", "hours"]
UNITS: Final[Mapping[Unit, str]] = {
    "business_days": "business day",
    "calendar_days": "calendar day",
    "weeks": "week",
    "months": "month",
    "hours": "hour",
}
MAX_AMOUNT: Final = 3650  # ten years of days: beyond this a number is a slip of the pen


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a policy states it: ``3 business_days``.

    Attributes:
        amount: From 1 to `MAX_AMOUNT`.
        unit: What is counted.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise ValueError(f"{self.amount} is not between 1 and {MAX_AMOUNT}")

    def __str__(self) -> str:
        """Say it in words: ``3 business days``."""
        return counted(self.amount, UNITS[self.unit])


def due(
    span: Span,
    start: datetime,
    calendar: Calendar,
    zone: ZoneInfo,
    standstill: Standstill = NEVER,
) -> datetime:
    """Return the last second of a span that starts with an event.

    Args:
        span: How long.
        start: When the event happened, aware.
        calendar: Consulted for business days only.
        zone: Where days end.
        standstill: When the clock stood still. Hours go on where they stopped; a day of which it
            stood still for any part does not count.
    """
    if span.unit == "hours":
        begun = start.astimezone(UTC)
        end = standstill.pushed(begun + timedelta(hours=span.amount), begun)
        return end.astimezone(zone)
    first, still = start.astimezone(zone).date(), standstill.days(zone)
    counts: Callable[[date], bool] = calendar.works if span.unit == "business_days" else _any_day
    days = _days(span, first)
    return last_second(_nth(days, first, lambda day: counts(day) and not still(day)), zone)


def months_later(number: int, start: date) -> date:
    """Return the same day so many months later, or the last day of that month if it has no such."""
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _days(span: Span, start: date) -> int:
    """Return how many days that count a span has."""
    if span.unit == "months":
        return (months_later(span.amount, start) - start).days
    return span.amount * (7 if span.unit == "weeks" else 1)


def _nth(number: int, after: date, counts: Callable[[date], bool]) -> date:
    """Return the n-th day that counts after a day, which is day 0 itself."""
    day = after
    while number > 0:
        day += timedelta(days=1)
        number -= counts(day)
    return day


def _any_day(_: date) -> bool:
    return True
