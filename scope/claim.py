"""A rule's claim on a part of the world, and where to find the claims on a target quickly."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scope.names import Names
from scope.part import Part
from scope.rule import Rule
from scope.target import Hosts, Target


@dataclass(frozen=True, slots=True)
class Claim:
    """One part of one rule."""

    rule: Rule
    part: Part


def by_weight(claims: Iterable[Claim], *, wide: bool) -> tuple[Claim, ...]:
    """Sort claims, the most specific first; the order of the rules plays no part.

    Among equals come first those that promise less: no reward, and another place to report to.
    """

    def weight(claim: Claim) -> tuple[object, bool, bool]:
        region = claim.part.wide if wide else (claim.part.narrow or claim.part.wide)
        return region.rank, not claim.rule.reward, claim.rule.redirect is not None

    settled = sorted(claims, key=lambda claim: repr(claim.rule))
    return tuple(sorted(settled, key=weight, reverse=True))


@dataclass(frozen=True, slots=True)
class Index:
    """Claims by the host they are about, so that a check looks at few of many rules.

    Attributes:
        exact: Claims on one host, by that host.
        below: Claims on all names below one, by that name.
        others: Claims that have to be looked at every time.
        hosts: The host of an exact claim, by the name it lies directly below.
    """

    exact: dict[str, list[Claim]] = field(default_factory=dict)
    below: dict[str, list[Claim]] = field(default_factory=dict)
    others: list[Claim] = field(default_factory=list)

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> "Index":
        """Sort claims into an index."""
        index = cls()
        for claim in claims:
            index._add(claim, claim.part.wide.hosts)
        return index

    def _add(self, claim: Claim, hosts: Hosts | None) -> None:
        """File a claim under its host, if it has a single one or a plain ``*.name``."""
        if hosts is not None and hosts.single:
            self.exact.setdefault(key(hosts), []).append(claim)
        elif isinstance(hosts, Names) and hosts.text.startswith("*.") and "*" not in hosts.text[2:]:
            self.below.setdefault(hosts.text[2:], []).append(claim)
            if hosts.apex:
                self.exact.setdefault(hosts.text[2:], []).append(claim)
        else:
            self.others.append(claim)

    def __iter__(self) -> Iterator[Claim]:
        """Go through all claims; one with an apex may come twice."""
        for claims in (*self.exact.values(), *self.below.values(), self.others):
            yield from claims

    def near(self, target: Target) -> Iterator[Claim]:
        """Go through every claim that could reach a target, and perhaps some more."""
        if not target.single:
            yield from dict.fromkeys(self)
            return
        host = key(target.hosts)
        yield from self.exact.get(host, ())
        yield from self.others
        while "." in host:
            host = host.partition(".")[2]
            yield from self.below.get(host, ())


def key(hosts: Hosts) -> str:
    """Return the text under which a single host is filed; a package name in lower case."""
    return hosts.text if isinstance(hosts, Names) else str(hosts).lower()
