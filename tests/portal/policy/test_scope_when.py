"""Conditions in packs: read key by key, every fault at its own line."""

from datetime import date

import pytest

from portal.policy.faults import PackRefused
from portal.policy.pack import Policy
from scope import Facts

START = "[program]\nslug = 'tiny'\nname = 'Tiny'\n[[scope.in]]\npattern = '*.shop.example'\n"


def test_a_rule_in_a_pack_can_have_a_condition() -> None:
    """A text or a list, and days without quotes, on either side."""
    pack = Policy.parse(
        f"{START}when = {{ resolves_to = ['192.0.2.0/24', '2001:db8::/32'], until = 2027-01-31 }}\n"
        "[[scope.out]]\npattern = '*.shop.example'\nwhen = { cname = '*.login.example' }\n"
    )
    rules = pack.scope_rules
    permit, bar = rules.include[0].condition, rules.exclude[0].condition
    assert permit
    assert bar
    assert permit.resolves_to == ("192.0.2.0/24", "2001:db8::/32")
    assert (permit.until, bar.cname) == (date(2027, 1, 31), ("*.login.example",))
    known = Facts(ips=["192.0.2.1"], cnames=[], date=date(2027, 1, 31))
    assert rules.scope.check("a.shop.example").ruling == "review"
    assert rules.scope.check("a.shop.example", facts=known).ruling == "in"
    elsewhere = Facts(ips=["192.0.2.1"], cnames=["x.login.example"], date=date(2027, 1, 31))
    assert rules.scope.check("a.shop.example", facts=elsewhere).ruling == "out"


def test_a_rule_says_that_it_is_from_the_policy() -> None:
    """A verdict names the line of the pack, and the side."""
    rule = Policy.parse(START).scope_rules.scope.check("a.shop.example").rule
    assert rule
    assert (rule.source, rule.line, rule.side) == ("policy", 4, "in")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{ resolves_to = ['192.0.2.0/33'] }", "'192.0.2.0/33' is no address, block or range."),
        ("{ not_resolves_to = 'shop.example' }", "'shop.example' is no address, block or range."),
        ("{ cname = ['a..b'] }", "'a..b' is no name."),
        ("{ tag = [] }", "The condition 'tag' is not a text or a list of texts."),
        ("{ from = '2027-01-31' }", "This must be a date such as 2026-11-22, without quotes."),
        ("{ until = 2027-01-31T10:00:00 }", "This is a time, not a date."),
        ("{ resolve_to = ['192.0.2.0/24'] }", "'resolve_to' is not a key of this table."),
        ("{ }", "This condition asks for nothing."),
        ("'192.0.2.0/24'", "This must be a table: [when]."),
    ],
)
def test_a_faulty_condition_refuses_the_pack(when: str, said: str) -> None:
    """What cannot be read would permit too much or too little, so nothing is published."""
    with pytest.raises(PackRefused) as refusal:
        Policy.parse(f"{START}when = {when}\n")
    assert said in [fault.message for fault in refusal.value.faults]
    assert {fault.line for fault in refusal.value.faults} <= {4, 6}
