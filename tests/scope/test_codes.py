"""The table of codes, held to what the engine does."""

import ast
from pathlib import Path
from typing import Any

import pytest

import scope
from scope import Verdict
from scope.codes import CODES

SOURCES = [path for path in Path(scope.__path__[0]).rglob("*.py") if path.stem != "codes"]


def raised() -> set[str]:
    """Return the codes of all errors about targets, as the sources write them."""
    calls = (
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InvalidTarget"
    )
    return {
        str(keyword.value.value)
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }


def test_every_code_is_shown_by_a_vector(verdicts: list[Verdict]) -> None:
    """What the table has, the engine says of some target; and it says nothing else."""
    assert {each.code for each in verdicts} == set(CODES)


def test_a_code_has_one_ruling(verdicts: list[Verdict]) -> None:
    """A program that knows the code knows the ruling."""
    assert all(CODES[each.code].ruling is each.ruling for each in verdicts)


@pytest.mark.thorough
def test_every_error_about_a_target_is_in_the_table() -> None:
    """No source raises a code that the table lacks."""
    assert raised() <= set(CODES)
    assert {code for code, each in CODES.items() if each.ruling.value == "invalid"} <= raised()


def test_every_code_has_a_meaning(vectors: list[dict[str, Any]]) -> None:
    """One sentence each; and the vectors are not a handful."""
    assert all(each.meaning.endswith(".") for each in CODES.values())
    assert len(vectors) > 400
