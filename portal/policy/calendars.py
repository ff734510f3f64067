"""Which days are worked: a country's public holidays, as one policy keeps them.

A library update must never move the due date of an old case, so a case keeps the calendar it was
started with, as plain data (`Calendar.frozen`). What a country calls a holiday and what an
organisation takes off differ; a policy says the difference with ``add`` and ``remove``.
"""

import re
from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import holidays as library

from portal.policy.advice import did_you_mean, wrong

YEARS_AHEAD: Final = 10  # frozen with a case; no promise counted in working days runs that long
SATURDAY_SUNDAY: Final = frozenset({5, 6})  # date.weekday()
_OBSERVED: Final = (
    " (observed)"  # the library's mark on the weekday that replaces a weekend holiday
)
_YEARLY: Final = re.compile(r"(\d\d)-(\d\d)")


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
    """

    name: str
    zone: str
    holidays: frozenset[date]
    weekend: frozenset[int] = SATURDAY_SUNDAY

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

    def frozen(self) -> dict[str, Any]:
        """Return the calendar as JSON-ready data, to be kept with a case."""
        return {
            "name": self.name,
            "zone": self.zone,
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "weekend": sorted(self.weekend),
        }

    @classmethod
    def thawed(cls, data: Mapping[str, Any]) -> Self:
        """Return the calendar that `frozen` wrote."""
        days = frozenset(date.fromisoformat(text) for text in data["holidays"])
        return cls(data["name"], data["zone"], days, frozenset(data["weekend"]))


# Working out ten years of holidays takes milliseconds, and every report asks.
@lru_cache(maxsize=256)
def _days_off(
    choice: CalendarChoice, first: int
) -> tuple[str, str, frozenset[date], frozenset[int]]:
    """Return name, zone, holidays and weekend of a choice, from a year to ten years later."""
    years = range(first, first + YEARS_AHEAD + 1)
    base = _public(choice.country, years)
    added = {day for text in choice.add for day in _dates(text, years)}
    removed = {day for text in choice.remove for day in _removed(text, base, years)}
    holidays = frozenset((base.keys() - removed) | added)
    return _name(choice, years), choice.zone, holidays, _weekend(choice.country)


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


def check_country(code: str) -> None:
    """Make sure that holidays are known for a country.

    Raises:
        ValueError: Not two capital letters of a country the library knows.
    """
    if not re.fullmatch("[A-Z]{2}", code) or code not in library.list_supported_countries():
        hint = "Write two capital letters, as in NL or US (ISO 3166-1)."
        raise wrong(f"{code!r} is not a country whose holidays are known", hint)


def check_day(text: str, *, country: str | None = None, named: bool = False) -> None:
    """Make sure that a day of a policy's calendar is one.

    Args:
        text: What stands in ``add`` or ``remove``.
        country: Whose holidays may be named, already checked.
        named: Whether a name is allowed, as in ``remove``.

    Raises:
        ValueError: Neither a date, nor month and day, nor (when allowed) a holiday's name.
    """
    years = range(2024, 2029)  # a leap year is among them, so 02-29 is a day
    if named and not text[:1].isdigit():
        _removed(text, _public(country, years), years)
        return
    try:
        list(_dates(text, years))
    except ValueError as error:
        hint = "Write 2026-12-24, or 12-24 for every year."
        raise wrong(f"{text!r} is not a day", hint) from error


def _public(country: str | None, years: Iterable[int]) -> dict[date, str]:
    """Return the public holidays of a country with their English names."""
    if country is None:
        return {}
    check_country(country)
    languages = library.country_holidays(country).supported_languages
    language = "en_US" if "en_US" in languages else None
    return dict(library.country_holidays(country, years=years, language=language))


def _weekend(country: str | None) -> frozenset[int]:
    """Return the weekdays off; in some countries these are Friday and Saturday."""
    if country is None:
        return SATURDAY_SUNDAY
    return frozenset(library.country_holidays(country).weekend)


def _dates(text: str, years: Iterable[int]) -> Iterator[date]:
    """Yield the date meant by ``2026-12-24``, or those meant by ``12-24`` in each of the years.

    Raises:
        ValueError: It is neither.
    """
    yearly = _YEARLY.fullmatch(text)
    if not yearly:
        yield date.fromisoformat(text)
        return
    month, day = int(yearly[1]), int(yearly[2])
    date(2024, month, day)  # a leap year: whatever is no day here is a day in no year
    for year in years:
        if (month, day) != (2, 29) or isleap(year):
            yield date(year, month, day)


def _removed(text: str, base: Mapping[date, str], years: Iterable[int]) -> list[date]:
    """Return the holidays of the base that a date or a name in ``remove`` means.

    Raises:
        ValueError: It is neither a date nor the name of a holiday of the base.
    """
    if text[:1].isdigit():
        return list(_dates(text, years))
    names = {name.removesuffix(_OBSERVED) for name in base.values()}
    if text not in names:
        hint = did_you_mean(text, names, f"The holidays are: {', '.join(sorted(names))}.")
        raise wrong(f"{text!r} is not a holiday there", hint)
    return [day for day, name in base.items() if name.removesuffix(_OBSERVED) == text]


def _name(choice: CalendarChoice, years: range) -> str:
    """Return the name shown beside a date."""
    if choice.country is None and not choice.add:
        return "weekends off"
    base = f"holidays {version('holidays')}, {choice.country}" if choice.country else "weekends off"
    changes = [f"{day} off" for day in choice.add] + [f"{day} worked" for day in choice.remove]
    return "; ".join([f"{base} {years[0]} to {years[-1]}", *changes])
