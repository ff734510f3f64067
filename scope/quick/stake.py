"""What rules say about host names, as far as names alone decide.

The same is said by `claim` and `precedence` for rules of every kind. Here is the part that most
rules need, small enough for the filter to load at once; a property test holds the two together.
"""

from collections.abc import Iterable

from scope.places import suffix
from scope.places.extent import Extent
from scope.places.names import Names
from scope.ruling import Ruling

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.places.region import Region


class Stake:
    """What one rule says about names.

    Attributes:
        permits: The rule is an included one.
        wide: The most names it could mean.
        narrow: The names it must mean; None when nothing is certain.
        simple: Nothing else bears on it: no port, path or scheme, no question, no condition.
        limits: What an exclusion is on that takes a part of its hosts only; None for all others.
    """

    __slots__ = ("limits", "narrow", "permits", "simple", "wide")

    def __init__(
        self,
        wide: Names,
        narrow: Names | None,
        *,
        permits: bool,
        simple: bool = True,
        limits: "Region | None" = None,
    ) -> None:
        self.limits = limits
        self.wide = wide
        self.narrow = narrow
        self.permits = permits
        self.simple = simple

    @property
    def alone(self) -> Ruling:
        """The ruling of names that lie in both readings, where nothing else is near."""
        if not self.permits:
            return Ruling.OUT
        return Ruling.IN if self.narrow else Ruling.REVIEW

    def inside(self, exclusion: "Stake") -> bool:
        """Tell whether this permit certainly lies inside an exclusion and is smaller than it."""
        return (
            self.narrow is not None
            and exclusion.wide.contains(self.narrow)
            and not self.wide.contains(exclusion.narrow or exclusion.wide)
        )


def decide(name: str, stakes: Iterable[Stake], *, out_always_wins: bool) -> Ruling | None:
    """Return the ruling of a host name; None when more than names bears on it.

    Args:
        name: A host, normalised.
        stakes: All that could reach it.
        out_always_wins: An exclusion beats even a smaller included rule inside it.
    """
    reached = [each for each in stakes if each.wide.match(name)]
    if not all(each.simple for each in reached):
        return None
    permits = [e for e in reached if e.permits and e.narrow is not None and e.narrow.match(name)]
    for bar in reached:
        if not bar.permits and (
            out_always_wins or not any(permit.inside(bar) for permit in permits)
        ):
            return Ruling.OUT
    if permits:
        return Ruling.IN
    return Ruling.REVIEW if any(each.permits for each in reached) else Ruling.UNKNOWN


def decide_below(base: str, stakes: Iterable[Stake], *, out_always_wins: bool) -> Ruling | None:
    """Return the one ruling of all names below a name; None when they may differ."""
    everything = Names(f"*.{base}")
    near = [(each, each.wide.extent(everything)) for each in stakes]
    if not all(_all_or_nothing(each, extent, everything) for each, extent in near):
        return None
    reached = (each for each, extent in near if extent is Extent.WHOLE)
    return decide(f"{suffix.PROBE}.{base}", reached, out_always_wins=out_always_wins)


def _all_or_nothing(stake: Stake, extent: Extent, everything: Names) -> bool:
    """Tell whether a stake is on all of some names in both readings, or on none of them."""
    if extent is not Extent.WHOLE:
        return extent is Extent.NONE
    narrow = stake.narrow.extent(everything) if stake.narrow else Extent.NONE
    return stake.simple and narrow is not Extent.PART
