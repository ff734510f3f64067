"""Our own JSON: what is written reads back the same, and an odd value is refused by its place."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Question, Redirect, Rule, When
from scope.errors import FormatUnreadable
from scope.formats import Listing, portico, read, write
from scope.settings import Settings

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
BLOCKS = st.lists(st.sampled_from(["192.0.2.0/24", "2001:db8::/32"]), max_size=2).map(tuple)
PERIODS = st.lists(st.dates(), min_size=2, max_size=2).map(sorted)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Make a condition that asks for something, with its first day before its last."""
    since, until = draw(PERIODS)
    given: dict[str, Any] = {
        "resolves_to": draw(BLOCKS),
        "not_resolves_to": draw(BLOCKS),
        "cname": draw(st.sampled_from([(), ("*.cdn.example",)])),
        "tag": draw(st.sampled_from([(), ("production", "beta")])),
        "since": draw(st.sampled_from([None, since])),
        "until": draw(st.sampled_from([None, until])),
    }
    return When(**given) if any(given.values()) else When(until=until)


CONDITIONS = st.none() | whens()
BOTH: dict[str, Any] = {
    "pattern": WORDS,
    "id": st.none() | WORDS,
    "note": st.none() | WORDS,
    "reward": st.booleans(),
    "confirmed": st.booleans(),
    "when": CONDITIONS,
    "source": st.none() | WORDS,
    "line": st.none() | st.integers(min_value=1),
}
ONLY_OUT = {
    "redirect": st.none() | st.just(Redirect("Mail Vendor", "mailto:security@vendor.example")),
    "unless": st.lists(st.builds(Question, WORDS, WORDS), max_size=2).map(tuple),
}
LISTINGS = st.builds(
    Listing,
    name=WORDS,
    include=st.lists(st.builds(Rule, **BOTH), max_size=3).map(tuple),
    exclude=st.lists(st.builds(Rule, **BOTH, **ONLY_OUT), max_size=3).map(tuple),
    settings=st.builds(
        Settings, st.sampled_from(["include", "exclude"]), st.booleans(), st.booleans()
    ),
)


@given(LISTINGS)
@settings(max_examples=150, deadline=None)
def test_nothing_of_rules_and_settings_is_lost(listing: Listing) -> None:
    """Written and read again, it is the same scope, and nothing had to be left out."""
    written = write("portico", [listing])
    assert read("portico", written.text) == (listing,)
    assert written.lost == ()
    assert written.text.isascii()


def test_a_feed_says_where_it_is_from() -> None:
    """Program, version and words of the policy come back as they went."""
    edition = portico.Edition(3, "ab" * 32, datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    feed = portico.Feed(
        Listing("Shop", (Rule("*.shop.example"),)), "shop", edition, 5, "Our shops.", "Write us."
    )
    assert portico.read_feed(portico.write_feed(feed)) == feed


def test_what_is_not_set_is_not_written() -> None:
    """Absent means not stated: a plain rule is its pattern and nothing else."""
    plain = json.loads(write("portico", [Listing("", (Rule("shop.example"),))]).text)
    assert plain["in"] == [{"pattern": "shop.example"}]
    assert plain["out"] == []
    assert not {"program", "name", "policy", "text", "ask"} & set(plain)


def test_a_condition_is_read_as_people_write_it() -> None:
    """One text stands for a list of one, and a day for itself."""
    text = json.dumps(
        {
            "format": portico.FORMAT,
            "in": [{"pattern": "a.example", "when": {"tag": "production", "until": "2027-01-31"}}],
        }
    )
    (listing,) = read("portico", text)
    assert listing.include[0].condition == When(tag=("production",), until=date(2027, 1, 31))


ODD = [
    ("[]", "The document is not an object"),
    ("{}", "format is not portico-scope/1"),
    ({"format": "portico-scope/2"}, "format is not portico-scope/1"),
    ({"in": {}}, "in is not a list"),
    ({"in": ["shop.example"]}, "in[0] is not an object"),
    ({"in": [{}]}, "in[0] has no pattern"),
    ({"out": [{"pattern": "a"}, {"pattern": 5}]}, "out[1].pattern is not a text"),
    ({"out": [{"pattern": "a", "reward": 0}]}, "out[0].reward is not true or false"),
    ({"out": [{"pattern": "a", "line": True}]}, "out[0].line is not a whole number"),
    ({"out": [{"pattern": "a", "line": 0}]}, "out[0].line is not a whole number"),
    ({"out": [{"pattern": "a", "ports": [80]}]}, "out[0].ports is not known"),
    ({"out": [{"pattern": "a", "a\nb": 1}]}, 'out[0]."a\\nb" is not known'),
    ({"in": [{"pattern": "a", "unless": []}]}, "in[0].unless is not known"),
    ({"out": [{"pattern": "a", "unless": [{"id": "x"}]}]}, "out[0].unless[0] needs id"),
    ({"out": [{"pattern": "a", "redirect": {"vendor": "V"}}]}, "out[0].redirect needs"),
    (
        {"out": [{"pattern": "a", "redirect": {"vendor": "V", "address": "javascript:1"}}]},
        "out[0].redirect cannot be used",
    ),
    ({"in": [{"pattern": "a", "when": {"port": "80"}}]}, "in[0].when cannot be read"),
    ({"in": [{"pattern": "a", "when": {"until": "soon"}}]}, "in[0].when cannot be read"),
    ({"settings": {"strict_scheme": "no"}}, "settings.strict_scheme is not true or false"),
    ({"settings": {"wildcard_apex": []}}, "settings.wildcard_apex is neither"),
    ({"settings": {"lenient": True}}, "settings.lenient is not known"),
    ({"policy": {"version": 1}}, "policy needs version and sha256"),
    (
        {"policy": {"version": 1, "sha256": "", "published": "2026-01-01T00:00"}},
        "policy.published is a time without a zone",
    ),
    ({"name": ["Shop"]}, "name is not a text"),
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("9" * 5_000, "not JSON"),
    ('{"in": NaN}', "not JSON"),
    (f'{{"format": "{portico.FORMAT}", "in": [{{"pattern": "\\ud800"}}]}}', "not JSON"),
    ('{"in": [], "in": []}', '"in" stands twice'),
]


@pytest.mark.parametrize(("odd", "said"), ODD, ids=[said for _, said in ODD])
def test_an_odd_value_is_refused_by_its_place(odd: str | dict[str, Any], said: str) -> None:
    """The reader guesses nothing: a wrong kind might have been a limit."""
    text = odd if isinstance(odd, str) else json.dumps({"format": portico.FORMAT, **odd})
    with pytest.raises(FormatUnreadable) as refused:
        read("portico", text)
    assert said in refused.value.message


def test_a_later_portal_may_say_more() -> None:
    """A member beside the rules that this reader does not know is left out with a remark."""
    text = json.dumps({"format": portico.FORMAT, "news": "none", "in": [{"pattern": "a.example"}]})
    (listing,) = read("portico", text)
    assert [(remark.code, remark.entry) for remark in listing.remarks] == [
        ("unknown-member", "news")
    ]
    assert listing.include == (Rule("a.example"),)


@given(
    st.text(max_size=80)
    | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(
        lambda raw: json.dumps({"format": portico.FORMAT, "in": raw, "out": raw, "settings": raw})
    )
)
@settings(max_examples=100, deadline=None)
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    """Whatever the file holds, it is read or refused with words."""
    with suppress(FormatUnreadable):
        read("portico", text)
