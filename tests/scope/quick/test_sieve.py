"""The quick way to a ruling, held to the careful one."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Question, Rule, Ruling, Scope, Verdict
from scope.quick.batch import Block
from scope.quick.slot import CODES, SKIPPED
from scope.targets.edges import EDGES

Wrong = Callable[[Callable[[dict[str, Any], Scope, Verdict], object]], list[str]]

LABELS = st.sampled_from(["a", "b", "api-a", "x53", "53", "www", "com", "a_b", "-a"])
BASES = st.sampled_from(
    ["shop.com", "a.shop.com", "53.com", "shop.co.uk", "com", "example", "b.de"]
)
STARS = st.sampled_from(["*", "*", "*", "a*", "*53", "api-*", "*a*", "a.*"])
LIMITS = st.sampled_from(["", "", "", "", ":80", "/a", "?q", "/*"])
REST = st.sampled_from(
    ["", "", ":443", ":80", ":", ":99999", ":x", "/", "/a", "/a?q#f", "/%25252525252541", "?q",
     "#f", "/a b", "\\a", "@b.com", ":80@b.com", "/A", "/a/x.js", "/b/..;/a", "/a%2Fb?q=1",
     ":8443/a/", "/%61", "//a", "/\u00e9", ".", "..", "/%2e%2e/a", "/%%32%35",
     "/%%32%35252525252541", "/%2%35%32%3525252541", "/24", "/id12345678", "?x=.b.com", "/\x00",
     "/https://b.com", "//b.com", "\r"]
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
            "shop.co*",
            "*.shop.c*",
            "a.shop.c*",
            "*.shop.e*",
            "a.shop.ex*",
            "b.*.c*",
            "*.shop.com/a",
            "*.b.de/a/*",
            "*.com/a?q",
            "*.shop.com/*/x.js",
            "https://b.de:8443",
            "-a.b.de",
            "*.-a.b.de",
            "-a.*.b.de",
            "250city.x9z",
            "*.*.com",
            "Our b.de",
            "<x>.b.de",
            "https://b.de/",
            "https://*.shop.com/*",
            "B.DE",
            "a_b.b.de",
            "xn--bcher-kva.de",
            "*.xn--bcher-kva.de",
            "10.0.0.0/24",
            "10.0.0.4:80",
            "10.0.0.4",
            "*.com",
            "*.co.uk",
            "*shop.*",
            "*p.*.com",
            "https://localhost",
            "com.br",
            "*.a.shop.com/a",
            "github.com/a",
            "play.google.com",
        ]
    )
)
PERMITS = PATTERNS | st.builds(
    lambda pattern, more: Rule(pattern, **more),
    PATTERNS,
    st.sampled_from([{"confirmed": True}, {"when": {"tag": "x"}}, {"note": "n", "line": 3}]),
)
RULES = PERMITS | st.builds(lambda pattern: Rule(pattern, unless=(Question("q", "?"),)), PATTERNS)
LINES = (
    st.builds(
        "{}{}{}".format,
        st.sampled_from(
            ["", "", "https://", "http://", "//", "ftp://", "HTTPS://", "https://http://",
            "http://https://",
             "https://https://", " ", "\ufeff", "a@", "https:", ".", "x."]
        ),
        HOSTS,
        REST,
    )
    | st.sampled_from(
        ["10.0.0.1", "10.0.0.4", "10.0.0.4/24", "https://10.0.0.4/24", "10.0.0.4:80", "10.0.1",
        "1.10.0.0.4",
         "0x7f.1", "https://0x7f.1", "10.0.0.04", "10.0.0.4.", "com.shop.x", "https://com.shop.x",
         "com.br", "com.shop.br", "https://com.br", "net.shop.kobe.jp", "play.google.com",
         "https://play.google.com/store/apps/details?id=com.a.b", "id12345", "", "# no", "  #",
         "localhost", "word1", "id1", "id123456", "250city", "a.250city.x9z", "a.0xg", "b.1-2",
         "a.1f",
         "a.xn--p1ai", "xn--p1ai.com", "shop.xn--p1ai", "https://xn--a", "notxn--a.de",
         "XN--BCHER-KVA.de",
         "xn--bcher-kva.shop.com", "shop.example", "a.shop.example", "a.shop.excellent",
         "b.a.shop.com.au",
         "http://github.com/A/B.git",
         "https://localhost", "localhost:80", "word/id12345678", "\u00fc.de", "b\u00fccher.de",
         "xn--bcher-kva.de", "a.xn--bcher-kva.de", "xn--a.b.de", "*.shop.com", "*.com",
         "10.0.0.0/25", "a" * 63 + ".b.de",
         "a" * 64 + ".b.de", "a." * 125 + "b.de", "a." * 126 + "b.de", "x." + "a" * 64 + ".b.de",
         "shop.com", "shop.de", "a.shop.co.uk", "xshop.com", "a.xshop.com", "shop.kobe.jp",
         "x.shop.kobe.jp",
         "hop.city.kawasaki.jp", "shop.ck", "shop.corp", "a.node.js", "com.node.js",
         "github.com/A/b"]
    )
    | st.text("ab.*:/\\@?#[]%2fF e\u00fc\u3002\u200b0x17-_\r\x00", max_size=24)
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    st.lists(PERMITS, max_size=6),
    st.lists(RULES, max_size=6),
    st.lists(LINES, min_size=1, max_size=8),
    st.sampled_from(["exclude", "include"]),
    st.tuples(st.booleans(), st.booleans()),
)
def test_the_quick_way_gives_the_careful_ruling(
    include: list[str | Rule],
    exclude: list[str | Rule],
    lines: list[str],
    apex: Any,
    strict: tuple[bool, bool],
) -> None:
    """No line gets another ruling for being one of many, in a block or by itself."""
    scope = Scope.from_rules(
        include, exclude, wildcard_apex=apex, strict_scheme=strict[0], out_always_wins=strict[1]
    )
    sieve = scope.sieve()
    for line in lines:
        assert sieve.ruling(line) is scope.check(line).ruling, line
    for _ in range(2):  # what was worked out on the way changes nothing
        block = Block("".join(f"{line}\n" for line in lines).encode())
        expected = [code(scope, line.rstrip("\r")) for line in lines]
        assert [*sieve.codes(block)] == expected, lines


def code(scope: Scope, line: str) -> int:
    """Return what a line of a file should get."""
    skipped = not line.strip(EDGES) or line.strip(EDGES).startswith("#")
    return SKIPPED if skipped else CODES[scope.check(line).ruling]


def test_every_vector_gets_its_ruling_quickly_too(wrong: Wrong) -> None:
    """The vectors hold for the quick way, by itself and in a file, where nobody answers questions.

    In the file other lines stand before and behind the target.
    """

    def judge(vector: dict[str, Any], scope: Scope, _: Verdict) -> object:
        target = vector["target"]
        if {"answers", "facts"} & set(vector):
            return None  # more is known than a line says
        ruling = scope.sieve().ruling(target).value
        if ruling != vector["ruling"]:
            return ruling
        if "\n" in target or target != target.rstrip("\r"):
            return None  # not one line
        codes = scope.sieve().codes(Block(f"# first\n{target}\nlast.example\n".encode()))
        return codes[1] != code(scope, target) and f"code {codes[1]} in a block"

    assert wrong(judge) == []


def test_names_that_share_an_ending_are_told_apart() -> None:
    """What is worked out for one name never leaks to its neighbours, whatever the order."""
    scope = Scope.from_rules(
        ["*shop.com", "*.a.b.com", "api-*.b.com", "shop.*", "x.b.com"], ["*.c.a.b.com", "*.d.com"]
    )
    names = [
        "com",
        "b.com",
        "a.b.com",
        "c.a.b.com",
        "shop.com",
        "xshop.com",
        "d.com",
        "shop.co.uk",
        "co.uk",
    ]
    hosts = [f"{label}.{name}" for name in names for label in ("x", "api-1", "y.z", "a", "shop")]
    for order in (hosts, hosts[::-1], sorted(hosts)):
        sieve = scope.sieve()
        for host in order:
            (found,) = sieve.codes(Block(f"{host}\n".encode()))
            assert found == CODES[scope.check(host).ruling], host


def test_what_is_remembered_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of names leave no more behind than a few thousand, and get their rulings still."""
    monkeypatch.setattr("scope.quick.below.MOST_NAMES", 8)
    monkeypatch.setattr("scope.quick.below.MOST_EXACT", 4)
    monkeypatch.setattr("scope.quick.slots.MOST_HOSTS", 4)
    scope = Scope.from_rules(["*.a.example", "api-*.b.example", "brand.*"])
    sieve = scope.sieve()
    lines = [f"h{n}.{c}.example" for n in range(40) for c in "abc"]
    lines += [f"api-{n}.b.example" for n in range(40)] + [
        f"brand.{t}" for t in ("fr", "de", "co.uk", "it", "es")
    ]
    assert [*sieve.codes(Block("".join(f"{line}\n" for line in lines).encode()))] == [
        CODES[scope.check(line).ruling] for line in lines
    ]
    assert len(sieve._slots.below) <= 8
    assert len(sieve._slots._hosts) <= 4


def test_a_rule_on_every_host_is_never_overlooked() -> None:
    """A path that is excluded everywhere reaches also hosts that are listed one by one."""
    scope = Scope.from_rules(["a.example", "*.b.example"], ["/admin"])
    sieve = scope.sieve()
    for line in ("https://a.example/admin/x", "https://x.b.example/admin", "https://a.example/x"):
        assert sieve.ruling(line) is scope.check(line).ruling
    assert sieve.ruling("https://a.example/admin/x") is Ruling.OUT


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("shop.e*", "shop.example"),
        ("*.shop.e*", "a.shop.example"),
        ("www.shop.c*", "www.shop.com.au"),
        ("www.shop.c*", "b.shop.com"),
        ("shop.*", "shop.xn--55qx5d.cn"),
        ("shop.xn--55qx5d.cn", "https://shop.xn--55qx5d.cn/a"),
        ("*.cn", "a.xn--55qx5d.cn"),
        ("-a.b.de", "-a.b.de"),
        ("*.b.de", "xn--.b.de"),
    ],
)
def test_suffixes_that_are_easily_overlooked(rule: str, line: str) -> None:
    """Private networks, longer suffixes and foreign ones get the careful ruling, on either side."""
    for scope in (Scope.from_rules([rule]), Scope.from_rules(["*.de", "*.com"], [rule])):
        for _ in range(2):
            (found,) = scope.sieve().codes(Block(f"{line}\n".encode()))
            assert found == CODES[scope.check(line).ruling]
