"""Packs: what one says is what is read, and everything wrong with one is told at once."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.policy import pack
from portal.policy.authorities import Authorities
from portal.policy.calendars import CalendarChoice
from portal.policy.clock_rules import ClockRule
from portal.policy.faults import Fault, PackRefused
from portal.policy.pack import Policy
from portal.policy.rewards import Factor, Recognition, Reward
from portal.policy.spans import Span
from portal.policy.terms import Reports

VECTORS = Path(__file__).parents[2] / "vectors" / "packs"
CASES = json.loads((VECTORS / "faults.json").read_text("utf-8"))
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"


def refusal(text: str) -> tuple[Fault, ...]:
    """Return the faults a pack is refused for."""
    with pytest.raises(PackRefused) as error:
        Policy.parse(text)
    return error.value.faults


def test_the_smallest_pack_says_nothing_else() -> None:
    """Whatever a pack leaves out is not stated; nothing is invented."""
    policy = Policy.parse(SMALLEST)
    assert (policy.slug, policy.name, policy.language) == ("tiny", "Tiny", "en")
    silent = ("organisation", "summary", "issued", "disclosure", "reward", "safe_harbour")
    terms = ("anonymity", "data_handling", "authorities", "recognition", "retention")
    for name in (*silent, *terms):
        assert getattr(policy, name) is None, name
    assert policy.reports == Reports(quick=False, questions=False)
    for name in (
        "languages",
        "contacts",
        "conduct",
        "promises",
        "readers",
        "two_people",
        "clock_rules",
        "attested",
    ):
        assert getattr(policy, name) == (), name
    assert policy.scope_rules.text is None
    assert policy.scope_rules.scope.check("https://example.com").ruling == "unknown"
    assert policy.calendar == CalendarChoice()


def test_the_hash_is_that_of_the_source() -> None:
    """The version a receipt names is the SHA-256 of the pack's UTF-8 text."""
    text = SMALLEST + "# é\n"
    policy = Policy.parse(text)
    assert policy.source == text
    assert policy.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_ten_faults_are_told_at_once() -> None:
    """A pack with ten different faults reports all ten, each with its line and what to do."""
    text = (VECTORS / "ten-faults.toml").read_text("utf-8")
    marked = [n for n, line in enumerate(text.split("\n"), 1) if "# fault:" in line]
    faults = refusal(text)
    assert len(marked) == 10
    assert [fault.line for fault in faults] == marked
    assert all(fault.message.endswith(".") and fault.hint for fault in faults)
    assert len({fault.where for fault in faults}) == 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_fault_has_its_line_its_place_and_a_hint(case: dict[str, Any]) -> None:
    """Every kind of fault is found where a person would look for it."""
    own = "\n".join(case["pack"])
    heading = "" if case.get("bare") else SMALLEST + "\n"
    text = f"{own}\n\n{heading}" if case.get("first") else heading + own
    faults = refusal(text)
    assert [(fault.line, fault.where) for fault in faults] == [tuple(f[:2]) for f in case["faults"]]
    for fault, (_, _, message, *hint) in zip(faults, case["faults"], strict=True):
        assert message in fault.message
        assert fault.hint
        assert not hint or hint[0] in fault.hint


def test_the_refusal_itself_names_the_first_faults() -> None:
    """Where only one sentence fits, it has the first faults and how to see the rest."""
    with pytest.raises(PackRefused) as error:
        Policy.parse((VECTORS / "ten-faults.toml").read_text("utf-8"))
    assert "line 3: " in error.value.message
    assert "(and 7 more)" in error.value.message
    assert error.value.code == "pack-refused"
    assert "portico policy check" in error.value.hint


def test_a_pack_is_not_endless() -> None:
    """A text longer than any pack, or nested beyond reason, is refused without a crash."""
    assert "longer than" in refusal("#" * (1024 * 1024 + 1))[0].message
    assert "not TOML" in refusal("a = " + "[" * 50_000)[0].message
    assert "not TOML" in refusal("a = " + "9" * 50_000)[0].message


def test_time_limits_are_read_as_written() -> None:
    """Promises become clocks, windows become soft clocks."""
    policy = Policy.parse(
        SMALLEST
        + "[[promise]]\nid = 'ack'\nlabel = 'Answer'\ntext = 'T'\n"
        + "clock = { within = '3 business days', until = 'acknowledged' }\n"
        + "[[promise]]\nid = 'kind'\ntext = 'Be kind.'\n"
        + "[disclosure]\ntext = 'D'\nminimum = '1 week'\nmaximum = '90 calendar days'\n"
    )
    ack, least, most = policy.clock_rules
    assert ack == ClockRule(
        "ack", "Answer", Span(3, "business_days"), "received", met_by="acknowledged"
    )
    assert (least.id, least.span, least.soft) == ("disclosure-minimum", Span(1, "weeks"), True)
    assert (most.id, most.span) == ("disclosure-maximum", Span(90, "calendar_days"))
    assert policy.promises[1].clock is None


def test_what_is_said_once_is_read_as_written() -> None:
    """Languages, factors, ways of naming and laws keep their order and their words."""
    policy = Policy.parse(
        SMALLEST
        + "languages = ['nl', 'en']\n"
        + "[reward]\nkind = 'discretionary'\ntext = 'R'\neligible = 'E'\n"
        + "factors = [{ id = 'b', text = 'B' }, { id = 'a', text = 'A' }]\n"
        + "[recognition]\ntext = 'N'\nforms = ['name', 'handle']\n"
        + "[authorities]\ntext = 'A'\nregimes = ['nis2-23', 'gdpr-33']\n"
        + "[[conduct]]\nid = 'c'\nduty = 'may'\ntext = 'C.'\ntools = ['NMap', ' zap ']\n"
    )
    assert policy.languages == ("nl", "en")
    assert policy.reward == Reward("discretionary", "R", (Factor("b", "B"), Factor("a", "A")), "E")
    assert policy.recognition == Recognition("N", ("handle", "name"), thanks=False)
    assert policy.authorities == Authorities("A", ("nis2-23", "gdpr-33"), decision=False)
    assert policy.conduct[0].tools == ("nmap", "zap")


def test_what_stands_alone_is_confirmed_first() -> None:
    """S3-6: a stand-alone clause comes before all others, whatever the order in the pack."""
    policy = Policy.parse(
        SMALLEST
        + "[[conduct]]\nid = 'a'\nduty = 'must'\ntext = 'A.'\nattest = true\n"
        + "[[conduct]]\nid = 'b'\nduty = 'may'\ntext = 'B.'\n"
        + "[[conduct]]\nid = 'c'\nduty = 'must_not'\ntext = 'C.'\nattest = true\nalone = true\n"
        + "[safe_harbour]\ntext = 'H'\n[[safe_harbour.condition]]\nid = 'd'\ntext = 'D.'\n"
    )
    assert [clause.id for clause in policy.attested] == ["c", "a", "d"]
    assert policy.attested[0].statement == "I did not, and will not: C."


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        ("example.com", False),
        ("https://example.com/", False),
        ("https://example.com/*", False),
        ("192.0.2.0/24", False),
        ("android:com.example.app", False),
        ("example.com/blog", True),
        ("https://example.com:8443/api/*", True),
    ],
)
def test_paths_are_asked_for_only_where_a_rule_needs_them(pattern: str, paths: bool) -> None:
    """The form sends a path only when some rule looks at paths; a block's mask is none."""
    policy = Policy.parse(f"{SMALLEST}[[scope.out]]\npattern = '{pattern}'\n")
    assert policy.scope_rules.uses_paths is paths


def test_the_readings_of_rules_are_the_policys_choice() -> None:
    """A pack may say that a star includes the name itself, and may confirm a broad rule."""
    rules = "[[scope.in]]\npattern = '*.example.com'\n"
    plain = Policy.parse(SMALLEST + rules)
    wide = Policy.parse(f"{SMALLEST}[scope]\nwildcard_apex = 'include'\n{rules}")
    assert plain.scope_rules.scope.check("example.com").ruling == "unknown"
    assert wide.scope_rules.scope.check("example.com").ruling == "in"
    assert wide.scope_rules.include[0].line == 6
    broad = f"{SMALLEST}[[scope.in]]\npattern = '*.com'\n"
    confirmed = Policy.parse(f"{broad}confirmed = true\n")
    assert Policy.parse(broad).scope_rules.scope.check("a.com").ruling == "review"
    assert confirmed.scope_rules.scope.check("a.com").ruling == "in"


def test_every_reserved_address_is_refused_as_a_slug() -> None:
    """No program can take the place of the portal's own pages."""
    for slug in pack.RESERVED:
        assert refusal(f"[program]\nslug = '{slug}'\nname = 'x'\n")[0].where == "program.slug"


def test_a_date_issued_is_a_date() -> None:
    """The date of issue is read as a date."""
    policy = Policy.parse(SMALLEST + "issued = 2026-11-22\n")
    assert policy.issued == date(2026, 11, 22)


VALUES = ["1", "true", "'x'", "[]", "{}", "[1]", "['a']", "[{}]", "{a = 1}", "2026-01-01"]
TABLES = "contact scope conduct promise disclosure reward safe_harbour anonymity data_handling"
KEYS = "in out text kind clock minimum roles two_people condition add steps zone id quick keep"
INNER = st.dictionaries(st.sampled_from(KEYS.split()), st.sampled_from(VALUES), max_size=4)
MORE = "authorities retention recognition reports readers desk fields calendar program"
ANY_TABLE = st.sampled_from(f"{TABLES} {MORE}".split())


@given(st.dictionaries(ANY_TABLE, st.sampled_from(VALUES) | INNER, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_pack_makes_the_reader_crash(tables: dict[str, Any]) -> None:
    """Whatever stands where, a pack without a name is refused with faults, and never crashes."""
    lines = [f"{name} = {value}" for name, value in tables.items() if isinstance(value, str)]
    for name, keys in tables.items():
        if isinstance(keys, dict):
            lines += [f"[{name}]", *(f"{key} = {value}" for key, value in keys.items())]
    faults = refusal("\n".join(lines))
    assert faults
    assert all(1 <= fault.line <= max(len(lines), 1) for fault in faults)
