"""Advice about rules."""

import pytest

from scope import Rule
from scope.advice import ADVICE
from scope.lint import lint


def codes(include: list[str | Rule], exclude: list[str | Rule], about: str) -> dict[str, str]:
    """Return the codes and grades found for one pattern."""
    found = lint(include, exclude)
    return {each.code: each.grade.value for each in found if each.rule.pattern == about}


@pytest.mark.parametrize(
    ("pattern", "code", "grade"),
    [
        ("*.co.uk", "public-suffix", "warning"),
        ("*.dhl", "public-suffix", "warning"),
        ("*", "public-suffix", "warning"),
        ("*.github.io", "hosting-suffix", "warning"),
        ("10.0.0.0/7", "broad-block", "warning"),
        ("*53.com", "star-on-name", "warning"),
        ("api-*shop.com", "star-on-name", "warning"),
        ("shop.*", "top-level-star", "warning"),
        ("shop.c*m", "star-in-suffix", "warning"),
        ("github.com", "shared-host", "warning"),
        ("https://apps.apple.com/", "shared-host", "warning"),
        ("security@shop.com", "user-part", "warning"),
        ("10.1.2.3", "private-address", "notice"),
        ("198.18.4.77/24", "host-bits", "notice"),
        ("8.8.8.9-3", "reversed-range", "notice"),
        ("8.8.8.9 - 8.8.8.3", "reversed-range", "notice"),
        ("https://com.etoro.wallet", "app-as-host", "notice"),
        ("shop.comm", "unknown-suffix", "notice"),
        ("*.-np.shop.com", "label-hyphen", "notice"),
        ("\u0430pple.com", "mixed-scripts", "warning"),
        ("shop.com/a#b", "fragment", "notice"),
        ("shop.com/a", "export", "notice"),
        ("shop.com:8443", "export", "notice"),
        ("shop.com/?a", "export", "notice"),
        ("/path", "path-alone", "error"),
        ("foo/bar:", "unreadable", "error"),
        ("Our shop", "prose", "warning"),
        ("We love shop.com most", "prose-with-asset", "warning"),
        ("\u2588\u2588.shop.com", "redacted", "warning"),
        ("AS6720 1/2", "as-number", "notice"),
        ("a-###.shop.com", "placeholder", "warning"),
        ("(*.post.ch:80|*.post.ch:443) AND 194.41.128.0/17", "condition", "warning"),
        ("shop.com (main)", "remark-lifted", "notice"),
        ("IPv6: 2a02:2c40::/32", "label-lifted", "notice"),
        ("shop.com, shop.de", "list-expanded", "notice"),
        (" shop.com ", "blank", "notice"),
        ("*. shop.com", "blank", "notice"),
        ("shop.com,", "stray-mark", "notice"),
        ("sh\u00adop.com", "invisible-character", "notice"),
        ("*.shop.com", "apex-unmentioned", "notice"),
    ],
)
def test_what_one_rule_shows(pattern: str, code: str, grade: str) -> None:
    """A rule that does not work, or not as meant, gets advice with a grade."""
    assert codes([pattern], [], pattern).get(code) == grade


@pytest.mark.parametrize(
    ("include", "exclude", "about", "code"),
    [
        (["shop.com", "https://shop.com/"], [], "https://shop.com/", "duplicate"),
        (["*.shop.com", "a.shop.com"], [], "a.shop.com", "shadowed"),
        ([], ["*.shop.com", "a.shop.com"], "a.shop.com", "shadowed"),
        (["shop.com"], ["https://shop.com"], "shop.com", "both-sides"),
        (["a.shop.com"], ["*.shop.com"], "a.shop.com", "inside-exclusion"),
        (["shop.com"], ["shop.de"], "shop.de", "excludes-nothing"),
        (["shop.com"], ["10.0.0.1"], "10.0.0.1", "excludes-nothing"),
    ],
)
def test_what_rules_do_to_each_other(
    include: list[str | Rule], exclude: list[str | Rule], about: str, code: str
) -> None:
    """Contradictions, repetitions and rules without effect are named."""
    assert code in codes(include, exclude, about)


@pytest.mark.parametrize(
    ("include", "exclude"),
    [
        (["shop.com", "*.shop.com"], ["old.shop.com"]),
        (["*.shop.com", "www.shop.com/a"], ["shop.com", "/logout", "a.shop.com/x"]),
        ([Rule("*.dhl", confirmed=True)], ["www.dhl"]),
        (["8.8.8.0/24"], ["8.8.8.8"]),
        (["android:com.shop.app"], []),
    ],
)
def test_plain_rules_get_no_warning(include: list[str | Rule], exclude: list[str | Rule]) -> None:
    """Someone who writes plain rules hears nothing that needs doing."""
    assert [each for each in lint(include, exclude) if each.grade != "notice"] == []


def test_an_included_rule_is_not_told_that_it_shadows_itself() -> None:
    """Advice is about other rules."""
    assert "shadowed" not in codes(["*.shop.com"], [], "*.shop.com")
    assert "duplicate" not in codes(["*.shop.com"], [], "*.shop.com")


def test_every_piece_of_advice_is_two_sentences() -> None:
    """What was found and what to do about it."""
    for advice in ADVICE.values():
        assert advice.message.endswith(".")
        assert advice.hint.endswith(".")
