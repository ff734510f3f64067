"""What a verdict says beyond its ruling: sides, parts, what gave way, and what is mentioned."""

import json

import pytest

from scope import Facts, Question, Rule, Scope
from scope.verdict import SetAside

DATA = Question("data", "Is data involved?")


def test_the_deciding_rule_says_where_it_is_from() -> None:
    """Side, source and line, or the asset's id on a platform, are with the rule and in JSON."""
    permit = Rule("*.shop.example", source="scope.txt", line=4)
    bar = Rule("old.shop.example", source="bugcrowd asset 77")
    scope = Scope.from_rules([permit], [bar])
    inner, outer = scope.check("a.shop.example"), scope.check("old.shop.example")
    assert inner.rule is not None
    assert outer.rule is not None
    assert (inner.rule.side, outer.rule.side) == ("in", "out")
    written = json.loads(json.dumps(inner.to_dict()))["rule"]
    assert (written["side"], written["source"], written["line"]) == ("in", "scope.txt", 4)
    assert outer.to_dict()["rule"]["source"] == "bugcrowd asset 77"


def test_one_rule_may_stand_on_both_sides() -> None:
    """The scope fills in the side and leaves the caller's rule as it was."""
    rule = Rule("shop.example")
    scope = Scope.from_rules([rule], [rule])
    assert (scope.include[0].side, scope.exclude[0].side, rule.side) == ("in", "out", None)


@pytest.mark.parametrize(
    ("rule", "target", "matched"),
    [
        ("shop.example", "shop.example", "the host shop.example"),
        ("*.shop.example", "a.shop.example", "every name below shop.example"),
        ("a.com, b.com", "b.com", "the host b.com"),
        ("*53.com", "www.53.com", "53.com and every name below it"),
        ("*53.com", "bank53.com", "the names that fit *53.com"),
        ("shop.*", "shop.de", "the names that fit shop.*"),
        ("192.0.2.0/24", "192.0.2.1", "the addresses 192.0.2.0/24"),
        ("192.0.2.1:8443", "192.0.2.1:8443", "the address 192.0.2.1, on port 8443"),
        ("a.com/a?q", "https://a.com/a?q", "the host a.com, at /a and below, with q in the query"),
        ("steam://shop.example", "steam://shop.example", "the host shop.example, by steam://"),
        ("android:com.shop.*", "android:com.shop.x", "the apps android:com.shop.*"),
        ("id1234567", "id1234567", "the app ios:1234567"),
        ("*", "shop.example", "every host"),
    ],
)  # fmt: skip
def test_the_part_that_matched_is_named(rule: str, target: str, matched: str) -> None:
    """Of a rule that stands for many things, the verdict names the one that counted."""
    assert Scope.from_rules([rule]).check(target).matched == matched


def test_each_exclusion_that_gave_way_says_to_what() -> None:
    """To a smaller rule, or to an answer."""
    permit, wide = Rule("a.shop.example"), Rule("*.shop.example")
    asking = Rule("a.shop.example", unless=(Question("other", "?"), DATA))
    scope = Scope.from_rules([permit, "*.example"], [wide, asking])
    verdict = scope.check("a.shop.example", answers={"data": True})
    assert set(verdict.overruled) == {SetAside(wide, by=permit), SetAside(asking, answer="data")}
    assert set(verdict.set_aside) == {wide, asking}
    written = [
        (each["by"] or {}).get("pattern", each["answer"]) for each in verdict.to_dict()["overruled"]
    ]
    assert sorted(written) == ["a.shop.example", "data"]


def test_notes_about_the_same_owner_are_mentioned() -> None:
    """Rules that decide nothing here and name the same owner's name are shown all the same."""
    notes = [Rule("Please be gentle with api.shop.co.uk"), Rule("\u2588\u2588.shop.co.uk")]
    others = [Rule("We love eshop.co.uk"), Rule("Our iPhone app"), Rule("www.shop.co.uk")]
    scope = Scope.from_rules(["*.shop.co.uk", *others], notes)
    for target in ("https://x.shop.co.uk/y", "shop.co.uk", "*.shop.co.uk"):
        assert set(scope.check(target).mentions) == set(notes), target
    assert scope.check("co.uk").mentions == ()
    assert scope.check("192.0.2.1").mentions == ()
    decided = scope.check("api.shop.co.uk")
    assert decided.rule == notes[0]
    assert decided.mentions == (notes[1],)
    assert decided.to_dict()["mentions"][0]["pattern"] == notes[1].pattern


def test_facts_show_in_the_json_of_a_verdict() -> None:
    """What was used, what is missing, and the condition of the rule itself."""
    scope = Scope.from_rules([Rule("*.shop.example", when={"tag": "live", "until": "2027-01-31"})])
    written = json.loads(
        json.dumps(scope.check("a.shop.example", facts=Facts(tags=["live"])).to_dict())
    )
    assert written["rule"]["when"] == {"tag": ["live"], "until": "2027-01-31"}
    assert written["missing"] == ["date"]
    assert len(written["conditions"]) == 2
