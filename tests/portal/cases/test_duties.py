"""Duties: what staff recorded about the law, and the dates that follow from it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.cases.duties import facts, legal, plain_duty
from portal.cases.events import Event
from portal.policy.calendars import Calendar
from portal.policy.legal import LegalDeadline
from portal.policy.pack import Policy
from tests.actors import DAY
from tests.conftest import START

LAWS = """
[authorities]
text = "We notify authorities as the law demands."
regimes = ["cra-14-vulnerability", "gdpr-33", "bod-20-01"]
"""


def event(name: str, day: float, **data: Any) -> Event:
    """Return an event some days after the receipt."""
    return Event(name, START + day * DAY, "ada", data)


def at(day: float) -> str:
    """Return a time some days after the receipt, as staff record it."""
    return (START + day * DAY).isoformat()


@pytest.fixture
def policy(pack: Callable[[str], str]) -> Policy:
    """A policy whose organisation lives under three laws."""
    return Policy.parse(pack("onefactory") + LAWS)


def duties(policy: Policy, *events: Event, day: float = 1) -> dict[str, LegalDeadline]:
    """Return the duties on a day, by their laws and stages."""
    calendar = Calendar.of(policy.calendar, start=START.date()).frozen()
    history = (event("received", 0), *events)
    found = legal(policy, history, calendar, now=START + day * DAY)
    return {f"{one.regime} {one.stage}": one for one in found}


def test_what_staff_record_is_kept_apart() -> None:
    """Receipt, first opening, awareness, measure, materiality, notices: none stands for another."""
    found = facts(
        [
            event("received", 0),
            event("opened", 1),
            event("opened", 9),
            event("aware", 5, at=at(2), reason="clear-evidence"),
            event("measure_available", 6, at=at(4)),
            event("material", 6, at=at(3)),
            event("notified", 6, regime="gdpr-33", stage="notification", at=at(5)),
        ]
    )
    times = (found.received, found.first_opened, found.aware, found.material)
    assert times == tuple(START + day * DAY for day in (0, 1, 2, 3))
    assert found.measure_available == START + 4 * DAY
    assert found.notified == {("gdpr-33", "notification"): START + 5 * DAY}


def test_a_slip_is_put_right_by_recording_it_again() -> None:
    """What was recorded last counts, even if it lies earlier."""
    slip = event("aware", 5, at=at(4), reason="clear-evidence")
    right = event("aware", 6, at=at(3), reason="clear-evidence")
    assert facts([event("received", 0), slip, right]).aware == START + 3 * DAY


def test_a_report_alone_starts_no_duty(policy: Policy) -> None:
    """Until a person says so there is the worst case, and nothing runs."""
    found = duties(policy, day=30)
    notice = found["gdpr-33 notification"]
    assert (str(notice.state), notice.due) == ("pending", None)
    assert notice.worst_case == START + 3 * DAY


def test_awareness_starts_the_duties(policy: Policy) -> None:
    """S3-7: recorded by a person with a time, which may lie before the record."""
    found = duties(policy, event("aware", 2, at=at(1), reason="clear-evidence"), day=2)
    assert found["gdpr-33 notification"].due == START + 4 * DAY
    assert found["cra-14-vulnerability early-warning"].due == START + 2 * DAY


def test_the_end_of_a_case_ends_no_duty(policy: Policy) -> None:
    """A closed case still has to be notified."""
    aware = event("aware", 1, at=at(1), reason="clear-evidence")
    assert duties(policy, aware, day=9) == duties(policy, aware, event("closed", 2), day=9)


def test_what_need_not_be_notified_has_no_dates(policy: Policy) -> None:
    """S3-7: a recorded “no” takes one law away, and a later “yes” brings it back."""
    no = event("reportable", 1, regime="gdpr-33", answer="no", reason="no-personal-data")
    yes = event("reportable", 2, regime="gdpr-33", answer="yes", reason="likely-risk")
    assert "gdpr-33 notification" not in duties(policy, no)
    assert "cra-14-vulnerability notification" in duties(policy, no)
    assert "gdpr-33 notification" in duties(policy, no, yes)


def test_targets_are_met_by_what_staff_do(policy: Policy) -> None:
    """BOD 20-01 asks for answers to the reporter: the first one counts."""
    found = duties(policy, event("acknowledged", 1), event("assessed", 20), day=30)
    assert found["bod-20-01 acknowledgement"].done == START + DAY
    assert str(found["bod-20-01 assessment"].state) == "late"


def test_without_a_law_in_the_policy_there_is_no_duty(pack: Callable[[str], str]) -> None:
    """Nothing is invented for an organisation that names no law."""
    assert duties(Policy.parse(pack("onefactory"))) == {}


def test_the_law_of_the_day_of_awareness_counts(policy: Policy) -> None:
    """Who was aware before the Cyber Resilience Act applied had no duty under it."""
    early = event("aware", 1, at="2026-09-10T12:00:00+02:00", reason="clear-evidence")
    assert not any(name.startswith("cra") for name in duties(policy, early))


def test_a_duty_is_plain_data(policy: Policy) -> None:
    """Every time has its offset; what is not known is null."""
    found = plain_duty(duties(policy)["gdpr-33 notification"])
    assert (found["state"], found["due"], found["done"], found["late_by"]) == (
        *("pending", None, None, None),
    )
    assert datetime.fromisoformat(found["worst_case"]) == START + 3 * DAY
