"""The form: what a policy asks, in the order people answer it."""

from pathlib import Path

import pytest

from portal.intake.form import Form
from portal.policy.field import SECTIONS
from portal.policy.fields import FIELDS
from portal.policy.pack import Policy

POLICIES = Path(__file__).parents[3] / "policies"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"


def form(more: str = "") -> Form:
    """Return the form of a small policy."""
    return Form.of(Policy.parse(SMALLEST + more))


def test_the_sections_come_in_the_order_of_answering() -> None:
    """Target, finding, evidence, you, conduct, review; each has a heading."""
    assert [section.id for section in form().sections] == list(SECTIONS)
    assert all(section.title for section in form().sections)


def test_a_policy_that_asks_nothing_gets_the_plain_form() -> None:
    """Only a title is required; what only some policies have reason to ask is hidden."""
    strengths = {asked.field.id: asked.strength for asked in form().fields}
    assert [name for name, strength in strengths.items() if strength == "required"] == ["title"]
    assert not strengths.keys() & {"full_name", "credit", "effort_hours", "data_held"}


def test_a_policy_changes_what_is_asked() -> None:
    """A pack can require, hide and annotate any field, in short or in full."""
    changed = form(
        "[fields]\nsteps = 'required'\nhandle = 'hidden'\nadvice = { note = 'Please do.' }\n"
        "credit = { strength = 'optional', note = 'If you like.' }\n"
    )
    asked = {one.field.id: one for one in changed.fields}
    assert asked["steps"].strength == "required"
    assert "handle" not in asked
    assert asked["credit"].note == "If you like."
    assert "advice" not in asked, "a note alone does not bring a hidden field out"


def test_methods_and_statements_are_told_apart() -> None:
    """What is asked about and what is confirmed are separate lists."""
    own = form(
        "[[conduct]]\nid = 'a'\nduty = 'must_not'\ntext = 'A.'\nmethod = true\n"
        "[[conduct]]\nid = 'b'\nduty = 'must'\ntext = 'B.'\nattest = true\n"
        "confirm = 'I do B.'\n"
    )
    assert [clause.id for clause in own.methods] == ["a"]
    assert [clause.statement for clause in own.statements] == ["I do B."]


@pytest.mark.parametrize("pack", sorted(POLICIES.glob("*.toml")), ids=lambda pack: pack.stem)
def test_every_form_keeps_the_order_of_the_catalogue(pack: Path) -> None:
    """Whatever a policy asks, fields stand in the same order on every form."""
    shown = [asked.field.id for asked in Form.of(Policy.parse(pack.read_text("utf-8"))).fields]
    assert shown == [name for name in FIELDS if name in shown]


def test_a_policy_says_which_kinds_it_takes() -> None:
    """Without a word of it, full reports are all; what cannot wait is asked about anywhere."""
    plain = form()
    assert (plain.quick, plain.question) == (False, ())
    assert list(plain.urgent) == ["exposed", "exploited"]
    more = form("[reports]\nquick = true\nquestions = true\n")
    assert more.quick
    assert [asked.field.id for asked in more.question] == ["subject", "question", "contact"]


def test_clauses_may_be_shown_beside_tools() -> None:
    """Those that name tools, and every forbidden method."""
    own = form(
        "[[conduct]]\nid = 'a'\nduty = 'must'\ntext = 'A.'\ntools = ['nmap']\n"
        "[[conduct]]\nid = 'b'\nduty = 'must'\ntext = 'B.'\n"
        "[[conduct]]\nid = 'c'\nduty = 'must_not'\ntext = 'C.'\nmethod = true\n"
    )
    assert [clause.id for clause in own.tool_rules] == ["a", "c"]
