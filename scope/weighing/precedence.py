"""Which rules decide about a target.

An exclusion that covers the target is set aside only when an included rule that also covers it
lies wholly inside the exclusion and is smaller. So the most specific of nested rules wins, and
of equal or merely overlapping ones the exclusion (scope semantics, section 5.3).

A condition makes a rule smaller in the same sense: a permit lies inside an exclusion only if it
applies no longer than the exclusion does, and of two on the same hosts the one that asks for more
is the smaller. A rule whose condition does not hold is as good as absent. One whose condition is
open opens nothing and shuts nothing for good: a person decides.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scope.facts import Facts
from scope.places.extent import Extent
from scope.places.region import hosts_extent
from scope.settings import Settings
from scope.targets.target import Target
from scope.weighing import settling
from scope.weighing.case import Case
from scope.weighing.claim import Claim, by_weight
from scope.weighing.settling import State
from scope.weighing.standing import Pair, Standing
from scope.weighing.winners import alive, winners


def weigh(
    case: Case, included: Iterable[Claim], excluded: Iterable[Claim], settings: Settings
) -> Standing:
    """Sort the claims near a target by what they do to it."""
    target, answers, facts = case
    listed = [each for each in included if not each.part.borrowed]
    reached = _reached(listed, target, facts, permits=True)
    near = _reached(_at_home(excluded, target, listed, facts), target, facts, permits=False)
    permits = by_weight((e.claim for e in reached if e.sure is Extent.WHOLE), wide=False)
    slices = [each.claim for each in reached if each.sure is Extent.PART]
    active = [each for each in near if each.applies and not _waived(each.claim, answers)]
    surely = [each.claim for each in active if not _open(each, answers)]
    covering = [each for each in active if each.wide is Extent.WHOLE]
    won = _won([each.claim for each in covering], permits, settings)
    left = [each for each in covering if each.claim not in won]
    partial = [each for each in active if each.wide is Extent.PART]
    waived = (e.claim for e in near if e.applies and _waived(e.claim, answers))
    return Standing(
        permits=permits,
        slices=by_weight(alive(slices, surely, always=settings.out_always_wins), wide=False),
        hopes=by_weight((e.claim for e in reached if e.hope), wide=True),
        bars=by_weight((each.claim for each in left if not _open(each, answers)), wide=True),
        pending=by_weight((each.claim for each in left if _open(each, answers)), wide=True),
        waived=by_weight(waived, wide=True),
        outranked=tuple(Pair(each, won[each]) for each in by_weight(won, wide=True)),
        holes=by_weight((each.claim for each in partial if each.hole), wide=True),
        exceptions=by_weight((each.claim for each in partial if not each.hole), wide=True),
        idle=by_weight((e.claim for e in (*reached, *near) if not e.applies), wide=True),
    )


class _Reached(NamedTuple):
    """A claim that reaches a target: how far in each reading, and whether its conditions hold."""

    claim: Claim
    wide: Extent
    narrow: Extent
    hole: bool
    state: State

    @property
    def applies(self) -> bool:
        """Whether the claim is there at all."""
        return self.state is not State.UNMET

    @property
    def sure(self) -> Extent:
        """How far the claim surely permits."""
        return self.narrow if self.state is State.MET else Extent.NONE

    @property
    def hope(self) -> bool:
        """Whether the claim might permit more than it surely does."""
        return self.applies and self.wide > self.sure


def _reached(
    claims: Iterable[Claim], target: Target, facts: Facts, *, permits: bool
) -> list[_Reached]:
    """Return the claims that reach a target in their wide reading, and so perhaps in the other."""
    found = []
    for claim in claims:
        wide = claim.part.wide.reach(target, cased=permits)
        if wide.extent is not Extent.NONE:
            narrow = claim.part.narrow.reach(target).extent if claim.part.narrow else Extent.NONE
            state = State.MET
            if claim.conditional:
                state = settling.settle(claim, target, facts, permits=permits)
            found.append(_Reached(claim, wide.extent, narrow, wide.hole, state))
    return found


def _won(
    exclusions: list[Claim], permits: tuple[Claim, ...], settings: Settings
) -> dict[Claim, Claim]:
    """Return the exclusions that give way, and what each gives way to."""
    if settings.out_always_wins:
        return {}
    pairs = zip(exclusions, winners(exclusions, permits), strict=True)
    return {exclusion: permit for exclusion, permit in pairs if permit}


def _lends(permit: Claim, target: Target, facts: Facts) -> bool:
    """Tell whether a permit makes the host asked about a home for exclusions by path alone."""
    if not hosts_extent(permit.part.wide.hosts, target.hosts):
        return False
    state = settling.settle(permit, target, facts, permits=True)
    return state is not State.UNMET


def _at_home(
    excluded: Iterable[Claim], target: Target, listed: list[Claim], facts: Facts
) -> list[Claim]:
    """Return the exclusions that have a host; a path alone borrows that of an included rule."""
    near = [*excluded]
    borrowing = any(each.part.borrowed for each in near)
    if not borrowing or any(_lends(each, target, facts) for each in listed):
        return near
    return [each for each in near if not each.part.borrowed]


def _waived(exclusion: Claim, answers: Mapping[str, bool]) -> bool:
    """Tell whether an answer lifted an exclusion."""
    return any(answers.get(question.id) is True for question in exclusion.rule.unless)


def _open(exclusion: _Reached, answers: Mapping[str, bool]) -> bool:
    """Tell whether an exclusion waits for a person, an answer or a fact."""
    asked = exclusion.claim.rule.unless
    return (
        exclusion.claim.part.doubt
        or exclusion.state is State.OPEN
        or any(answers.get(question.id) is None for question in asked)
    )
