"""Near misses: what almost covers a target that no rule mentions."""

import pytest

from scope import Facts, Rule, Scope


@pytest.mark.parametrize(
    ("rule", "target", "miss"),
    [
        ("*.shop.com", "shop.com", "covers the names below shop.com, but not shop.com itself."),
        ("www.shop.com", "shop.com", "covers www.shop.com only, and not shop.com."),
        ("shop.com", "api.shop.com", "covers shop.com only, and not api.shop.com."),
        ("api.shop.com", "web.shop.com", "covers api.shop.com, which lies beside web.shop.com."),
        ("shop.com:8443", "https://shop.com", "covers port 8443 only."),
        ("*.shop.com:8443", "https://a.shop.com", "covers port 8443 only."),
        ("shop.com/app/x", "https://shop.com/app", "covers /app/x and what lies below it only."),
        ("*.shop.com/app", "https://a.shop.com/", "covers /app and what lies below it only."),
        ("shop.com/p?id", "https://shop.com/p", "covers addresses with id in the query only."),
        ("192.0.2.1-9:443", "http://192.0.2.1", "covers port 443 only."),
        ("a.*.shop.com", "a.shop.com", "needs a name in the place of each star."),
        ("*.api.*.shop.com", "api.eu.shop.com", "needs a name in the place of each star."),
        ("*.shop.*", "shop.de", "needs a name in the place of each star."),
        (
            "api-*.shop.com",
            "x.api-1.shop.com",
            "has no opening star, so it covers no names below these.",
        ),
    ],
)  # fmt: skip
def test_a_near_miss_says_what_is_missing(rule: str, target: str, miss: str) -> None:
    """Each way to be close has its sentence, and it quotes the rule."""
    found = Scope.from_rules([rule]).check(target).nearest
    assert f'"{rule}" {miss}' in found


def test_another_scheme_is_a_near_miss() -> None:
    """Where a program tells schemes apart, the other one is named."""
    scope = Scope.from_rules(["https://shop.com"], strict_scheme=True)
    assert scope.check("http://shop.com").nearest == ('"https://shop.com" covers https:// only.',)


@pytest.mark.parametrize("target", ["evil.com", "evil.co.uk", "me.github.io"])
def test_strangers_under_the_same_suffix_are_no_neighbours(target: str) -> None:
    """Who shares a public suffix shares nothing."""
    rules = ["shop.com", "shop.co.uk", "shop.github.io"]
    assert Scope.from_rules(rules).check(target).nearest == ()


def test_what_is_shown_does_not_depend_on_the_order_of_rules() -> None:
    """Of many neighbours the same ones are named."""
    rules = [Rule(f"{name}.shop.com") for name in ("b", "a", "c")]
    first = Scope.from_rules(rules).check("x.shop.com").nearest
    assert first == Scope.from_rules(rules[::-1]).check("x.shop.com").nearest
    assert first == ('"a.shop.com" covers a.shop.com, which lies beside x.shop.com.',)


def test_a_ruling_needs_no_near_miss() -> None:
    """They are for targets that no rule mentions."""
    scope = Scope.from_rules(["*.shop.com"], ["a.shop.com"])
    assert scope.check("a.shop.com").nearest == scope.check("b.shop.com").nearest == ()


def test_no_name_lies_beside_itself() -> None:
    """Where a rule's condition does not hold, that is said elsewhere, and nothing was missed."""
    rules = [Rule("beta.example.org", when={"tag": "beta"}), Rule("a.example.org")]
    verdict = Scope.from_rules(rules).check("beta.example.org", facts=Facts(tags=[]))
    assert (verdict.ruling.value, verdict.nearest) == ("unknown", ())
    assert len(verdict.conditions) == 1
