"""Where claims lie that were read in full."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scope.places.names import Names
from scope.targets.target import Hosts
from scope.weighing.claim import Claim

Shelf = dict[str, list[Claim]]


@dataclass(frozen=True, slots=True)
class Shelves:
    """Claims by what their hosts have in common, so that a check looks at few of many.

    Attributes:
        exact: Claims on one host, by that host.
        below: Claims on names that end in the same labels, by these labels.
        glued: Claims on names that end in the same letters, by these letters.
        labelled: Claims under any suffix, by a label that their names must have.
        others: Claims that have to be looked at every time.
    """

    exact: Shelf = field(default_factory=dict)
    below: Shelf = field(default_factory=dict)
    glued: Shelf = field(default_factory=dict)
    labelled: Shelf = field(default_factory=dict)
    others: list[Claim] = field(default_factory=list)

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> "Shelves":
        """Sort claims onto shelves."""
        shelves = cls()
        for claim in claims:
            places = tuple(shelves.places(claim.part.wide.hosts))
            for shelf, name in places:
                shelf.setdefault(name, []).append(claim)
            if not places:
                shelves.others.append(claim)
        return shelves

    def places(self, hosts: Hosts | None) -> Iterator[tuple[Shelf, str]]:
        """Yield where a claim on some hosts is filed; nowhere means among the others."""
        if hosts is not None and hosts.single:
            yield self.exact, key(hosts)
        elif isinstance(hosts, Names) and hosts.open_suffix:
            label = max((each for each in hosts.text.split(".") if "*" not in each), default="")
            if label:
                yield self.labelled, label
        elif isinstance(hosts, Names):
            ending = hosts.text.rpartition("*")[2]
            if ending.startswith("."):
                yield self.below, ending[1:]
            elif ending:
                yield self.glued, ending
            if hosts.apex and "*" not in hosts.text[2:]:
                yield self.exact, hosts.text[2:]

    def __iter__(self) -> Iterator[Claim]:
        """Go through all claims, each once."""
        shelves = (self.exact, self.below, self.glued, self.labelled)
        filed = (claim for shelf in shelves for claims in shelf.values() for claim in claims)
        yield from dict.fromkeys((*filed, *self.others))


def key(hosts: Hosts) -> str:
    """Return the text under which a single host is filed; a package name in lower case."""
    return hosts.text if isinstance(hosts, Names) else str(hosts).lower()
