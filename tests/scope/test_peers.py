"""The cases that other tools publish with their tests, next to what we say.

Each row holds facts from a peer's tests or manual: rules, a target, and what the peer expects of
itself. Where we rule differently the row explains why.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from scope import Scope

PEERS = Path(__file__).parents[1] / "vectors" / "peers.jsonl"
CASES = [json.loads(line) for line in PEERS.read_text(encoding="utf-8").splitlines()]
NAMES = [f"{number}-{case['peer']}" for number, case in enumerate(CASES, 1)]
SAME = "the same on both sides"

# Why we may permit what a peer refuses: the peer cannot read the rule, or was told to ignore it.
GROUNDS = (
    "they refuse rules with a path and so lose them",
    "level 3 is a switch that turns blocks and wildcards off",
    "they take a URL without a path as leave for web requests alone",
)


def permits(side: str) -> bool:
    """Tell whether a ruling is a permission."""
    return side == "in"


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_published_case_gets_our_ruling(case: dict[str, Any]) -> None:
    """A peer's own example gets the ruling that is written down for it, quickly and carefully."""
    scope = Scope.from_rules(case["in"], case["out"])
    assert scope.check(case["target"]).ruling.value == case["ours"], case["why"]
    assert scope.sieve().ruling(case["target"]).value == case["ours"], case["why"]


def test_every_difference_is_explained() -> None:
    """Whoever compares the tools finds a reason beside every case on which they part."""
    for case in CASES:
        agreed = permits(case["theirs"]) is permits(case["ours"])
        assert agreed is (case["why"] == SAME), case
        assert case["why"], case


def test_what_a_peer_refuses_is_permitted_only_on_known_grounds() -> None:
    """Where we are bolder than a peer, it is on one of the few grounds that are written down."""
    bolder = [case for case in CASES if permits(case["ours"]) and not permits(case["theirs"])]
    assert bolder
    for case in bolder:
        assert case["why"].startswith(GROUNDS), case


def test_the_published_cases_are_those_of_many_tools() -> None:
    """No tool whose tests are public is left out."""
    counted = {peer: sum(case["peer"] == peer for case in CASES) for peer in _peers()}
    assert set(counted) >= {
        "hacker-scoper",
        "secator",
        "bbrf",
        "checkscope",
        "root4loot scope",
        "iqs",
        "nil0x42 inscope",
        "tomnomnom inscope",
        "katana",
    }
    assert len(CASES) > 250


def _peers() -> set[str]:
    return {case["peer"] for case in CASES}
