"""Notices to authorities: a pack names laws that the portal can reckon with, and no others."""

from portal.policy.legal import rulebook
from portal.policy.pack import Policy


def test_every_law_that_can_be_reckoned_with_can_be_named() -> None:
    """A law that joins the rules needs no second list."""
    laws = tuple(rulebook().regimes)
    named = f"[authorities]\ntext = 'We tell them.'\nregimes = {list(laws)}\n"
    policy = Policy.parse(f"[program]\nslug = 'tiny'\nname = 'Tiny'\n{named}")
    assert policy.authorities is not None
    assert policy.authorities.regimes == laws
