"""Pauses: a clock that stood still goes on where it stopped, and never runs ahead for it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import spans
from portal.policy.calendars import Calendar, CalendarChoice
from portal.policy.pauses import NEVER, Pause, Standstill
from portal.policy.spans import Span, Unit, due

ZONE = ZoneInfo("Europe/Amsterdam")
CALENDAR = Calendar.of(CalendarChoice("NL", ZONE.key), start=date(2026, 1, 1))
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
START = 1_790_000_000  # September 2026
TIMES = st.integers(START, START + 200 * 86_400).map(lambda n: datetime.fromtimestamp(n, UTC))
LENGTHS = st.integers(0, 40 * 86_400).map(lambda n: timedelta(seconds=n))
PAUSES = st.lists(
    st.builds(lambda at, long: Pause("ack", at, at + long, "legal-hold"), TIMES, LENGTHS),
    max_size=4,
)
UNITS = st.sampled_from(sorted(spans.UNITS))
AMOUNTS = st.integers(1, 60)


def pause(first: datetime, last: datetime | None) -> Pause:
    """Return a pause of the one clock."""
    return Pause("ack", first, last, "waiting-for-reporter")


def ends(span: Span, *pauses: Pause) -> str:
    """Say when a span is over that starts on Monday at ten, with a clock that stood still."""
    end = due(span, MONDAY, CALENDAR, ZONE, Standstill.of(pauses))
    return f"{end:%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        (timedelta(days=1), timedelta(days=2), "Mon 30 Nov 23:59"),  # parts of two days: neither
        (timedelta(days=1), timedelta(days=1, minutes=1), "Fri 27 Nov 23:59"),
        (timedelta(0), timedelta(hours=1), "Thu 26 Nov 23:59"),  # day 0 does not count anyway
        (timedelta(days=5), timedelta(days=6), "Thu 26 Nov 23:59"),  # after the end
        (timedelta(days=-9), timedelta(days=-1), "Thu 26 Nov 23:59"),  # before the start
        (timedelta(days=3), timedelta(days=5), "Mon 30 Nov 23:59"),  # into a weekend
    ],
)
def test_a_day_with_a_pause_does_not_count(first: timedelta, last: timedelta, end: str) -> None:
    """Three business days: each day of which any part stood still is put behind."""
    assert ends(Span(3, "business_days"), pause(MONDAY + first, MONDAY + last)) == end


def test_a_pause_until_midnight_leaves_the_next_day_alone() -> None:
    """A pause that ends as a day begins takes nothing of that day."""
    evening, midnight = (datetime(2026, 11, day, 18 * (day == 24), tzinfo=ZONE) for day in (24, 25))
    assert ends(Span(3, "calendar_days"), pause(evening, midnight)) == "Fri 27 Nov 23:59"


def test_hours_go_on_where_they_stopped() -> None:
    """48 hours with a pause of 90 minutes take 49 and a half."""
    later = MONDAY + timedelta(hours=5)
    paused = pause(later, later + timedelta(minutes=90))
    assert ends(Span(48, "hours"), paused) == "Wed 25 Nov 11:30"


def test_a_pause_before_the_start_takes_only_what_lies_behind_it() -> None:
    """Of a pause that began before the clock did, only the rest counts."""
    paused = pause(MONDAY - timedelta(days=3), MONDAY + timedelta(hours=2))
    assert ends(Span(24, "hours"), paused) == "Tue 24 Nov 12:00"


@given(start=TIMES, amount=AMOUNTS, unit=UNITS, pauses=PAUSES)
@settings(max_examples=100, deadline=None)
def test_a_pause_never_makes_a_deadline_earlier(
    start: datetime, amount: int, unit: Unit, pauses: list[Pause]
) -> None:
    """Each further pause is due as late as without it, or later."""
    found = [
        due(Span(amount, unit), start, CALENDAR, ZONE, Standstill.of(pauses[:n])).astimezone(UTC)
        for n in range(len(pauses) + 1)
    ]
    assert found == sorted(found)


@given(start=TIMES, amount=AMOUNTS, unit=UNITS, pauses=PAUSES, at=TIMES)
@settings(max_examples=100, deadline=None)
def test_a_pause_of_no_length_changes_nothing(
    start: datetime, amount: int, unit: Unit, pauses: list[Pause], at: datetime
) -> None:
    """Stopped and gone on in the same moment is not stopped."""
    span = Span(amount, unit)
    with_it = Standstill.of([*pauses, pause(at, at)])
    assert with_it == Standstill.of(pauses)
    assert due(span, start, CALENDAR, ZONE, Standstill.of([pause(at, at)])) == due(
        span, start, CALENDAR, ZONE, NEVER
    )


@given(first=TIMES, long=LENGTHS, later=LENGTHS, start=TIMES, amount=AMOUNTS, unit=UNITS)
@settings(max_examples=100, deadline=None)
def test_pausing_twice_is_pausing_for_the_union(
    first: datetime, long: timedelta, later: timedelta, start: datetime, amount: int, unit: Unit
) -> None:
    """Two pauses that overlap or touch count as the one they cover, in whatever order."""
    second = first + min(later, long)
    last = max(first + long, second + later)
    apart = [pause(first, first + long), pause(second, second + later)]
    together = Standstill.of([pause(first, last)])
    for order in (apart, apart[::-1], apart * 2):
        assert Standstill.of(order) == together
    assert due(Span(amount, unit), start, CALENDAR, ZONE, Standstill.of(apart)) == due(
        Span(amount, unit), start, CALENDAR, ZONE, together
    )


@given(first=TIMES, second=TIMES, amount=AMOUNTS, unit=UNITS, pauses=PAUSES)
@settings(max_examples=100, deadline=None)
def test_with_pauses_a_later_event_is_never_due_earlier(
    first: datetime, second: datetime, amount: int, unit: Unit, pauses: list[Pause]
) -> None:
    """Due dates keep the order of the events, whenever the clock stood still."""
    still = Standstill.of(pauses)
    early, late = (
        due(Span(amount, unit), when, CALENDAR, ZONE, still).astimezone(UTC)
        for when in sorted((first, second))
    )
    assert early <= late


@given(start=TIMES, amount=AMOUNTS, pauses=PAUSES)
@settings(max_examples=100, deadline=None)
def test_nothing_is_due_on_a_day_off_or_on_a_day_of_a_pause(
    start: datetime, amount: int, pauses: list[Pause]
) -> None:
    """A promise in business days ends on a day that was worked, and on which its clock ran."""
    still = Standstill.of(pauses)
    end = due(Span(amount, "business_days"), start, CALENDAR, ZONE, still).date()
    assert CALENDAR.works(end)
    assert not still.days(ZONE)(end)
