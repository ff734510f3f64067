"""The gate that lets targets pass, held to checking one line after the other."""

import io
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope import Rule, Ruling, Scope
from scope.quick import gate
from scope.quick.gate import Gate, whole_lines

SCOPE = Scope.from_rules(
    ["*.shop.example", "shop.example/app", "10.0.0.0/24", "api-*.b.com", "x.b.com"],
    ["dev.shop.example", "/admin", "10.0.0.7", Rule("*.b.com/out")],
)
LINES = st.sampled_from(
    [b"a.shop.example", b"https://a.shop.example/x?y=%41", b"dev.shop.example", b"shop.example",
     b"",
     b"# note", b"not a target", b"\xff\xfe", b"a\x00b.shop.example", b"10.0.0.1", b"10.0.0.7",
     b"http://10.0.0.9:80/", b"A.Shop.Example.", b"api-1.b.com", b"https://x.b.com/out/1", b"\r",
     "b\u00fccher.shop.example".encode(), b"https://a.shop.example/\xe9", b"x" * 70 + b".b.com",
     b"https://a.shop.example/admin", b"a.shop.example:8443", b"a.shop.example/%25252525252541"]
)  # fmt: skip
ENDS = st.sampled_from([b"\n", b"\n", b"\r\n", b"\r\r\n"])


def line_by_line(data: bytes, shown: list[Ruling]) -> tuple[bytes, int]:
    """Do what a gate does, the plain way."""
    passed, invalid = b"", 0
    for raw in data.split(b"\n"):
        line = raw.rstrip(b"\r").decode("utf-8", "surrogateescape")
        if not line.strip() or line.strip().startswith("#"):
            continue
        ruling = SCOPE.check(line).ruling
        invalid += ruling is Ruling.INVALID
        passed += f"{line}\n".encode("utf-8", "surrogateescape") if ruling in shown else b""
    return passed, invalid


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(LINES, ENDS), max_size=12),
    st.booleans(),
    st.lists(st.sampled_from(Ruling), unique=True, max_size=4),
    st.integers(1, 40),
)
def test_what_passes_is_what_checks_line_by_line(
    lines: list[tuple[bytes, bytes]], ended: bool, shown: list[Ruling], size: int
) -> None:
    """Any bytes, cut anywhere on their way in: the same lines pass, in their order."""
    data = b"".join(line + end for line, end in lines)
    data = data if ended else data.rstrip(b"\r\n")
    mine = Gate(SCOPE.sieve(), shown)
    source = io.BytesIO(data)
    output = b"".join(mine.passed(block) for block in whole_lines(lambda _: source.read(size)))
    assert (output, mine.invalid) == line_by_line(data, shown)


@pytest.mark.parametrize(
    "line",
    [
        "evil.net/x/a.shop.example/y?u=https://b.de",
        "https://evil.net/x/a.shop.example/://",
        "https://http://a.shop.example/",
        "http://https://a.shop.example/",
        "evil.net?x=.shop.example",
        "https://evil.net?x=.shop.example/",
        "https://a.shop.example:80@evil.net/",
        "https://a.shop.example@evil.net",
        "a.shop.example://evil.net/",
        "https://evil.net\\.shop.example/",
        "https://evil.net#.shop.example/",
        "a.shop.example.evil.net",
        "https://a.shop.example%2eevil.net/",
        "ashop.example",
        ".shop.example",
        "a..shop.example",
        "a.shop.example..",
        "10.0.0.1/8",
        "com.br",
    ],
)
def test_a_permission_is_never_borrowed(line: str) -> None:
    """What only looks like a permitted host passes neither alone nor in a block."""
    scope = Scope.from_rules(["*.shop.example", "10.0.0.1", Rule("*.br", confirmed=True)])
    mine = Gate(scope.sieve(), [Ruling.IN])
    assert scope.check(line).ruling is not Ruling.IN
    assert mine.passed(f"x.br\n{line}\na.shop.example\n".encode()) == b"x.br\na.shop.example\n"
    assert mine.one(line) == b""


def test_many_threads_may_ask_one_sieve() -> None:
    """A web server shares a scope between its threads; each gets its own right answers."""
    scope = Scope.from_rules(["*.shop.example", "api-*.b.com", "brand.*"], ["dev.shop.example"])
    sieve = scope.sieve()
    hosts = [f"{n}.{c}" for n in range(300) for c in ("shop.example", "b.com", "brand.de")]
    hosts += ["dev.shop.example", "brand.fr", "brand.co.uk", "api-1.b.com", "other.example"]
    wanted = [scope.check(host).ruling for host in hosts]
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(lambda _: [sieve.ruling(host) for host in hosts], range(8))]
    assert found == [wanted] * 8


def test_blocks_hold_whole_lines_wherever_the_reading_stops() -> None:
    """Every size of a piece gives the same lines, also where one line takes many pieces."""
    data = b"one\n\ntwo" + b"o" * 30 + b"\r\nthree"
    for size in range(1, len(data) + 2):
        source = io.BytesIO(data)
        blocks = [*whole_lines(lambda _, size=size, source=source: source.read(size))]  # type: ignore[misc]
        assert b"".join(blocks) == data + b"\n"
        assert all(block.endswith(b"\n") for block in blocks)


def test_a_line_may_have_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of a megabyte passes like any other, and so do the lines behind it."""
    monkeypatch.setattr(gate, "SIZE", 1 << 12)
    long = b"https://a.shop.example/" + b"x" * 1_000_000
    source = io.BytesIO(long + b"\na.shop.example\n")
    mine = Gate(SCOPE.sieve(), [Ruling.IN])
    assert b"".join(map(mine.passed, whole_lines(source.read))) == long + b"\na.shop.example\n"


def test_each_target_may_be_written_out() -> None:
    """What is shown of a target is up to the caller, who sees the text as it came in."""
    mine = Gate(SCOPE.sieve(), list(Ruling), lambda text: f"<{text}>")
    data = "a.shop.example\n\u00fc.shop.example\n".encode() + b"\xff\n"
    assert mine.passed(data) == "<a.shop.example><\u00fc.shop.example><".encode() + b"\xff>"


def test_one_target_is_a_line_of_its_own() -> None:
    """A target with a line end inside is one target, and no target at all."""
    mine = Gate(SCOPE.sieve(), [Ruling.IN])
    assert mine.one("a.shop.example") == b"a.shop.example\n"
    assert mine.one("a.shop.example\nb.shop.example") == b""
    assert mine.invalid == 1


def test_large_rule_sets_and_lists_agree_with_the_careful_way() -> None:
    """Hundreds of rules of many kinds, thousands of targets: block and check say the same."""
    dice = random.Random(20261122)

    def name() -> str:
        labels = [
            dice.choice(["a", "api", "www", "dev-1", "x53"]) for _ in range(dice.randrange(3))
        ]
        return ".".join([*labels, f"shop{dice.randrange(40)}", dice.choice(["com", "co.uk", "de"])])

    forms: list[Any] = [
        "{}",
        "*.{}",
        "*.{}",
        "api-*.{}",
        "*{}",
        "https://{}/",
        "https://{}/a",
        "{}:80",
    ]
    rules = [dice.choice(forms).format(name()) for _ in range(300)] + ["shop7.*", "*.shop8.*"]
    scope = Scope.from_rules(rules[:200] + rules[300:], rules[200:300])
    lines = [
        dice.choice(["{}", "https://{}/a/b?c", "x.{}", "{}:80"]).format(name()) for _ in range(1500)
    ]
    mine = Gate(scope.sieve(), [Ruling.IN])
    passed = mine.passed("".join(f"{line}\n" for line in lines).encode()).decode().split()
    assert passed == [line for line in lines if scope.check(line).ruling is Ruling.IN]
