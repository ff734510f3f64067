"""What of a scope the rules of another tool can hold: places to permit, and places to exclude.

Other tools know no conditions, no questions and no third answer, and let every exclusion win. So
a permit that they cannot hold is dropped, an exclusion they cannot hold exactly is widened, and
both are named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scope.formats.listing import Listing, Remark
from scope.places.names import Names
from scope.places.region import Region, hosts_extent
from scope.reading import read
from scope.rule import Rule
from scope.settings import Settings
from scope.targets.app import App
from scope.targets.repository import SHARED_CODE_HOSTS
from scope.weighing.claim import Claim
from scope.weighing.winners import inside

WEB = frozenset({"http", "https"})

DROPPED = {
    "inert": "The rule decides nothing here either; it is not in the file.",
    "condition": "The rule depends on a condition, so the file does not permit it.",
    "review": "A person has to decide about the rule, so the file does not permit it.",
    "app": "The rule names an app, and the file holds hosts and URLs.",
    "query": "The rule asks for a query string, so the file does not permit it.",
    "scheme": "The rule is for one scheme that the tool does not know.",
    "any-suffix": "The rule takes any public suffix, which no expression can tell.",
    "code-host": "The rule has a path and takes hosts of repositories, where case does not matter.",
}
WIDENED = {
    "condition": "The exclusion depends on a condition; in the file it always holds.",
    "questions": "The exclusion asks questions; in the file it always holds.",
    "review": "A person has to decide about the exclusion; in the file it holds.",
    "query": "The exclusion asks for a query string; in the file it takes the whole page.",
    "scheme": "The exclusion is for one scheme; in the file it takes all of them.",
    "any-suffix": "The exclusion takes any public suffix; in the file it takes any end.",
}
UNREAD = "Nothing in this exclusion could be read, so the file does not hold it: mind it yourself."


@dataclass(frozen=True, slots=True)
class Permit:
    """A place that a rule permits, for sure."""

    claim: Claim
    region: Region


@dataclass(frozen=True, slots=True)
class Bar:
    """A place that a rule excludes, but for the smaller places that other rules permit in it."""

    rule: Rule
    region: Region
    spared: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What can be held, and what was lost on the way."""

    permits: tuple[Permit, ...]
    bars: tuple[Bar, ...]
    lost: tuple[Remark, ...]

    def reaches(self, hosts: Iterable[str]) -> bool:
        """Tell whether some permit takes one of these hosts."""
        return reached([each.region for each in self.permits], hosts)


def carry(listing: Listing) -> Carried:
    """Return what the rules of a listing permit and exclude, as another tool can hold it."""
    lost: dict[Remark, None] = {}
    permits = list(_permits(listing, lost))
    return Carried(tuple(permits), tuple(_bars(listing, permits, lost)), tuple(lost))


def remark(code: str, rule: Rule, message: str) -> Remark:
    """Name a rule that is not carried, or not wholly."""
    return Remark(code, rule.pattern, message)


def reached(regions: Iterable[Region], hosts: Iterable[str]) -> bool:
    """Tell whether one of the regions takes one of the hosts."""
    places = [each.hosts for each in regions]
    return any(hosts_extent(each, Names(host)) for host in hosts for each in places)


def on_code_host(region: Region) -> bool:
    """Tell whether a region is on a host where repositories are named without regard to case."""
    return isinstance(region.hosts, Names) and region.hosts.text in SHARED_CODE_HOSTS


def _claims(rules: Iterable[Rule], settings: Settings) -> Iterator[tuple[Rule, list[Claim]]]:
    """Read rules into their claims."""
    for rule in rules:
        yield rule, [Claim(rule, part) for part in read(rule, settings).parts]


def _permits(listing: Listing, lost: dict[Remark, None]) -> Iterator[Permit]:
    """Yield what is permitted for sure, and name the rest."""
    for rule, claims in _claims(listing.include, listing.settings):
        if not claims:
            lost[remark("inert", rule, DROPPED["inert"])] = None
        for claim in claims:
            region, code = claim.part.narrow, _too_fine(claim)
            if code or region is None:
                lost[remark(code, rule, DROPPED[code])] = None
            else:
                yield Permit(claim, region)


def _too_fine(claim: Claim) -> str:
    """Say why a permit cannot be carried; empty when it can."""
    region = claim.part.narrow
    if claim.conditional:
        return "condition"
    if region is None:
        return "review"
    if isinstance(region.hosts, App):
        return "app"
    if region.scheme not in WEB | {None}:
        return "scheme"
    if isinstance(region.hosts, Names) and region.hosts.open_suffix:
        return "any-suffix"
    if region.paths and not on_code_host(region) and reached([region], SHARED_CODE_HOSTS):
        return "code-host"
    return "query" if region.query else ""


def _bars(listing: Listing, permits: list[Permit], lost: dict[Remark, None]) -> Iterator[Bar]:
    """Yield what is excluded, widened where need be."""
    for rule, claims in _claims(listing.exclude, listing.settings):
        if not claims:
            lost[remark("unreadable-exclusion", rule, UNREAD)] = None
        for claim in claims:
            region = claim.part.wide
            if isinstance(region.hosts, App):
                lost[remark("app", rule, DROPPED["app"])] = None
                continue
            for code in _coarsened(claim):
                lost[remark(code, rule, WIDENED[code])] = None
            held = [] if listing.settings.out_always_wins else permits
            spared = [each.region for each in held if inside(each.claim, claim)]
            scheme = region.scheme if region.scheme in WEB else None
            wide = replace(region, query=frozenset(), scheme=scheme)
            yield Bar(rule, wide, tuple(dict.fromkeys(spared)))


def _coarsened(claim: Claim) -> Iterator[str]:
    """Say in which ways an exclusion is widened."""
    region = claim.part.wide
    checks = {
        "condition": claim.conditional,
        "questions": bool(claim.rule.unless),
        "review": claim.part.doubt,
        "query": bool(region.query),
        "scheme": region.scheme not in WEB | {None},
        "any-suffix": isinstance(region.hosts, Names) and region.hosts.open_suffix,
    }
    return (code for code, widened in checks.items() if widened)
