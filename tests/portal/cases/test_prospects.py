"""What a report may expect: promises turned into dates, and what ends them."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.events import Event
from portal.cases.prospects import next_due, pauses, plain, prospects
from portal.policy.calendars import Calendar
from portal.policy.deadline import Deadline
from portal.policy.pack import Policy
from portal.policy.pauses import Pause
from tests.actors import DAY
from tests.conftest import START

Pack = Callable[[str], str]
KEPT = """
[retention]
text = "Reports are deleted 30 days after their case was closed."
keep = "30 calendar days"
"""


@pytest.fixture
def policy(pack: Pack) -> Policy:
    """S1: receipt confirmed in 3 business days, assessment 7 business days after that."""
    return Policy.parse(pack("unnamed"))


def found_for(policy: Policy, *events: Event, day: int) -> dict[str, Deadline]:
    """Return where each promise stands on a day, after events that follow the receipt."""
    calendar = Calendar.of(policy.calendar, start=START.date()).frozen()
    history = (Event("received", START, "reporter"), *events)
    found = prospects(policy, history, calendar, now=START + day * DAY)
    return {one.id: one for one in found}


def states(policy: Policy, *events: tuple[str, int], day: int) -> dict[str, str]:
    """Say where each promise stands on a day, after events on other days."""
    history = [Event(name, START + when * DAY, "ada") for name, when in events]
    found = found_for(policy, *history, day=day)
    return {name: str(one.state) for name, one in found.items()}


def test_the_assessment_waits_for_the_confirmation(policy: Policy) -> None:
    """S1-16: without a confirmation the second clock has not started; with one it runs."""
    first, second, *_ = states(policy, day=1).values()
    assert (first, second) == ("running", "pending")
    first, second, *_ = states(policy, ("acknowledged", 1), day=2).values()
    assert (first, second) == ("met", "running")


def test_a_missed_promise_stays_missed(policy: Policy) -> None:
    """S1-15: a confirmation that comes too late is shown as late, even after the case ended."""
    late = states(policy, ("acknowledged", 20), ("closed", 21), day=40)
    assert next(iter(late.values())) == "late"


def test_what_is_open_when_a_case_ends_is_not_due_any_more(policy: Policy) -> None:
    """A case closed in time never turns late afterwards."""
    assert states(policy, ("closed", 1), day=1) == states(policy, ("closed", 1), day=400)
    assert "late" not in states(policy, ("closed", 1), day=400).values()


def test_a_fix_ends_the_request_for_silence(pack: Pack) -> None:
    """Where a policy asks for silence until the fix is out, the fix ends it."""
    policy = Policy.parse(pack("example"))
    assert policy.disclosure is not None
    assert policy.disclosure.until == "resolved"
    steps = (("acknowledged", 1), ("accepted", 2), ("resolved", 3))
    assert states(policy, *steps, day=4)["disclosure-maximum"] == "met"


def test_the_researchers_silence_is_not_the_staffs_deadline(pack: Pack) -> None:
    """S3-18: the six weeks are asked of the researcher; the queue does not call them due."""
    policy = Policy.parse(pack("iwelcome"))
    calendar = Calendar.of(policy.calendar, start=START.date()).frozen()
    found = prospects(policy, [Event("received", START, "reporter")], calendar, now=START)
    assert [one.id for one in found] == ["disclosure-maximum"]
    assert next_due(found) is None


def test_a_pause_runs_from_its_event_to_the_next() -> None:
    """Staff stop and start clocks by name; the last one may still stand."""
    one = {"clock": "ack", "reason": "waiting-for-reporter"}
    history = [
        Event("clock_paused", START, "ada", one),
        Event("clock_paused", START + DAY, "ada", {"clock": "fix", "reason": "legal-hold"}),
        Event("clock_resumed", START + 2 * DAY, "ada", {"clock": "ack"}),
        Event("clock_paused", START + 3 * DAY, "ada", one),
        Event("clock_resumed", START + 4 * DAY, "ada", {"clock": "ack"}),
        Event("clock_paused", START + 5 * DAY, "ada", one),
    ]
    assert pauses(history) == (
        Pause("ack", START, START + 2 * DAY, "waiting-for-reporter"),
        Pause("fix", START + DAY, None, "legal-hold"),
        Pause("ack", START + 3 * DAY, START + 4 * DAY, "waiting-for-reporter"),
        Pause("ack", START + 5 * DAY, None, "waiting-for-reporter"),
    )


def test_a_stopped_promise_is_due_when_it_went_on(policy: Policy) -> None:
    """S1-15: while staff wait for the reporter, nobody calls the promise late."""
    (clock, *_) = [rule.id for rule in policy.clock_rules]
    stop = Event("clock_paused", START, "ada", {"clock": clock, "reason": "waiting-for-reporter"})
    go_on = Event("clock_resumed", START + 30 * DAY, "ada", {"clock": clock})
    still = found_for(policy, stop, day=20)[clock]
    assert (str(still.state), still.due) == ("paused", None)
    assert next_due(found_for(policy, stop, day=20).values()) is None
    gone = found_for(policy, stop, go_on, day=31)[clock]
    assert str(gone.state) == "running"
    assert gone.due is not None
    assert gone.due > START + 30 * DAY


def test_a_stopped_promise_ends_with_the_case(policy: Policy) -> None:
    """What stood still when the case ended is not due any more."""
    (clock, *_) = [rule.id for rule in policy.clock_rules]
    stop = Event("clock_paused", START, "ada", {"clock": clock, "reason": "legal-hold"})
    assert clock not in found_for(policy, stop, Event("closed", START + DAY, "ada"), day=2)


@pytest.mark.parametrize("end", [(), (("acknowledged", 1), ("declined", 2)), (("closed", 2),)])
def test_windows_go_on_after_the_end_of_a_case(
    pack: Pack, end: tuple[tuple[str, int], ...]
) -> None:
    """S3-18: a closed case does not free the researcher early, and time does in the end."""
    policy = Policy.parse(pack("iwelcome"))
    assert states(policy, *end, day=41)["disclosure-maximum"] == "running"
    assert states(policy, *end, day=44)["disclosure-maximum"] == "met"


@pytest.mark.parametrize("out", ["published", "leaked"])
def test_what_is_out_is_quiet_no_more(pack: Pack, out: str) -> None:
    """S1-2: a leak or a publication ends what was asked of the researcher, closed or not."""
    policy = Policy.parse(pack("iwelcome"))
    assert states(policy, ("closed", 2), (out, 9), day=10)["disclosure-maximum"] == "met"
    window = found_for(policy, Event(out, START + 9 * DAY, "ada"), day=10)["disclosure-maximum"]
    assert window.done == START + 9 * DAY
    assert "Over since" in window.explanation


def test_a_window_cannot_be_stopped(pack: Pack) -> None:
    """S3-18: one side alone never makes the silence longer that it asks for."""
    policy = Policy.parse(pack("iwelcome"))
    stop = Event(
        "clock_paused", START, "ada", {"clock": "disclosure-maximum", "reason": "legal-hold"}
    )
    assert found_for(policy, stop, day=1) == found_for(policy, day=1)


def test_the_time_of_keeping_outlives_the_case(pack: Pack) -> None:
    """Deletion is due some time after the end, and late when nobody does it."""
    policy = Policy.parse(pack("onefactory") + KEPT)
    assert states(policy, day=1)["retention"] == "pending"
    assert states(policy, ("closed", 5), day=30)["retention"] == "running"
    assert states(policy, ("closed", 5), day=40)["retention"] == "late"
    assert states(policy, ("closed", 5), ("deleted", 30), day=40)["retention"] == "met"
    kept = found_for(policy, Event("closed", START + 5 * DAY, "ada"), day=30)["retention"]
    assert next_due([kept]) == kept.due


def test_a_legal_hold_stops_the_time_of_keeping(pack: Pack) -> None:
    """What a court may ask for is not due for deletion, after the end of the case either."""
    policy = Policy.parse(pack("onefactory") + KEPT)
    hold = {"clock": "retention", "reason": "legal-hold"}
    steps = (Event("closed", START, "ada"), Event("clock_paused", START + DAY, "ada", hold))
    assert str(found_for(policy, *steps, day=90)["retention"].state) == "paused"


NEWS = Policy.parse("""
[program]
slug = "tiny"
name = "Tiny"
[[promise]]
id = "news"
text = "We aim to tell you how it goes every two weeks."
clock = { within = "14 calendar days", after = "updated", soft = true }
""")
TOLD = st.sampled_from(["acknowledged", "assessed", "accepted", "fixing", "updated"])
DAYS = st.integers(0, 40)


def news_for(*events: tuple[str, int], day: int) -> Deadline:
    """Return where the aim to tell news stands on a day, after events on other days."""
    return found_for(NEWS, *(Event(name, START + at * DAY, "ada") for name, at in events), day=day)[
        "news"
    ]


@pytest.mark.parametrize(
    ("events", "start"),
    [
        ((), 0),
        ((("acknowledged", 3),), 3),
        ((("acknowledged", 3), ("updated", 5), ("updated", 9)), 9),
        ((("updated", 5), ("opened", 6), ("aware", 7), ("withdrawn", 8)), 5),
    ],
)
def test_the_last_news_starts_the_aim_anew(events: tuple[tuple[str, int], ...], start: int) -> None:
    """S1-17: counted from receipt at first; what tells no progress changes nothing."""
    found = news_for(*events, day=10)
    assert found.due is not None
    assert found.start is not None
    assert found.start.timestamp() == (START + start * DAY).timestamp()
    assert found.due.date() == (START + (start + 14) * DAY).date()
    assert "14 calendar days after the last news" in found.explanation
    assert "This is an aim" in found.explanation


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TOLD, DAYS)), st.tuples(TOLD, DAYS), st.lists(DAYS, max_size=4))
def test_news_never_makes_the_next_date_earlier(
    told: list[tuple[str, int]], more: tuple[str, int], stops: list[int]
) -> None:
    """S1-17: to tell more is never held against staff, and the aim is never late, paused or not."""
    held = {"clock": "news", "reason": "legal-hold"}
    pausing = [
        Event("clock_resumed" if turn % 2 else "clock_paused", START + day * DAY, "ada", held)
        for turn, day in enumerate(sorted(stops[: len(stops) // 2 * 2]))
    ]
    before, after = (
        found_for(
            NEWS,
            *pausing,
            *(
                Event(name, START + day * DAY, "ada")
                for name, day in sorted(one, key=lambda e: e[1])
            ),
            day=400,
        )["news"]
        for one in (told, [*told, more])
    )
    assert before.due is not None
    assert after.due is not None
    assert after.due >= before.due
    assert {before.state, after.state} == {"running"}
    assert (before.late_by, next_due([before, after])) == (None, None)


def test_the_aim_of_news_ends_with_the_work() -> None:
    """S1-17: the fix ends it, later news does not start it again; so does the end of the case."""
    fixed = (("accepted", 2), ("resolved", 4))
    over = news_for(*fixed, ("updated", 6), day=400)
    assert (over.state, over.done) == ("met", START + 4 * DAY)
    assert over.start == START + 2 * DAY
    assert "Over since" in over.explanation
    assert states(NEWS, ("acknowledged", 1), ("declined", 2), day=400) == {}
    assert states(NEWS, ("closed", 60), day=400) == {}
    assert states(NEWS, *fixed, ("closed", 60), day=400) == {"news": "met"}


def test_only_a_policy_that_names_a_number_gets_a_clock_of_news(policy: Policy, pack: Pack) -> None:
    """S1-17: who strives to tell without a number is not held to one; the example names one."""
    assert {promise.id: promise.clock for promise in policy.promises}["progress"] is None
    assert not [rule for rule in policy.clock_rules if rule.anchor == "updated"]
    example = Policy.parse(pack("example"))
    (news,) = [rule for rule in example.clock_rules if rule.anchor == "updated"]
    assert (str(news.span), news.soft, news.met_by) == ("14 calendar days", True, None)


def test_a_deadline_is_plain_data(policy: Policy) -> None:
    """Pages read how late, why it stands still, whether it is soft, and by which calendar."""
    (late, *_) = found_for(policy, day=30).values()
    shown = plain(late)
    assert shown["late_by"] == late.late_by is not None
    assert (shown["paused"], shown["soft"]) == (None, False)
    assert shown["calendar"].startswith("holidays ")
