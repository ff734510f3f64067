"""What is shown and asked for each kind of delivery, apart from the page."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

SHOWN = """
const { isShown } = await load("js/form-kinds.js")
return input.fields.filter((field) => isShown(field, input.choice)).map(({ id }) => id)
"""
FIRST = """
const { firstKind } = await load("js/form-kinds.js")
return input.map(([hash, offered]) => firstKind(hash, offered))
"""
FLAGS = """
const { flagsOf } = await load("js/form-kinds.js")
return input.map((kind) => flagsOf({ exposed: true, exploited: true }, kind))
"""
SEALED = """
const { sealedAnswers } = await load("js/form-kinds.js")
return sealedAnswers(input)
"""
FIELDS = [
    {"id": "location", "strength": "optional", "occasion": "", "answered": False},
    {"id": "title", "strength": "required", "occasion": "", "answered": False},
    {"id": "exposed_data", "strength": "requested", "occasion": "exposed", "answered": False},
    {"id": "exploited_signs", "strength": "requested", "occasion": "exploited", "answered": False},
    {"id": "steps", "strength": "required", "occasion": "", "answered": False},
    {"id": "impact", "strength": "requested", "occasion": "", "answered": True},
    {"id": "subject", "strength": "required", "occasion": "question", "answered": False},
]


@pytest.mark.parametrize(
    ("kind", "exposed", "unfolded", "shown"),
    [
        ("report", False, False, ["location", "title", "steps", "impact"]),
        ("report", True, False, ["title", "exposed_data", "steps", "impact"]),
        ("report", True, True, ["location", "title", "exposed_data", "steps", "impact"]),
        ("quick", False, False, ["title"]),
        ("quick", True, False, ["title", "exposed_data"]),
        ("question", False, False, ["subject"]),
    ],
)
def test_each_kind_shows_what_it_asks_for(
    node: Node, kind: str, exposed: bool, unfolded: bool, shown: list[str]
) -> None:
    """When it is urgent, what only helps is folded away, but never what somebody wrote."""
    flags = {"exposed": exposed, "exploited": False}
    choice = {"kind": kind, "flags": flags, "asks": flags, "unfolded": unfolded}
    assert node(SHOWN, {"fields": FIELDS, "choice": choice}) == shown


def test_an_address_can_name_the_kind(node: Node) -> None:
    """As “ask first” does; what the policy does not take leads to a full report."""
    cases = [["#question", ["report", "question"]], ["#question", []], ["", ["report", "quick"]]]
    assert node(FIRST, cases) == ["question", "report", "report"]


def test_a_question_has_no_ticks(node: Node) -> None:
    """Whatever was ticked before somebody turned to asking."""
    yes, no = ({"exposed": value, "exploited": value} for value in (True, False))
    assert node(FLAGS, ["report", "quick", "question"]) == [yes, yes, no]


def test_a_question_is_sealed_under_the_names_of_a_report(node: Node) -> None:
    """So that whoever reads it finds a title, and an address to answer to."""
    assert node(SEALED, {"subject": "a", "question": "b", "contact": "c"}) == {
        "title": "a",
        "question": "b",
        "contact_email": "c",
    }
