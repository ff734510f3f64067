"""The quick way to a ruling, held to the careful one."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Question, Rule, Scope

LABELS = st.sampled_from(["a", "b", "api-a", "x53", "53", "www", "com", "a_b", "-a"])
BASES = st.sampled_from(
    ["shop.com", "a.shop.com", "53.com", "shop.co.uk", "com", "example", "b.de"]
)
STARS = st.sampled_from(["*", "*", "*", "a*", "*53", "api-*", "*a*", "a.*"])
LIMITS = st.sampled_from(["", "", "", "", ":80", "/a", "?q", "/*"])
REST = st.sampled_from(
    ["", "", ":443", ":80", ":", ":99999", ":x", "/", "/a", "/a?q#f", "/%25252525252541", "?q",
     "#f", "/a b", "\\a", "@b.com", ":80@b.com", "/\u00e9", ".", "..", "/%2e%2e/a"]
)  # fmt: skip
HOSTS = st.builds(
    ".".join, st.tuples(LABELS, BASES) | st.tuples(LABELS, LABELS, BASES) | st.tuples(BASES)
)
PATTERNS = (
    st.builds("{}{}".format, HOSTS, LIMITS)
    | st.builds("{}.{}{}".format, STARS, BASES, LIMITS)
    | st.sampled_from(
        [
            "shop.*",
            "*.shop.*",
            "*hop.*",
            "*3.com",
            "*",
            "/a",
            "10.0.0.1",
            "shop.c*m",
            "Our b.de",
            "<x>.b.de",
        ]
    )
)
RULES = PATTERNS | st.builds(lambda pattern: Rule(pattern, unless=(Question("q", "?"),)), PATTERNS)
LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "https://", "http://", "//", "ftp://", "HTTPS://"]),
    HOSTS,
    REST,
) | st.sampled_from(
    ["10.0.0.1", "com.shop.x", "https://com.shop.x", "play.google.com", "id12345", ""]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PATTERNS, max_size=6),
    st.lists(RULES, max_size=6),
    st.lists(LINES, min_size=1, max_size=8),
    st.sampled_from(["exclude", "include"]),
    st.booleans(),
)
def test_the_quick_way_gives_the_careful_ruling(
    include: list[str], exclude: list[str | Rule], lines: list[str], apex: Any, strict: bool
) -> None:
    """No line gets another ruling for being one of many."""
    scope = Scope.from_rules(include, exclude, wildcard_apex=apex, strict_scheme=strict)
    sieve = scope.sieve()
    for line in lines:
        assert sieve.ruling(line) is scope.check(line).ruling, line


def test_every_vector_gets_its_ruling_quickly_too(scope: Scope, vector: dict[str, Any]) -> None:
    """The vectors hold for the quick way as well, where nobody answers questions."""
    if "answers" not in vector:
        assert scope.sieve().ruling(vector["target"]).value == vector["ruling"], vector["why"]
