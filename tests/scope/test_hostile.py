"""Nothing that anybody writes breaks a reader of scope, or holds it up.

No text and no JSON raises anything but an error of ours, and a text four times as long takes about
four times as long: there is no length at which a rule or a target becomes a weapon.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Facts, Question, Redirect, Rule, Scope, ScopeError, textfile
from scope.lint import lint
from scope.quick.batch import Block
from tests import hostile

pytestmark = pytest.mark.thorough

law = settings(max_examples=75, deadline=None)  # of each of many readers

# Rules that have much to compare a target with: stars in hosts and paths, on both sides.
TANGLED = Scope.from_rules(
    ["*.shop.com", "https://shop.com/" + "a*b*" * 30 + "c", "*.com/*a*b", "10.0.0.0/8"],
    ["*a*a*a*a*a*b.shop.com", "*/x*y*/z", "*%*", "10.0.0.1-9", "*.shop.*"],
)
SIEVE = TANGLED.sieve()

READERS: dict[str, Callable[[str], object]] = {
    "a target": TANGLED.check,
    "a target in the filter": SIEVE.ruling,
    "lines in the filter": lambda text: SIEVE.codes(Block(text.encode(errors="replace") + b"\n")),
    "a rule": lambda text: Scope.from_rules([text], [text]).check(text),
    "advice": lambda text: lint([Rule(text)], [Rule(text)]),
    "a file of rules": textfile.read,
    "a condition": lambda text: Rule("shop.com", when={"cname": [text], "resolves_to": [text]}),
    "a fact": lambda text: TANGLED.check("shop.com", facts=Facts(cnames=[text], ips=[text])),
}

LETTERS = st.text(
    "ab.*:/\\@?#[]()|{},;-%2fFexn \u00fc\u3002\u200b\ud800\x000x17\n\t!^$<>&'\"", max_size=60
)
TEXTS = LETTERS | st.text(max_size=60)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.just(date(2026, 1, 1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("reader", READERS)
def test_no_text_takes_more_than_its_length_is_worth(reader: str) -> None:
    """Work grows with the length of a text and not with its square."""

    def read(text: str) -> None:
        with suppress(ScopeError):
            READERS[reader](text)

    slow = {name: hostile.runs_away(read, shape) for name, shape in hostile.SHAPES.items()}
    assert {name: told for name, told in slow.items() if told} == {}


@pytest.mark.parametrize("reader", READERS)
@law
@given(TEXTS)
def test_no_text_raises_anything_but_our_errors(reader: str, text: str) -> None:
    """Whatever is pasted, a program that catches our errors has caught them all."""
    with suppress(ScopeError):
        READERS[reader](text)


@law
@given(st.dictionaries(st.sampled_from(["resolves_to", "cname", "tag", "from", "until"]), VALUES))
def test_no_condition_raises_anything_but_our_errors(when: dict[str, Any]) -> None:
    """A condition of the wrong shape is refused in words, whatever stands in it."""
    with suppress(ScopeError):
        Scope.from_rules([Rule("shop.com", when=when)]).check("shop.com")


@law
@given(VALUES, VALUES, VALUES, VALUES)
def test_no_fact_raises_anything_but_our_errors(ips: Any, cnames: Any, tags: Any, day: Any) -> None:
    """Facts come from other programs: a wrong one is refused in words."""
    with suppress(ScopeError):
        Facts(ips=ips, cnames=cnames, tags=tags, date=day)


@law
@given(TEXTS, TEXTS)
def test_no_question_or_redirect_raises_anything_but_our_errors(one: str, other: str) -> None:
    """Parts of a rule that are shown to people are refused in words too."""
    with suppress(ScopeError):
        Scope.from_rules([], [Rule(one, unless=(Question(one, other),))]).check(other)
    with suppress(ScopeError):
        Scope.from_rules([], [Rule(one, redirect=Redirect(one, other))]).check(other)


RULES: dict[str, Callable[[int], str]] = {
    "hosts": lambda number: f"h{number}.shop.com",
    "wildcards": lambda number: f"*.h{number}.shop.com",
    "one inside another": lambda number: "*." + "a." * (number % 60) + f"{number}.shop.com",
    "stars on one name": lambda number: f"a{number}-*.shop.com",
    "glued stars": lambda number: f"*x{number}shop.com",
    "any suffix": lambda number: f"shop{number}.*",
    "paths on one host": lambda number: f"shop.com/p{number}/*/x",
    "ports on one host": lambda number: f"shop.com:{number + 1}",
    "blocks": lambda number: f"10.{number % 256}.{number // 256}.0/24",
    "ranges": lambda number: f"10.{number}.0.7-10.{number}.9.9",
    "paths alone": lambda number: f"*/p{number}*/x",
    "apps": lambda number: f"android:com.shop.a{number}",
    "prose": lambda number: f"Shop number {number} is not ours",
}


@pytest.mark.parametrize("rule", RULES)
def test_many_rules_take_no_more_than_their_number_is_worth(rule: str) -> None:
    """Reading rules and asking about one target grows with the number of rules at most."""

    def read(text: str) -> None:
        names = [RULES[rule](number) for number in range(len(text) // 16)]
        scope = Scope.from_rules(names[::2], names[1::2])
        scope.check(names[0])
        scope.sieve().ruling("a1-b.shop.com")

    assert hostile.runs_away(read, lambda size: "x" * size) == ""
