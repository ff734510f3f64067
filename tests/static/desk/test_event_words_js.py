"""What an event carries, in words for staff."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
SAY = """
const { dataWords } = await load("js/desk/event-words.js")
return input.map(([event, before]) => dataWords(event, "Europe/Amsterdam", before))
"""


def carrying(data: dict[str, Any], **codes: str) -> dict[str, Any]:
    """An event as the portal gives it."""
    return {"data": data, "codes": codes}


def test_dates_codes_and_numbers_are_said(node: Node) -> None:
    """A code by its words, a moment with its zone, a date with its weekday; the rest stays out."""
    aware = {"at": "2026-11-24T08:00:00+00:00", "reason": "clear-evidence"}
    told = node(
        SAY,
        [
            [carrying(aware, reason="The evidence was clear"), None],
            [carrying({"date": "2027-01-31", "message": 3}), None],
            [carrying({"factors": {"value": "high", "effort": "low"}, "answer": "yes"},
                      answer="Yes"), None],
            [carrying({"approved_by": "0123456789abcdef"}), None],
        ],
    )  # fmt: skip
    assert told == [
        "It was Tuesday 24 November 2026, 09:00 Europe/Amsterdam. The evidence was clear.",
        "The day is Sunday 31 January 2027. As message 3 says.",
        "value: high, effort: low. Yes.",
        "",
    ]


def test_a_changed_date_shows_both(node: Node) -> None:
    """S2-11: staff, too, read the date that is expected now and the one before."""
    event = carrying({"expected": "2027-02-28"})
    told = node(SAY, [[event, None], [event, "2027-01-31"], [event, "2027-02-28"]])
    assert told == [
        "Expected by Sunday 28 February 2027.",
        "Expected by Sunday 28 February 2027. Before, it was Sunday 31 January 2027.",
        "Expected by Sunday 28 February 2027.",
    ]
