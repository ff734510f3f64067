"""What there is to say about one rule by itself."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator

from scope import address, stars, suffix
from scope.addresses import Addresses
from scope.claim import Claim
from scope.finding import Finding
from scope.names import Names
from scope.reading import read
from scope.region import Region
from scope.rule import Rule
from scope.settings import Settings

SHARED_HOSTS = frozenset({  # one host, many owners: a rule without a path takes them all
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "hub.docker.com", "npmjs.com",
    "www.npmjs.com", "pypi.org", "crates.io", "apps.apple.com", "itunes.apple.com",
    "play.google.com", "addons.mozilla.org", "chrome.google.com", "chromewebstore.google.com",
    "marketplace.visualstudio.com", "www.linkedin.com", "linkedin.com", "www.facebook.com",
    "x.com", "twitter.com", "etherscan.io", "docs.google.com", "drive.google.com",
})  # fmt: skip

_ADDRESSES = re.compile(r"[0-9A-Fa-f:.*,/\s\u2013-]+")
_LABELS = re.compile(r"[^\s./:?#@()\[\]{}|,;*<>]+")


def of_rule(rule: Rule, settings: Settings, *, permits: bool) -> Iterator[Finding]:
    """Yield everything to be said about a rule, whatever the other rules are.

    >>> [found.code for found in of_rule(Rule("*.co.uk"), Settings(), permits=True)]
    ['public-suffix']
    """
    reading = read(rule, settings)
    yield from reading.findings
    yield from _of_text(rule.pattern)
    for part in reading.parts:
        if part.doubt:
            continue
        if part.borrowed and permits:
            yield Finding("path-alone")
        yield from _of_region(part.wide)
        if permits and part.narrow is None:
            yield from _of_uncertain(Claim(rule, part))
        elif permits:
            yield from _of_permit(part.wide)


def _of_text(pattern: str) -> Iterator[Finding]:
    """Look at how a rule is written."""
    if "#" in pattern and "##" not in pattern:
        yield Finding("fragment")
    for label in dict.fromkeys(_LABELS.findall(pattern)):
        if label.startswith("-") and len(label) > 1 and " " not in pattern:
            yield Finding("label-hyphen", label)
        if not label.isascii() and len(_scripts(label)) > 1:
            yield Finding("mixed-scripts", label)
    if _ADDRESSES.fullmatch(pattern.strip()):
        yield from _of_addresses(pattern.strip())


def _of_addresses(text: str) -> Iterator[Finding]:
    """Compare a block or range with its plain form."""
    found = address.parse(text)
    if found is None or not found.whole or found.single:
        return
    plain = str(found)
    low, dash, high = (each.strip() for each in text.replace("\u2013", "-").partition("-"))
    if dash and high.isdigit():
        high = f"{low.rpartition('.')[0]}.{high}"
    first, last = address.parse(low), address.parse(high)
    if dash and first and last and first.spans > last.spans:
        yield Finding("reversed-range", plain)
    named = address.parse(text.partition("/")[0]) if "/" in text else None
    if named and named.spans[0][0] != found.spans[0][0]:
        yield Finding("host-bits", plain)


def _of_region(region: Region) -> Iterator[Finding]:
    """Look at what a rule covers, on either side."""
    lost = [
        ("path", region.paths),
        ("port", region.port is not None),
        ("query", region.query),
    ]
    for what, has in lost:
        if has:
            yield Finding("export", what)
    place = region.hosts
    if isinstance(place, Addresses) and _private(place):
        yield Finding("private-address", str(place))
    last = place.text.rpartition(".")[2] if isinstance(place, Names) else "*"
    if "*" not in last and not suffix.exists(f"{suffix.PROBE}.{last}"):
        yield Finding("unknown-suffix", last)


def _of_uncertain(claim: Claim) -> Iterator[Finding]:
    """Say why a rule permits nothing, or nothing yet."""
    part, place = claim.part, claim.part.wide.hosts
    if part.why != stars.BROAD:
        codes = {"star-on-name", "star-in-suffix", "user-part"}
        yield from [Finding(part.why)] if part.why in codes else []
        if part.why == "app":
            yield Finding("app-as-host")
    elif isinstance(place, Addresses):
        yield Finding("broad-block", f"{place.size:,}")
    else:
        base = place.text.removeprefix("*.") if isinstance(place, Names) else "every name"
        lent = suffix.public_suffix(f"{suffix.PROBE}.{base}", private=False) not in ("", base)
        yield Finding("hosting-suffix" if lent and "." in base else "public-suffix", base)


def _of_permit(region: Region) -> Iterator[Finding]:
    """Look at what a rule surely permits."""
    place = region.hosts
    if not isinstance(place, Names):
        return
    if place.single and place.text in SHARED_HOSTS and not region.paths:
        yield Finding("shared-host", place.text)
    if place.open_suffix:
        yield Finding("top-level-star")
    elif place.text.startswith("*") and not place.text.startswith("*."):
        labels = place.text.split(".")
        if suffix.is_shared(".".join(labels[1:])):
            yield Finding("star-on-name")


def _private(found: Addresses) -> bool:
    """Tell whether addresses are kept from the internet by RFC 1918, RFC 4193 and their like."""
    make = ipaddress.IPv4Address if found.version == 4 else ipaddress.IPv6Address
    return all(make(end).is_private for span in found.spans for end in span)


def _scripts(label: str) -> set[str]:
    """Return the scripts of a label's letters, by the first word of their Unicode names."""
    names = (unicodedata.name(letter, "?") for letter in label if letter.isalpha())
    return {name.partition(" ")[0] for name in names} - {"FULLWIDTH"}
