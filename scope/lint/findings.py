"""What there is to say about one rule by itself."""

import ipaddress
from collections.abc import Iterator
from datetime import date

from scope.lint import provisos, writing
from scope.places import stars, suffix
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.places.shared import SHARED_HOSTS
from scope.reading.finding import Finding
from scope.reading.part import QUERY, Reading
from scope.rule import Rule
from scope.targets import url
from scope.targets.app import App
from scope.weighing.claim import Claim


def of_rule(
    rule: Rule, reading: Reading, *, permits: bool, now: date | None = None
) -> Iterator[Finding]:
    """Yield everything to be said about a rule, whatever the other rules are.

    >>> from scope.reading import read
    >>> from scope.settings import Settings
    >>> broad = Rule("*.co.uk")
    >>> [found.code for found in of_rule(broad, read(broad, Settings()), permits=True)]
    ['public-suffix']
    """
    yield from reading.findings
    yield from writing.of_text(rule.pattern)
    if rule.condition is not None:
        yield from provisos.of_rule(rule, reading.parts, now=now)
    for part in reading.parts:
        if part.why == QUERY and not permits:
            yield Finding("query-widened")
        if part.doubt:
            continue
        if part.borrowed and permits:
            yield Finding("path-alone")
        if part.why == "app":
            yield Finding("app-as-host")
            continue
        yield from _of_region(part.wide)
        scheme = part.narrow.scheme if part.narrow else None
        if scheme and scheme not in url.PORTS:
            yield Finding("odd-scheme", scheme)
        if permits and part.narrow is None:
            yield from _of_uncertain(Claim(rule, part))
        elif permits:
            yield from _of_permit(part.wide)


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
    if isinstance(place, App) and _host_like(place):
        yield Finding("host-as-app", str(place))
    if isinstance(place, Addresses) and _private(place):
        yield Finding("private-address", str(place))
    last = place.text.rpartition(".")[2] if isinstance(place, Names) else "*"
    if "*" not in last and not suffix.exists(f"{suffix.PROBE}.{last}"):
        yield Finding("unknown-suffix", last)


def _of_uncertain(claim: Claim) -> Iterator[Finding]:
    """Say why a rule permits nothing, or nothing yet."""
    part, place = claim.part, claim.part.wide.hosts
    if part.why != stars.BROAD:
        codes = {"star-on-name", "star-in-suffix", "user-part", "store-page"}
        yield from [Finding(part.why)] if part.why in codes else []
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


def _host_like(found: App) -> bool:
    """Tell whether an app's name ends as hosts do, and hardly any package name does."""
    last = found.ident.lower().rpartition(".")[2]
    old = last in {"com", "net", "org"} or (len(last) == 2 and last.isalpha())
    return "*" not in found.ident and old and suffix.exists(found.ident.lower())


def _private(found: Addresses) -> bool:
    """Tell whether addresses are kept from the internet by RFC 1918, RFC 4193 and their like."""
    make = ipaddress.IPv4Address if found.version == 4 else ipaddress.IPv6Address
    return all(make(end).is_private for span in found.spans for end in span)
