"""Notices to authorities: a pack names laws that the portal can reckon with, and no others."""

from portal.policy import authorities
from portal.policy.legal.rules import rulebook


def test_every_law_that_can_be_named_has_its_rules() -> None:
    """What a pack may name is what the legal clocks know, all of it."""
    assert set(authorities.REGIMES) == set(rulebook().regimes)
