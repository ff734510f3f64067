"""Whether the conditions of a claim hold for a target: yes, no, or nobody knows."""

from collections.abc import Iterator
from enum import Enum

from scope.facts import Facts
from scope.places.addresses import Addresses
from scope.places.extent import Extent
from scope.targets.target import Target
from scope.weighing.claim import Claim
from scope.weighing.conditions import Condition, Kind, Known
from scope.weighing.quoting import quoted

ANSWERS = {Extent.WHOLE: "yes", Extent.PART: "only in part", Extent.NONE: "no"}


class State(Enum):
    """How the conditions of a claim came out."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"


def settle(claim: Claim, target: Target, facts: Facts, *, permits: bool) -> State:
    """Tell whether every condition of a claim holds.

    One that holds for a part of what is known opens no door and keeps one shut: a permit waits
    for a person, an exclusion applies.
    """
    enough = Extent.WHOLE if permits else Extent.PART
    found = [_extent(each, target, facts) for each in claim.part.conditions]
    if Extent.NONE in found:
        return State.UNMET
    met = all(each is not None and each >= enough for each in found)
    return State.MET if met else State.OPEN


def missing(claim: Claim, target: Target, facts: Facts) -> Iterator[Kind]:
    """Yield the kinds of facts that would settle the conditions of a claim."""
    for each in claim.part.conditions:
        if _extent(each, target, facts) is None and _askable(each, target):
            yield each.kind


def failing(claim: Claim, target: Target, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield each condition of a claim that surely does not hold, and what is known instead."""
    for each in claim.part.conditions:
        if _extent(each, target, facts) is Extent.NONE:
            yield str(each), each.told(Known.of(target, facts))


def sentences(claim: Claim, target: Target, facts: Facts) -> Iterator[str]:
    """Yield a sentence for each condition of a claim: what it asks for and how that came out."""
    for each in claim.part.conditions:
        extent = _extent(each, target, facts)
        if extent is not None:
            outcome = f"{ANSWERS[extent]}, {each.told(Known.of(target, facts))}"
        else:
            outcome = "not known" if _askable(each, target) else "that differs from host to host"
        yield f"{quoted(claim.rule)} applies if the target {each}: {outcome}."


def covers(outer: tuple[Condition, ...], inner: tuple[Condition, ...]) -> bool:
    """Tell whether all of some conditions surely hold where all of others do."""
    return all(any(one.covers(each) for each in inner) for one in outer)


def _extent(condition: Condition, target: Target, facts: Facts) -> Extent | None:
    """Tell how much of a target a condition holds for; facts are about one host, not about many.

    A block is its own answer where all of it lies on the same side.
    """
    own = condition.kind == "ips" and isinstance(target.hosts, Addresses)
    if not own and not _askable(condition, target):
        return None
    extent = condition.extent(Known.of(target, facts))
    return None if extent is Extent.PART and not target.single else extent


def _askable(condition: Condition, target: Target) -> bool:
    """Tell whether one answer serves for the target as a whole."""
    return target.single or condition.kind == "date"
