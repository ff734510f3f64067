"""Laws of the scope that hold for every rule and every target."""

import time
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule, Ruling, Scope, ScopeError, normalise
from scope.places import glob
from scope.places.names import Names
from scope.reading import cleaning, expand

law = settings(max_examples=150, deadline=None)

LABELS = st.sampled_from(["a", "b", "ab", "api-a", "www", "shop"])
TAILS = st.sampled_from(["shop.com", "shop.co.uk", "com", "a.example", "github.io"])
STARS = st.sampled_from(["*", "a*", "*b", "api-*", "a*b", "*"])
PATHS = st.sampled_from(
    ["", "/", "/a", "/a/b", "/a/*", "/*/b", "/a?x=1", "/A", "/a%2Fb", "/a/..;/b"]
)
PORTS = st.sampled_from(["", "", "", ":443", ":8443"])
SCHEMES = st.sampled_from(["", "", "https://", "http://", "ftp://"])
NUMBERS = st.sampled_from(
    [
        "10.0.0.1",
        "10.0.0.0/24",
        "10.0.0.0/8",
        "10.0.0.3-9",
        "10.0.*.1",
        "0.0.0.0/0",
        "2001:db8::/32",
    ]
)
ODD = st.sampled_from(
    ["", "*", "*/a/*", "/a", "shop.com and ab.com", "shop.(com|de)", "<x>.shop.com", "Our shop.com",
     "android:com.a.b", "id1234567", "user@shop.com", "s{1,2}.shop.com", "10.0.0.1, shop.com"]
)  # fmt: skip


def joined(*labels: str) -> str:
    """Join labels into a name."""
    return ".".join(labels)


NAMES = st.builds(joined, LABELS, TAILS) | st.builds(joined, LABELS, LABELS, TAILS)
STARRED = st.builds(joined, STARS, TAILS) | st.builds(joined, STARS, LABELS | STARS, TAILS)
TARGETS = (
    st.builds(lambda *parts: "".join(parts), SCHEMES, NAMES, PORTS, PATHS)
    | NUMBERS
    | st.sampled_from(["android:com.a.b", "id1234567", "*.shop.com", "10.0.0.4", "10.0.0.0/25"])
)
PATTERNS = (
    st.builds(lambda *parts: "".join(parts), SCHEMES, NAMES | STARRED, PORTS, PATHS) | NUMBERS | ODD
)
LISTS = st.lists(PATTERNS, max_size=5)
TEXTS = st.text(max_size=60) | st.text(
    "ab.*:/\\@?#[]()|{},-%2fF e\u00fc\u3002\u200b0x17", max_size=40
)


@law
@given(LISTS, LISTS, TARGETS, st.randoms(use_true_random=False))
def test_the_order_of_rules_never_matters(
    include: list[str], exclude: list[str], target: str, random: Random
) -> None:
    """Shuffled rules give the very same verdict, down to the sentence."""
    before = Scope.from_rules(include, exclude).check(target)
    random.shuffle(include)
    random.shuffle(exclude)
    assert Scope.from_rules(include, exclude).check(target) == before


@law
@given(TEXTS | TARGETS | PATTERNS)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """A target in its normal form is left as it is."""
    try:
        once = normalise(text)
    except ScopeError:
        return
    assert normalise(str(once)) == once
    assert str(normalise(str(once))) == str(once)


@law
@given(LISTS, LISTS, PATTERNS, TARGETS)
def test_an_exclusion_never_widens_the_scope(
    include: list[str], exclude: list[str], further: str, target: str
) -> None:
    """One more exclusion permits nothing new, and what was out stays out."""
    before = Scope.from_rules(include, exclude).check(target).ruling
    after = Scope.from_rules(include, [*exclude, further]).check(target).ruling
    assert after is not Ruling.IN or before is Ruling.IN
    assert after is Ruling.OUT or before is not Ruling.OUT


@law
@given(PATTERNS, TARGETS)
def test_what_a_pattern_permits_it_also_forbids(pattern: str, target: str) -> None:
    """A permit is never read more widely than the same words as a refusal, and a tie is out."""
    if Scope.from_rules([pattern]).check(target).ruling is Ruling.IN:
        assert Scope.from_rules([], [pattern]).check(target).ruling is Ruling.OUT
        assert Scope.from_rules([pattern], [pattern]).check(target).ruling is Ruling.OUT


@law
@given(TEXTS, TEXTS, TEXTS)
def test_no_text_breaks_the_engine(include: str, exclude: str, target: str) -> None:
    """Whatever is pasted anywhere, there is a verdict with a sentence."""
    verdict = Scope.from_rules([include], [exclude]).check(target)
    assert verdict.reason
    assert verdict.to_dict()["ruling"] == verdict.ruling.value


@law
@given(STARRED, STARRED, NAMES, st.booleans(), st.booleans())
def test_a_set_inside_another_has_only_its_names(
    outer: str, inner: str, name: str, wide: bool, also: bool
) -> None:
    """Where one pattern is said to lie inside another, every name of it does."""
    larger, smaller = Names(outer, wide=wide), Names(inner, wide=also)
    if larger.contains(smaller) and smaller.match(name):
        assert larger.match(name)


@law
@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_a_star_is_any_text(pattern: str, text: str) -> None:
    """The linear matcher agrees with a plain recursive definition."""

    def slowly(left: str, right: str) -> bool:
        if not left:
            return not right
        if left[0] == "*":
            return any(slowly(left[1:], right[cut:]) for cut in range(len(right) + 1))
        return bool(right) and left[0] == right[0] and slowly(left[1:], right[1:])

    assert glob.covers(pattern, text) is slowly(pattern, text)


@law
@given(st.text("a.|()[]{},<>-*# 12", max_size=40))
def test_brackets_never_run_away(text: str) -> None:
    """One rule stands for a bounded number of things."""
    cleaned, _ = cleaning.clean(text)
    assert len(expand.alternatives(cleaned)) <= expand.MOST


LONG = 250_000  # letters: were work to grow with their square, it would take minutes
SLOW: dict[str, Callable[[], str]] = {
    "one long label": lambda: "a" * LONG + ".shop.com",
    "many labels": lambda: "a." * (LONG // 2) + "shop.com",
    "long foreign label": lambda: "\u00fc" * LONG + ".shop.com",
    "long punycode": lambda: "xn--" + "a" * LONG + ".shop.com",
    "many escapes": lambda: "https://shop.com/" + "%2e%2e%2f" * (LONG // 9),
    "escaped escapes": lambda: "https://shop.com/%" + "25" * (LONG // 2),
    "many slashes": lambda: "https://shop.com" + "/" * LONG,
    "many dots": lambda: "https://shop.com" + "/.." * (LONG // 3),
    "many parameters": lambda: "https://shop.com/" + ";" * LONG,
    "many users": lambda: "https://" + "@" * LONG + "shop.com",
    "many keys": lambda: "https://shop.com/?" + "a=1&" * (LONG // 4),
    "many digits": lambda: "1" * LONG,
    "many octets": lambda: "1." * (LONG // 2),
    "many commas": lambda: "1," * (LONG // 2) + "1.1.1",
    "many blanks": lambda: "1" + " " * LONG + "-",
    "many brackets": lambda: "[" * LONG,
    "many colons": lambda: ":" * LONG,
    "a near match": lambda: "https://shop.com/" + "ab" * (LONG // 2),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_long_text_takes_no_more_than_a_moment(kind: str) -> None:
    """No target and no rule holds the engine up, whatever it is made of."""
    text = SLOW[kind]()
    stars = "https://shop.com/" + "a*b*" * 30 + "c"
    started = time.process_time()
    scope = Scope.from_rules(["*.shop.com", stars, text], ["*a*a*a*a*a*b.shop.com", stars])
    assert scope.check(text).reason
    assert time.process_time() - started < 2.5


def test_thousands_of_rules_are_read_and_asked_quickly() -> None:
    """A check looks at few of many rules."""
    rules = [Rule(f"h{number}.shop{number % 97}.com") for number in range(4000)]
    scope = Scope.from_rules(rules)
    started = time.process_time()
    for number in range(4000):
        assert scope.check(f"h{number}.shop{number % 97}.com").ruling is Ruling.IN
    assert time.process_time() - started < 5.0
