"""The directory of claims, held to a look at every pair."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule
from scope.lint.directory import Directory
from scope.places.extent import Extent
from scope.places.region import hosts_extent
from scope.reading import read
from scope.settings import Settings
from scope.weighing.claim import Claim

PATTERNS = st.sampled_from(
    [
        "shop.com", "a.shop.com", "*.shop.com", "*.a.shop.com", "a-*.shop.com", "*shop.com",
        "*p.com", "*.com", "*", "shop.*", "*.shop.*", "a.shop.*", "*.co.uk", "a.*.shop.com",
        "*a*.shop.com", "shop.c*m", "/x", "192.0.2.7", "192.0.2.0/24", "192.0.2.0/30",
        "192.0.2.3-9", "192.0.*.7", "192.0.2.0-192.0.2.255", "10.0.0.0/8", "2001:db8::/32",
        "2001:db8::1", "android:com.shop.app", "android:com.shop.*", "id1234567",
        "android:Com.Shop.App", ".shop.com", "eshop.com", "www.shop.com:8443/x",
    ]
)  # fmt: skip


def claims_of(patterns: list[str], apex: bool) -> list[list[Claim]]:
    """Read rules into their claims."""
    chosen = Settings(wildcard_apex="include" if apex else "exclude")
    rules = [Rule(pattern) for pattern in patterns]
    return [[Claim(rule, part) for part in read(rule, chosen).parts] for rule in rules]


@pytest.mark.thorough
@settings(max_examples=200, deadline=None)
@given(st.lists(PATTERNS, max_size=8), PATTERNS, st.booleans())
def test_nothing_that_counts_is_left_out(patterns: list[str], asked: str, apex: bool) -> None:
    """Whatever contains some hosts, or shares one with them, is among what is looked at."""
    rules = claims_of(patterns, apex)
    directory = Directory.of(rules)
    for mine in claims_of([asked], apex)[0]:
        hosts = mine.part.wide.hosts
        if hosts is None:
            continue
        round_it = {placed.claim for placed in directory.round(hosts)}
        meeting = {placed.claim for placed in directory.meeting(hosts)}
        for claim in (claim for claims in rules for claim in claims):
            theirs = claim.part.wide.hosts
            contains = hosts_extent(theirs, hosts) is Extent.WHOLE
            within = theirs is not None and hosts_extent(hosts, theirs) is not Extent.NONE
            meets = contains or within or hosts_extent(theirs, hosts) is not Extent.NONE
            assert not contains or claim in round_it, (claim, asked)
            assert not meets or claim in meeting, (claim, asked)


def test_a_claim_keeps_the_place_of_its_rule() -> None:
    """What is found leads back to the rule."""
    rules = claims_of(["x.com", "a.shop.com, b.shop.com"], apex=False)
    found = Directory.of(rules).round(rules[1][1].part.wide.hosts)
    assert [placed.at for placed in found] == [1]
