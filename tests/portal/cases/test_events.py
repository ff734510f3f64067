"""Events: what may follow what, and the state that follows from them."""

import pytest

from portal.cases.events import STEPS, Event, check, named, state, verbs
from portal.errors import EventRefused
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
