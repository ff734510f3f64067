"""What the rules of a scope do to each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scope.lint.directory import Directory
from scope.places.extent import Extent
from scope.places.names import Names
from scope.places.region import Region, hosts_extent
from scope.reading.finding import Finding
from scope.reading.part import Reading
from scope.rule import Rule
from scope.settings import Settings
from scope.targets.target import Hosts
from scope.weighing import settling
from scope.weighing.claim import Claim
from scope.weighing.winners import inside

Claims = tuple[Claim, ...]
FEW = 8  # claims of a rule that are looked at one by one


@dataclass(frozen=True, slots=True)
class Group:
    """The rules of one side, read, what each claims, and where to find what they claim."""

    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]
    claims: tuple[Claims, ...]
    directory: Directory

    @classmethod
    def of(cls, rules: tuple[Rule, ...], readings: tuple[Reading, ...]) -> "Group":
        """Gather the claims of rules and their readings."""
        pairs = zip(rules, readings, strict=True)
        claims = tuple(tuple(Claim(rule, part) for part in it.parts) for rule, it in pairs)
        return cls(rules, readings, claims, Directory.of(claims))

    def round(self, mine: Claims) -> list[int]:
        """Return the places of the rules that may contain all of some claims, in order."""
        near = (self.directory.round(each.part.wide.hosts) for each in mine[:1])
        return sorted({placed.at for found in near for placed in found})

    def near(self, at: int, hosts: Hosts | None) -> Iterable[Claim]:
        """Go through the claims of one rule that may contain some hosts."""
        if len(self.claims[at]) <= FEW:
            return self.claims[at]
        return (placed.claim for placed in self.directory.round(hosts) if placed.at == at)


def of_permit(at: int, included: Group, excluded: Group, settings: Settings) -> Iterator[Finding]:
    """Compare an included rule with all others."""
    mine = included.claims[at]
    yield from _repeated(at, included)
    yield from _opposed(at, included, excluded, settings)
    if settings.wildcard_apex == "exclude":
        yield from _apex(mine, (included, excluded))


def of_exclusion(at: int, included: Group, excluded: Group) -> Iterator[Finding]:
    """Compare an excluded rule with all others."""
    mine = excluded.claims[at]
    yield from _repeated(at, excluded)
    if mine and not any(_meets(each, included) for each in mine):
        yield Finding("excludes-nothing")


def _repeated(at: int, group: Group) -> Iterator[Finding]:
    """Find a rule of the same side that already says all that one says; one is enough."""
    mine = group.claims[at]
    for place in group.round(mine):
        if place == at or not _covers(group, place, mine):
            continue
        same = _covers(group, at, group.claims[place])
        if same and place < at:
            yield Finding("duplicate", group.rules[place].pattern)
            return
        if not same:
            yield Finding("shadowed", group.rules[place].pattern)
            return


def _opposed(at: int, included: Group, excluded: Group, settings: Settings) -> Iterator[Finding]:
    """Find exclusions of the very same, and those that a permit lies inside."""
    mine = included.claims[at]
    places = {p.at for each in mine for p in excluded.directory.round(each.part.wide.hosts)}
    for place in sorted(places):
        theirs, pattern = excluded.claims[place], excluded.rules[place].pattern
        if _covers(included, at, theirs) and _covers(excluded, place, mine):
            yield Finding("both-sides", pattern)
        elif any(_inside(each, excluded, place) for each in mine):
            wins = not settings.out_always_wins
            yield Finding("inside-exclusion" if wins else "under-exclusion", pattern)


def _apex(mine: Claims, groups: tuple[Group, Group]) -> Iterator[Finding]:
    """Find wildcards of which no rule says whether the name itself is meant."""
    for claim in mine:
        place = claim.part.narrow.hosts if claim.part.narrow else None
        if not isinstance(place, Names) or not place.text.startswith("*."):
            continue
        base = Names(place.text[2:])
        if base.single and not place.apex and not _mentioned(base, groups):
            yield Finding("apex-unmentioned", base.text)


def _mentioned(base: Names, groups: Iterable[Group]) -> bool:
    """Tell whether some rule is about a name."""
    return any(
        hosts_extent(placed.claim.part.wide.hosts, base) is Extent.WHOLE
        for group in groups
        for placed in group.directory.round(base)
    )


def _meets(claim: Claim, included: Group) -> bool:
    """Tell whether an exclusion could take anything from an included rule."""
    region = claim.part.wide
    return any(
        _may_meet(region, placed.claim.part.wide)
        for placed in included.directory.meeting(region.hosts)
        if not placed.claim.part.borrowed
    )


def _covers(group: Group, at: int, inner: Claims) -> bool:
    """Tell whether each of some claims lies within some claim of one rule."""
    return bool(inner) and all(
        any(_holds(one, other) for one in group.near(at, other.part.wide.hosts)) for other in inner
    )


def _inside(permit: Claim, excluded: Group, at: int) -> bool:
    """Tell whether a permit lies inside what one rule excludes."""
    narrow = permit.part.narrow
    if narrow is None:
        return False
    return any(inside(permit, other) for other in excluded.near(at, narrow.hosts))


def _holds(outer: Claim, inner: Claim) -> bool:
    """Tell whether a claim surely contains another, in both readings and all the time."""
    narrow, within = outer.part.narrow, inner.part.narrow
    return (
        outer.part.wide.contains(inner.part.wide)
        and (within is None or (narrow is not None and narrow.contains(within)))
        and settling.covers(outer.part.conditions, inner.part.conditions)
    )


def _may_meet(one: Region, other: Region) -> bool:
    """Tell whether two regions could have a host in common; a lone path meets every host."""
    ports = {one.port, other.port} - {None}
    if one.hosts is None or other.hosts is None:
        return len(ports) < 2
    pair = hosts_extent(one.hosts, other.hosts), hosts_extent(other.hosts, one.hosts)
    return pair != (Extent.NONE, Extent.NONE) and len(ports) < 2
