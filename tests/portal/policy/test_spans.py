"""Spans: how long a time is, and when its last second is over."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import spans
from portal.policy.calendars import Calendar, CalendarChoice
from portal.policy.spans import Span, Unit, due

pytestmark = pytest.mark.thorough

VECTORS = Path(__file__).parents[2] / "vectors" / "clocks"
WORKING_DAYS = json.loads((VECTORS / "working-days.json").read_text("utf-8"))
SPANS = json.loads((VECTORS / "spans.json").read_text("utf-8"))
CALENDAR = Calendar.of(CalendarChoice("NL", "Europe/Amsterdam"), start=date(2026, 1, 1))
TIMES = st.integers(1_767_225_600, 2_019_686_400).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)  # 2026 to 2033
UNITS = st.sampled_from(sorted(spans.UNITS))
AMOUNTS = st.integers(1, 90)
# Hours that come twice or never, at midnight, by thirty minutes, and never at all.
ZONES = st.sampled_from(
    ["Europe/Amsterdam", "America/Santiago", "America/Nuuk", "Australia/Lord_Howe", "UTC"]
).map(ZoneInfo)


@pytest.mark.parametrize("case", WORKING_DAYS, ids=lambda case: case["why"])
def test_working_days_are_counted_by_the_policys_calendar(case: dict[str, Any]) -> None:
    """S1-15, S1-16, S2-8: the day of the event is day 0; holidays and weekends do not count."""
    choice = CalendarChoice(
        case["country"], case["zone"], tuple(case.get("add", ())), tuple(case.get("remove", ()))
    )
    start = datetime.fromisoformat(case["start"])
    calendar, zone = Calendar.of(choice, start=start.date()), ZoneInfo(case["zone"])
    end = due(Span(case["amount"], "business_days"), start, calendar, zone)
    assert end.replace(tzinfo=None) == datetime.fromisoformat(case["due"] + "T23:59:59")


@pytest.mark.parametrize("case", SPANS, ids=lambda case: case["why"])
def test_other_spans_follow_the_common_rules(case: dict[str, Any]) -> None:
    """S2-15, S3-18: days, weeks and months end with their last day; hours run through all."""
    start, zone = datetime.fromisoformat(case["start"]), ZoneInfo(case["zone"])
    end = due(Span(case["amount"], case["unit"]), start, CALENDAR, zone)
    assert end.isoformat() == case["due"]


@given(first=TIMES, second=TIMES, amount=AMOUNTS, unit=UNITS, zone=ZONES)
@settings(max_examples=100, deadline=None)
def test_a_later_event_is_never_due_earlier(
    first: datetime, second: datetime, amount: int, unit: Unit, zone: ZoneInfo
) -> None:
    """Due dates keep the order of the events."""
    early, late = (
        due(Span(amount, unit), when, CALENDAR, zone) for when in sorted((first, second))
    )
    assert early.astimezone(UTC) <= late.astimezone(UTC)


@given(start=TIMES, amount=AMOUNTS, unit=UNITS, zone=ZONES)
@settings(max_examples=100, deadline=None)
def test_more_time_is_never_less(start: datetime, amount: int, unit: Unit, zone: ZoneInfo) -> None:
    """One more day, week, month or hour is due later, and always after its event."""
    short, long = (
        due(Span(n, unit), start, CALENDAR, zone).astimezone(UTC) for n in (amount, amount + 1)
    )
    assert start < short < long


@given(start=TIMES, amount=AMOUNTS)
@settings(max_examples=100, deadline=None)
def test_nothing_is_due_on_a_day_off(start: datetime, amount: int) -> None:
    """A promise in business days always ends on one."""
    end = due(Span(amount, "business_days"), start, CALENDAR, ZoneInfo("Europe/Amsterdam"))
    assert CALENDAR.works(end.date())


@given(start=TIMES, first=AMOUNTS, second=AMOUNTS, zone=ZONES)
@settings(max_examples=100, deadline=None)
def test_a_chain_of_spans_is_their_sum(
    start: datetime, first: int, second: int, zone: ZoneInfo
) -> None:
    """What starts in the last second of the first is due when the sum of both would be."""
    for unit in ("business_days", "calendar_days", "weeks", "hours"):
        between = due(Span(first, unit), start, CALENDAR, zone)
        end = due(Span(second, unit), between, CALENDAR, zone)
        assert end == due(Span(first + second, unit), start, CALENDAR, zone), unit


@given(start=TIMES, amount=st.integers(1, 500), zone=ZONES)
@settings(max_examples=100, deadline=None)
def test_hours_are_elapsed_time(start: datetime, amount: int, zone: ZoneInfo) -> None:
    """No change of the clock makes an hour longer or shorter."""
    end = due(Span(amount, "hours"), start, CALENDAR, zone)
    assert end.astimezone(UTC) - start == timedelta(hours=amount)


@given(start=TIMES, amount=AMOUNTS, unit=UNITS.filter(lambda unit: unit != "hours"), zone=ZONES)
@settings(max_examples=100, deadline=None)
def test_days_end_with_their_last_second(
    start: datetime, amount: int, unit: Unit, zone: ZoneInfo
) -> None:
    """A second after the due date it is the next day there, however long the day was."""
    end = due(Span(amount, unit), start, CALENDAR, zone)
    after = (end.astimezone(UTC) + timedelta(seconds=1)).astimezone(zone)
    assert after.date() == end.date() + timedelta(days=1)


@given(start=st.dates(date(2026, 1, 1), date(2033, 12, 31)), number=st.integers(1, 36))
@settings(max_examples=100, deadline=None)
def test_a_month_ends_on_its_day_or_on_its_last(start: date, number: int) -> None:
    """So many months later it is that month, on that day or on the last one before it."""
    later = spans.months_later(number, start)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == number
    clamped = (later + timedelta(days=1)).day == 1
    assert later.day == start.day or (clamped and later.day < start.day)


@pytest.mark.parametrize("amount", [0, -1, spans.MAX_AMOUNT + 1])
def test_a_span_is_at_least_one_and_at_most_ten_years_of_days(amount: int) -> None:
    """A span of nothing, or of ages, is refused where it is made."""
    with pytest.raises(ValueError, match="between 1 and"):
        Span(amount, "hours")


def test_a_span_is_said_in_words() -> None:
    """One is not many."""
    assert [str(Span(n, unit)) for n in (1, 2) for unit in ("months", "business_days")] == [
        *("1 month", "1 business day"),
        *("2 months", "2 business days"),
    ]
