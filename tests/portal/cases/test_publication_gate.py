"""What the policy and the words of both sides allow about publication."""

from typing import Any

import pytest

from portal.errors import EventRefused
from tests.tales import May, Told

MINIMUM = '[disclosure]\ntext = "x"\nminimum = "90 calendar days"\n'
MAXIMUM = '[disclosure]\ntext = "x"\nmaximum = "6 weeks"\n'
ORDERED = '[disclosure]\ntext = "x"\nuntil = "resolved"\nnot_before = "resolved"\n'
TOGETHER = ORDERED + 'agreement = "both"\n'
PROPOSED = ("publication_proposed", 1, {"date": "2026-12-24"})
AGREED = ("publication_agreed", 2, {"message": 2})
COUNTERED = ("publication_countered", 2, {"date": "2027-01-10", "message": 2})
ACCEPTED = ("publication_accepted", 3, {"message": 2})
RESOLVED = (("acknowledged", 1), ("accepted", 1), ("resolved", 10))
LEAKED = ("leaked", 3, {"date": "2026-11-25", "reason": "third-party"})


@pytest.mark.parametrize(
    ("more", "events", "day", "date"),
    [
        ("", (), 1, "2026-11-23"),
        (MINIMUM, (), 91, "2027-02-21"),
        (MINIMUM, (PROPOSED, AGREED), 32, "2026-12-24"),
        (MINIMUM, (PROPOSED, LEAKED), 4, "2026-11-26"),
        (MAXIMUM, (), 1, "2026-11-23"),
        (ORDERED, RESOLVED, 10, "2026-12-02"),
        (ORDERED, (LEAKED,), 4, "2026-11-26"),
        (TOGETHER, (*RESOLVED, PROPOSED, AGREED), 32, "2026-12-24"),
        (TOGETHER, (*RESOLVED, COUNTERED, ACCEPTED), 49, "2027-01-10"),
        (TOGETHER, (LEAKED,), 4, "2026-11-26"),
    ],
)
def test_what_keeps_the_policy_is_published(
    told: Told, may: May, more: str, events: tuple[Any, ...], day: int, date: str
) -> None:
    """S1-21, S2-15: after the fix, after the window, or sooner where both sides agreed."""
    may(told(more, *events, day=day), "published", date=date)


@pytest.mark.parametrize(
    ("more", "events", "day", "date", "said"),
    [
        (MINIMUM, (), 89, "2027-02-19", "Saturday 20 February 2027, 24:00"),
        (MINIMUM, (), 90, "2027-02-20", "Saturday 20 February 2027, 24:00"),
        (MINIMUM, (), 95, "2027-02-20", "Saturday 20 February 2027, 24:00"),
        (MINIMUM, (PROPOSED,), 32, "2026-12-24", "asks for silence"),
        (MINIMUM, (PROPOSED, AGREED), 31, "2026-12-23", "agreed on Thursday 24 December 2026"),
        (MINIMUM, (PROPOSED, AGREED, COUNTERED), 32, "2026-12-24", "asks for silence"),
        (ORDERED, (), 200, "2027-06-10", "before the problem was resolved"),
        (ORDERED, RESOLVED, 11, "2026-12-01", "before the problem was resolved"),
        (ORDERED, (PROPOSED, AGREED), 32, "2026-12-24", "before the problem was resolved"),
        (TOGETHER, RESOLVED, 200, "2027-06-10", "both sides together"),
        (TOGETHER, (*RESOLVED, PROPOSED), 32, "2026-12-24", "both sides together"),
        (TOGETHER, (*RESOLVED, COUNTERED), 49, "2027-01-10", "both sides together"),
        ("", (), 1, "2026-11-24", "still to come"),
    ],
)
def test_what_breaks_the_policy_is_refused(
    told: Told, may: May, more: str, events: tuple[Any, ...], day: int, date: str, said: str
) -> None:
    """S1-20, S1-21, S2-15: before the fix, before the window is over, or by one side alone."""
    with pytest.raises(EventRefused, match=said) as refusal:
        may(told(more, *events, day=day), "published", date=date)
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("events", "name", "data"),
    [
        ((), "publication_countered", {"date": "2027-01-10", "message": 2}),
        ((PROPOSED,), "publication_agreed", {"message": 2}),
        ((PROPOSED,), "publication_declined", {"message": 2}),
        ((COUNTERED,), "publication_accepted", {"message": 2}),
        ((COUNTERED,), "publication_refused", {}),
        ((PROPOSED, AGREED), "publication_declined", {"message": 4}),
    ],
)
def test_an_answer_fits_the_newest_proposal(
    told: Told, may: May, events: tuple[Any, ...], name: str, data: dict[str, Any]
) -> None:
    """S1-20: both sides propose, counter, agree and decline, and the other side answers."""
    may(told("", *events, day=4), name, **data)


@pytest.mark.parametrize(
    ("events", "name", "data"),
    [
        ((PROPOSED, COUNTERED), "publication_agreed", {"message": 2}),
        ((COUNTERED, PROPOSED), "publication_accepted", {"message": 2}),
        ((COUNTERED,), "publication_accepted", {"message": 1}),
        ((COUNTERED, PROPOSED), "publication_refused", {}),
        ((), "publication_proposed", {"date": "2026-11-01"}),
        ((LEAKED,), "publication_proposed", {"date": "2027-01-01"}),
        ((("published", 1, {"date": "2026-11-23"}),), "publication_countered",
         {"date": "2027-01-01", "message": 2}),
        ((("published", 1, {"date": "2026-11-23"}),), "leaked",
         {"date": "2026-11-24", "reason": "attacker"}),
        ((), "leaked", {"date": "2027-11-24", "reason": "attacker"}),
    ],
)  # fmt: skip
def test_an_answer_to_another_proposal_is_refused(
    told: Told, may: May, events: tuple[Any, ...], name: str, data: dict[str, Any]
) -> None:
    """Nobody agrees to their own proposal, to an old one, or to what is public already."""
    with pytest.raises(EventRefused) as refusal:
        may(told("", *events, day=4), name, **data)
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("events", "name", "message", "said"),
    [
        ((PROPOSED, ("publication_declined", 2, {"message": 2})), "agreed", 3, "answered already"),
        ((PROPOSED, AGREED), "agreed", 3, "answered already"),
        ((COUNTERED, ("publication_refused", 3, {})), "accepted", 2, "answered already"),
        (
            (("publication_proposed", 1, {"date": "2026-12-24", "message": 5}),),
            "agreed",
            4,
            "older",
        ),
        (
            (("publication_proposed", 1, {"date": "2026-12-24", "message": 5}),),
            "declined",
            4,
            "older",
        ),
    ],
)
def test_an_old_word_never_agrees(
    told: Told, may: May, events: tuple[Any, ...], name: str, message: int, said: str
) -> None:
    """Who declined agrees to a new proposal alone, and nobody agrees before they are asked."""
    with pytest.raises(EventRefused, match=said):
        may(told("", *events, day=5), f"publication_{name}", message=message)
