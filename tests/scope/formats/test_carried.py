"""Laws of the exports: no tool may be told that a target is in scope when it is not."""

import ipaddress
import json
import re
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scope import Question, Rule, Ruling
from scope.formats import Listing, read, write
from scope.formats.hackerscoper import split
from scope.settings import Settings

pytestmark = pytest.mark.thorough

Tool = Callable[[str], Callable[[str], bool]]

HOSTS = [
    "shop.example.com", "a.shop.example.com", "old.shop.example.com", "x.old.shop.example.com",
    "api-1.shop.example.com", "api-1.eu.shop.example.com", "myold.shop.example.com",
    "example.com", "notexample.com", "shop.example.com.evil.net", "github.com", "apps.apple.com",
    "play.google.com", "shop.fr", "a.shop.co.uk", "10.0.0.5", "10.0.0.200", "11.1.2.3",
    "[2001:db8::5]", "[2001:db8:1::5]", "10.0.0.5.evil.net", "shopxexample.com",
]  # fmt: skip
PORTS = ["", "", ":80", ":443", ":8443"]
PATHS = [
    "", "/", "/app", "/App", "/app/x", "/apple", "/admin", "/admin/", "/Admin", "/%61dmin",
    "//admin", "/app/../admin", "/app/..;/admin", "/app%2fx", "/x/p2p/y", "/p2p", "/a-b/c",
    "/us/app/id123456789", "/store/apps/details?id=com.shop.app", "/Shop/App.git/Blob",
    "/shop/app/blob", "/app?id=1", "/app?ID", "/app;v=1", "/app\\x", "/%C3%A9", "/\u00e9",
    "/admin%20", "/admin.", "/%c1%a1dmin", "/app/%c0%ae%c0%ae/admin", "/app/..%20/admin",
    "/app/%e0%80%ae%e0%80%ae/admin", "/ADMIN/x", "/%u0061dmin", "/app\u2215..\u2215admin",
]  # fmt: skip
PLACES = [
    "shop.example.com", "*.shop.example.com", "*.example.com", "old.shop.example.com",
    "*.old.shop.example.com", "*old.shop.example.com", "api-*.shop.example.com", "*shop.*.com",
    "*.eu.*.example.com", "shop.*", "*.shop.*", "*example.com", "github.com", "*.apple.com",
    "apps.apple.com", "play.google.com", "10.0.0.0/8", "10.0.0.5", "10.0.0.4-10.0.0.19",
    "10.*.0.5", "2001:db8::/32", "2001:db8::5", "2001:db8::-2001:db8::9", "*", "*.com",
]  # fmt: skip
TAILS = [
    "", "", "", "", ":443", ":8443", "/app", "/App", "/admin", "/a*", "/*/p2p", "/admin/*",
    "/app?id=1", ":8443/app", "/%C3%A9",
]  # fmt: skip
OTHERS = [
    "/p2p", "*/p2p/*", "/admin", "android:com.shop.app", "our shops", "ssh://shop.example.com",
    "github.com/Shop/App", "github.com/Shop", "https://apps.apple.com/app/id123456789",
    "https://<name>.shop.example.com", "shop.example.com and the like",
    "wss://shop.example.com", "http://a.shop.example.com", "foo://a.shop.example.com",
]  # fmt: skip

# A text file says "https alone" by the port 443, on which nobody speaks plain HTTP.
SWAPPED = re.compile(r"http://[^/]*:443(?!\d)|https://[^/]*:80(?!\d)")
# A rule asks for no query, and a site without a path is the same as its first page.
PLAIN = re.compile(r"https?://[^/?]+/[^?]*")
ODD = re.compile(r"/[A-Z]|%|//.*//|\.\.|\.(?:/|\Z)|;|\\|[^!-~]")
WEB = st.sampled_from(["http", "https"])
TARGETS = st.builds(
    "{}://{}{}{}".format, WEB, st.sampled_from(HOSTS), st.sampled_from(PORTS),
    st.sampled_from(PATHS),
)  # fmt: skip
SCHEMES = st.sampled_from(["", "", "", "https://", "http://"])
PATTERNS = st.one_of(
    st.builds("{}{}{}".format, SCHEMES, st.sampled_from(PLACES), st.sampled_from(TAILS)),
    st.sampled_from(OTHERS),
)
WHEN = st.sampled_from([None, None, None, None, {"tag": "production"}, {"from": "2026-01-01"}])
BROAD = st.sampled_from(["*.example.com", "*.shop.example.com", "10.0.0.0/8", "2001:db8::/32"])
PERMITS = st.one_of(
    st.builds(Rule, BROAD), st.builds(Rule, PATTERNS, when=WHEN, confirmed=st.booleans())
)
QUESTIONS = st.sampled_from([(), (), (), (Question("q", "Really?"),)])
BARS = st.builds(Rule, PATTERNS, when=WHEN, unless=QUESTIONS)
SETTINGS = st.builds(
    Settings, st.sampled_from(["exclude", "exclude", "include"]), st.booleans(), st.booleans()
)
LISTINGS = st.builds(
    Listing,
    st.just("shop"),
    st.lists(PERMITS, min_size=2, max_size=7).map(tuple),
    st.lists(BARS, max_size=4).map(tuple),
    SETTINGS,
)


def burp(text: str) -> Callable[[str], bool]:
    """Match as Burp's documentation says its advanced scope control does."""
    scope = json.loads(text)["target"]["scope"]

    def allows(url: str) -> bool:
        return any(_entry(each, url) for each in scope["include"]) and not any(
            _entry(each, url) for each in scope["exclude"]
        )

    return allows


def _entry(entry: dict[str, str], url: str) -> bool:
    """Match protocol, host, port and file one by one."""
    scheme, _, rest = url.partition("://")
    place, host = re.split(r"(?=[/?])", rest, maxsplit=1)[0], urlsplit(url).hostname or ""
    port = re.search(r":(\d+)\Z", place)
    number = port[1] if port else {"http": "80", "https": "443"}[scheme]
    return (
        entry["protocol"] in ("any", scheme)
        and _host(entry.get("host", ""), host)
        and bool(re.search(entry.get("port", ""), number))
        and bool(re.search(entry.get("file", ""), rest[len(place) :] or "/", re.IGNORECASE))
    )


def _host(given: str, host: str) -> bool:
    """Match a block of addresses, or else an expression."""
    try:
        block = ipaddress.ip_network(given)
    except ValueError:
        return bool(re.search(given, host, re.IGNORECASE))
    try:
        return ipaddress.ip_address(host) in block
    except ValueError:
        return False


def zap_context(text: str) -> Callable[[str], bool]:
    """Match as ZAP's contexts do: a whole URL, without its query and default port."""
    tree = ElementTree.fromstring(text.encode())  # noqa: S314 - we have just written it
    return _zap(
        [each.text or "" for each in tree.iter("incregexes")],
        [each.text or "" for each in tree.iter("excregexes")],
    )


def zap_plan(text: str) -> Callable[[str], bool]:
    """Match as a plan does, whose start URLs are expressions too, with anything behind."""
    context = yaml.safe_load(text)["env"]["contexts"][0]
    starts = [f"{each}.*" for each in context["urls"]]
    return _zap([*starts, *context["includePaths"]], context["excludePaths"])


def _zap(include: list[str], exclude: list[str]) -> Callable[[str], bool]:
    """Match expressions with whole URLs."""

    def allows(url: str) -> bool:
        seen = re.sub(
            r"^(https://[^/?]*):443(?=[/?]|\Z)|^(http://[^/?]*):80(?=[/?]|\Z)", r"\1\2", url
        )
        seen = seen.partition("?")[0]
        fits = [any(re.fullmatch(one, seen, re.IGNORECASE) for one in all_) for all_ in both]
        return fits[0] and not fits[1]

    both = (include, exclude)
    return allows


def hacker_scoper(text: str) -> Callable[[str], bool]:
    """Match expressions with whole targets, as hacker-scoper does, whatever its levels."""
    both = [[line for line in side.splitlines() if line.startswith("^")] for side in split(text)]

    def allows(url: str) -> bool:
        fits = [any(re.fullmatch(one, url) for one in side) for side in both]
        return fits[0] and not fits[1]

    return allows


def tomnomnom(text: str) -> Callable[[str], bool]:
    """Match expressions with the host of a URL, wherever they fit."""
    lines = text.splitlines()

    def allows(url: str) -> bool:
        host = urlsplit(url).hostname or ""
        permits = [each for each in lines if not each.startswith("!")]
        bars = [each[1:] for each in lines if each.startswith("!")]
        return any(re.search(one, host) for one in permits) and not any(
            re.search(one, host) for one in bars
        )

    return allows


def inscope(text: str) -> Callable[[str], bool]:
    """Match names as nil0x42's tool does, in which a star takes a character or more."""
    sides: dict[bool, list[str]] = {True: [], False: []}
    for line in text.splitlines():
        name = line.removeprefix("! ")
        assert re.fullmatch("[a-z0-9.*-]{4,253}", name)
        assert "." in name
        lead = "(?:.+[.])?" if name.startswith("*.") else ""
        body = ".+".join(re.escape(each) for each in name.removeprefix("*.").split("*"))
        sides[line.startswith("!")].append(lead + body)

    def allows(url: str) -> bool:
        found = re.match(r"(?:[a-z0-9-]{1,10}://)?([a-z0-9.-]{4,253})(?![a-z0-9.-])", url.lower())
        host = found[1] if found else ""
        return any(re.fullmatch(one, host) for one in sides[False]) and not any(
            re.fullmatch(one, host) for one in sides[True]
        )

    return allows


def plain(text: str) -> Callable[[str], bool]:
    """Decide by a text file as we read it ourselves."""
    scope = read("text", text)[0].scope()
    return lambda url: scope.check(url).ruling is Ruling.IN


TOOLS: dict[str, Tool] = {
    "burp": burp,
    "zap-context": zap_context,
    "zap-plan": zap_plan,
    "hacker-scoper": hacker_scoper,
    "tomnomnom": tomnomnom,
    "inscope": inscope,
    "text": plain,
}


@pytest.mark.parametrize("name", TOOLS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(listing=LISTINGS, targets=st.lists(TARGETS, min_size=8, max_size=20))
def test_no_tool_lets_in_what_is_not_in_scope(
    name: str, listing: Listing, targets: list[str]
) -> None:
    """What an exported file lets in, the scope it was made from lets in too.

    A tool for hosts alone cannot exclude a path on every host; that one case it says loudly.
    """
    written = write(name, [listing])
    assume(not any(each.code == "not-excluded" for each in written.lost))
    allows, scope = TOOLS[name](written.text), listing.scope()
    for target in targets:
        if allows(target) and not SWAPPED.match(target):
            assert scope.check(target).ruling is Ruling.IN, target


SILENT = {"roundabout-path", "no-start"}


@pytest.mark.parametrize("name", TOOLS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(listing=LISTINGS, targets=st.lists(TARGETS, min_size=8, max_size=20))
def test_nothing_is_lost_in_silence(name: str, listing: Listing, targets: list[str]) -> None:
    """When nothing is named as lost, the tool lets in all that is in scope."""
    written = write(name, [listing])
    if {each.code for each in written.lost} <= SILENT:
        allows, scope = TOOLS[name](written.text), listing.scope()
        for target in targets:
            if scope.check(target).ruling is Ruling.IN and not ODD.search(target):
                assert allows(target), target


@pytest.mark.parametrize("name", TOOLS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(listing=LISTINGS, targets=st.lists(TARGETS, min_size=8, max_size=20))
def test_a_round_trip_permits_nothing_more(name: str, listing: Listing, targets: list[str]) -> None:
    """What is in scope after writing and reading was so before, and all of it that was carried."""
    written = write(name, [listing])
    assume(not any(each.code == "not-excluded" for each in written.lost))
    (again,) = read(name, written.text)
    before, after = listing.scope(), again.scope()
    whole = {each.code for each in written.lost} <= SILENT
    whole = whole and not any(each.confirmed for each in listing.include)  # asked for anew
    for target in targets:
        was, now = before.check(target).ruling is Ruling.IN, after.check(target).ruling is Ruling.IN
        assert was or not now or SWAPPED.match(target), target
        assert now or not (was and whole), target


LEADS = [
    r"^",
    r"^",
    r"^(.*\.)?",
    r"^.*\.",
    r".*",
    r"^.+\.",
    r"^[^.]+\.",
    r"^(?:[a-z0-9-]+\.)*",
    r"^(a|old)\.",
    r"^api-.*\.",
    r"(?i)^",
    r"^[a-z0-9_-]*old\.",
    r"^(?!old)",
    r"^\w+\.",
    r"^(?:[a-z0-9_-]+\.)+",
]
NAMES = [
    r"shop\.example\.com",
    r"shop\.example\.com",
    r"example\.com",
    r"old\.shop\.example\.com",
    r"shop.example.com",
    r"10\.0\.0\.5",
    r"10\.0\.0\.[0-9]+",
    r"\Qshop.example.com\E",
    r"(a\.)?shop\.example\.com",
    r"shop\.(fr|com)",
    r"shop\.\w+",
    r"[a",
    r"example\.com*",
]
ENDS = ["$", "$", "$", "", ".*", ".*$", "?$"]
PAGES = [
    r"/",
    r"/app",
    r"/app/",
    r"/a.*",
    r"/[^/]+",
    r"app",
    r"/(app|x)",
    r"/app(/.*)?",
    r"/.+/x",
    r"/x{2}",
    r"/app(?:[/?#].*)?",
    r"/(?-i:app)(?:[/?].*)?",
    r"/app\?id=.*",
    r".*",
    r"/\d+",
    r"(?:/.*)?",
]


def expressions(*parts: list[str]) -> st.SearchStrategy[str]:
    """Join parts of expressions as people write them, and now and then any of them."""
    usual = st.tuples(*map(st.sampled_from, parts)).map("".join)
    everything = [each for part in parts for each in part]
    odd = st.lists(st.sampled_from(everything), max_size=4).map("".join)
    return st.one_of(usual, usual, usual, odd)


NUMBERS = st.sampled_from(
    ["", "", "", "", "", "", "^443$", "443", "^80$", "^(80|443)$", r"^\d+$", "8443", "^8443"]
)
JOINED = {
    "host": expressions(LEADS, NAMES, ENDS),
    "file": st.one_of(st.just(""), st.just(""), expressions(["^", "^", ""], PAGES, ENDS)),
    "port": NUMBERS,
    "protocol": st.sampled_from(["any", "any", "any", "https"]),
}
URLS = expressions(
    ["https?://", "https://", "^https?://", "", ".*", "http(s)?://"],
    [each.removeprefix("^") for each in LEADS],
    NAMES,
    ["", "", "(?::\\d+)?", ":8443", "(:443)?"],
    PAGES,
    ENDS,
)
ENTRIES = st.lists(st.fixed_dictionaries(JOINED), min_size=1, max_size=4)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(include=ENTRIES, exclude=ENTRIES, targets=st.lists(TARGETS, min_size=8, max_size=20))
def test_what_burp_says_is_never_read_as_more(
    include: list[dict[str, str]], exclude: list[dict[str, str]], targets: list[str]
) -> None:
    """Whatever the expressions, what is in scope by the rules read from them, Burp lets in."""
    text = json.dumps({"target": {"scope": {"include": include, "exclude": exclude}}})
    scope = read("burp", text)[0].scope()
    for target in targets:
        usual = PLAIN.fullmatch(target) and not ODD.search(target)
        if usual and scope.check(target).ruling is Ruling.IN:
            with suppress(re.error):
                assert burp(text)(target), target


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    include=st.lists(URLS, min_size=1, max_size=4),
    exclude=st.lists(URLS, max_size=3),
    targets=st.lists(TARGETS, min_size=8, max_size=20),
)
def test_what_zap_says_is_never_read_as_more(
    include: list[str], exclude: list[str], targets: list[str]
) -> None:
    """Whatever the expressions, what is in scope by the rules read from them, ZAP lets in."""
    context = {"urls": [], "includePaths": include, "excludePaths": exclude}
    text = json.dumps({"env": {"contexts": [context]}})
    scope = read("zap-plan", text)[0].scope()
    for target in targets:
        usual = PLAIN.fullmatch(target) and not ODD.search(target)
        if usual and scope.check(target).ruling is Ruling.IN:
            with suppress(re.error):
                assert zap_plan(text)(target), target
