"""Vectors of the scope: one JSON object a line, each with its reason.

``area``, ``in`` and ``out`` (rules), ``target``, ``ruling`` and ``why`` are always there,
``facts``, ``answers``, ``settings`` and ``code`` where they matter.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scope import Facts, Question, Redirect, Rule, Scope, Verdict

VECTORS = Path(__file__).parents[1] / "vectors" / "scope.jsonl"
Judge = Callable[[dict[str, Any], Scope, Verdict], object]


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


def facts_of(vector: dict[str, Any]) -> Facts:
    """Build the facts that a vector knows; a day is written as text."""
    given = dict(vector.get("facts", {}))
    day = given.pop("date", None)
    return Facts(**given, date=date.fromisoformat(day) if day else None)


def verdict_of(vector: dict[str, Any]) -> Verdict:
    """Check the target of a vector, with all that the vector knows."""
    return scope_of(vector).check(
        vector["target"], facts=facts_of(vector), answers=vector.get("answers", {})
    )


def failures(vectors: list[dict[str, Any]], judge: Callable[[dict[str, Any]], object]) -> list[str]:
    """Say which vectors a judge finds something wrong with: line, what is wrong, and why not."""
    found = ((each, judge(each)) for each in vectors)
    return [f"line {each['line']}: {wrong} ({each['why']})" for each, wrong in found if wrong]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that asks for an ``area`` every one of them, to go through its vectors."""
    if "area" in metafunc.fixturenames:
        metafunc.parametrize("area", dict.fromkeys(each["area"] for each in read_vectors()))


@cache
def read_vectors() -> tuple[dict[str, Any], ...]:
    """Read all vectors, each with its line."""
    lines = enumerate(VECTORS.read_text(encoding="utf-8").splitlines(), 1)
    return tuple({**json.loads(text), "line": number} for number, text in lines)


@pytest.fixture(scope="session")
def vectors() -> list[dict[str, Any]]:
    """Read all vectors."""
    return list(read_vectors())


@pytest.fixture(scope="session")
def verdicts(vectors: list[dict[str, Any]]) -> list[Verdict]:
    """Check the target of every vector."""
    return [verdict_of(each) for each in vectors]


@pytest.fixture
def of_area(area: str) -> list[dict[str, Any]]:
    """Return the vectors of one area."""
    return [each for each in read_vectors() if each["area"] == area]


@pytest.fixture
def wrong(of_area: list[dict[str, Any]]) -> Callable[[Judge], list[str]]:
    """Return what goes through an area: each failure with the line of its vector, and the reason.

    A judge gets a vector, its scope and its verdict, and says what is wrong with them, if anything.
    """

    def through(judge: Judge) -> list[str]:
        return failures(of_area, lambda each: judge(each, scope_of(each), verdict_of(each)))

    return through
