"""What a country calls a holiday, and its weekend: the one place that asks the library."""

import re
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import Final

import holidays as library
from holidays.registry import COUNTRIES

from portal.policy.advice import wrong

SATURDAY_SUNDAY: Final = frozenset({5, 6})  # date.weekday()
# The library's mark on the weekday that replaces a weekend holiday.
OBSERVED: Final = " (observed)"


def check_country(code: str) -> None:
    """Make sure that holidays are known for a country.

    Raises:
        ValueError: Not two capital letters of a country the library knows.
    """
    if not re.fullmatch("[A-Z]{2}", code) or code not in library.list_supported_countries():
        hint = "Write two capital letters, as in NL or US (ISO 3166-1)."
        raise wrong(f"{code!r} is not a country whose holidays are known", hint)


def of(country: str | None, years: Iterable[int]) -> dict[date, str]:
    """Return the public holidays of a country with their English names."""
    if country is None:
        return {}
    check_country(country)
    languages = library.country_holidays(country).supported_languages
    language = "en_US" if "en_US" in languages else None
    return dict(library.country_holidays(country, years=years, language=language))


def weekend(country: str | None) -> frozenset[int]:
    """Return the weekdays off; in some countries these are Friday and Saturday."""
    if country is None:
        return SATURDAY_SUNDAY
    return frozenset(library.country_holidays(country).weekend)


def country_name(code: str) -> str:
    """Return the English name of a country: ``United States``."""
    names = {short: name for name, (_, short, *_) in COUNTRIES.items()}
    return names[code].replace("_", " ").title()


def edition() -> str:
    """Return which version of the library says so: ``holidays 0.109``."""
    return f"holidays {version('holidays')}"
