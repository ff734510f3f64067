"""What a report may expect: promises turned into dates, and what ends them."""

from collections.abc import Callable

import pytest

from portal.cases.events import Event
from portal.cases.prospects import next_due, prospects
from portal.policy.calendars import Calendar
from portal.policy.pack import Policy
from tests.actors import DAY
from tests.conftest import START

Pack = Callable[[str], str]


@pytest.fixture
def policy(pack: Pack) -> Policy:
    """S1: receipt confirmed in 3 business days, assessment 7 business days after that."""
    return Policy.parse(pack("unnamed"))


def states(policy: Policy, *events: tuple[str, int], day: int) -> dict[str, str]:
    """Say where each promise stands on a day, after events on other days."""
    history = [Event(name, START + when * DAY, "ada") for name, when in (("received", 0), *events)]
    calendar = Calendar.of(policy.calendar, start=START.date()).frozen()
    found = prospects(policy, history, calendar, now=START + day * DAY)
    return {one.id: str(one.state) for one in found}


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
