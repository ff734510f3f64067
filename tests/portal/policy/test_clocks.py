"""Clocks tell the truth: due dates follow from events, policy and calendar, nothing else."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.policy import clocks
from portal.policy.calendars import Calendar, CalendarChoice
from portal.policy.clock_rules import ClockRule
from portal.policy.deadline import Deadline, State
from portal.policy.pauses import Pause
from portal.policy.spans import Span

ZONE = "Europe/Amsterdam"
CALENDAR = Calendar.of(CalendarChoice("NL", ZONE), start=date(2026, 1, 1))
RECEIVED = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
ACK = ClockRule("ack", "Confirmation of receipt", Span(3, "business_days"), met_by="acknowledged")
ASSESS = ClockRule(
    "assess", "Assessment", Span(7, "business_days"), anchor="acknowledged", met_by="assessed"
)


def stands(rule: ClockRule, events: dict[str, datetime], now: datetime, *pauses: Pause) -> Deadline:
    """Return where one promise stands."""
    return clocks.deadlines((rule,), events, CALENDAR, ZONE, now=now, pauses=pauses)[0]


def paused(first: datetime, last: datetime | None = None, clock: str = "ack") -> Pause:
    """Return a pause in which staff waited for the reporter."""
    return Pause(clock, first, last, "waiting-for-reporter")


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
    assert said == (
        "3 business days after the report was received "
        "(Thursday 2 April 2026, 10:00 Europe/Amsterdam): "
        "until Thursday 9 April 2026, 24:00 Europe/Amsterdam. Not counted: the day itself, "
        "weekends, Friday 3 April 2026 and Monday 6 April 2026. Working days: Netherlands."
    )
    hours = stands(
        ClockRule("h", "H", Span(24, "hours"), met_by="resolved"), {"received": RECEIVED}, RECEIVED
    )
    assert hours.explanation.endswith("until Friday 3 April 2026, 10:00 Europe/Amsterdam.")


def test_the_calendar_stays_beside_the_date() -> None:
    """The full name with its version is there for who asks; only business days have one."""
    assert stands(ACK, {"received": RECEIVED}, RECEIVED).calendar == CALENDAR.name
    days = ClockRule("d", "D", Span(3, "calendar_days"), met_by="resolved")
    assert stands(days, {"received": RECEIVED}, RECEIVED).calendar == ""


def test_many_days_off_are_counted_not_listed() -> None:
    """A long span names the first days off, and says how many more there were."""
    year = ClockRule("y", "Y", Span(250, "business_days"), met_by="resolved")
    said = stands(year, {"received": RECEIVED}, RECEIVED).explanation
    assert "Monday 25 May 2026 and 4 more days off." in said


def test_a_missed_promise_is_said_plainly() -> None:
    """S1-15: late is said with a number, while it lasts and afterwards."""
    late = stands(ACK, {"received": RECEIVED}, datetime(2026, 4, 11, 8, 0, tzinfo=UTC))
    assert late.late_by == "2 days"
    assert late.explanation.endswith("It is 2 days late.")
    done = {"received": RECEIVED, "acknowledged": datetime(2026, 4, 10, 8, 0, tzinfo=UTC)}
    kept = stands(ACK, done, datetime(2026, 5, 1, tzinfo=UTC))
    assert kept.late_by == "1 day"
    assert kept.explanation.endswith("10:00 Europe/Amsterdam. That was 1 day late.")


def test_a_clock_that_stands_still_has_no_date_and_says_why() -> None:
    """While staff wait it is neither running nor late, however long that takes."""
    stop = paused(RECEIVED + timedelta(days=1))
    still = stands(ACK, {"received": RECEIVED}, RECEIVED + timedelta(days=400), stop)
    assert (still.state, still.due, still.paused) == (State.PAUSED, None, "waiting-for-reporter")
    for words in ("stands still since Friday 3 April 2026, 10:00", "waiting for the reporter"):
        assert words in still.explanation


def test_a_clock_that_went_on_says_when_it_stood_still() -> None:
    """The days of the pause are put behind, and the explanation says so."""
    stop = paused(datetime(2026, 4, 8, 10, 0, tzinfo=UTC), datetime(2026, 4, 8, 12, 0, tzinfo=UTC))
    gone = stands(ACK, {"received": RECEIVED}, RECEIVED, stop)
    assert gone.due is not None
    assert (gone.state, gone.due.date(), gone.paused) == (State.RUNNING, date(2026, 4, 10), None)
    assert (
        "stood still from Wednesday 8 April 2026, 12:00 Europe/Amsterdam to "
        "Wednesday 8 April 2026, 14:00 Europe/Amsterdam (waiting for the reporter)"
    ) in gone.explanation


def test_what_is_late_cannot_be_paused_away() -> None:
    """A pause that begins after the due date changes nothing, open or ended."""
    now = RECEIVED + timedelta(days=30)
    after = datetime(2026, 4, 9, 22, 0, tzinfo=UTC)  # the first moment of 10 April there
    without = stands(ACK, {"received": RECEIVED}, now)
    assert without.state is State.LATE
    for stop in (paused(after), paused(after, now)):
        assert stands(ACK, {"received": RECEIVED}, now, stop) == without


def test_a_pause_of_one_clock_leaves_the_others_alone() -> None:
    """Each clock is stopped by its own name."""
    other = paused(RECEIVED, None, "assess")
    events = {"received": RECEIVED}
    assert stands(ACK, events, RECEIVED, other) == stands(ACK, events, RECEIVED)


def test_what_is_done_stands_still_no_more() -> None:
    """A promise kept while its clock stood still is met, at whatever time."""
    stop, done = paused(RECEIVED + timedelta(days=1)), RECEIVED + timedelta(days=90)
    met = stands(ACK, {"received": RECEIVED, "acknowledged": done}, done, stop)
    assert (met.state, met.done, met.paused) == (State.MET, done, None)


def test_a_window_that_ended_says_what_ended_it() -> None:
    """A request does not get done; it is over, and both sides read why."""
    window = ClockRule("w", "W", Span(90, "calendar_days"), soft=True, met_by="leaked")
    over = stands(window, {"received": RECEIVED, "leaked": RECEIVED + timedelta(days=1)}, RECEIVED)
    assert over.state is State.MET
    assert over.explanation.endswith(
        "Over since Friday 3 April 2026, 10:00 Europe/Amsterdam: "
        "it became public without an agreement."
    )


def test_due_dates_survive_a_change_of_the_library() -> None:
    """A case counts with the calendar it was started with, whatever holidays come later."""
    frozen = Calendar.thawed(CALENDAR.frozen())
    rules, events = (ACK,), {"received": RECEIVED}
    before = clocks.deadlines(rules, events, frozen, ZONE, now=RECEIVED)
    changed = Calendar("new", ZONE, CALENDAR.holidays | {date(2026, 4, 7)})
    assert clocks.deadlines(rules, events, CALENDAR, ZONE, now=RECEIVED) == before
    assert clocks.deadlines(rules, events, changed, ZONE, now=RECEIVED) != before


def test_the_wall_clock_is_aware() -> None:
    """The one look at the clock returns UTC."""
    assert clocks.utc_now().tzinfo is UTC
