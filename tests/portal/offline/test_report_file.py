"""Reading report.md: the form of every pack comes back as it was filled in."""

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import house
from portal.cases.program import Program
from portal.intake import by_hand
from portal.intake.form import Form
from portal.offline.report_file import read
from portal.policy.field import Asked
from portal.policy.pack import Policy

PACKS = sorted(path.stem for path in house.folder("policies").glob("*.toml"))
# Lines that are a part of the form's own grammar; an answer with them is another text.
GRAMMAR = re.compile(r"\s*(#|<!--|`{3}|~{3})")
WORDS = (
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80)
    .map(str.strip)
    .filter(lambda text: not any(GRAMMAR.match(line) for line in text.split("\n")))
)
CODE = "```sh\n# Title\n<!-- kept -->\n- x (no-clause)\n```"


@cache
def form(pack: str) -> Form:
    """Return the form of a shipped pack."""
    text = (house.folder("policies") / f"{pack}.toml").read_text(encoding="utf-8")
    return Form.of(Policy.parse(text))


@cache
def template(pack: str) -> str:
    """Return the form of a shipped pack as a file to fill in."""
    text = (house.folder("policies") / f"{pack}.toml").read_text(encoding="utf-8")
    program: Any = Program(Policy.parse(text), policy_version=1, keyset=None)
    return by_hand.template(program, form(pack))


def questions(pack: str) -> list[Asked]:
    """Return the questions that stand in the file."""
    return [asked for asked in form(pack).fields if asked.field.kind != "files"]


def answered(text: str, heading: str, answer: str) -> str:
    """Write an answer below a heading and its note."""
    pattern = rf"(?ms)^{re.escape(heading)}\n\n<!--.*?-->"
    return re.sub(pattern, lambda match: f"{match[0]}\n\n{answer}\n", text, count=1)


def ticked(text: str, ids: set[str]) -> str:
    """Put an x into the brackets of these clauses, which may take several lines."""
    return re.sub(
        r"(?ms)^- \[ \] (.*?\(([a-z0-9-]+)\)\n)",
        lambda item: f"- [x] {item[1]}" if item[2] in ids else item[0],
        text,
    )


@pytest.mark.parametrize("pack", PACKS)
def test_an_untouched_form_answers_nothing(pack: str) -> None:
    """Headings and notes are no answers, and nothing is confirmed or owned up to in advance."""
    written = read(template(pack))
    assert written.fields == {}
    assert written.target == ""
    assert written.attested == written.used == ()


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_filled_in_comes_back(pack: str, data: st.DataObject) -> None:
    """Every answer, the target, and the clauses that were ticked, and nothing besides."""
    text, expected = template(pack), {}
    for asked in questions(pack):
        labels = {choice.label: choice.value for choice in asked.field.choices}
        answer = data.draw(st.sampled_from(["", *labels]) if labels else WORDS)
        text = answered(text, f"### {asked.field.label}", answer)
        if answer:
            expected[asked.field.id] = labels.get(answer, answer)
    target = data.draw(WORDS)
    text = answered(text, "### Target", target)
    clauses = [clause.id for clause in (*form(pack).statements, *form(pack).methods)]
    chosen = set(data.draw(st.lists(st.sampled_from(clauses)))) if clauses else set()
    written = read(ticked(text, chosen))
    yes_no = {asked.field.id for asked in questions(pack) if asked.field.kind == "yes_no"}
    for name in yes_no & expected.keys():
        expected[name] = {"yes": "yes", "no": "no"}.get(expected[name].casefold(), expected[name])
    assert written.fields == expected
    assert written.target == target
    assert written.attested == tuple(c.id for c in form(pack).statements if c.id in chosen)
    assert written.used == tuple(c.id for c in form(pack).methods if c.id in chosen)


def test_code_stays_as_it_is() -> None:
    """In a fence nothing is a heading, a note or a clause, whether it is closed or not."""
    for code in (CODE, f"~~~~\n{CODE}\n~~~~", CODE.removesuffix("```").strip()):
        written = read(f"### Title\n\nA door\n\n### Steps to reproduce\n\n{code}\n")
        assert written.fields == {"title": "A door", "steps": code}


def test_notes_may_take_several_lines_and_sit_in_an_answer() -> None:
    """A note goes wherever it stands in a form; one that never ends is text."""
    text = "### Impact\n\n<!-- one\n\n# Title\ntwo -->\nA\n<!-- three -->\nB\n<!-- open\n"
    assert read(text).fields == {"impact": "A\n\nB\n<!-- open"}


def test_free_text_is_kept_whole() -> None:
    """Without the form's headings everything goes to the steps, comments and all."""
    text = "Hello\n\n# Mine\r\nte\u200dxt\ufe0f\n<!-- mine -->"
    steps = "Hello\n\n# Mine\nte\u200dxt\ufe0f\n<!-- mine -->"
    assert read(text).fields == {"steps": steps}


def test_a_comment_that_is_the_finding_stays() -> None:
    """What looks like an instruction to a server, and not like a note, is evidence."""
    said = '<!--#exec cmd="id" -->'
    assert read(f"### Impact\n\n{said}\n").fields == {"impact": said}


def test_headings_of_sections_stand_in_no_answer() -> None:
    """Words between a section and its first question go to the steps."""
    text = "### Impact\nBig.\n\n## You\n\nLoose words.\n\n### Handle or acronym (optional)\nada\n"
    fields = {"impact": "Big.", "steps": "Loose words.", "handle": "ada"}
    assert read(text).fields == fields


def test_lists_of_clauses_are_read_as_people_edit_them() -> None:
    """Boxes, long items and words of one's own: an empty box takes out, words are kept."""
    text = (
        "## What you confirm\n\n- [x] One\n  and more. (one)\n- [ ] Two. (two)\n* Three. (three)\n"
        "- No clause of theirs\n\nBut see below (really).\n\n## What you did all the same\n\n"
        "- Four. (four)\n- Four. (four)\nOnly once.\n"
    )
    written = read(text)
    assert written.attested == ("one", "three")
    assert written.used == ("four",)
    steps = "- No clause of theirs\n\nBut see below (really).\n\nOnly once."
    assert written.fields == {"steps": steps}


def test_an_address_for_answers_is_passed_on() -> None:
    """It stands with the remarks: the command has no other place for it."""
    text = "### Anything else\n\nThanks.\n\n## How staff can answer\n\nage1abc\n"
    remarks = "Thanks.\n\nHow staff can answer: age1abc"
    assert read(text).fields == {"remarks": remarks}
