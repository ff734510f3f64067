"""How dates and times are written for people: with weekday, hour and zone, nothing to guess."""

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LAST_SECOND: Final = time(23, 59, 59)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(when: date) -> str:
    """Write a date: ``Sunday 22 November 2026``."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """Write an aware time: ``Sunday 22 November 2026, 10:00 Europe/Amsterdam``.

    The last second of a day, when promises in days end, is written as 24:00.
    """
    if when.time() == LAST_SECOND:
        return end_of_day(when)
    return f"{day(when.date())}, {when:%H:%M} {when.tzinfo}"


def end_of_day(when: datetime) -> str:
    """Write the end of a day as people say it: ``Sunday 22 November 2026, 24:00 Europe/…``."""
    return f"{day(when.date())}, 24:00 {when.tzinfo}"


def last_second(when: date, zone: ZoneInfo) -> datetime:
    """Return the last second of a day in a zone.

    Where the clock is put back at midnight the last hour comes twice, and the later one ends the
    day; where it is put forward, the day ends with the last second that exists.
    """
    named = datetime.combine(when, LAST_SECOND.replace(fold=1), zone)
    return named.astimezone(UTC).astimezone(zone)


def counted(number: int, noun: str) -> str:
    """Write how many there are of something: ``1 day``, ``3 days``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
