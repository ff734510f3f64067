"""The reporter's timeline: what they read, and what stays with the staff."""

import pytest

from portal.cases.steps import STEPS
from portal.cases.timeline import timeline
from tests.tales import Told


def test_what_is_for_staff_stays_with_staff(told: Told) -> None:
    """Awareness, notices, decisions by law and sharing are in no timeline of a reporter."""
    private = [name for name, step in STEPS.items() if step.private]
    assert {"aware", "material", "notified", "reportable", "shared_with"} <= set(private)
    case = told("", *((name, 1) for name in private), ("updated", 2), day=3)
    assert [one.name for one in timeline(case)] == ["received", "updated"]


def test_a_changed_date_shows_both(told: Told) -> None:
    """S2-11: when the expected date changes, the reporter reads the new one and the old one."""
    case = told(
        "",
        ("acknowledged", 1),
        ("assessed", 2, {"expected": "2027-01-31"}),
        ("updated", 3, {"expected": "2027-01-31"}),
        ("updated", 4, {"expected": "2027-02-28"}),
        ("updated", 5),
    )
    assert [one.note for one in timeline(case)[2:]] == [
        "Staff expect it to be fixed by 2027-01-31.",
        "Staff expect it to be fixed by 2027-01-31.",
        "Staff expect it to be fixed by 2027-02-28; before, it was 2027-01-31.",
        None,
    ]


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        (
            "clock_paused",
            {"clock": "ack", "reason": "waiting-for-reporter"},
            "Confirmation of receipt: waiting for you.",
        ),
        ("clock_resumed", {"clock": "ack"}, "Confirmation of receipt."),
        ("publication_countered", {"date": "2027-01-31"}, "The date is Sunday 31 January 2027."),
        ("leaked", {"date": "2027-01-31", "reason": "own-mistake"},
         "The date is Sunday 31 January 2027."),
        ("rewarded", {"answer": "no", "factors": {"effort": "low"}}, "They decided to give none."),
    ],
)  # fmt: skip
def test_an_event_says_what_it_carries(
    told: Told, name: str, data: dict[str, object], note: str
) -> None:
    """In words for the reporter: why a clock stands still, which day, whether a reward."""
    assert timeline(told("", (name, 1, data)))[-1].note == note
