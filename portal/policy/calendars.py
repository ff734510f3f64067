"""Which days are worked: a country's public holidays, as one policy keeps them.

A library update must never move the due date of an old case, so a case keeps the calendar it was
started with, as plain data (`Calendar.frozen`). What a country calls a holiday and what an
organisation takes off differ; a policy says the difference with ``add`` and ``remove``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from portal.policy import days_off, public_holidays
from portal.policy.advice import did_you_mean, wrong
from portal.policy.dates import WEEKDAYS
from portal.policy.public_holidays import SATURDAY_SUNDAY

YEARS_AHEAD: Final = 10  # frozen with a case; no promise counted in working days runs that long


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """What a policy says about its working days.

    Attributes:
        country: Two capital letters (ISO 3166-1); ``None`` knows weekends and no holidays.
        zone: IANA name of the zone in which days begin and end.
        add: Further days off: ``2026-12-24``, or ``12-24`` for every year.
        remove: Holidays that are worked: dates as in `add`, or the library's English names.
    """

    country: str | None = None
    zone: str = "UTC"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days nobody works, in the zone where days begin and end.

    Attributes:
        name: What it is based on and which version of it, fit to stand beside a date.
        zone: IANA name.
        holidays: Days off other than weekends, for the years the calendar knows.
        weekend: Weekdays off, 0 for Monday.
        title: What it is based on, in the words of a sentence; empty in calendars that were
            frozen before there were titles.
    """

    name: str
    zone: str
    holidays: frozenset[date]
    weekend: frozenset[int] = SATURDAY_SUNDAY
    title: str = ""

    @classmethod
    def of(cls, choice: CalendarChoice, *, start: date) -> Self:
        """Return the calendar a policy chose, from the year of `start` to ten years later.

        Raises:
            ValueError: An unknown country, or a day in `add` or `remove` that is none.
        """
        return cls(*_days_off(choice, start.year))

    def works(self, day: date) -> bool:
        """Tell whether people are at work on this day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def working_day(self, number: int, after: date) -> date:
        """Return the n-th working day after a day; the day itself is day 0 and never counts."""
        day = after
        while number > 0:
            day += timedelta(days=1)
            number -= self.works(day)
        return day

    def weekdays_off(self, after: date, last: date) -> list[date]:
        """Return the days off after a day, up to and with another one; weekends left out."""
        days = (day for day in self.holidays if after < day <= last)
        return sorted(day for day in days if day.weekday() not in self.weekend)

    @property
    def shown(self) -> str:
        """Its title, or the full name where it has none."""
        return self.title or self.name

    def frozen(self) -> dict[str, Any]:
        """Return the calendar as JSON-ready data, to be kept with a case."""
        return {
            "name": self.name,
            "zone": self.zone,
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "weekend": sorted(self.weekend),
            "title": self.title,
        }

    @classmethod
    def thawed(cls, data: Mapping[str, Any]) -> Self:
        """Return the calendar that `frozen` wrote."""
        days = frozenset(date.fromisoformat(text) for text in data["holidays"])
        weekend = frozenset(data["weekend"])
        return cls(data["name"], data["zone"], days, weekend, data.get("title", ""))


# Working out ten years of holidays takes milliseconds, and every report asks.
@lru_cache(maxsize=256)
def _days_off(
    choice: CalendarChoice, first: int
) -> tuple[str, str, frozenset[date], frozenset[int], str]:
    """Return the parts of a choice's calendar, from a year to ten years later."""
    years = range(first, first + YEARS_AHEAD + 1)
    base = public_holidays.of(choice.country, years)
    added = {day for text in choice.add for day in days_off.dates(text, years)}
    removed = {day for text in choice.remove for day in days_off.removed(text, base, years)}
    holidays = frozenset((base.keys() - removed) | added)
    weekend = public_holidays.weekend(choice.country)
    return _name(choice, years), choice.zone, holidays, weekend, _title(choice, weekend)


def zone(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name.

    Raises:
        ValueError: There is no such zone; its hint suggests a near one.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = did_you_mean(name, available_timezones(), "Write its IANA name: Europe/Amsterdam.")
        raise wrong(f"{name!r} is not a time zone", hint) from error


def _name(choice: CalendarChoice, years: range) -> str:
    """Return the name shown beside a date."""
    if choice.country is None and not choice.add:
        return "weekends off"
    base = f"{public_holidays.edition()}, {choice.country}" if choice.country else "weekends off"
    changes = [f"{day} off" for day in choice.add] + [f"{day} worked" for day in choice.remove]
    return "; ".join([f"{base} {years[0]} to {years[-1]}", *changes])


def _title(choice: CalendarChoice, weekend: frozenset[int]) -> str:
    """Return the words for a sentence: ``Netherlands, 24 December off, Good Friday worked``."""
    country = public_holidays.country_name(choice.country) if choice.country else None
    worked = [name for number, name in enumerate(WEEKDAYS) if number not in weekend]
    changes = [f"{days_off.said(day)} off" for day in choice.add]
    changes += [f"{days_off.said(day)} worked" for day in choice.remove]
    return ", ".join([country or f"{worked[0]} to {worked[-1]}", *changes])
