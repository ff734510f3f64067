"""Which rules decide about a target.

An exclusion that covers the target is set aside only when an included rule that also covers it
lies wholly inside the exclusion and is smaller. So the most specific of nested rules wins, and
of equal or merely overlapping ones the exclusion (scope semantics, section 5.3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    listed = [claim for claim in included if not claim.part.borrowed]
    permits = [claim for claim in listed if _certain(claim, target) is Extent.WHOLE]
    near = [claim for claim in excluded if _reaches(claim, target, listed)]
    waived = [claim for claim in near if _waived(claim, answers)]
    active = [claim for claim in near if not _waived(claim, answers)]
    covering = [claim for claim in active if _reach(claim, target) is Extent.WHOLE]
    outranked = [each for each in covering if _outranked(each, permits, settings)]
    standing = [each for each in covering if not _outranked(each, permits, settings)]
    partial = [claim for claim in active if _reach(claim, target) is Extent.PART]
    slices = [claim for claim in listed if _certain(claim, target) is Extent.PART]
    return Standing(
        permits=by_weight(permits, wide=False),
        slices=by_weight((each for each in slices if _alive(each, active, settings)), wide=False),
        hopes=by_weight((each for each in listed if _hopes(each, target)), wide=True),
        bars=by_weight((each for each in standing if not _open(each, answers)), wide=True),
        pending=by_weight((each for each in standing if _open(each, answers)), wide=True),
        waived=by_weight(waived, wide=True),
        outranked=by_weight(outranked, wide=True),
        holes=by_weight((each for each in partial if each.part.wide.reach(target).hole), wide=True),
        exceptions=by_weight(
            (each for each in partial if not each.part.wide.reach(target).hole), wide=True
        ),
    )


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


def _reach(claim: Claim, target: Target) -> Extent:
    """How much of the target the claim reaches in its wide reading."""
    return claim.part.wide.reach(target).extent


def _certain(claim: Claim, target: Target) -> Extent:
    """How much of the target the claim reaches in its narrow reading."""
    narrow = claim.part.narrow
    return narrow.reach(target).extent if narrow else Extent.NONE


def _hopes(claim: Claim, target: Target) -> bool:
    """Tell whether only a generous reading of an included rule covers the target."""
    return _reach(claim, target) > _certain(claim, target)


def _reaches(exclusion: Claim, target: Target, listed: list[Claim]) -> bool:
    """Tell whether an exclusion reaches the target; a path alone needs an included host."""
    if exclusion.part.borrowed and not any(
        hosts_extent(each.part.wide.hosts, target.hosts) for each in listed
    ):
        return False
    return _reach(exclusion, target) is not Extent.NONE


def _waived(exclusion: Claim, answers: Mapping[str, bool]) -> bool:
    """Tell whether an answer lifted an exclusion."""
    return any(answers.get(question.id) is True for question in exclusion.rule.unless)


def _open(exclusion: Claim, answers: Mapping[str, bool]) -> bool:
    """Tell whether an exclusion waits for a person or for an answer."""
    return exclusion.part.doubt or any(
        answers.get(question.id) is None for question in exclusion.rule.unless
    )
