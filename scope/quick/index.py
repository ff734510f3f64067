"""Where to find the claims on a target without reading every rule."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from scope.places.names import Names
from scope.quick.shelves import Shelves, key
from scope.quick.side import Places, Side, places
from scope.reading import read
from scope.reading.part import Reading
from scope.rule import Rule
from scope.settings import Settings
from scope.targets.target import Hosts, Target
from scope.weighing.claim import Claim


class Shelf:
    """Claims by name: those of plain rules, read when first asked for, and the others."""

    __slots__ = ("_claims", "_others", "_plain")

    def __init__(
        self,
        plain: tuple[Places, ...],
        claims: Callable[[int], tuple[Claim, ...]],
        others: Callable[[], dict[str, list[Claim]]],
    ) -> None:
        self._plain, self._claims, self._others = plain, claims, others

    def __getitem__(self, name: str) -> list[Claim]:
        """Return the claims filed under a name, each once; none when nothing is."""
        found = [place for shelf in self._plain for place in places(shelf, name)]
        claims = [claim for place in found for claim in self._claims(place)]
        others = self._others().get(name)
        if others:
            return claims + others
        return claims if len(found) < 2 else list(dict.fromkeys(claims))

    def __iter__(self) -> Iterator[str]:
        """Go through the names, each once."""
        return iter(dict.fromkeys(chain(*self._plain, self._others())))

    def get(self, name: str, default: Iterable[Claim] = ()) -> Iterable[Claim]:
        """Return the claims filed under a name, or what to take when there are none."""
        return self[name] or default


class Index:
    """The claims of one side. Rules are read when a target comes near them, and then kept.

    Several threads may ask at once: what two of them read at the same time is the same.

    Attributes:
        exact: Claims on one host, by that host.
        below: Claims on names that end in the same labels, by these labels.
    """

    __slots__ = ("_claims", "_odd", "_readings", "_settings", "below", "exact", "side")

    def __init__(self, side: Side, settings: Settings) -> None:
        self.side = side
        self._settings = settings
        self._readings: dict[int, Reading] = {}
        self._claims: dict[int, tuple[Claim, ...]] = {}
        self._odd: Shelves | None = None
        apex = (side.bases,) if settings.wildcard_apex == "include" else ()
        self.exact = Shelf((side.hosts, side.addresses, *apex), self.claims, lambda: self.odd.exact)
        self.below = Shelf((side.bases,), self.claims, lambda: self.odd.below)

    def reading(self, place: int) -> Reading:
        """Return what the rule at one place means."""
        found = self._readings.get(place)
        if found is None:
            found = self._readings[place] = read(self.side.rule(place), self._settings)
        return found

    def claims(self, place: int) -> tuple[Claim, ...]:
        """Return what the rule at one place claims."""
        found = self._claims.get(place)
        if found is None:
            rule, parts = self.side.rule(place), self.reading(place).parts
            found = self._claims[place] = tuple(Claim(rule, part) for part in parts)
        return found

    def unclear(self) -> Iterator[tuple[Rule, Reading]]:
        """Go through the rules that are not plain, with what each means."""
        for place in self.side.odd():
            yield self.side.rule(place), self.reading(place)

    @property
    def odd(self) -> Shelves:
        """The claims of all rules that are not plain."""
        if self._odd is None:
            claims = (claim for place in self.side.odd() for claim in self.claims(place))
            self._odd = Shelves.of(dict.fromkeys(claims))
        return self._odd

    @property
    def labelled(self) -> dict[str, list[Claim]]:
        """Claims under any suffix, by a label that their names must have."""
        return self.odd.labelled

    def __iter__(self) -> Iterator[Claim]:
        """Go through all claims."""
        for place in range(len(self.side.entries)):
            yield from self.claims(place)

    def near(self, target: Target) -> Iterator[Claim]:
        """Go through every claim that could reach a target, and perhaps some more."""
        if not target.single:
            yield from dict.fromkeys(self._among(target.hosts))
            return
        host = key(target.hosts)
        yield from self.exact.get(host)
        yield from self.odd.others
        if isinstance(target.hosts, Names):
            yield from self.above(host)
            lengths = {len(ending) for ending in self.odd.glued}
            for length in lengths:
                yield from self.odd.glued.get(host[-length:], ())
            for label in set(host.split(".")) if self.odd.labelled else ():
                yield from self.odd.labelled.get(label, ())

    def above(self, name: str) -> Iterator[Claim]:
        """Go through the claims filed under the names above one, the nearest first."""
        while "." in name:
            name = name.partition(".")[2]
            yield from self.below.get(name)

    def _among(self, hosts: Hosts) -> Iterator[Claim]:
        """Go through the claims that could reach some of many hosts."""
        yield from self.odd
        for shelf in (self.side.hosts, self.side.bases, self.side.addresses):
            for name in shelf:
                found = places(shelf, name) if _may_be_among(name, hosts) else ()
                yield from (claim for place in found for claim in self.claims(place))


def _may_be_among(name: str, hosts: Hosts) -> bool:
    """Tell whether a plain rule on a name, or on those below it, could reach some of many hosts."""
    if not isinstance(hosts, Names):
        return name[-1:].isdigit()
    base = hosts.text.removeprefix("*.")
    return name.endswith(base) or f".{base}".endswith(f".{name}")
