"""Events: what may follow what, and the state that follows from them."""

import pytest

from portal.cases.events import REPORTER, Event, allowed, check, named, state, verbs
from portal.cases.steps import STEPS
from portal.errors import EventRefused
from portal.policy import desk
from tests.conftest import START


def history(*names: str) -> tuple[Event, ...]:
    """A history of these events."""
    return tuple(Event(name, START, "ada", {"expected": "2027-01-31"}) for name in names)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("received",), "received"),
        (("received", "acknowledged"), "acknowledged"),
        (("received", "acknowledged", "accepted", "updated"), "accepted"),
        (("received", "acknowledged", "accepted", "resolved", "closed"), "closed"),
    ],
)
def test_the_state_follows_from_the_events(names: tuple[str, ...], expected: str) -> None:
    """The last event that bears a state decides; an update does not change it."""
    assert state(history(*names)) == expected


@pytest.mark.parametrize(
    ("names", "then"),
    [
        (("received",), "assessed"),
        (("received",), "resolved"),
        (("received", "acknowledged"), "fixing"),
        (("received", "acknowledged"), "acknowledged"),
        (("received", "closed"), "acknowledged"),
        (("received", "closed"), "closed"),
        (("received", "acknowledged", "declined"), "accepted"),
    ],
)
def test_what_may_not_follow_is_refused(names: tuple[str, ...], then: str) -> None:
    """Too early, twice, or after the end: each is refused with what to do instead."""
    with pytest.raises(EventRefused) as refusal:
        check(history(then)[0], history(*names))
    assert refusal.value.hint


@pytest.mark.parametrize("data", [{}, {"expected": "soon"}, {"expected": ""}])
def test_an_assessment_names_a_date(data: dict[str, str]) -> None:
    """S1-16: an assessment without an expected date, or with none that is a date, is refused."""
    with pytest.raises(EventRefused):
        check(Event("assessed", START, "ada", data), history("received", "acknowledged"))


def test_staff_may_use_verbs_or_names() -> None:
    """`acknowledge` and `acknowledged` mean the same; nobody records an arrival by hand."""
    assert all(named(STEPS[named(verb)].verb) == named(verb) for verb in verbs())
    with pytest.raises(EventRefused):
        named("received")
    with pytest.raises(EventRefused):
        named("explode")


def test_packs_name_the_verbs_that_there_are() -> None:
    """A policy can leave to two people all that staff decide; an opening is a fact."""
    assert set(desk.VERBS) == set(verbs()) - {"open"}


@pytest.mark.parametrize("name", ["withdraw", "withdrawn", "ask-deletion", "delete", "deleted"])
def test_staff_do_not_speak_for_the_reporter(name: str) -> None:
    """What only the token's bearer asks for, and what only the portal does, staff cannot record."""
    with pytest.raises(EventRefused):
        named(name)


@pytest.mark.parametrize(
    ("names", "then"),
    [
        (("received", "opened"), "opened"),
        (("received",), "publication_agreed"),
        (("received",), "verified"),
        (("received",), "deleted"),
        (("received", "withdrawn"), "deleted"),
        (("received", "duplicate"), "acknowledged"),
        (("received", "deletion_asked", "deleted"), "closed"),
        (("received", "deletion_asked", "deleted"), "opened"),
    ],
)
def test_the_new_events_have_their_order_too(names: tuple[str, ...], then: str) -> None:
    """Nothing is opened twice, agreed before it was proposed, or added to what was deleted."""
    with pytest.raises(EventRefused):
        check(Event(then, START, "ada", {}), history(*names))


def test_a_case_that_ended_can_still_be_published_and_deleted() -> None:
    """The end of the work is not the end of what its reporter may ask for."""
    ended = history("received", "acknowledged", "closed")
    check(Event("publication_proposed", START, "ada", {"date": "2027-01-31"}), ended)
    for name in ("withdrawn", "deletion_asked"):
        check(Event(name, START, REPORTER), ended)
    assert "publication_proposed" in allowed(ended)
    assert "accepted" not in allowed(ended)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("updated", {"note": "the hole is in /login"}),
        ("updated", {"expected": "soon"}),
        ("updated", {"expected": "20270131"}),
        ("updated", {"received_at": "2020-01-01T00:00:00+00:00"}),
        ("updated", {"approved_by": "0123456789abcdef"}),
        ("duplicate", {"of": "the payment page"}),
        ("duplicate", {"of": ["aaaaa-aaaaa"]}),
        ("publication_proposed", {"date": "next week"}),
        ("publication_proposed", {"date": 20270131}),
        ("publication_proposed", {"date": "0001-01-01"}),
        ("publication_proposed", {"date": "9999-12-31"}),
        ("aware", {"at": "0001-01-01T00:00+14:00", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-11-22", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-11-22\u202e10:00Z", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-11-22\x1b10:00Z", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-W47-7T10:00Z", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-11-22T10:00+01:00:00.5", "reason": "clear-evidence"}),
        ("aware", {"at": "2026-11-22T10:00Z", "reason": ["clear-evidence"]}),
        ("rewarded", {"answer": "yes", "factors": {"value": ["high"]}}),
        ("rewarded", {"answer": "yes", "factors": {"The hole is in /login": "high"}}),
        ("closed", {"despite_held": "yes"}),
        ("notified", {"regime": "gdpr 33", "stage": "x", "at": "2026-11-22T10:00Z"}),
        ("verified", {"event": True}),
        ("verified", {"event": "1"}),
        ("verified", {"event": -1}),
        ("verified", {"event": 99}),
        ("verified", {"event": 1}),
    ],
)
def test_events_carry_no_words(name: str, data: dict[str, object]) -> None:
    """Only dates, numbers and names of reports are kept: words would be read by the server."""
    asked = (Event("received", START, REPORTER), Event("withdrawn", START, REPORTER))
    with pytest.raises(EventRefused) as refusal:
        check(Event(name, START, "ada", data), asked)
    assert refusal.value.hint


def test_what_a_token_asks_for_is_a_hint_until_it_is_verified() -> None:
    """An event made by token says so, and is verified once."""
    asked = (Event("received", START, REPORTER), Event("withdrawn", START, REPORTER))
    assert [event.hint for event in asked] == [False, True]
    verified = Event("verified", START, "ada", {"event": 2})
    check(verified, asked)
    with pytest.raises(EventRefused):
        check(verified, (*asked, verified))
