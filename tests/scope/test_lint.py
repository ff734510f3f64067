"""Advice about rules."""

import time
import tomllib
from datetime import date

import pytest

from scope import Rule
from scope.lint import lint
from scope.lint.advice import ADVICE
from scope.settings import Settings


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
        ("https://play.google.com/store/search?q=shop", "store-page", "warning"),
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
        ("edge.blablacar.(fr|de))", "stray-bracket", "notice"),
        ("https://[it | fr | \u2026].louisvuitton.com", "ellipsis", "warning"),
        ("https://[it | fr | \u2026].louisvuitton.com", "placeholder", "warning"),
        ("shop.com, shop.de, etc.", "ellipsis", "warning"),
        ("shop[.]com", "respelled", "notice"),
        ("shop.com and all its subdomains", "names-below", "warning"),
        ("https://192.0.2.0/28", "url-block", "warning"),
        ("https://0x7f.1/x", "old-address", "notice"),
        ("steam://shop.com", "odd-scheme", "notice"),
        ("android:am.monespacesante.fr", "host-as-app", "warning"),
        ("com.etoro.wallet", "app-as-host", "notice"),
        ("Applications that resolve to *.okta.com (ex: \u2026)", "condition-proposed", "warning"),
        ("Any *.ripe.net host located outside of the IP ranges", "condition-outside", "warning"),
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
        (["192.0.2.0/24", "192.0.2.7"], [], "192.0.2.7", "shadowed"),
        (["10.0.*.1", "10.0.7.1"], [], "10.0.7.1", "shadowed"),
        (["*.shop.*", "*.shop.de"], [], "*.shop.de", "shadowed"),
        (["ANDROID:com.shop.app", "android:com.shop.app"], [], "android:com.shop.app", "duplicate"),
        (["192.0.2.7"], ["192.0.2.0/24"], "192.0.2.7", "inside-exclusion"),
        (["shop.com"], ["*.com"], "shop.com", "inside-exclusion"),
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


@pytest.mark.parametrize(
    ("include", "exclude"),
    [
        (["*.shop.com"], ["a.*.shop.com"]),
        (["api-*.shop.com"], ["*-eu.shop.com"]),
        (["192.0.2.7"], ["192.0.2.0/24"]),
        (["192.0.2.0/24"], ["192.0.2.7"]),
        (["10.0.*.1"], ["10.0.0.0/24"]),
        (["shop.de"], ["shop.*"]),
        (["*.shop.*"], ["*.shop.de"]),
        (["my53.com"], ["*53.com"]),
        (["*53.com"], ["my53.com"]),
        (["shop.com"], ["/admin"]),
        (["shop.com"], ["*"]),
        (["192.0.2.7"], ["*:443"]),
        (["android:com.shop.app"], ["android:com.shop.*"]),
        (["*"], ["shop.com"]),
    ],
)
def test_an_exclusion_that_could_bite_is_not_called_idle(
    include: list[str | Rule], exclude: list[str | Rule]
) -> None:
    """Whatever their forms, a permit and an exclusion that can meet are found."""
    assert "excludes-nothing" not in codes(include, exclude, str(exclude[0]))


def test_conditions_keep_rules_apart() -> None:
    """A rule that applies at other times repeats nothing and contradicts nothing."""
    live, old = Rule("*.shop.com", when={"tag": "live"}), Rule("*.shop.com", when={"tag": "old"})
    found = {each.code for each in lint(["shop.com", live], [old])}
    assert found & {"duplicate", "shadowed", "both-sides", "inside-exclusion"} == set()
    assert "both-sides" in {each.code for each in lint([live], [live])}
    assert "shadowed" in {each.code for each in lint(["*.shop.com", live])}


def test_exclusions_that_always_win_leave_nothing_inside() -> None:
    """Where a program says so, a smaller included rule is told that it decides nothing."""
    found = lint(["a.shop.com"], ["*.shop.com"], Settings(out_always_wins=True))
    assert "under-exclusion" in {each.code for each in found}


@pytest.mark.parametrize(
    ("pattern", "when", "code"),
    [
        ("shop.com", {"until": "2026-11-01"}, "condition-past"),
        ("android:com.shop.app", {"resolves_to": "192.0.2.1"}, "condition-never"),
        ("192.0.2.0/24", {"resolves_to": "198.51.100.0/24"}, "condition-never"),
        ("192.0.2.0/24", {"not_resolves_to": "192.0.0.0/16"}, "condition-never"),
        ("192.0.2.0/24", {"cname": "*.cdn.example"}, "condition-never"),
        ("shop.com", {"cname": "shop.com"}, "condition-never"),
        (
            "shop.com",
            {"resolves_to": "192.0.2.0/25", "not_resolves_to": "192.0.2.0/24"},
            "condition-never",
        ),
    ],
)
def test_a_condition_without_effect_is_named(
    pattern: str, when: dict[str, object], code: str
) -> None:
    """One that can never hold, or has run out."""
    found = lint([Rule(pattern, when=when)], now=date(2026, 11, 22))
    assert code in {each.code for each in found}


@pytest.mark.parametrize(
    ("pattern", "when"),
    [
        ("shop.com", {"until": "2026-11-22"}),
        ("192.0.2.0/24", {"resolves_to": "192.0.2.0/28"}),
        ("*.shop.com", {"cname": "*.cdn.example", "not_resolves_to": "10.0.0.0/8"}),
    ],
)
def test_a_sound_condition_needs_no_advice(pattern: str, when: dict[str, object]) -> None:
    """Its last day is still one of its days."""
    found = lint([Rule(pattern, when=when)], now=date(2026, 11, 22))
    assert not [each for each in found if each.code.startswith("condition")]


@pytest.mark.parametrize(
    ("include", "exclude", "proposed"),
    [
        (
            [],
            ["(*.post.ch:80|*.post.ch:443) AND 194.41.128.0/17"],
            [
                'pattern = "*.post.ch:80", when = { resolves_to = ["194.41.128.0/17"] }',
                'pattern = "*.post.ch:443", when = { resolves_to = ["194.41.128.0/17"] }',
            ],
        ),
        (
            [],
            ["Anything That Resolves to 199.59.136.0 - 199.59.139.255 (CIDR: 199.59.136.0/22)"],
            ['pattern = "*", when = { resolves_to = ["199.59.136.0 - 199.59.139.255"] }'],
        ),
        (
            [],
            ["Applications that resolve to *.okta.com (ex: \u2026)"],
            ['pattern = "*", when = { cname = ["*.okta.com"] }'],
        ),
        (
            ["193.0.0.0/19 and 2001:67c:2e8::/48", "*.ripe.net"],
            ["Any *.ripe.net host that is located outside of the in-scope IP ranges "],
            [
                (
                    'pattern = "*.ripe.net", when = '
                    '{ not_resolves_to = ["193.0.0.0/19", "2001:67c:2e8::/48"] }'
                )
            ],
        ),
    ],
)
def test_a_condition_in_words_is_proposed_as_a_rule(
    include: list[str | Rule], exclude: list[str | Rule], proposed: list[str]
) -> None:
    """The exact rule to write, which reads back as what the words say."""
    found = [each for each in lint(include, exclude) if each.code == "condition-proposed"]
    assert [each.hint for each in found] == [
        f"Write it as a rule of its own: {p}." for p in proposed
    ]
    for each in proposed:
        written = tomllib.loads(each.replace(", when", "\nwhen"))
        assert Rule(**written).condition is not None


@pytest.mark.thorough
def test_a_thousand_rules_take_a_moment() -> None:
    """Rules are compared along their own chains of names and blocks, not each with each."""
    include = [f"h{at}.s{at % 97}.shop{at % 13}.com" for at in range(1500)]
    include += [f"10.{at % 250}.{at % 200}.0/24" for at in range(1500)]
    exclude = [f"*.s{at}.shop{at % 13}.com" for at in range(300)] + ["*53.com", "shop.*", "/x"]
    started = time.process_time()
    assert lint(include, exclude)
    assert time.process_time() - started < 4.0
