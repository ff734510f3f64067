"""What changed since a scope receipt was signed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.errors import StatementRefused
from portal.offline.changes import changed
from portal.offline.receipts import Proof
from scope import Question, Rule
from scope.formats.listing import Listing
from scope.formats.portico import Edition, Feed

SIGNED = datetime(2026, 11, 22, tzinfo=UTC)
CLAIMS: dict[str, Any] = {
    "program": "shop",
    "ruling": "in",
    "policy": {"version": 3, "sha256": "aa" * 32},
}
PROOF = Proof("scope receipt", CLAIMS, SIGNED)
RULES = Listing("Shop", (Rule("shop.example", when={"until": "2026-12-31"}),))
TODAY = date(2026, 11, 23)


def test_the_published_policy_is_compared() -> None:
    """Version and hash come with the scope; days are counted from today."""
    feed = Feed(RULES, "shop", Edition(4, "bb" * 32))
    found = changed(PROOF, target="shop.example", feed=feed, answers={}, today=TODAY)
    assert (found.then, found.now, found.same) == ("in", "in", False)
    late = changed(PROOF, target="shop.example", feed=feed, answers={}, today=date(2027, 1, 1))
    assert late.now == "unknown"


def test_the_same_policy_is_known_by_its_hash() -> None:
    """A version number alone proves nothing."""
    feed = Feed(RULES, "shop", Edition(3, "aa" * 32))
    assert changed(PROOF, target="shop.example", feed=feed, answers={}, today=TODAY).same


def test_another_programs_scope_is_refused() -> None:
    """A receipt of one program says nothing about the rules of another."""
    for program in ("bank", None):
        feed = Feed(RULES, program, Edition(4, "bb" * 32))
        with pytest.raises(StatementRefused, match="another program"):
            changed(PROOF, target="shop.example", feed=feed, answers={}, today=TODAY)


def test_rules_that_cannot_be_used_are_refused() -> None:
    """Rules that contradict themselves rule on nothing."""
    broken = Listing("Shop", (Rule("shop.example", unless=(Question("q", "Why?"),)),))
    with pytest.raises(StatementRefused, match="questions or a redirect"):
        changed(PROOF, target="shop.example", feed=Feed(broken, "shop"), answers={}, today=TODAY)
