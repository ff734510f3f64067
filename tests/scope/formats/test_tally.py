"""How much of a scope was understood."""

import pytest

from scope import Rule
from scope.formats.listing import Listing, Remark
from scope.formats.tally import Fate, fate, tally, total
from scope.rule import Side
from scope.settings import Settings


@pytest.mark.parametrize(
    ("text", "side", "wanted"),
    [
        ("*.shop.example", "in", Fate.UNDERSTOOD),
        ("shop.example, cafe.example", "in", Fate.LIFTED),
        ("shop.example (our shop)", "in", Fate.LIFTED),
        ("shop.example (not the blog)", "in", Fate.REVIEW),
        ("shop.example (not the blog)", "out", Fate.LIFTED),
        ("shop-<name>.example", "out", Fate.REVIEW),
        ("*.com", "in", Fate.REVIEW),
        ("*.com", "out", Fate.UNDERSTOOD),
        ("Social engineering", "out", Fate.KEPT),
        ("/private/*", "out", Fate.UNDERSTOOD),
        ("/private/*", "in", Fate.KEPT),
        ("\u2588\u2588\u2588", "in", Fate.REDACTED),
    ],
)
def test_a_rule_is_counted_by_what_it_does(text: str, side: Side, wanted: Fate) -> None:
    """What became of a rule depends on its side: permits are read narrowly, exclusions widely."""
    assert fate(Rule(text), side, Settings()) is wanted


def test_nothing_is_left_out_of_a_count() -> None:
    """Every rule and every remark is counted, for people and for programs."""
    listing = Listing(
        "shop",
        (Rule("*.shop.example"), Rule("Our shops")),
        (Rule("old.shop.example"),),
        remarks=(Remark("empty-entry", "scopes 3", "The entry names nothing."),),
    )
    counted = tally(listing)
    assert counted.line() == "shop: 3 rules, 2 understood, 1 kept as notes, 1 empty-entry"
    assert counted.to_dict() == {
        "program": "shop",
        "rules": 3,
        "understood": 2,
        "lifted": 0,
        "review": 0,
        "kept": 1,
        "redacted": 0,
        "remarks": {"empty-entry": 1},
    }


def test_totals_add_up() -> None:
    """The sum of several programs counts each rule of each."""
    summed = total([tally(Listing("a", (Rule("a.example"),))), tally(Listing("b"))])
    assert summed.line() == "all programs: 1 rule, 1 understood"
