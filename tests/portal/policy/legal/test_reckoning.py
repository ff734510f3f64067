"""Legal clocks: started by people, counted as the law counts, and never the errors of guides."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import legal
from portal.policy.authorities import REGIMES
from portal.policy.deadline import State
from portal.policy.legal import Facts, LegalDeadline

VECTORS = Path(__file__).parents[3] / "vectors" / "clocks" / "legal.json"
CASES = json.loads(VECTORS.read_text("utf-8"))
ZONE = "Europe/Amsterdam"
RECEIVED = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = st.integers(0, 4 * 365 * 86_400).map(lambda n: RECEIVED + timedelta(seconds=n))


def duties(facts: Facts, *regimes: str, now: datetime = NOW) -> dict[str, LegalDeadline]:
    """Return the duties of some laws by their stages, or of all by law and stage."""
    found = legal.reckon(regimes or REGIMES, facts, on=TODAY, zone=ZONE, now=now)
    return {one.stage if len(regimes) == 1 else f"{one.regime} {one.stage}": one for one in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_duties_are_counted_as_the_law_counts(case: dict[str, Any]) -> None:
    """S3-7: hours from the moment, days and months from the next day, offices by their own days."""
    times = {name: datetime.fromisoformat(text) for name, text in case["facts"].items()}
    notified = {
        (case["regime"], stage): datetime.fromisoformat(text)
        for stage, text in case.get("notified", {}).items()
    }
    facts = Facts(**{"received": RECEIVED, **times}, notified=notified)
    found = legal.reckon(
        [case["regime"]],
        facts,
        on=date(2026, 11, 22),
        zone=case["zone"],
        now=NOW,
        country=case.get("country"),
    )
    ends = {one.stage: one.due and one.due.isoformat() for one in found}
    assert ends[case["stage"]] == case["due"]


def test_only_a_person_starts_a_clock() -> None:
    """A report that was received and opened starts no duty of a law, however long it lies there."""
    facts = Facts(RECEIVED, first_opened=RECEIVED + DAY, measure_available=RECEIVED + 2 * DAY)
    for name, duty in duties(facts, now=RECEIVED + 400 * DAY).items():
        if not name.startswith("bod-20-01"):
            assert (duty.state, duty.due, duty.late_by) == (State.PENDING, None, None), name


def test_a_score_is_no_fact() -> None:
    """Guides start the clock at a CVSS score of 7; there is nowhere here to put one."""
    assert set(Facts.__dataclass_fields__) == {
        *("received", "first_opened", "aware", "measure_available", "material", "notified")
    }


def test_until_awareness_the_worst_case_is_shown() -> None:
    """Nobody knows yet; the dates say what holds if staff were aware at receipt, or at opening."""
    opened = RECEIVED + 3 * HOUR
    found = duties(Facts(RECEIVED, first_opened=opened), "cra-14-vulnerability")
    warning = found["early-warning"]
    assert warning.worst_case == RECEIVED + DAY
    assert warning.explanation == (
        "24 hours after staff became aware. Nobody has recorded that staff became aware. "
        "If aware at receipt (Friday 20 November 2026, 17:00 Europe/Amsterdam): "
        "due Saturday 21 November 2026, 17:00 Europe/Amsterdam. "
        "If aware when first opened (Friday 20 November 2026, 20:00 Europe/Amsterdam): "
        "due Saturday 21 November 2026, 20:00 Europe/Amsterdam."
    )
    assert found["final-report"].worst_case is None


def test_awareness_takes_the_place_of_the_worst_case() -> None:
    """Once a person has said when, that is what counts; receipt and opening stay what they were."""
    aware = RECEIVED + 30 * HOUR
    found = duties(Facts(RECEIVED, RECEIVED + HOUR, aware), "gdpr-33")["notification"]
    assert (found.state, found.due, found.worst_case) == (State.RUNNING, aware + 3 * DAY, None)
    assert "In law the hour of the event does not count" in found.explanation


def test_the_final_report_does_not_run_from_awareness() -> None:
    """Guides say 14 days after awareness; the law says after a measure is available."""
    aware = Facts(RECEIVED, aware=RECEIVED)
    late = duties(aware, "cra-14-vulnerability", now=RECEIVED + 100 * DAY)["final-report"]
    assert (late.state, late.due) == (State.PENDING, None)
    fixed = replace(aware, measure_available=RECEIVED + 40 * DAY)
    found = duties(fixed, "cra-14-vulnerability", now=RECEIVED + 41 * DAY)["final-report"]
    assert found.due is not None
    assert found.due.date() == date(2027, 1, 13)


def test_a_measure_alone_starts_nothing() -> None:
    """A fix comes out in most cases; only who is aware of an exploit has to report on it."""
    fixed = Facts(RECEIVED, measure_available=RECEIVED + DAY)
    found = duties(fixed, "cra-14-vulnerability", now=RECEIVED + 90 * DAY)["final-report"]
    assert (found.state, found.due) == (State.PENDING, None)
    assert found.worst_case is not None
    assert found.worst_case.date() == date(2026, 12, 7)  # 14 days later, and not on a Saturday
    assert "If they are (Saturday 21 November 2026, 17:00" in found.explanation


def test_a_measure_from_before_awareness_is_read_to_the_letter() -> None:
    """The earlier date is shown, and that this needs advice."""
    facts = Facts(RECEIVED, aware=RECEIVED + 5 * DAY, measure_available=RECEIVED)
    found = duties(facts, "cra-14-vulnerability")["final-report"]
    assert found.due is not None
    assert found.due.date() == date(2026, 12, 4)
    assert found.explanation.endswith("Ask for legal advice.")


def test_the_report_on_an_incident_runs_from_the_notification() -> None:
    """One month after it was submitted; neither after awareness nor after it was due."""
    submitted = RECEIVED + 5 * HOUR
    facts = Facts(RECEIVED, aware=RECEIVED)
    assert duties(facts, "cra-14-incident")["final-report"].due is None
    sent = replace(facts, notified={("cra-14-incident", "notification"): submitted})
    found = duties(sent, "cra-14-incident")
    assert found["notification"].state is State.MET
    assert found["notification"].done == submitted
    assert found["final-report"].due is not None
    assert found["final-report"].due.date() == date(2026, 12, 21)  # the 20th is a Sunday
    assert "Sunday 20 December 2026 is no working day" in found["final-report"].explanation


def test_a_notice_to_one_authority_is_none_to_another() -> None:
    """What was submitted under one law leaves the others open."""
    facts = Facts(RECEIVED, aware=RECEIVED, notified={("nis2-23", "notification"): NOW})
    found = duties(facts)
    assert found["nis2-23 notification"].state is State.MET
    assert found["gdpr-33 notification"].state is State.RUNNING


def test_a_missed_duty_is_late_by_the_hour() -> None:
    """Late is said with a number, while it lasts and when it was done after all."""
    facts, due = Facts(RECEIVED, aware=RECEIVED), RECEIVED + DAY
    open_still = duties(facts, "nis2-23", now=due + 3 * HOUR)["early-warning"]
    assert (open_still.state, open_still.late_by) == (State.LATE, "3 hours")
    done = replace(facts, notified={("nis2-23", "early-warning"): due + 5 * HOUR})
    assert duties(done, "nis2-23")["early-warning"].late_by == "5 hours"
    assert duties(facts, "nis2-23", now=due)["early-warning"].state is State.RUNNING


def test_materiality_starts_the_form_and_nothing_else_does() -> None:
    """The Commission's four days run from the determination, not from discovery or awareness."""
    assert duties(Facts(RECEIVED, aware=RECEIVED), "sec-8k-105")["form-8k"].due is None
    decided = duties(Facts(RECEIVED, material=RECEIVED), "sec-8k-105")["form-8k"]
    assert decided.due is not None
    assert decided.due.isoformat() == "2026-11-27T17:30:00-05:00"  # Thanksgiving is off


def test_what_is_no_law_yet_is_left_out() -> None:
    """A day before it applies, the Cyber Resilience Act demands nothing."""
    facts = Facts(RECEIVED, aware=RECEIVED)
    found = legal.reckon(
        ["cra-14-incident", "gdpr-33"], facts, on=date(2026, 9, 10), zone=ZONE, now=NOW
    )
    assert [one.regime for one in found] == ["gdpr-33"]


def test_every_duty_says_where_the_law_stands() -> None:
    """Each date can be looked up."""
    for duty in duties(Facts(RECEIVED)).values():
        assert duty.source
        assert duty.name
        assert duty.explanation


@given(first=TIMES, second=TIMES)
@settings(max_examples=60, deadline=None)
def test_later_facts_are_never_due_earlier(first: datetime, second: datetime) -> None:
    """Duties keep the order of what starts them."""
    early, late = (_all_started(when) for when in sorted((first, second)))
    for name, duty in early.items():
        assert duty.due is not None
        other = late[name].due
        assert other is not None
        assert duty.due.astimezone(UTC) <= other.astimezone(UTC), name


@given(start=TIMES)
@settings(max_examples=60, deadline=None)
def test_no_period_in_days_or_months_ends_on_a_weekend(start: datetime) -> None:
    """Article 3(4): final reports are due on working days; hours run through everything."""
    for name, duty in _all_started(start).items():
        assert duty.due is not None
        if name.endswith(("final-report", "form-8k")):
            assert duty.due.weekday() < 5, name
        elif name.endswith("early-warning"):
            assert duty.due.astimezone(UTC) - start == DAY


def _all_started(when: datetime) -> dict[str, LegalDeadline]:
    """Return the duties of all laws, everything having happened at one moment."""
    submitted = {(one, "notification"): when for one in REGIMES}
    return duties(Facts(when, when, when, when, when, submitted))
