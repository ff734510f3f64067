"""Advice: silence is noticed, strain against good practice is a warning, neither stops a pack."""

from pathlib import Path

import pytest

from portal.policy.lint import Remark, lint
from portal.policy.pack import Policy

POLICIES = Path(__file__).parents[3] / "policies"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
CLOCK = "[[promise]]\nid = 'ack'\ntext = 'T'\n[promise.clock]\nwithin = '3 business days'\n"


def remarks(text: str) -> dict[str, Remark]:
    """Return the remarks on a pack by their codes."""
    return {remark.code: remark for remark in lint(Policy.parse(text))}


def shipped(name: str) -> dict[str, str]:
    """Return the levels of the remarks on a shipped pack by their codes."""
    text = (POLICIES / f"{name}.toml").read_text("utf-8")
    return {code: remark.level for code, remark in remarks(text).items()}


def test_silence_is_noticed_and_nothing_more() -> None:
    """S1-24, C-3 to C-6: whatever a policy is silent on is a notice, and never an error."""
    found = remarks(SMALLEST)
    assert {remark.level for remark in found.values()} == {"notice"}
    expected = {"no-issue-date", "no-anonymity", "no-acknowledgement-time", "no-scope"}
    assert expected | {"no-safe-harbour", "no-reward", "no-contact", "no-disclosure"} == set(found)


def test_the_example_leaves_nothing_unsaid() -> None:
    """A policy that states everything gets no remarks but those on its unusual rules."""
    assert shipped("example") == {"export": "notice", "private-address": "notice"}


def test_the_unnamed_embargo_is_open_ended() -> None:
    """S1-2, C-2: silence until resolved, without a maximum, is a warning at its line."""
    text = (POLICIES / "unnamed.toml").read_text("utf-8")
    remark = remarks(text)["open-ended-embargo"]
    assert remark.level == "warning"
    assert text.split("\n")[remark.line - 1] == "[disclosure]"
    assert "BOD 20-01" in remark.why


def test_the_unnamed_pack_has_the_form_for_its_channel() -> None:
    """S1-24: no contact, no scope, no harbour and no reward are notices in the shipped pack."""
    found = shipped("unnamed")
    for code in ("no-contact", "no-scope", "no-safe-harbour", "no-reward"):
        assert found[code] == "notice"


@pytest.mark.parametrize(
    ("name", "code", "noticed"),
    [
        ("integratpark", "no-anonymity", True),
        ("onefactory", "no-anonymity", True),
        ("unnamed", "no-anonymity", False),
        ("iwelcome", "no-anonymity", False),
        ("integratpark", "no-acknowledgement-time", True),
        ("iwelcome", "no-acknowledgement-time", True),
        ("unnamed", "no-acknowledgement-time", False),
        ("onefactory", "no-acknowledgement-time", False),
        ("integratpark", "no-safe-harbour", True),
        ("unnamed", "no-scope", True),
        ("onefactory", "no-safe-harbour", False),
        ("onefactory", "identity-requested", True),
        ("iwelcome", "identity-requested", False),
        ("onefactory", "no-latest-publication", True),
        ("iwelcome", "no-latest-publication", False),
    ],
)
def test_each_published_policy_gets_its_own_remarks(name: str, code: str, noticed: bool) -> None:
    """S2-7, C-4, C-5, C-6: the remarks are those that the texts deserve."""
    assert (code in shipped(name)) is noticed


@pytest.mark.parametrize("field", ["full_name", "company", "contact_email", "contact_phone"])
def test_nobody_should_have_to_say_who_they_are(field: str) -> None:
    """S2-7, S3-22, C-1: a required name, company, address or number is a warning at its line."""
    remark = remarks(f"{SMALLEST}[fields]\n{field} = 'required'\n")["identity-required"]
    assert (remark.level, remark.line, remark.where) == ("warning", 5, f"fields.{field}")


def test_business_days_need_a_country() -> None:
    """Without a country, holidays would count as working days: that is a warning."""
    clock = f"{SMALLEST}{CLOCK}until = 'acknowledged'\n"
    assert remarks(clock)["no-country"].level == "warning"
    assert "no-country" not in remarks(f"{clock}[calendar]\ncountry = 'NL'\n")
    assert "no-acknowledgement-time" not in remarks(clock)


def test_example_names_are_to_be_replaced() -> None:
    """A rule about a name that nobody can own is pointed out, at its line."""
    text = (
        f"{SMALLEST}[[scope.in]]\npattern = 'a.example.com'\n"
        "[[scope.in]]\npattern = '*.Vendor.EXAMPLE.'\n[[scope.out]]\npattern = 'a.test'\n"
    )
    found = [remark for remark in lint(Policy.parse(text)) if remark.code == "example-name"]
    assert [(remark.line, remark.where) for remark in found] == [
        (6, "scope.in[1]"),
        (8, "scope.out[0]"),
    ]


def test_the_scope_librarys_advice_is_passed_on() -> None:
    """Rules on both sides, and wildcards without their apex, are told at the rule's line."""
    text = (
        f"{SMALLEST}[[scope.in]]\npattern = '*.a.example.com'\n"
        "[[scope.out]]\npattern = 'b.example.com'\n"
        "[[scope.in]]\npattern = 'b.example.com'\n"
    )
    found = remarks(text)
    assert (found["both-sides"].line, found["both-sides"].level) == (8, "warning")
    assert found["apex-unmentioned"].where == "scope.in[0]"
    included = f"{SMALLEST}[scope]\nwildcard_apex = 'include'\n[[scope.in]]\npattern = '*.a.com'\n"
    assert "apex-unmentioned" not in remarks(included)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("integratpark", "excludes-nothing"),
        ("onefactory", "excludes-nothing"),
        ("iwelcome", "shadowed"),
    ],
)
def test_a_rule_that_redirects_or_denies_a_reward_has_its_use(name: str, code: str) -> None:
    """A rule is not called idle when it carries a redirect or no reward."""
    assert code not in shipped(name)


def test_what_cannot_have_an_effect_is_pointed_out() -> None:
    """A note on a hidden field is never seen; a refusal without exclusions refuses nothing."""
    found = remarks(
        f"{SMALLEST}[scope]\non_out = 'refuse'\n[fields]\nadvice = {{ note = 'Please.' }}\n"
    )
    assert found["note-unseen"].level == "warning"
    assert found["refuses-nothing"].line == 5


def test_remarks_come_in_the_order_of_the_pack() -> None:
    """Remarks are sorted by line, and each says what to do."""
    for path in POLICIES.glob("*.toml"):
        found = lint(Policy.parse(path.read_text("utf-8")))
        lines = [remark.line for remark in found]
        assert lines == sorted(lines)
        assert all(remark.message.endswith(".") and remark.hint for remark in found)
        assert all(remark.why.endswith(".") for remark in found)


def test_every_remark_says_why_and_what_to_write() -> None:
    """Each has its place, its reason and its remedy; a reason is never the message again."""
    for path in POLICIES.glob("*.toml"):
        for remark in lint(Policy.parse(path.read_text("utf-8"))):
            assert remark.code
            assert remark.why not in {"", remark.message}
            assert remark.hint.endswith((".", "”"))


@pytest.mark.parametrize(
    ("within", "slow"),
    [
        ("3 business days", False),
        ("4 business days", True),
        ("5 calendar days", False),
        ("6 calendar days", True),
        ("72 hours", False),
        ("1 week", True),
        ("1 month", True),
    ],
)
def test_a_slow_acknowledgement_is_noticed(within: str, slow: bool) -> None:
    """C-5, S2-8: beyond what BOD 20-01 aims at; five business days are."""
    clock = CLOCK.replace("3 business days", within)
    found = remarks(f"{SMALLEST}{clock}until = 'acknowledged'\n[calendar]\ncountry = 'US'\n")
    assert ("slow-acknowledgement" in found) is slow
    assert "no-acknowledgement-time" not in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We answer within 3 business days.", "promise-uncounted"),
        ("We answer within two weeks.", "promise-uncounted"),
        ("We answer as soon as we can.", None),
        ("We fixed 3 problems in 2025.", None),
    ],
)
def test_a_time_that_nobody_counts_is_a_warning(text: str, code: str | None) -> None:
    """A promise with a number in its words and no clock cannot be worked out."""
    found = remarks(f"{SMALLEST}[[promise]]\nid = 'a'\ntext = '{text}'\n")
    assert ("promise-uncounted" in found) is (code is not None)


def test_a_clock_that_can_never_run_is_a_warning() -> None:
    """Its end comes before its start; the remedy is the other way round."""
    clock = (
        f"{SMALLEST}[[promise]]\nid = 'a'\ntext = 'T'\n"
        "clock = { within = '3 weeks', after = 'resolved', until = 'acknowledged' }\n"
    )
    remark = remarks(clock)["clock-backwards"]
    assert (remark.level, remark.where) == ("warning", "promise[0].clock")
    assert remark.hint.endswith('after = "acknowledged", until = "resolved".')


def test_working_days_beyond_all_calendars_are_a_warning() -> None:
    """Holidays are frozen for ten years; a date after that would be wrong."""
    clock = CLOCK.replace("3 business days", "3000 business days")
    assert remarks(f"{SMALLEST}{clock}soft = true\n")["beyond-calendar"].level == "warning"


@pytest.mark.parametrize(
    ("window", "codes"),
    [
        ("until = 'resolved'", {"open-ended-embargo"}),
        ("agreement = 'both'", {"open-ended-embargo"}),
        ("not_before = 'resolved'", {"open-ended-embargo"}),
        ("until = 'resolved'\nmaximum = '6 weeks'", set()),
        ("not_before = 'resolved'\nmaximum = '6 weeks'", {"windows-differ"}),
        ("minimum = '90 calendar days'", {"no-latest-publication"}),
        ("maximum = '60 business days'", {"window-in-business-days", "no-country"}),
    ],
)
def test_a_request_for_silence_needs_an_end(window: str, codes: set[str]) -> None:
    """C-2: a request that only an event or an agreement ends may never end."""
    found = remarks(f"{SMALLEST}[disclosure]\ntext = 'T'\n{window}\n")
    silent = {code for code in found if code.startswith("no-")} - codes
    assert set(found) - silent == codes


def test_a_clause_said_twice_is_noticed() -> None:
    """S1-23: word for word, whatever the blanks and capitals; another duty is another clause."""
    clause = "[[conduct]]\nid = '{}'\nduty = '{}'\ntext = '{}'\n"
    twice = clause.format("a", "must", "Be kind.") + clause.format("b", "must", "be  KIND.")
    remark = remarks(SMALLEST + twice)["clause-repeated"]
    assert (remark.level, remark.where) == ("notice", "conduct[1]")
    other = clause.format("a", "must", "Be kind.") + clause.format("b", "asked", "Be kind.")
    assert "clause-repeated" not in remarks(SMALLEST + other)


def test_a_condition_that_nobody_confirms_is_noticed() -> None:
    """S2-19, S3-4: what a safe harbour depends on is confirmed, or it proves nothing."""
    condition = (
        f"{SMALLEST}[safe_harbour]\ntext = 'T'\n[[safe_harbour.condition]]\nid = 'a'\ntext = 'T'\n"
    )
    assert "condition-unconfirmed" not in remarks(condition)
    found = remarks(f"{condition}attest = false\n")["condition-unconfirmed"]
    assert (found.level, found.where) == ("notice", "safe_harbour.condition[0]")


def test_what_waits_for_an_answer_needs_its_question() -> None:
    """S0-10: a clause on tools is never shown unless tools are asked for; so with names."""
    pack = (
        f"{SMALLEST}[[conduct]]\nid = 'a'\nduty = 'must_not'\ntext = 'Scan.'\ntools = ['nmap']\n"
        "[recognition]\ntext = 'We name you.'\nforms = ['handle']\n"
    )
    found = remarks(pack)
    assert found["tools-unasked"].level == "warning"
    assert found["credit-unasked"].level == "notice"
    asked = remarks(f"{pack}[fields]\ntools_used = 'requested'\ncredit = 'optional'\n")
    assert not {"tools-unasked", "credit-unasked"} & asked.keys()


def test_the_policys_own_language_is_expected_among_the_others() -> None:
    """Readers answer in the language they were addressed in."""
    assert remarks(f"{SMALLEST}languages = ['nl']\n")["own-language"].line == 4
    assert "own-language" not in remarks(f"{SMALLEST}languages = ['nl', 'en']\n")
