"""How publication and held data are told: with states, dates and sentences, for each side."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.cases.case import Case
from portal.cases.outlook import DataOutlook, PublicationOutlook
from tests.tales import Told

Pack = Callable[[str], str]
LEAKED = ("leaked", 3, {"date": "2026-11-25", "reason": "third-party"})


def sentences(case: Case) -> str:
    """What the reporter reads about publication."""
    return " ".join(PublicationOutlook.of(case, to="reporter").told)


def test_a_shortest_time_is_a_date(told: Told, pack: Pack) -> None:
    """S2-15: at least 90 days from 2026-11-22 are 2027-02-20, and then they are over."""
    before = PublicationOutlook.of(told(pack("onefactory"), day=1), to="reporter")
    assert before.earliest is not None
    assert before.earliest.date().isoformat() == "2027-02-20"
    assert "at least until Saturday 20 February 2027, 24:00" in " ".join(before.told)
    assert "at least until" not in sentences(told(pack("onefactory"), day=92))


def test_a_longest_time_sets_the_reporter_free(told: Told, pack: Pack) -> None:
    """S3-18: at most six weeks from 2026-11-22 are 2027-01-03; then the reporter is free."""
    waiting = told(pack("iwelcome"), day=42)
    assert "at most until Sunday 3 January 2027, 24:00" in sentences(waiting)
    assert not PublicationOutlook.of(waiting, to="reporter").free
    over = told(pack("iwelcome"), day=43)
    assert "You are free to publish." in sentences(over)
    staff = PublicationOutlook.of(over, to="staff")
    assert staff.free
    assert "The reporter is free to publish." in " ".join(staff.told)


def test_silence_without_end_shows_a_state_and_no_date(told: Told, pack: Pack) -> None:
    """S1-2: “until resolved” is no date, so none is shown; the state is."""
    found = PublicationOutlook.of(told(pack("unnamed"), day=400), to="reporter")
    assert found.endless
    assert not found.free
    assert (found.earliest, found.latest) == (None, None)
    assert "until the problem is fixed. There is no date" in " ".join(found.told)


def test_a_silent_policy_asks_for_nothing(told: Told, pack: Pack) -> None:
    """S0-19: where a policy does not speak of publication, no window is made up."""
    found = PublicationOutlook.of(told(pack("integratpark"), day=1), to="reporter")
    assert found.told[1:] == ("The policy does not say anything about publication.",)
    assert (found.earliest, found.latest, found.endless, found.free) == (None, None, False, False)


@pytest.mark.parametrize("name", ["onefactory", "iwelcome", "unnamed", "integratpark", "example"])
def test_a_leak_ends_what_was_asked(told: Told, pack: Pack, name: str) -> None:
    """Once it is public, nobody is held to silence, whatever the policy asked."""
    found = PublicationOutlook.of(told(pack(name), LEAKED, day=4), to="reporter")
    assert found.free
    assert found.state == "leaked"
    assert len(found.told) == 1


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((), "Nobody has proposed"),
        ((("publication_proposed", 1, {"date": "2027-01-31"}),), "Your answer is open"),
        (
            (("publication_countered", 1, {"date": "2027-01-31", "message": 2}),),
            "The answer of staff is open",
        ),
    ],
)
def test_each_side_reads_who_has_to_answer(told: Told, events: tuple[Any, ...], said: str) -> None:
    """Proposals of either side name their day and the side that has not answered."""
    assert said in sentences(told("", *events, day=2))


def test_data_that_is_held_goes_step_by_step(told: Told, pack: Pack) -> None:
    """S3-12, S3-13: held, then asked to be deleted, then deleted; each state is told."""
    steps: list[Any] = [
        ("data_held", 1),
        ("data_deletion_asked", 2),
        ("data_deleted", 3, {"message": 2}),
    ]
    cases = [told(pack("iwelcome"), *steps[:count], day=4) for count in range(4)]
    found = [DataOutlook.of(case, to="reporter") for case in cases]
    assert [one.state for one in found] == ["none", "held", "asked", "deleted"]
    assert "delete the data you hold for good" in found[2].told[-1]
    assert found[2].statement
    assert len(found[0].told) == 1  # the policy's own words, and nothing made up


def test_a_policy_that_is_silent_about_data_says_so(told: Told) -> None:
    """No statement is asked for where the policy asks for none."""
    found = DataOutlook.of(told("", day=1), to="reporter")
    assert (found.statement, found.clause) == (None, None)
    assert found.told == ("The policy does not say anything about held data.",)


FIXED = (("acknowledged", 1), ("accepted", 1), ("resolved", 5))
UNTIL = '[disclosure]\ntext = "x"\nuntil = "resolved"\n'


@pytest.mark.parametrize(
    ("more", "day", "free"),
    [
        (UNTIL, 4, False),
        (UNTIL, 6, True),
        (UNTIL + 'agreement = "both"\n', 6, False),
        (UNTIL + 'minimum = "30 calendar days"\n', 6, False),
        (UNTIL + 'minimum = "30 calendar days"\n', 31, True),
        (UNTIL + 'maximum = "3 calendar days"\nagreement = "both"\n', 4, True),
    ],
)
def test_who_waited_long_enough_is_free(told: Told, more: str, day: int, free: bool) -> None:
    """S1-20: the fix ends the request, but not the word that both sides decide together."""
    case = told(more, *(FIXED if day > 5 else ()), day=day)
    found = PublicationOutlook.of(case, to="reporter")
    assert found.free is free
    assert ("You are free to publish." in " ".join(found.told)) is free
