"""Expressions of other tools, read; their vectors are in tests/vectors/formats."""

import json
from pathlib import Path
from typing import Any

import pytest

from scope.formats import read

FILE = Path(__file__).parents[2] / "vectors" / "formats" / "expressions.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_expressions_rule_as_their_tool_does(row: dict[str, Any]) -> None:
    """What a tool excludes is never in scope, and what nobody can tell is left to a person."""
    (found,) = read(row["format"], json.dumps(row["given"]))
    scope = found.scope()
    assert {each: scope.check(each).ruling.value for each in row["rulings"]} == row["rulings"]


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_what_no_rule_says_has_a_remark(row: dict[str, Any]) -> None:
    """A rule with an open place never comes in silence."""
    (found,) = read(row["format"], json.dumps(row["given"]))
    rules = (*found.include, *found.exclude)
    assert any("<" in rule.pattern for rule in rules) is bool(found.remarks)
