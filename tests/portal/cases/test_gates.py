"""What the policy allows beside publication: data, reward, clocks, the law, the end of a case."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.cases import gates
from portal.cases.case import Case
from portal.cases.events import REPORTER, named
from portal.cases.steps import STEPS
from portal.errors import EventRefused
from tests.tales import May, Told

Pack = Callable[[str], str]

CODE = Path(gates.__file__).parents[1]
REWARD = """
[reward]
kind = "discretionary"
text = "x"
factors = [
  { id = "value", text = "v" },
  { id = "exposure", text = "e" },
  { id = "effort", text = "f" },
]
"""
LAWS = '[authorities]\ntext = "x"\ndecision = true\nregimes = ["gdpr-33", "nis2-23"]\n'
LAW = '[authorities]\ntext = "x"\ndecision = true\n'
HELD, ASKED = ("data_held", 1), ("data_deletion_asked", 2)
GONE = ("data_deleted", 3, {"message": 2})
EXPOSED = ("exposure_noted", 1)
PAUSED = ("clock_paused", 1, {"clock": "ack", "reason": "legal-hold"})
RESUMED = ("clock_resumed", 2, {"clock": "ack"})
ALL_LOW = {"value": "low", "exposure": "low", "effort": "low"}


def decided(regime: str) -> tuple[str, float, dict[str, str]]:
    """Return a decision."""
    return ("reportable", 2, {"regime": regime, "answer": "no", "reason": "not-exploited"})


def refused(may: May, case: Case, name: str, **data: Any) -> str:
    """Say why an event is refused."""
    with pytest.raises(EventRefused) as refusal:
        may(case, name, **data)
    assert refusal.value.hint
    return str(refusal.value.message)


@pytest.mark.parametrize("end", ["closed", "declined", "duplicate"])
@pytest.mark.parametrize("events", [(HELD,), (HELD, ASKED), (ASKED,)])
def test_no_case_ends_unnoticed_over_data_that_is_held(
    told: Told, may: May, events: tuple[Any, ...], end: str
) -> None:
    """S3-13: ending a case warns while the reporter holds data; it takes a word to go on."""
    case = told("", ("acknowledged", 0), *events, day=5)
    more = {"of": "7k2m9-qx4dw"} if end == "duplicate" else {}
    assert "still holds data" in refused(may, case, end, **more)
    may(case, end, despite_held=True, **more)
    may(told("", ("acknowledged", 0), *events, GONE, day=5), end, **more)


def test_a_word_about_held_data_is_true_or_nothing(told: Told, may: May) -> None:
    """`despite_held` is no switch to turn off."""
    refused(may, told("", HELD, day=5), "closed", despite_held=False)


@pytest.mark.parametrize(
    ("events", "name"),
    [
        ((HELD,), "data_held"),
        ((ASKED,), "data_held"),
        ((ASKED,), "data_deletion_asked"),
        ((HELD, ASKED, GONE), "data_deletion_asked"),
        ((HELD, GONE), "data_deleted"),
    ],
)
def test_data_is_not_asked_about_twice(
    told: Told, may: May, events: tuple[Any, ...], name: str
) -> None:
    """S3-12: held, asked, deleted come in their order, and none of them twice."""
    data = {"message": 3} if name == "data_deleted" else {}
    refused(may, told("", *events, day=5), name, **data)


def test_data_can_turn_up_again(told: Told, may: May) -> None:
    """Staff may ask without knowing of any data; what was gone may be found once more."""
    may(told("", day=5), "data_deletion_asked")
    may(told("", day=5), "data_deleted", message=2)
    may(told("", HELD, ASKED, GONE, day=5), "data_held")


@pytest.mark.parametrize("end", ["closed", "declined", "duplicate"])
@pytest.mark.parametrize(
    ("more", "events", "ticked"),
    [
        (LAWS, (EXPOSED,), False),
        (LAWS, (), True),
        (LAWS, (decided("gdpr-33"),), True),
        (LAW, (), True),
    ],
)
def test_exposure_takes_a_decision_before_the_end(
    told: Told, may: May, more: str, events: tuple[Any, ...], ticked: bool, end: str
) -> None:
    """S3-7: with data exposed, no case ends before somebody decided on every law it names."""
    case = told(more, ("acknowledged", 0), *events, day=3, exposed=ticked)
    data = {"of": "7k2m9-qx4dw"} if end == "duplicate" else {}
    assert "nobody has decided" in refused(may, case, end, **data)


@pytest.mark.parametrize(
    ("more", "events", "ticked"),
    [
        (LAWS, (EXPOSED, decided("gdpr-33"), decided("nis2-23")), True),
        (LAW, (decided("sec-8k-105"),), True),
        (LAWS, (), False),
        ('[authorities]\ntext = "x"\n', (), True),
        ("", (), True),
    ],
)
def test_a_case_closes_once_it_was_decided(
    told: Told, may: May, more: str, events: tuple[Any, ...], ticked: bool
) -> None:
    """S3-7: decided, not exposed, or never asked for by the policy: nothing stands in the way."""
    may(told(more, *events, day=3, exposed=ticked), "closed")


@pytest.mark.parametrize(
    ("factors", "right"),
    [
        (ALL_LOW, True),
        ({**ALL_LOW, "effort": "high"}, True),
        (None, False),
        ({"value": "low", "exposure": "low"}, False),
        ({**ALL_LOW, "looks": "low"}, False),
        ({**ALL_LOW, "effort": "some"}, False),
        ({}, False),
        ("all", False),
    ],
)
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_reward_weighs_every_factor(
    told: Told, may: May, factors: object, right: bool, answer: str
) -> None:
    """S3-14: the record of a reward, given or not, has all factors of the policy, and no other."""
    data = {"answer": answer} if factors is None else {"answer": answer, "factors": factors}
    case = told(REWARD, day=1)
    if right:
        may(case, "rewarded", **data)
    else:
        refused(may, case, "rewarded", **data)


def test_where_there_is_no_reward_none_is_decided(told: Told, may: May, pack: Pack) -> None:
    """S2-26: a policy without a reward has no act for one; neither has one that is silent."""
    for text in (pack("onefactory"), pack("integratpark")):
        assert "no reward" in refused(may, told(text, day=1), "rewarded", answer="yes")
        assert "rewarded" not in gates.offered(told(text, day=1))
    assert "rewarded" in gates.offered(told(REWARD, day=1))


def test_a_reward_without_factors_takes_none(told: Told, may: May) -> None:
    """Where the policy names nothing to weigh, nothing is weighed."""
    case = told('[reward]\nkind = "discretionary"\ntext = "x"\n', day=1)
    may(case, "rewarded", answer="no")
    refused(may, case, "rewarded", answer="no", factors=ALL_LOW)


def test_a_clock_is_stopped_and_goes_on(told: Told, may: May) -> None:
    """A clock that runs can be stopped with a reason, once; one that stands still goes on."""
    may(told("", day=1), "clock_paused", clock="ack", reason="waiting-for-reporter")
    may(told("", PAUSED, day=2), "clock_resumed", clock="ack")
    may(told("", PAUSED, RESUMED, day=2), "clock_paused", clock="ack", reason="legal-hold")


@pytest.mark.parametrize(
    ("events", "day", "name", "data"),
    [
        ((), 1, "clock_paused", {"clock": "lunch", "reason": "legal-hold"}),
        ((), 1, "clock_paused", {"clock": "disclosure-maximum", "reason": "legal-hold"}),
        ((), 1, "clock_paused", {"clock": "retention", "reason": "legal-hold"}),
        ((), 1, "clock_paused", {"clock": "ack", "reason": "lunch"}),
        ((), 1, "clock_paused", {"clock": "ack"}),
        ((), 9, "clock_paused", {"clock": "ack", "reason": "legal-hold"}),
        ((("acknowledged", 1),), 2, "clock_paused", {"clock": "ack", "reason": "legal-hold"}),
        ((PAUSED,), 2, "clock_paused", {"clock": "ack", "reason": "legal-hold"}),
        ((), 2, "clock_resumed", {"clock": "ack"}),
        ((PAUSED, RESUMED), 3, "clock_resumed", {"clock": "ack"}),
    ],
)
def test_no_clock_is_stopped_that_is_not_staffs_or_is_over(
    told: Told, may: May, events: tuple[Any, ...], day: int, name: str, data: dict[str, str]
) -> None:
    """A pause stretches no embargo, and hides no promise that was missed."""
    more = (
        '[disclosure]\ntext = "x"\nmaximum = "6 weeks"\n[retention]\ntext = "x"\nkeep = "2 weeks"\n'
    )
    refused(may, told(more, *events, day=day), name, **data)


def test_a_question_has_no_clock_to_stop(told: Told, may: May) -> None:
    """S2-27: a question starts none."""
    case = told("", day=1, kind="question")
    refused(may, case, "clock_paused", clock="ack", reason="legal-hold")
    assert "clock_paused" not in gates.offered(case)


@pytest.mark.parametrize(
    ("name", "data", "right"),
    [
        ("aware", {"at": "2026-11-22T10:00+00:00", "reason": "clear-evidence"}, True),
        ("aware", {"at": "2026-11-20T10:00+01:00", "reason": "told-by-authority"}, True),
        ("aware", {"at": "2026-11-22T10:00", "reason": "clear-evidence"}, False),
        ("aware", {"at": "2026-12-22T10:00+00:00", "reason": "clear-evidence"}, False),
        ("aware", {"at": "2026-11-22T10:00+00:00", "reason": "a hunch"}, False),
        ("aware", {"at": "2026-11-22T10:00+00:00"}, False),
        ("material", {"at": "2026-11-22T10:00+00:00"}, True),
        ("measure_available", {"at": "2027-11-22T10:00+00:00"}, False),
        (
            "notified",
            {"regime": "nis2-23", "stage": "early-warning", "at": "2026-11-22T10:00+00:00"},
            True,
        ),
        (
            "notified",
            {"regime": "nis2-23", "stage": "party", "at": "2026-11-22T10:00+00:00"},
            False,
        ),
        ("reportable", {"regime": "moon-law", "answer": "no", "reason": "not-exploited"}, False),
        ("reportable", {"regime": "gdpr-33", "answer": "perhaps", "reason": "other-duty"}, False),
        ("reportable", {"regime": "gdpr-33", "answer": "yes"}, False),
        ("shared_with", {"basis": "law", "reason": "authority-request"}, True),
        ("shared_with", {"basis": "consent", "reason": "vendor-fix", "message": 2}, True),
        ("shared_with", {"basis": "consent", "reason": "vendor-fix"}, False),
        ("shared_with", {"basis": "habit", "reason": "vendor-fix"}, False),
        ("shared_with", {"basis": "law"}, False),
        ("credited", {"message": 2}, True),
        ("credited", {}, False),
        ("uncredited", {}, False),
    ],
)
def test_what_the_law_and_thanks_need_is_there(
    told: Told, may: May, name: str, data: dict[str, Any], right: bool
) -> None:
    """S1-19, S3-7: moments that were, laws that are, decisions and grounds from short lists."""
    case = told("", day=1)
    if right:
        may(case, name, **data)
    else:
        refused(may, case, name, **data)


def test_who_took_their_name_off_is_named_by_a_new_wish_alone(told: Told, may: May) -> None:
    """S1-22: the message from before proves nothing any more; after a slip of staff it does."""
    before = told("", ("credited", 1, {"message": 2}), ("uncredited", 2), day=3)
    may(before, "credited", message=2)
    off = replace(before.history[-1], actor=REPORTER)
    case = replace(before, history=(*before.history[:-1], off))
    with pytest.raises(EventRefused, match="took their name off"):
        may(case, "credited", message=2)
    may(case, "credited", message=3)


def test_what_is_offered_is_not_shut_by_what_was_said(told: Told) -> None:
    """The desk offers no answer without a proposal, and nothing to stop that does not run."""
    fresh = set(gates.offered(told("", day=1)))
    assert not fresh & {"publication_agreed", "publication_accepted", "clock_resumed", "rewarded"}
    assert {"clock_paused", "publication_proposed", "data_held", "aware"} <= fresh
    over = gates.offered(told("", ("published", 1, {"date": "2026-11-23"}), HELD, day=2))
    assert not {"publication_proposed", "leaked", "data_held"} & set(over)


def test_a_case_that_ended_still_takes_what_the_law_asks(told: Told) -> None:
    """A notification may be due after the work is done; the work itself is over."""
    found = set(gates.offered(told(REWARD, ("closed", 1), day=2)))
    wanted = {"notified", "measure_available", "reportable", "data_deletion_asked", "published"}
    assert {*wanted, "rewarded", "credited"} <= found
    assert not found & {"assessed", "accepted", "fixing", "resolved", "updated", "clock_paused"}


def test_every_event_of_staff_has_a_verb_of_its_own() -> None:
    """No two events answer to one word."""
    spoken = [one.verb for one in STEPS.values()]
    assert len(spoken) == len(set(spoken))
    assert named("publish") == "published"


def test_no_way_leads_round_the_gates() -> None:
    """Events are written in two places: as a report arrives, and behind the gates."""
    writing = {
        path.relative_to(CODE).as_posix()
        for path in CODE.rglob("*.py")
        if "insert_event(" in path.read_text(encoding="utf-8")
    }
    assert writing == {"cases/rows.py", "cases/store.py", "cases/history.py"}
    recorded = (CODE / "cases/history.py").read_text(encoding="utf-8")
    assert recorded.index("before = vet(") < recorded.index("rows.insert_event(")
