"""What the desk offers to record: what each event needs, and what can be chosen."""

from collections.abc import Callable
from typing import Any

from portal.cases.case import Case
from portal.cases.steps import GROUPS, STEPS
from portal.desk.actions import actions
from tests.tales import Told

Pack = Callable[[str], str]


def offered(case: Case) -> dict[str, dict[str, Any]]:
    """What may be recorded, by name."""
    return {one["name"]: one for one in actions(case, needs_two=frozenset({"decline"}))}


def codes(action: dict[str, Any], field: str) -> list[str]:
    """What a field can be chosen from."""
    return [one["code"] for one in action["choices"][field]]


def test_what_is_chosen_comes_with_its_words(told: Told, pack: Pack) -> None:
    """Clocks, laws and factors are those of the policy; reasons and answers come from lists."""
    found = offered(told(pack("example"), ("acknowledged", 1), day=1))
    assert codes(found["clock_paused"], "clock") == ["ack", "assess", "fix", "news"]
    assert codes(found["reportable"], "regime") == ["gdpr-33"]
    assert codes(found["reportable"], "answer") == ["yes", "no"]
    assert codes(found["notified"], "stage") == ["notification"]
    assert found["rewarded"]["needs"] == ["answer", "factors"]
    assert codes(found["rewarded"], "factors") == ["impact", "report"]
    assert all(one["words"] for each in found.values() for many in each["choices"].values()
               for one in many)  # fmt: skip
    assert found["declined"]["two_people"]
    assert found["aware"]["private"]
    assert not found["assessed"]["private"]


def test_only_a_clock_that_stands_still_goes_on(told: Told) -> None:
    """A clock is offered to be stopped or to go on, never both."""
    paused = ("clock_paused", 1, {"clock": "ack", "reason": "legal-hold"})
    found = offered(told("", paused, day=2))
    assert codes(found["clock_resumed"], "clock") == ["ack"]
    assert found["clock_paused"]["choices"].get("clock") is None
    assert "clock_resumed" not in offered(told("", day=2))


def test_the_word_about_held_data_is_asked_while_it_is_held(told: Told) -> None:
    """S3-13: the box stands beside the end of a case only while the reporter holds data."""
    assert "despite_held" in offered(told("", ("data_held", 1), day=2))["closed"]["takes"]
    assert "despite_held" not in offered(told("", day=2))["closed"]["takes"]


def test_every_event_has_its_place_in_the_list() -> None:
    """The groups divide all events, and none stands in two of them."""
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(STEPS)
