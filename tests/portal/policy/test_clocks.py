"""Clocks tell the truth: due dates follow from events, policy and calendar, nothing else."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import clocks
from portal.policy.calendars import Calendar, CalendarChoice
from portal.policy.clocks import ClockRule, Deadline, Span, State

VECTORS = Path(__file__).parents[2] / "vectors" / "clocks"
WORKING_DAYS = json.loads((VECTORS / "working-days.json").read_text("utf-8"))
SPANS = json.loads((VECTORS / "spans.json").read_text("utf-8"))
ZONE = "Europe/Amsterdam"
CALENDAR = Calendar.of(CalendarChoice("NL", ZONE), start=date(2026, 1, 1))
RECEIVED = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
ACK = ClockRule("ack", "Confirmation of receipt", Span(3, "business_days"), met_by="acknowledged")
ASSESS = ClockRule(
    "assess", "Assessment", Span(7, "business_days"), anchor="acknowledged", met_by="assessed"
)
TIMES = st.integers(1_767_225_600, 2_019_686_400).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)  # 2026 to 2033
UNITS = st.sampled_from(sorted(clocks.UNITS))
AMOUNTS = st.integers(1, 90)


def stands(rule: ClockRule, events: dict[str, datetime], now: datetime) -> Deadline:
    """Return where one promise stands."""
    return clocks.deadlines((rule,), events, CALENDAR, ZONE, now=now)[0]


@pytest.mark.parametrize("case", WORKING_DAYS, ids=lambda case: case["why"])
def test_working_days_are_counted_by_the_policys_calendar(case: dict[str, Any]) -> None:
    """S1-15, S1-16, S2-8: the day of the event is day 0; holidays and weekends do not count."""
    choice = CalendarChoice(
        case["country"], case["zone"], tuple(case.get("add", ())), tuple(case.get("remove", ()))
    )
    start = datetime.fromisoformat(case["start"])
    calendar, zone = Calendar.of(choice, start=start.date()), ZoneInfo(case["zone"])
    end = clocks.due(Span(case["amount"], "business_days"), start, calendar, zone)
    assert end.replace(tzinfo=None) == datetime.fromisoformat(case["due"] + "T23:59:59")


@pytest.mark.parametrize("case", SPANS, ids=lambda case: case["why"])
def test_other_spans_follow_the_common_rules(case: dict[str, Any]) -> None:
    """S2-15, S3-18: days and weeks end with their last day; hours run through everything."""
    start, zone = datetime.fromisoformat(case["start"]), ZoneInfo(case["zone"])
    end = clocks.due(Span(case["amount"], case["unit"]), start, CALENDAR, zone)
    assert end.isoformat() == case["due"]


def test_a_chained_clock_waits_for_its_event() -> None:
    """S1-16: without a confirmation the assessment clock is pending and has no date."""
    waiting = stands(ASSESS, {"received": RECEIVED}, RECEIVED)
    assert (waiting.state, waiting.due) == (State.PENDING, None)
    assert "staff confirmed receipt" in waiting.explanation
    acknowledged = datetime(2026, 4, 9, 14, 0, tzinfo=UTC)
    running = stands(ASSESS, {"received": RECEIVED, "acknowledged": acknowledged}, acknowledged)
    assert running.due is not None
    assert (running.state, running.due.date()) == (State.RUNNING, date(2026, 4, 20))


def test_a_promise_is_late_only_after_its_last_second() -> None:
    """The whole last day counts; the first moment of the next day is late."""
    events, end = {"received": RECEIVED}, datetime(2026, 4, 10, tzinfo=ZoneInfo(ZONE))
    assert stands(ACK, events, end - timedelta(microseconds=1)).state is State.RUNNING
    assert stands(ACK, events, end).state is State.LATE


def test_a_kept_promise_stays_kept_and_a_broken_one_stays_late() -> None:
    """What was done in time is met for ever; done too late it says when."""
    in_time, later = RECEIVED + timedelta(days=1), RECEIVED + timedelta(days=30)
    met = stands(ACK, {"received": RECEIVED, "acknowledged": in_time}, later)
    late = stands(ACK, {"received": RECEIVED, "acknowledged": later}, later + timedelta(days=1))
    assert (met.state, met.done) == (State.MET, in_time)
    assert (late.state, late.done) == (State.LATE, later)
    assert "Done Saturday 2 May 2026, 10:00 Europe/Amsterdam." in late.explanation


def test_an_aim_is_never_late() -> None:
    """S1-17: a soft clock runs on past its date and says that it is no promise."""
    aim = ClockRule("news", "Progress", Span(1, "weeks"), soft=True, met_by="resolved")
    stale = stands(aim, {"received": RECEIVED}, RECEIVED + timedelta(days=400))
    assert stale.state is State.RUNNING
    assert "not a promise" in stale.explanation


def test_a_window_is_over_when_its_time_has_passed() -> None:
    """A request that only time ends runs until then, and is met afterwards."""
    window = ClockRule("quiet", "No publication", Span(90, "calendar_days"), soft=True)
    events = {"received": RECEIVED}
    assert stands(window, events, RECEIVED).state is State.RUNNING
    assert stands(window, events, RECEIVED + timedelta(days=92)).state is State.MET


def test_what_was_done_before_it_was_asked_is_met() -> None:
    """An assessment recorded without a confirmation of receipt leaves no clock waiting."""
    early = stands(ASSESS, {"received": RECEIVED, "assessed": RECEIVED}, RECEIVED)
    assert (early.state, early.due) == (State.MET, None)


def test_the_explanation_shows_date_hour_zone_and_calendar() -> None:
    """Both sides read how a date came about, with nothing to guess."""
    said = stands(ACK, {"received": RECEIVED}, RECEIVED).explanation
    assert said.startswith(
        "3 business days after the report was received "
        "(Thursday 2 April 2026, 10:00 Europe/Amsterdam): "
        "until Thursday 9 April 2026, 24:00 Europe/Amsterdam. Working days: holidays "
    )
    hours = stands(
        ClockRule("h", "H", Span(24, "hours"), met_by="resolved"), {"received": RECEIVED}, RECEIVED
    )
    assert hours.explanation.endswith("until Friday 3 April 2026, 10:00 Europe/Amsterdam.")


def test_due_dates_survive_a_change_of_the_library() -> None:
    """A case counts with the calendar it was started with, whatever holidays come later."""
    frozen = Calendar.thawed(CALENDAR.frozen())
    rules, events = (ACK,), {"received": RECEIVED}
    before = clocks.deadlines(rules, events, frozen, ZONE, now=RECEIVED)
    changed = Calendar("new", ZONE, CALENDAR.holidays | {date(2026, 4, 7)})
    assert clocks.deadlines(rules, events, CALENDAR, ZONE, now=RECEIVED) == before
    assert clocks.deadlines(rules, events, changed, ZONE, now=RECEIVED) != before


@given(first=TIMES, second=TIMES, amount=AMOUNTS, unit=UNITS)
@settings(max_examples=150, deadline=None)
def test_a_later_event_is_never_due_earlier(
    first: datetime, second: datetime, amount: int, unit: clocks.Unit
) -> None:
    """Due dates keep the order of the events."""
    span, zone = Span(amount, unit), ZoneInfo(ZONE)
    early, late = (clocks.due(span, when, CALENDAR, zone) for when in sorted((first, second)))
    assert early.astimezone(UTC) <= late.astimezone(UTC)


@given(start=TIMES, amount=AMOUNTS, unit=UNITS)
@settings(max_examples=150, deadline=None)
def test_more_time_is_never_less(start: datetime, amount: int, unit: clocks.Unit) -> None:
    """One more day, week or hour is due later, and every due date lies after its event."""
    zone = ZoneInfo(ZONE)
    short, long = (
        clocks.due(Span(n, unit), start, CALENDAR, zone).astimezone(UTC)
        for n in (amount, amount + 1)
    )
    assert start < short < long


@given(start=TIMES, amount=AMOUNTS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_due_on_a_day_off(start: datetime, amount: int) -> None:
    """A promise in business days always ends on one."""
    end = clocks.due(Span(amount, "business_days"), start, CALENDAR, ZoneInfo(ZONE))
    assert CALENDAR.works(end.date())


@pytest.mark.parametrize("amount", [0, -1, clocks.MAX_AMOUNT + 1])
def test_a_span_is_at_least_one_and_at_most_ten_years_of_days(amount: int) -> None:
    """A span of nothing, or of ages, is refused where it is made."""
    with pytest.raises(ValueError, match="between 1 and"):
        Span(amount, "hours")


def test_the_wall_clock_is_aware() -> None:
    """The one look at the clock returns UTC."""
    assert clocks.utc_now().tzinfo is UTC
