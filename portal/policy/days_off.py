"""The days off that a policy adds and takes away: dates, days of every year, holidays by name."""

import re
from calendar import isleap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from portal.policy import public_holidays
from portal.policy.advice import did_you_mean, wrong
from portal.policy.dates import MONTHS, day
from portal.policy.public_holidays import OBSERVED

_YEARLY: Final = re.compile(r"(\d\d)-(\d\d)")


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
        removed(text, public_holidays.of(country, years), years)
        return
    try:
        list(dates(text, years))
    except ValueError as error:
        hint = "Write 2026-12-24, or 12-24 for every year."
        raise wrong(f"{text!r} is not a day", hint) from error


def dates(text: str, years: Iterable[int]) -> Iterator[date]:
    """Yield the date meant by ``2026-12-24``, or those meant by ``12-24`` in each of the years.

    Raises:
        ValueError: It is neither.
    """
    yearly = _YEARLY.fullmatch(text)
    if not yearly:
        yield date.fromisoformat(text)
        return
    month, number = int(yearly[1]), int(yearly[2])
    date(2024, month, number)  # a leap year: whatever is no day here is a day in no year
    for year in years:
        if (month, number) != (2, 29) or isleap(year):
            yield date(year, month, number)


def removed(text: str, base: Mapping[date, str], years: Iterable[int]) -> list[date]:
    """Return the holidays of the base that a date or a name in ``remove`` means.

    Raises:
        ValueError: It is neither a date nor the name of a holiday of the base.
    """
    if text[:1].isdigit():
        return list(dates(text, years))
    names = {name.removesuffix(OBSERVED) for name in base.values()}
    if text not in names:
        hint = did_you_mean(text, names, f"The holidays are: {', '.join(sorted(names))}.")
        raise wrong(f"{text!r} is not a holiday there", hint)
    return [when for when, name in base.items() if name.removesuffix(OBSERVED) == text]


def said(text: str) -> str:
    """Return a day of ``add`` or ``remove`` as people say it; a holiday's name stays."""
    if yearly := _YEARLY.fullmatch(text):
        return f"{int(yearly[2])} {MONTHS[int(yearly[1]) - 1]}"
    return day(date.fromisoformat(text)) if text[:1].isdigit() else text
