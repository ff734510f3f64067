"""What every claim near a target does to it."""

from dataclasses import dataclass
from typing import NamedTuple

from scope.weighing.claim import Claim

Claims = tuple[Claim, ...]


class Pair(NamedTuple):
    """An exclusion, and the included claim that it gives way to."""

    exclusion: Claim
    permit: Claim


@dataclass(frozen=True, slots=True)
class Standing:
    """Every claim on a target, by what it does; the most specific first.

    Attributes:
        permits: Included, and certain to cover the target.
        slices: Included, and certain to cover a part of it.
        hopes: Included, but only a generous reading covers it, or a fact is missing.
        bars: Excluded, and nothing stands against it.
        pending: Excluded, unless a person, an answer or a fact says otherwise.
        waived: Excluded, but an answer lifted it.
        outranked: Excluded, but a smaller included rule wins.
        holes: Excluded hosts among the many asked about.
        exceptions: Excluded ports and paths of the host asked about.
        idle: On either side, but a condition of theirs does not hold.
    """

    permits: Claims = ()
    slices: Claims = ()
    hopes: Claims = ()
    bars: Claims = ()
    pending: Claims = ()
    waived: Claims = ()
    outranked: tuple[Pair, ...] = ()
    holes: Claims = ()
    exceptions: Claims = ()
    idle: Claims = ()

    @property
    def everyone(self) -> Claims:
        """All claims, those that decide before those that do not."""
        beaten = tuple(each.exclusion for each in self.outranked)
        return (
            *self.bars, *self.pending, *self.permits, *self.slices, *self.hopes,
            *beaten, *self.waived, *self.holes, *self.exceptions, *self.idle,
        )  # fmt: skip
