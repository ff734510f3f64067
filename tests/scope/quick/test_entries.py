"""Rules that become rules only when somebody looks, and how they are filed until then."""

import pytest

from scope import Redirect, Rule, RuleRefused, Scope
from scope.quick.draft import Draft
from scope.quick.entries import Entries
from scope.quick.side import Side, places
from scope.settings import Settings


def test_a_rule_knows_where_it_stood() -> None:
    """Line, note and file come along; the side is filled in by whoever holds the rule."""
    entries = Entries(["a.example", "b.example"], lines=[3, 9], notes={1: "ours"}, source="rules")
    assert list(entries) == [
        Rule("a.example", line=3, source="rules"),
        Rule("b.example", line=9, source="rules", note="ours"),
    ]
    assert entries.rule(0, "out").side == "out"
    assert (len(entries), entries[-1].note) == (2, "ours")


def test_rules_that_were_given_stay_what_they_were() -> None:
    """A rule with more to it is not made anew, but for its side."""
    given = Rule("a.example", id="a", note="n", reward=False)
    entries = Entries.of(["b.example", given])
    assert entries[1] is given
    assert entries.rule(1, "in") == given
    assert Entries.of(entries) is entries
    longer = Entries(["c.example"], lines=[1]).and_also([given])
    assert [(each.pattern, each.line) for each in longer] == [("c.example", 1), ("a.example", None)]
    assert longer[1].id == "a"


def test_plain_rules_are_filed_unread() -> None:
    """Hosts, wildcards, addresses, patterns, odd names and the rest each have their place."""
    texts = ["a.example", "*.a.example", "10.0.0.1", "api-*.a.example", "com.a.app", "a.example/x",
             "a.example", "https://a.example/", "xn--bcher-kva.example", "Our shops"]  # fmt: skip
    side = Side("in", Entries(texts))
    assert [*places(side.hosts, "a.example")] == [0, 6, 7]
    assert [*places(side.bases, "a.example")] == [1]
    assert [*places(side.addresses, "10.0.0.1")] == [2]
    assert (side.starred, side.apart, side.rest) == ([3], [4, 8], [5, 9])
    strict = Side("in", Entries(texts), strict_scheme=True)
    assert 7 in strict.rest


@pytest.mark.parametrize(
    "rule",
    [
        Rule("a.example", when={"tag": "x"}),
        Rule("*.a.example", confirmed=True),
    ],
)
def test_a_rule_with_more_than_its_text_is_read_in_full(rule: Rule) -> None:
    """A condition or a confirmation takes a rule off the shelves of plain ones."""
    assert Side("in", Entries.of([rule])).rest == [0]


def test_an_included_rule_sends_no_report_elsewhere() -> None:
    """What only an exclusion can have is refused at once, wherever rules are put together."""
    rule = Rule("a.example", redirect=Redirect("Vendor", "https://vendor.example/"))
    for build in (lambda: Draft([rule]), lambda: Scope.from_rules([rule])):
        with pytest.raises(RuleRefused):
            build()
    assert Draft([], [rule]).scope.exclude[0].redirect == rule.redirect


def test_a_draft_is_the_scope_it_makes() -> None:
    """The same rules and switches, the same rulings."""
    chosen = Settings(wildcard_apex="include")
    draft = Draft(["*.a.example"], ["b.a.example"], chosen)
    scope = Scope.from_rules(["*.a.example"], ["b.a.example"], wildcard_apex="include")
    assert draft.scope == scope
    assert hash(draft.scope) == hash(scope)
    assert draft.scope != Scope.from_rules(["*.a.example"], ["b.a.example"])
    assert draft.sieve().ruling("a.example") is scope.check("a.example").ruling
    assert repr(scope) == "<Scope of 1 in, 1 out>"
