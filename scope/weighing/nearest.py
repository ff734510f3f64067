"""What nearly covered a target that no rule mentions: often the answer is one character away."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from scope.places import suffix
from scope.places.names import Names
from scope.places.region import Region, hosts_extent
from scope.quick.index import Index
from scope.quick.shelves import key
from scope.targets.target import Target
from scope.weighing import starry
from scope.weighing.claim import Claim
from scope.weighing.quoting import quoted

MOST = 3  # sentences; more would not be read


@dataclass(slots=True)
class Neighbours:
    """Finds included rules that are close to a target; sorts hosts by parent when first asked to.

    Attributes:
        included: The claims that permit.
    """

    included: Index
    _beside: dict[str, list[str]] | None = field(init=False, default=None)

    def misses(self, target: Target) -> tuple[str, ...]:
        """Say which included rules nearly cover a target, and what is missing.

        Looks at the same host with another port, scheme, path or query; at the name itself, the
        name above and ``www``; at names beside it; and at the other readings of a star.
        """
        if not target.single:
            return ()
        found = sorted(_same_host(target, self.included))
        if isinstance(target.hosts, Names):
            host = key(target.hosts)
            found += sorted(_apex(host, self.included)) + sorted(_relatives(host, self.included))
            found += [*starry.misses(host, self.included), *self._siblings(host)]
        return tuple(islice(dict.fromkeys(found), MOST))

    def _siblings(self, host: str) -> Iterator[str]:
        """Name one listed host beside this one, unless strangers share the name above."""
        above = host.partition(".")[2]
        beside = self._by_parent().get(above, []) if "." in above else []
        if beside and host not in beside and not suffix.is_shared(above):
            claims = self.included.exact[min(beside)]
            yield f"{_rule(claims)} covers {min(beside)}, which lies beside {host}."

    def _by_parent(self) -> dict[str, list[str]]:
        """Return the listed hosts by the name above them."""
        if self._beside is None:
            self._beside = {}
            for host in self.included.exact:
                self._beside.setdefault(host.partition(".")[2], []).append(host)
        return self._beside


def _same_host(target: Target, included: Index) -> Iterator[str]:
    """Explain rules about this very host that are limited to something else."""
    for claim in included.near(target):
        region = claim.part.wide
        if region.hosts is not None and hosts_extent(region.hosts, target.hosts):
            limit = _limit(region, target)
            if limit:
                yield f"{quoted(claim.rule)} covers {limit} only."


def _limit(region: Region, target: Target) -> str:
    """Name the first limit of a region that a target on its hosts does not meet."""
    if region.port not in (None, target.port):
        return f"port {region.port}"
    if region.scheme not in (None, target.scheme):
        return f"{region.scheme}://"
    if region.paths and not region.paths.extent(target.readings, cased=True):
        return f"{region.paths.text} and what lies below it"
    lacking = sorted(region.query - target.query)
    return f"addresses with {' and '.join(lacking)} in the query" if lacking else ""


def _apex(host: str, included: Index) -> Iterator[str]:
    """Explain wildcards whose name the target is."""
    for claim in included.below.get(host, ()):
        if claim.part.wide.hosts == Names(f"*.{host}", wide=True):
            yield f"{quoted(claim.rule)} covers the names below {host}, but not {host} itself."


def _relatives(host: str, included: Index) -> Iterator[str]:
    """Explain rules about the name above, and about the same name with or without www."""
    above = host.partition(".")[2]
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    for other in dict.fromkeys((twin, above)):
        for claim in included.exact.get(other, ()):
            if not isinstance(claim.part.wide.hosts, Names) or claim.part.wide.hosts.single:
                yield f"{quoted(claim.rule)} covers {other} only, and not {host}."


def _rule(claims: list[Claim]) -> str:
    """Quote the first of some rules, whatever their order."""
    return min(quoted(claim.rule) for claim in claims)
