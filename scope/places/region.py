"""What a rule covers: hosts, narrowed by port, scheme, path and query."""

from dataclasses import dataclass
from typing import NamedTuple

from scope.places.addresses import Addresses
from scope.places.extent import Extent
from scope.places.names import Names
from scope.targets.app import App
from scope.targets.paths import Paths
from scope.targets.target import Hosts, Target


class Reach(NamedTuple):
    """How much of a target a region reaches: of its hosts, and of each of them."""

    hosts: Extent
    rest: Extent

    @property
    def extent(self) -> Extent:
        """How much of the target is reached in all."""
        return min(self.hosts, self.rest)

    @property
    def hole(self) -> bool:
        """Whether some of the hosts are reached, each of them wholly."""
        return self.hosts is Extent.PART and self.rest is Extent.WHOLE


@dataclass(frozen=True, slots=True)
class Region:
    """A set of places on the network, or of apps.

    Attributes:
        hosts: Names, addresses or apps; None stands for every name and address.
        port: The only port; None for all.
        scheme: The only scheme; None for all.
        paths: The only path, with what lies below it; None for the whole site.
        query: Names that the query string must have.
    """

    hosts: Hosts | None
    port: int | None = None
    scheme: str | None = None
    paths: Paths | None = None
    query: frozenset[str] = frozenset()

    @property
    def rank(self) -> tuple[tuple[int, int], bool, tuple[int, int], int]:
        """How specific the region is; greater is more specific, in line with `contains`."""
        hosts = self.hosts.rank if self.hosts else (0, 0)
        paths = self.paths.rank if self.paths else (0, 0)
        return hosts, self.port is not None, paths, len(self.query)

    def reach(self, target: Target, *, cased: bool = False) -> Reach:
        """Tell how much of a target lies in this region.

        Args:
            target: What is asked about.
            cased: Tell paths apart by case, as a permit does in both of its readings.
        """
        hosts = hosts_extent(self.hosts, target.hosts)
        if hosts is Extent.NONE:
            return Reach(hosts, hosts)
        rest = min(
            _same(self.port, target.port),
            _same(self.scheme, target.scheme),
            self.paths.extent(target.readings, cased=cased) if self.paths else Extent.WHOLE,
            self._query_extent(target),
        )
        return Reach(hosts, rest)

    def contains(self, other: "Region") -> bool:
        """Tell whether all of ``other`` certainly lies in this region."""
        return (
            _hosts_contain(self.hosts, other.hosts)
            and self.port in (None, other.port)
            and self.scheme in (None, other.scheme)
            and (not self.paths or (other.paths is not None and self.paths.contains(other.paths)))
            and self.query <= other.query
        )

    def _query_extent(self, target: Target) -> Extent:
        """Tell whether the target's query has the names asked for."""
        if self.query <= target.query:
            return Extent.WHOLE
        return Extent.NONE if target.readings else Extent.PART


def hosts_extent(mine: Hosts | None, asked: Hosts) -> Extent:
    """Tell how much of the hosts asked about is among ``mine``; names are never addresses."""
    if mine is None:
        return Extent.NONE if isinstance(asked, App) else Extent.WHOLE
    if isinstance(mine, Names) and isinstance(asked, Names):
        return mine.extent(asked)
    if isinstance(mine, Addresses) and isinstance(asked, Addresses):
        return mine.extent(asked)
    if isinstance(mine, App) and isinstance(asked, App):
        return mine.extent(asked)
    return Extent.NONE


def _hosts_contain(mine: Hosts | None, other: Hosts | None) -> bool:
    """Tell whether all hosts of ``other`` are certainly among ``mine``."""
    if other is None:
        return mine is None
    return hosts_extent(mine, other) is Extent.WHOLE


def _same(mine: int | str | None, asked: int | str | None) -> Extent:
    """Compare a port or scheme: unknown in the target means that all of them are asked about."""
    if mine is None or mine == asked:
        return Extent.WHOLE
    return Extent.PART if asked is None else Extent.NONE
