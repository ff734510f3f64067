"""Publication: what the two sides said last, and what it is about."""

from datetime import date

import pytest

from portal.cases.events import Event
from portal.cases.publication import publication
from tests.conftest import START

PROPOSED = ("publication_proposed", {"date": "2027-01-31"})
COUNTERED = ("publication_countered", {"date": "2027-02-28", "message": 2})
AGREED = ("publication_agreed", {"message": 3})
ACCEPTED = ("publication_accepted", {"message": 2})
DECLINED = ("publication_declined", {"message": 3})
REFUSED: tuple[str, dict[str, object]] = ("publication_refused", {})
PUBLISHED = ("published", {"date": "2027-03-01"})
LEAKED = ("leaked", {"date": "2026-12-01", "reason": "attacker"})


@pytest.mark.parametrize(
    ("said", "state", "day"),
    [
        ((), "none", None),
        ((PROPOSED,), "proposed", "2027-01-31"),
        ((PROPOSED, AGREED), "agreed", "2027-01-31"),
        ((PROPOSED, DECLINED), "declined", "2027-01-31"),
        ((COUNTERED,), "countered", "2027-02-28"),
        ((PROPOSED, COUNTERED, ACCEPTED), "agreed", "2027-02-28"),
        ((PROPOSED, COUNTERED, REFUSED), "declined", "2027-02-28"),
        ((PROPOSED, AGREED, COUNTERED), "countered", "2027-02-28"),
        ((COUNTERED, ACCEPTED, PROPOSED), "proposed", "2027-01-31"),
        ((PROPOSED, AGREED, DECLINED), "declined", "2027-01-31"),
        ((PROPOSED, AGREED, PUBLISHED), "published", "2027-03-01"),
        ((PROPOSED, LEAKED), "leaked", "2026-12-01"),
        ((LEAKED, PUBLISHED), "published", "2027-03-01"),
    ],
)
def test_the_last_word_counts(
    said: tuple[tuple[str, dict[str, object]], ...], state: str, day: str | None
) -> None:
    """S1-20: an agreement holds for the newest proposal alone; a new one opens the question."""
    found = publication(Event(name, START, "ada", data) for name, data in said)
    assert found.state == state
    assert found.day == (date.fromisoformat(day) if day else None)


def test_a_proposal_is_somebodys() -> None:
    """Who has to answer depends on whose the newest proposal is."""
    events = [Event(name, START, "ada", data) for name, data in (PROPOSED, COUNTERED)]
    assert [publication(events[:count]).proposer for count in range(3)] == [
        None,
        "staff",
        "reporter",
    ]
    assert publication(events).message == 2
