"""Rules with conditions: what is known of a target, and what follows from it."""

from datetime import date
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Facts, Rule, RuleRefused, Ruling, Scope, When, normalise
from scope.places.extent import Extent
from scope.quick.batch import Block
from scope.quick.slot import CODES
from scope.reading import read
from scope.settings import Settings
from scope.weighing.claim import Claim
from scope.weighing.conditions import Known
from scope.weighing.settling import State, settle

pytestmark = pytest.mark.thorough

law = settings(max_examples=150, deadline=None)

WHENS = st.sampled_from(
    [
        {"resolves_to": "192.0.2.0/24"},
        {"resolves_to": ["192.0.2.0/25", "198.51.100.0/24"]},
        {"not_resolves_to": "192.0.2.0/24"},
        {"cname": "*.cdn.example"},
        {"cname": ["a-*.cdn.example", "x.example"]},
        {"tag": "beta"},
        {"tag": ["beta", "live"], "resolves_to": "192.0.2.0/24"},
        {"from": "2026-06-01"},
        {"until": "2026-06-01"},
        {"from": "2026-05-01", "until": "2026-06-01", "tag": "live"},
    ]
)
PATTERNS = st.sampled_from(
    ["*.shop.example", "a.shop.example", "a*.shop.example", "a.shop.example/x", "*", "/x",
     "a.shop.example:443", "192.0.2.0/23", "*.b.shop.example", "shop.example"]
)  # fmt: skip
RULES = st.builds(Rule, PATTERNS, when=st.none() | WHENS, confirmed=st.booleans())
LISTS = st.lists(RULES, max_size=4)
TARGETS = st.sampled_from(
    ["a.shop.example", "https://a.shop.example/x", "x.b.shop.example", "*.shop.example",
     "192.0.2.7", "192.0.2.0/24", "192.0.3.1", "shop.example", "https://a.shop.example"]
)  # fmt: skip
FACTS = st.builds(
    Facts,
    ips=st.none() | st.lists(st.sampled_from(["192.0.2.7", "192.0.2.200", "8.8.8.8"]), max_size=2),
    cnames=st.none()
    | st.lists(st.sampled_from(["s.cdn.example", "a-1.x.cdn.example"]), max_size=2),
    tags=st.none() | st.lists(st.sampled_from(["beta", "live", "old"]), max_size=2),
    date=st.none() | st.sampled_from([date(2026, 5, 15), date(2026, 6, 1), date(2026, 7, 1)]),
)


def states(rule: Rule, target: str, facts: Facts, *, permits: bool) -> set[State]:
    """Return how the conditions of a rule's claims come out."""
    claims = [Claim(rule, part) for part in read(rule, Settings()).parts]
    asked = normalise(target)
    return {settle(claim, asked, facts, permits=permits) for claim in claims}


@law
@given(LISTS, LISTS, TARGETS, FACTS)
def test_what_is_in_without_facts_is_in_with_any(
    include: list[Rule], exclude: list[Rule], target: str, facts: Facts
) -> None:
    """A permission never depends on a fact that nobody asked for."""
    scope = Scope.from_rules(include, exclude)
    if scope.check(target).ruling is Ruling.IN:
        assert scope.check(target, facts=facts).ruling is Ruling.IN


@law
@given(LISTS, LISTS, TARGETS, FACTS)
def test_a_rule_whose_condition_fails_is_as_good_as_absent(
    include: list[Rule], exclude: list[Rule], target: str, facts: Facts
) -> None:
    """Without the rules that do not apply, the ruling is the same."""

    def applying(rules: list[Rule], *, permits: bool) -> list[Rule]:
        return [r for r in rules if State.UNMET not in states(r, target, facts, permits=permits)]

    left = applying(include, permits=True), applying(exclude, permits=False)
    full = Scope.from_rules(include, exclude).check(target, facts=facts)
    assert Scope.from_rules(*left).check(target, facts=facts).ruling is full.ruling


@law
@given(LISTS, LISTS, RULES, TARGETS, FACTS)
def test_a_conditional_exclusion_never_widens_the_scope(
    include: list[Rule], exclude: list[Rule], further: Rule, target: str, facts: Facts
) -> None:
    """One more exclusion, with a condition or without, permits nothing new."""
    before = Scope.from_rules(include, exclude).check(target, facts=facts).ruling
    after = Scope.from_rules(include, [*exclude, further]).check(target, facts=facts).ruling
    assert after is not Ruling.IN or before is Ruling.IN
    assert after is Ruling.OUT or before is not Ruling.OUT


@law
@given(RULES, TARGETS, FACTS)
def test_a_condition_permits_less_than_it_excludes(rule: Rule, target: str, facts: Facts) -> None:
    """What a condition opens for a permit, the same words shut for an exclusion; a tie is out."""
    permits = states(rule, target, facts, permits=True)
    bars = states(rule, target, facts, permits=False)
    assert State.MET not in permits or bars == {State.MET} or len(permits) > 1
    if Scope.from_rules([rule]).check(target, facts=facts).ruling is Ruling.IN:
        assert Scope.from_rules([rule], [rule]).check(target, facts=facts).ruling is Ruling.OUT


@law
@given(LISTS, LISTS, st.lists(TARGETS, min_size=1, max_size=4), FACTS)
def test_the_quick_way_knows_conditions(
    include: list[Rule], exclude: list[Rule], targets: list[str], facts: Facts
) -> None:
    """The filter rules as a single check does, where rules have conditions and facts are known."""
    scope = Scope.from_rules(include, exclude)
    plain, knowing = scope.sieve(), scope.sieve(facts=facts)
    block = Block("".join(f"{target}\n" for target in targets).encode())
    codes = [CODES[scope.check(target, facts=facts).ruling] for target in targets]
    assert list(knowing.codes(block)) == codes
    for target in targets:
        assert plain.ruling(target) is scope.check(target).ruling, target
        assert knowing.ruling(target) is scope.check(target, facts=facts).ruling, target


@law
@given(WHENS, WHENS, TARGETS, FACTS)
def test_a_condition_that_covers_another_holds_with_it(
    one: dict[str, object], other: dict[str, object], target: str, facts: Facts
) -> None:
    """Precedence between conditional rules rests on this."""
    known = Known.of(normalise(target), facts)
    outer, inner = When.read(one).conditions(), When.read(other).conditions()
    for wide, narrow in ((w, n) for w in outer for n in inner if w.covers(n)):
        if narrow.extent(known) is Extent.WHOLE:
            assert (wide.extent(known) or Extent.NONE) >= Extent.PART


def test_the_verdict_says_how_each_condition_came_out() -> None:
    """One sentence a condition, of rules that apply and of those that do not."""
    rules = [
        Rule("a.shop.example", when={"resolves_to": ["192.0.2.0/24", "198.51.100.0/24"]}),
        Rule("*.shop.example", when={"tag": "live", "until": "2026-12-31"}),
    ]
    bars = [Rule("*.shop.example", when={"cname": "*.cdn.example"})]
    facts = Facts(ips=["192.0.2.7", "8.8.8.8"], cnames=[], date=date(2026, 11, 22))
    verdict = Scope.from_rules(rules, bars).check("a.shop.example", facts=facts)
    assert set(verdict.conditions) == {
        (
            '"a.shop.example" applies if the target resolves to 192.0.2.0/24 or 198.51.100.0/24: '
            "only in part, it resolves to 192.0.2.7 or 8.8.8.8."
        ),
        '"*.shop.example" applies if the target is live: not known.',
        (
            '"*.shop.example" applies if the target is asked about until 2026-12-31: '
            "yes, the day is 2026-11-22."
        ),
        (
            '"*.shop.example" applies if the target is an alias of *.cdn.example: '
            "no, it is an alias of nothing."
        ),
    }
    assert verdict.missing == ("tags",)


def test_missing_facts_are_named_by_kind() -> None:
    """Whoever gives them gets a ruling."""
    when = {
        "resolves_to": "192.0.2.0/24",
        "cname": "*.cdn.example",
        "tag": "live",
        "from": "2026-01-01",
    }
    scope = Scope.from_rules([Rule("*.shop.example", when=when)])
    assert scope.check("a.shop.example").missing == ("ips", "cnames", "tags", "date")
    assert scope.check("*.shop.example").missing == ("date",)
    facts = Facts(ips=["192.0.2.1"], cnames=["x.cdn.example"], tags=["live"], date=date.max)
    assert scope.check("a.shop.example", facts=facts).missing == ()


def test_answers_and_facts_are_asked_for_together() -> None:
    """The reason speaks of one thing, the fields of all that would settle it."""
    scope = Scope.from_rules(
        [Rule("*.shop.example", when={"tag": "live"})], ["x.shop.example:99999"]
    )
    verdict = scope.check("x.shop.example")
    assert (verdict.code, verdict.missing) == ("unclear-exclusion", ("tags",))


@pytest.mark.parametrize(
    "given",
    [
        {"resolves_to": ["192.0.2.0/33"]},
        {"resolves_to": ["shop.example"]},
        {"not_resolves_to": "10.0.0"},
        {"cname": "a..b"},
        {"cname": "192.0.2.1"},
        {"cname": "*"},
        {"tag": [" "]},
        {"until": "soon"},
        {"resolve_to": "192.0.2.0/24"},
        {1: "x"},
        {},
        {"from": "2027-01-01", "until": "2026-12-31"},
    ],
)
def test_an_unreadable_condition_refuses_the_rule(given: dict[str, object]) -> None:
    """A rule whose condition were dropped would permit or forbid something else."""
    with pytest.raises(RuleRefused) as refusal:
        Rule("*.shop.example", when=given)
    assert refusal.value.code == "bad-condition"
    assert refusal.value.hint.endswith(".")


def test_a_condition_is_written_as_it_is_read() -> None:
    """What `to_dict` gives, `read` takes, and it says the same."""
    when = When(resolves_to=("192.0.2.0/24",), tag=("live",), until=date(2027, 1, 31))
    assert When.read(when.to_dict()) == when
    pairs = chain(when.lists().items(), [("until", "2027-01-31")])
    assert set(when.to_dict()) == {key for key, _ in pairs}
