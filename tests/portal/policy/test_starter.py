"""A first pack: sound whatever was answered, and silent about the rest."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy.lint import lint
from portal.policy.pack import Policy
from portal.policy.starter import Answers, written

FULL = Answers(
    name="Shop “&” Co",
    slug="shop",
    contacts=("a@shop.com", "https://shop.com/security", "+31 20 555 0100"),
    scope=("shop.com", "*.shop.com"),
    acknowledge="3 business days",
    country="NL",
    anonymous=True,
    harbour=True,
    disclosure="90 calendar days",
    issued="2026-11-22",
)


def test_what_was_answered_is_said() -> None:
    """Every answer has become what it means, in its order."""
    policy = Policy.parse(written(FULL))
    assert (policy.name, policy.slug, policy.issued) == (FULL.name, "shop", date(2026, 11, 22))
    assert [one.uri for one in policy.contacts] == [
        "mailto:a@shop.com",
        "https://shop.com/security",
        "tel:+31205550100",
    ]
    assert [rule.pattern for rule in policy.scope_rules.include] == list(FULL.scope)
    assert [str(rule.span) for rule in policy.clock_rules] == [
        "3 business days",
        "90 calendar days",
    ]
    assert (policy.calendar.country, policy.calendar.zone) == ("NL", "Europe/Amsterdam")
    assert policy.anonymity
    assert policy.safe_harbour
    assert policy.disclosure


def test_what_was_not_answered_is_not_said() -> None:
    """Nothing is invented: no promise, no window, no harbour, no contact."""
    policy = Policy.parse(written(Answers(name="Shop", slug="shop")))
    silent = ("contacts", "promises", "disclosure", "reward", "safe_harbour", "anonymity")
    assert not [name for name in silent if getattr(policy, name)]
    assert not policy.scope_rules.include
    assert policy.issued is None
    assert policy.clock_rules == ()


def test_what_is_commented_out_is_sound_as_it_stands() -> None:
    """Whoever takes the marks away has a pack without faults, which says all of it."""
    text = written(Answers(name="Shop", slug="shop"))
    start = text.index("[program]")
    key = r'^# (?=\[|[a-z_]+ = (?!"…"))'
    bare = text[:start] + re.sub(key, "", text[start:], flags=re.MULTILINE)
    policy = Policy.parse(bare)
    assert policy.safe_harbour
    assert policy.contacts
    assert policy.clock_rules


@pytest.mark.parametrize("country", ["US", "NL", "DE", ""])
def test_a_country_with_several_zones_is_asked_to_choose(country: str) -> None:
    """One zone is filled in; of several none is picked for anybody."""
    text = written(Answers(name="Shop", slug="shop", country=country))
    zone = Policy.parse(text).calendar.zone
    assert zone == {"NL": "Europe/Amsterdam"}.get(country, "UTC")
    assert '# zone = "America/New_York"' in text or country != "US"


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
        lambda text: text.isprintable() and text.strip()
    ),
    anonymous=st.booleans(),
    harbour=st.booleans(),
)
def test_no_name_breaks_the_pack(name: str, anonymous: bool, harbour: bool) -> None:
    """Quotes, backslashes and marks of TOML stay what they are: letters of a name."""
    answers = Answers(name=name, slug="shop", anonymous=anonymous, harbour=harbour)
    policy = Policy.parse(written(answers))
    assert policy.name == name.strip()
    assert not [one for one in lint(policy) if one.level == "error"]
