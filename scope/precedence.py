"""Which rules decide about a target.

An exclusion that covers the target is set aside only when an included rule that also covers it
lies wholly inside the exclusion and is smaller. So the most specific of nested rules wins, and
of equal or merely overlapping ones the exclusion (scope semantics, section 5.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scope.claim import Claim, by_weight
from scope.extent import Extent
from scope.region import hosts_extent
from scope.settings import Settings
from scope.target import Target

Claims = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Every claim on a target, by what it does; the most specific first.

    Attributes:
        permits: Included, and certain to cover the target.
        slices: Included, and certain to cover a part of it.
        hopes: Included, but only a generous reading covers it.
        bars: Excluded, and nothing stands against it.
        pending: Excluded, unless a person or an answer says otherwise.
        waived: Excluded, but an answer lifted it.
        outranked: Excluded, but a smaller included rule wins.
        holes: Excluded hosts among the many asked about.
        exceptions: Excluded ports and paths of the host asked about.
    """

    permits: Claims = ()
    slices: Claims = ()
    hopes: Claims = ()
    bars: Claims = ()
    pending: Claims = ()
    waived: Claims = ()
    outranked: Claims = ()
    holes: Claims = ()
    exceptions: Claims = ()


def weigh(
    target: Target,
    included: Iterable[Claim],
    excluded: Iterable[Claim],
    *,
    answers: Mapping[str, bool],
    settings: Settings,
) -> Standing:
    """Sort the claims near a target by what they do to it."""
    listed = [each for each in included if not each.part.borrowed]
    near = _reached((each for each in excluded if _at_home(each, target, listed)), target)
    active = [each for each in near if not _waived(each.claim, answers)]
    reached = _reached(listed, target)
    permits = [each.claim for each in reached if each.narrow is Extent.WHOLE]
    covering = [each.claim for each in active if each.wide is Extent.WHOLE]
    outranked = [each for each in covering if _outranked(each, permits, settings)]
    standing = [each for each in covering if not _outranked(each, permits, settings)]
    bars = [each for each in standing if not _open(each, answers)]
    slices = [each.claim for each in reached if each.narrow is Extent.PART]
    exclusions = [each.claim for each in active]
    partial = [each for each in active if each.wide is Extent.PART]
    return Standing(
        permits=by_weight(permits, wide=False),
        slices=by_weight((e for e in slices if _alive(e, exclusions, settings)), wide=False),
        hopes=by_weight((each.claim for each in reached if each.wide > each.narrow), wide=True),
        bars=by_weight(bars, wide=True),
        pending=by_weight((each for each in standing if _open(each, answers)), wide=True),
        waived=by_weight((e.claim for e in near if _waived(e.claim, answers)), wide=True),
        outranked=by_weight(outranked, wide=True),
        holes=by_weight((each.claim for each in partial if each.hole), wide=True),
        exceptions=by_weight((each.claim for each in partial if not each.hole), wide=True),
    )


class _Reached(NamedTuple):
    """A claim that reaches a target, and how far."""

    claim: Claim
    wide: Extent
    narrow: Extent
    hole: bool


def _reached(claims: Iterable[Claim], target: Target) -> list[_Reached]:
    """Return the claims that reach a target in their wide reading, and so perhaps in the other."""
    found = []
    for claim in claims:
        wide = claim.part.wide.reach(target)
        if wide.extent is not Extent.NONE:
            narrow = claim.part.narrow.reach(target).extent if claim.part.narrow else Extent.NONE
            found.append(_Reached(claim, wide.extent, narrow, wide.hole))
    return found


def inside(permit: Claim, exclusion: Claim) -> bool:
    """Tell whether a permit certainly lies inside an exclusion and is smaller than it."""
    narrow, part = permit.part.narrow, exclusion.part
    return (
        narrow is not None
        and part.wide.contains(narrow)
        and not permit.part.wide.contains(part.narrow or part.wide)
    )


def _outranked(exclusion: Claim, permits: list[Claim], settings: Settings) -> bool:
    """Tell whether an exclusion gives way to one of the permits."""
    return not settings.out_always_wins and any(inside(permit, exclusion) for permit in permits)


def _alive(permit: Claim, exclusions: list[Claim], settings: Settings) -> bool:
    """Tell whether something of a permit is left where exclusions cover all of it."""
    narrow = permit.part.narrow
    return narrow is not None and all(
        _outranked(each, [permit], settings)
        for each in exclusions
        if each.part.wide.contains(narrow)
    )


def _at_home(exclusion: Claim, target: Target, listed: list[Claim]) -> bool:
    """Tell whether an exclusion has a host; a path alone borrows that of an included rule."""
    return not exclusion.part.borrowed or any(
        hosts_extent(each.part.wide.hosts, target.hosts) for each in listed
    )


def _waived(exclusion: Claim, answers: Mapping[str, bool]) -> bool:
    """Tell whether an answer lifted an exclusion."""
    return any(answers.get(question.id) is True for question in exclusion.rule.unless)


def _open(exclusion: Claim, answers: Mapping[str, bool]) -> bool:
    """Tell whether an exclusion waits for a person or for an answer."""
    return exclusion.part.doubt or any(
        answers.get(question.id) is None for question in exclusion.rule.unless
    )
