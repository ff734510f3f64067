"""Vectors of the scope: one JSON object a line, each with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from scope import Question, Redirect, Rule, Scope

VECTORS = Path(__file__).parents[1] / "vectors" / "scope.jsonl"


def rule(given: str | dict[str, Any]) -> str | Rule:
    """Build a rule from its vector form, in which questions and redirects are pairs."""
    if isinstance(given, str):
        return given
    fields = dict(given)
    fields["unless"] = tuple(Question(*pair) for pair in fields.get("unless", ()))
    fields["redirect"] = Redirect(*fields["redirect"]) if "redirect" in fields else None
    return Rule(**fields)


def scope_of(vector: dict[str, Any]) -> Scope:
    """Build the scope that a vector is about."""
    return Scope.from_rules(
        [rule(each) for each in vector["in"]],
        [rule(each) for each in vector["out"]],
        **vector.get("settings", {}),
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that asks for a ``vector`` every one of them."""
    if "vector" in metafunc.fixturenames:
        lines = VECTORS.read_text(encoding="utf-8").splitlines()
        vectors = [json.loads(line) for line in lines]
        names = [f"{number}-{each['area']}" for number, each in enumerate(vectors, 1)]
        metafunc.parametrize("vector", vectors, ids=names)


@pytest.fixture
def scope(vector: dict[str, Any]) -> Scope:
    """Build the scope that the vector is about."""
    return scope_of(vector)
