"""Calendars: which days count, as the policy says and as the case keeps it."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import calendars
from portal.policy.advice import hint_of
from portal.policy.calendars import Calendar, CalendarChoice

START = date(2026, 11, 22)
NETHERLANDS = Calendar.of(CalendarChoice("NL", "Europe/Amsterdam"), start=date(2026, 1, 1))
DAYS = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def test_holidays_of_the_country_are_off() -> None:
    """Easter Monday and King's Day are no working days in the Netherlands; Liberation Day is."""
    assert not NETHERLANDS.works(date(2026, 4, 6))
    assert not NETHERLANDS.works(date(2026, 4, 27))
    assert NETHERLANDS.works(date(2026, 5, 5))


def test_a_policy_adds_and_removes_days() -> None:
    """Dates, days of every year and holidays by name change what the country says."""
    choice = CalendarChoice("US", "UTC", ("12-24", "2027-01-04"), ("Veterans Day", "2026-10-12"))
    calendar = Calendar.of(choice, start=date(2026, 1, 1))
    assert not calendar.works(date(2026, 12, 24))
    assert not calendar.works(date(2030, 12, 24))
    assert not calendar.works(date(2027, 1, 4))
    assert calendar.works(date(2026, 11, 11))
    assert calendar.works(date(2028, 11, 10)), "the weekday observed for a weekend Veterans Day"
    assert calendar.works(date(2026, 10, 12))
    assert not calendar.works(date(2027, 10, 11)), "only one year's Columbus Day is worked"
    for change in ("12-24 off", "Veterans Day worked"):
        assert change in calendar.name


def test_the_weekend_is_the_countrys() -> None:
    """Where the weekend is Friday and Saturday, Sunday is a working day."""
    calendar = Calendar.of(CalendarChoice("IL", "Asia/Jerusalem"), start=START)
    assert [calendar.works(date(2026, 11, day)) for day in (19, 20, 21, 22)] == [1, 0, 0, 1]


def test_a_leap_day_is_off_only_in_leap_years() -> None:
    """A day off on 29 February does nothing in other years."""
    calendar = Calendar.of(CalendarChoice(add=("02-29",)), start=START)
    assert calendar.holidays == {date(2028, 2, 29), date(2032, 2, 29), date(2036, 2, 29)}


def test_without_a_country_only_weekends_are_off() -> None:
    """A policy that names no country gets weekends, and its calendar says so."""
    calendar = Calendar.of(CalendarChoice(), start=START)
    assert (calendar.holidays, calendar.name) == (frozenset(), "weekends off")


@pytest.mark.parametrize("add", [(), ("05-05",)])
def test_a_frozen_calendar_comes_back_the_same(add: tuple[str, ...]) -> None:
    """What is kept with a case is JSON, and thaws to the very same calendar."""
    calendar = Calendar.of(CalendarChoice("NL", "Europe/Amsterdam", add), start=START)
    assert Calendar.thawed(json.loads(json.dumps(calendar.frozen()))) == calendar


@given(day=DAYS, number=st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_the_nth_working_day_is_worked(day: date, number: int) -> None:
    """Exactly n working days lie between a day and the n-th one, which is worked itself."""
    end = NETHERLANDS.working_day(number, day)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert NETHERLANDS.works(end)
    assert sum(map(NETHERLANDS.works, between)) == number


@pytest.mark.parametrize(
    "name", ["", "Europe", "Europe/Amsterdm", "../etc", "/etc/localtime", "\0"]
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    """A zone that does not exist is refused, with a near name when there is one."""
    with pytest.raises(ValueError, match="not a time zone") as refusal:
        calendars.zone(name)
    if name == "Europe/Amsterdm":
        assert hint_of(refusal.value) == "Did you mean 'Europe/Amsterdam'?"


def test_its_title_is_fit_for_a_sentence() -> None:
    """People read a country and the differences; versions of libraries are beside the point."""
    choice = CalendarChoice("US", "UTC", ("12-24", "2027-01-04"), ("Columbus Day", "2026-11-11"))
    assert Calendar.of(choice, start=START).shown == (
        "United States, 24 December off, Monday 4 January 2027 off, "
        "Columbus Day worked, Wednesday 11 November 2026 worked"
    )
    assert Calendar.of(CalendarChoice(), start=START).shown == "Monday to Friday"
    assert Calendar.of(CalendarChoice(add=("12-24",)), start=START).shown == (
        "Monday to Friday, 24 December off"
    )


def test_a_calendar_frozen_without_a_title_shows_its_name() -> None:
    """Cases started before there were titles go on as they were."""
    kept = NETHERLANDS.frozen()
    del kept["title"]
    assert Calendar.thawed(kept).shown == NETHERLANDS.name


def test_days_off_on_working_weekdays_can_be_named() -> None:
    """Between two days: holidays that took a weekday, none of them on a weekend."""
    assert NETHERLANDS.weekdays_off(date(2026, 4, 3), date(2026, 5, 14)) == [
        *(date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14))
    ]
