"""What has to be known of a target before a rule applies, and whether it is so.

Each condition answers with how much of the target it surely holds for; None when that is not
known. A permit needs all of it, an exclusion applies from the first part on.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from scope.facts import Facts
from scope.places.addresses import Addresses
from scope.places.extent import Extent
from scope.places.names import Names
from scope.targets.target import Target

Kind = Literal["ips", "cnames", "tags", "date"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a target, read; None means not known.

    An address is its own answer, whatever the facts say, and is an alias of nothing.
    """

    ips: tuple[Addresses, ...] | None
    cnames: tuple[str, ...] | None
    tags: tuple[str, ...] | None
    date: date | None

    @classmethod
    def of(cls, target: Target, facts: Facts) -> "Known":
        """Read the facts about a target."""
        if isinstance(target.hosts, Addresses):
            return cls((target.hosts,), facts.cnames or (), facts.tags, facts.date)
        return cls(_read(facts.ips), facts.cnames, facts.tags, facts.date)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The target resolves into some blocks, or stays out of them.

    Attributes:
        blocks: Of which one has to hold an address.
        outside: None of them may hold it instead.
    """

    blocks: tuple[Addresses, ...]
    outside: bool = False

    kind: ClassVar[Kind] = "ips"

    def extent(self, known: Known) -> Extent | None:
        """Tell how much of what the target resolves to lies where it should.

        A name that resolves to nothing is in no block. Whether it is outside of one is a matter
        of words, so that counts for a part: enough to exclude, and not to permit.
        """
        found = known.ips
        if found is None:
            return None
        if not found:
            return Extent.PART if self.outside else Extent.NONE
        within = [max(block.extent(each) for block in self.blocks) for each in found]
        inside = min(within) if Extent.NONE not in within else min(max(within), Extent.PART)
        return Extent(Extent.WHOLE - inside) if self.outside else inside

    def covers(self, other: object) -> bool:
        """Tell whether this holds wherever the other condition does."""
        if not isinstance(other, Resolved) or self.outside is not other.outside:
            return False
        outer, inner = (other, self) if self.outside else (self, other)
        return all(any(one.contains(each) for one in outer.blocks) for each in inner.blocks)

    def told(self, known: Known) -> str:
        """Say what is known."""
        found = known.ips
        return "it resolves to " + _listed([str(each) for each in found or ()], "nothing")

    def __str__(self) -> str:
        listed = _listed([str(each) for each in self.blocks])
        return f"resolves outside of {listed}" if self.outside else f"resolves to {listed}"


@dataclass(frozen=True, slots=True)
class Aliased:
    """The target's name is an alias of one of some names.

    Attributes:
        sure: The least these names must mean.
        wide: The most they may mean.
    """

    sure: tuple[Names, ...]
    wide: tuple[Names, ...]

    kind: ClassVar[Kind] = "cnames"

    def extent(self, known: Known) -> Extent | None:
        """Tell whether an alias fits; one that fits a generous reading only, counts for a part."""
        if known.cnames is None:
            return None
        if any(each.match(name) for each in self.sure for name in known.cnames):
            return Extent.WHOLE
        near = any(each.match(name) for each in self.wide for name in known.cnames)
        return Extent.PART if near else Extent.NONE

    def covers(self, other: object) -> bool:
        """Tell whether this holds wherever the other condition does."""
        return isinstance(other, Aliased) and all(
            any(one.contains(each) for one in self.wide) for each in other.wide
        )

    def told(self, known: Known) -> str:
        """Say what is known."""
        return "it is an alias of " + _listed(list(known.cnames or ()), "nothing")

    def __str__(self) -> str:
        return "is an alias of " + _listed([each.text for each in self.wide])


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of some words is said of the target; small letters."""

    words: frozenset[str]

    kind: ClassVar[Kind] = "tags"

    def extent(self, known: Known) -> Extent | None:
        """Tell whether one of the words is said."""
        if known.tags is None:
            return None
        return Extent.WHOLE if self.words & set(known.tags) else Extent.NONE

    def covers(self, other: object) -> bool:
        """Tell whether this holds wherever the other condition does."""
        return isinstance(other, Tagged) and other.words <= self.words

    def told(self, known: Known) -> str:
        """Say what is known."""
        return "it is " + _listed(list(known.tags or ()), "called nothing")

    def __str__(self) -> str:
        return "is " + _listed(sorted(self.words))


@dataclass(frozen=True, slots=True)
class Dated:
    """The day lies between two others, both included; None leaves an end open."""

    since: date | None
    until: date | None

    kind: ClassVar[Kind] = "date"

    def extent(self, known: Known) -> Extent | None:
        """Tell whether the day asked about is one of them."""
        if known.date is None:
            return None
        fits = (self.since or date.min) <= known.date <= (self.until or date.max)
        return Extent.WHOLE if fits else Extent.NONE

    def covers(self, other: object) -> bool:
        """Tell whether this holds wherever the other condition does."""
        return (
            isinstance(other, Dated)
            and (self.since or date.min) <= (other.since or date.min)
            and (other.until or date.max) <= (self.until or date.max)
        )

    def told(self, known: Known) -> str:
        """Say what is known."""
        return f"the day is {known.date}"

    def __str__(self) -> str:
        ends = (("from", self.since), ("until", self.until))
        return "is asked about " + " ".join(f"{word} {day}" for word, day in ends if day)


Condition = Resolved | Aliased | Tagged | Dated


def _read(ips: tuple[str, ...] | None) -> tuple[Addresses, ...] | None:
    """Read addresses, each in its normal form."""
    if ips is None:
        return None
    from scope.targets import address

    return tuple(found for each in ips if (found := address.parse(each)))


def _listed(texts: list[str], none: str = "") -> str:
    """Join texts with commas, and "or" before the last."""
    *first, last = texts or [none]
    return f"{', '.join(first)} or {last}" if first else last
