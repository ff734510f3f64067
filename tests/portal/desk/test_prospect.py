"""What staff keep in mind: moments kept apart, duties, a reward, a report that nobody opened."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.desk.prospect import prospect
from tests.tales import Told

Pack = Callable[[str], str]
AWARE = ("aware", 2, {"at": "2026-11-24T08:00:00+00:00", "reason": "clear-evidence"})


def test_three_moments_are_kept_apart(told: Told, pack: Pack) -> None:
    """S3-7: received, first opened and aware; no duty has a date before a person set awareness."""
    before = prospect(told(pack("example"), ("opened", 1), day=2))
    assert before["moments"]["received"].startswith("2026-11-22T09:30")
    assert before["moments"]["opened"].startswith("2026-11-23T09:30")
    assert before["moments"]["aware"] is None
    (duty,) = before["legal"]
    assert (duty["due"], duty["state"]) == (None, "pending")
    assert duty["worst_case"].startswith("2026-11-25T")
    after = prospect(told(pack("example"), ("opened", 1), AWARE, day=2))
    assert after["moments"]["aware"] == "2026-11-24T08:00:00+00:00"
    assert after["legal"][0]["due"].startswith("2026-11-27T")
    assert after["legal"][0]["worst_case"] is None


def test_a_question_and_a_silent_policy_have_no_duties(told: Told, pack: Pack) -> None:
    """Nothing is made up where the policy names no law, or where there is only a question."""
    assert prospect(told("", day=2))["legal"] == []
    assert prospect(told(pack("example"), day=2, kind="question"))["legal"] == []


@pytest.mark.parametrize(
    ("events", "day", "report", "alarm"),
    [
        ((), 0.99, {}, False),
        ((), 1, {}, True),
        ((("acknowledged", 0.5),), 1, {}, True),
        ((("opened", 0.5),), 9, {}, False),
        ((("duplicate", 0.5),), 9, {}, False),
        ((), 9, {"origin": "mail"}, False),
    ],
)
def test_a_report_that_nobody_opens_is_an_alarm(
    told: Told, events: tuple[Any, ...], day: float, report: dict[str, Any], alarm: bool
) -> None:
    """After 24 hours; a confirmation alone opens nothing, and what came by mail was read."""
    assert prospect(told("", *events, day=day, **report))["unopened"] is alarm


def test_the_newest_decision_about_a_reward_counts(told: Told, pack: Pack) -> None:
    """S3-14: what was decided is shown with every factor and its weight."""
    weights = {"value": "high", "prevented-exposure": "low", "effort": "medium"}
    text = pack("iwelcome")
    assert prospect(told(text, day=1))["reward"]["answer"] is None
    found = prospect(told(text, ("rewarded", 1, {"answer": "yes", "factors": weights}), day=1))
    assert found["reward"]["answer"] == "yes"
    assert found["reward"]["weighed"] == weights
    assert [factor["id"] for factor in found["reward"]["factors"]] == list(weights)
    assert prospect(told(pack("integratpark"), day=1))["reward"] is None
