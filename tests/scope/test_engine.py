"""The engine, held to every vector, and what a verdict says beyond its ruling."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from scope import (
    AnswerRefused,
    Facts,
    Question,
    Redirect,
    Rule,
    RuleRefused,
    Ruling,
    Scope,
    SettingRefused,
    Verdict,
)

Wrong = Callable[[Callable[[dict[str, Any], Scope, Verdict], object]], list[str]]

DATA = Question("data", "Is sensitive data involved?")
OTHER = Question("other", "Is another system affected?")


def test_every_vector_gets_its_ruling(wrong: Wrong) -> None:
    """A program that writes these rules gets this ruling, for the reason given."""

    def judge(vector: dict[str, Any], _: Scope, verdict: Verdict) -> object:
        expected = vector["ruling"], vector.get("code", verdict.code)
        return (verdict.ruling.value, verdict.code) != expected and verdict

    assert wrong(judge) == []


def test_every_vector_gets_a_sentence_and_its_rule(
    vectors: list[dict[str, Any]], verdicts: list[Verdict]
) -> None:
    """Every verdict explains itself, and every one but unknown and invalid names its rule."""
    failed = [
        f"line {vector['line']}: {verdict} ({vector['why']})"
        for vector, verdict in zip(vectors, verdicts, strict=True)
        if not (
            verdict.reason.endswith((".", ")"))
            and (verdict.rule is None) is (verdict.ruling in (Ruling.UNKNOWN, Ruling.INVALID))
            and json.loads(json.dumps(verdict.to_dict()))["ruling"] == vector["ruling"]
        )
    ]
    assert failed == []


@pytest.mark.parametrize(
    ("data", "other", "ruling"),
    [(False, False, "out"), (True, False, "in"), (False, True, "in"), (True, True, "in")],
)
def test_only_no_to_every_question_keeps_an_exclusion(data: bool, other: bool, ruling: str) -> None:
    """S0-4: a marketing site is refused only without data and without another system."""
    marketing = Rule("www.shop.example", unless=(DATA, OTHER))
    scope = Scope.from_rules(["*.shop.example"], [marketing])
    verdict = scope.check("www.shop.example", answers={"data": data, "other": other})
    assert verdict.ruling.value == ruling
    assert verdict.questions == ()
    assert verdict.set_aside == (() if ruling == "out" else (marketing,))


def test_only_open_questions_are_asked() -> None:
    """A question that has been answered with no is not asked again."""
    scope = Scope.from_rules(["*.shop.example"], [Rule("www.shop.example", unless=(DATA, OTHER))])
    assert scope.check("www.shop.example").questions == (DATA, OTHER)
    asked = scope.check("www.shop.example", answers={"data": False})
    assert asked.questions == (OTHER,)
    assert asked.code == "questions-open"


def test_someone_elses_product_is_redirected() -> None:
    """S2-25: a third party's product is out, with the address where the report belongs."""
    vendor = Redirect("Pay Vendor", "https://vendor.example.com/security")
    scope = Scope.from_rules(["*.shop.example"], [Rule("pay.shop.example", redirect=vendor)])
    verdict = scope.check("https://pay.shop.example/card")
    assert (verdict.ruling, verdict.redirect) == (Ruling.OUT, vendor)
    assert "Pay Vendor" in verdict.reason
    assert verdict.to_dict()["redirect"]["vendor"] == "Pay Vendor"


def test_a_redirect_needs_an_address_that_works() -> None:
    """A redirect is an https URL or a mailto link, nothing else."""
    assert Redirect("V", "mailto:security@vendor.example.com").vendor == "V"
    for address in ("http://vendor.example.com", "javascript:alert(1)", "mailto:", "vendor"):
        with pytest.raises(RuleRefused) as refusal:
            Redirect("V", address)
        assert refusal.value.code == "bad-redirect"


def test_a_find_can_be_welcome_without_a_reward() -> None:
    """S3-16: a brand site is accepted without a reward, and only permitted targets speak of one."""
    brand = Rule("www.shop.example", reward=False)
    scope = Scope.from_rules(["*.shop.example", brand], ["old.shop.example"])
    assert scope.check("www.shop.example").reward is False
    assert "without a reward" in scope.check("www.shop.example").reason
    assert scope.check("api.shop.example").reward is True
    assert scope.check("old.shop.example").reward is None


def test_of_equal_rules_the_one_that_promises_less_decides() -> None:
    """Two rules about the same host never promise a reward by their order."""
    paid, unpaid = Rule("https://www.shop.example"), Rule("www.shop.example", reward=False)
    for rules in ([paid, unpaid], [unpaid, paid]):
        assert Scope.from_rules(rules).check("www.shop.example").reward is False
    vendor = Redirect("V", "mailto:security@vendor.example.com")
    plain, elsewhere = Rule("shop.example"), Rule("shop.example/", redirect=vendor)
    for rules in ([plain, elsewhere], [elsewhere, plain]):
        assert Scope.from_rules([], rules).check("shop.example").redirect == vendor


def test_near_misses_do_not_depend_on_the_order_of_rules() -> None:
    """The three that are shown are always the same three."""
    rules = [f"shop.example:{port}" for port in (81, 82, 83, 84)]
    first = Scope.from_rules(rules).check("http://shop.example").nearest
    assert first == Scope.from_rules(rules[::-1]).check("http://shop.example").nearest
    assert len(first) == 3


def test_a_permit_cannot_ask_or_redirect() -> None:
    """Questions and redirects belong to exclusions; on a permit they would be ignored."""
    with pytest.raises(RuleRefused):
        Scope.from_rules([Rule("shop.example", unless=(DATA,))])


def test_the_verdict_names_what_gave_way_and_what_stays_out() -> None:
    """Overridden exclusions and exceptions are shown, not swallowed."""
    scope = Scope.from_rules(
        ["api.shop.example"], ["*.shop.example", "api.shop.example/admin", "api.shop.example:22"]
    )
    verdict = scope.check("api.shop.example")
    assert verdict.code == "listed-inside-exclusion"
    assert [each.pattern for each in verdict.set_aside] == ["*.shop.example"]
    assert {each.pattern for each in verdict.exceptions} == {
        "api.shop.example/admin",
        "api.shop.example:22",
    }


def test_an_excluded_host_still_shows_its_listed_path() -> None:
    """Someone who asks about the whole host learns which part of it is welcome."""
    verdict = Scope.from_rules(["shop.example/app"], ["shop.example"]).check("shop.example")
    assert verdict.ruling is Ruling.OUT
    assert [each.pattern for each in verdict.exceptions] == ["shop.example/app"]


def test_rules_that_decide_nothing_stay_visible() -> None:
    """Prose, redactions and lone paths are kept and shown, and never guessed at."""
    scope = Scope.from_rules(
        ["shop.example", "Our app", "/path"],
        ["Spam", "\u2588\u2588.shop.example", "old.shop.example"],
    )
    assert [rule.pattern for rule in scope.inert] == [
        "Our app",
        "/path",
        "Spam",
        "\u2588\u2588.shop.example",
    ]


@pytest.mark.parametrize(
    ("rule", "target", "miss"),
    [
        ("*.shop.example", "shop.example", "names below shop.example"),
        ("www.shop.example", "shop.example", "www.shop.example only"),
        ("shop.example", "www.shop.example", "shop.example only"),
        ("shop.example", "api.shop.example", "shop.example only"),
        ("shop.example:8443", "https://shop.example", "port 8443"),
        ("shop.example/app", "https://shop.example/x", "/app and what lies below"),
        ("https://192.0.2.1:8443", "https://192.0.2.1", "port 8443"),
    ],
)
def test_a_near_miss_is_named(rule: str, target: str, miss: str) -> None:
    """Someone whose target is not mentioned learns which rule came close."""
    verdict = Scope.from_rules([rule]).check(target)
    assert verdict.ruling is Ruling.UNKNOWN
    assert any(miss in each for each in verdict.nearest)


def test_surprising_readings_are_said() -> None:
    """Whoever pastes a trap learns what it really points at."""
    scope = Scope.from_rules(["shop.example"])
    assert "user name" in scope.check("https://shop.example@evil.example/").notes[0]
    assert "127.0.0.1" in scope.check("http://0x7f.1/").notes[0]
    assert "xn--bcher-kva.example" in scope.check("b\u00fccher.example").notes[0]


def test_a_sentence_stays_short() -> None:
    """A target of a megabyte does not bury the sentence about it."""
    verdict = Scope.from_rules(["shop.example"]).check("https://shop.example/" + "a" * 1_000_000)
    assert verdict.ruling is Ruling.IN
    assert len(verdict.reason) < 500


def test_importing_the_library_is_cheap() -> None:
    """The libraries that are slow to import are loaded only when a rule or target needs them."""
    program = (
        "import sys; from scope import Scope; "
        "assert Scope.from_rules(['shop.example']).check('shop.example').ruling == 'in'; "
        "print({'tldextract', 'validators', 'idna', 'requests'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_one_text_is_no_list_of_rules() -> None:
    """A forgotten bracket is an error, and never a scope of single letters."""
    with pytest.raises(RuleRefused, match="no list of rules"):
        Scope.from_rules(["*.shop.example"], "legacy.shop.example")


def test_what_is_no_question_is_refused_with_the_rule() -> None:
    """A wrong shape shows at once, and not at some later check."""
    with pytest.raises(RuleRefused, match="no question"):
        Rule("*.shop.example", unless=[{"id": "a", "text": "Really?"}])  # type: ignore[arg-type]


def test_what_is_no_text_is_no_target() -> None:
    """A caller's slip is ruled invalid: no permission, and no crash in the middle of a list."""
    scope = Scope.from_rules(["*.shop.example"])
    for odd in (None, 5, b"a.shop.example", ["a.shop.example"]):
        verdict = scope.check(odd)  # type: ignore[arg-type] # that is the point
        assert (verdict.ruling, verdict.code) == (Ruling.INVALID, "empty")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"data": "yes"}, "bad-answer"),
        ({"data": 1}, "bad-answer"),
        ([("data", True)], "bad-answer"),
        ({"date": True}, "unknown-answer"),
    ],
)
def test_an_answer_is_heard_or_refused(answers: Any, code: str) -> None:
    """One in words counted as no, and one to no question as nothing; the hint says what to do."""
    scope = Scope.from_rules(["*.shop.example"], [Rule("www.shop.example", unless=(DATA, OTHER))])
    with pytest.raises(AnswerRefused) as refusal:
        scope.check("www.shop.example", answers=answers)
    assert refusal.value.code == code
    assert code == "bad-answer" or refusal.value.hint == "They ask: data, other."


def test_a_setting_has_one_of_its_values() -> None:
    """A slip would otherwise be read as the usual choice."""
    slips: list[tuple[dict[str, Any], str]] = [
        ({"wildcard_apex": "x"}, "Write 'exclude' or 'include'."),
        ({"strict_scheme": "no"}, "Write True or False."),
        ({"out_always_wins": 1}, "Write True or False."),
    ]
    for slip, hint in slips:
        with pytest.raises(SettingRefused) as refusal:
            Scope.from_rules(["*.shop.example"], **slip)
        assert (refusal.value.code, refusal.value.hint) == ("bad-setting", hint)


def test_a_rule_whose_condition_fails_is_named() -> None:
    """Nobody is told that no rule mentions a target when one does."""
    scope = Scope.from_rules([Rule("*.shop.example", when={"tag": "production"})])
    reason = scope.check("a.shop.example", facts=Facts(tags=["staging"])).reason
    assert reason == (
        "No rule permits a.shop.example, so treat it as not allowed: the rule "
        '"*.shop.example" applies only if the target is production, and it is staging.'
    )
