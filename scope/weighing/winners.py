"""Which included claim each exclusion gives way to, found without comparing all with all.

Thousands of address ranges may cover one target. One range lies inside another if it begins no
earlier and ends no later; what is inside is found by going through the ranges from the last start
to the first, with the ends seen so far in a tree.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from operator import itemgetter

from scope.places.addresses import Addresses, Span
from scope.places.region import Region
from scope.reading.part import PLACEHOLDER
from scope.targets import url
from scope.weighing import settling
from scope.weighing.claim import Claim


def inside(permit: Claim, exclusion: Claim) -> bool:
    """Tell whether a permit certainly lies inside an exclusion and is smaller than it."""
    narrow, part = permit.part.narrow, exclusion.part
    if narrow is None or not part.wide.contains(narrow):
        return False
    if part.doubt and part.why == PLACEHOLDER:  # what it stands for may lie inside the permit
        return False
    if not settling.covers(part.conditions, permit.part.conditions):
        return False
    least = part.narrow or part.wide
    if narrow.port is not None and least.port is None:  # "https://…" may mean port 443 alone
        least = replace(least, port=url.usual_port(exclusion.rule.pattern))
    larger = permit.part.wide.contains(least)
    return not larger or not settling.covers(permit.part.conditions, part.conditions)


def winners(exclusions: Sequence[Claim], permits: Sequence[Claim]) -> list[Claim | None]:
    """Return, for each exclusion, the first permit inside it that is smaller; None without one.

    Args:
        exclusions: In any order.
        permits: The most specific first.
    """
    spans = [_span(each) for each in permits]
    others = [at for at, span in enumerate(spans) if span is None]
    asked = [_span(each) for each in exclusions]
    ranged = [(span, at) for at, span in enumerate(spans) if span]
    nearest = _first_inside(ranged, {span for span in asked if span})
    found = []
    for exclusion, span in zip(exclusions, asked, strict=True):
        among: Iterable[int] = range(len(permits)) if span is None else others
        best = next((at for at in among if inside(permits[at], exclusion)), len(permits))
        best = min(best, nearest[span]) if span in nearest else best
        found.append(permits[best] if best < len(permits) else None)
    return found


def alive(permits: Iterable[Claim], exclusions: Sequence[Claim], *, always: bool) -> list[Claim]:
    """Return the permits of which something is left where exclusions cover all of them.

    Args:
        permits: In any order, which is kept.
        exclusions: Those that surely hold.
        always: An exclusion beats even a smaller permit inside it.
    """
    spans = {span for each in exclusions if (span := _span(each))}
    others = [each for each in exclusions if _span(each) is None]
    lows = sorted(spans)
    reach = [*accumulate((high for _, high in lows), max)]

    def left(permit: Claim) -> bool:
        span = _span(permit)
        if span is None:
            return not any(_shut(permit, each, always=always) for each in exclusions)
        at = bisect_right(lows, span[0], key=itemgetter(0))
        over = span in spans or (always and at > 0 and reach[at - 1] >= span[1])
        return not over and not any(_shut(permit, each, always=always) for each in others)

    return [each for each in permits if each.part.narrow is not None and left(each)]


def _shut(permit: Claim, exclusion: Claim, *, always: bool) -> bool:
    """Tell whether an exclusion takes all that a permit is sure of, and does not give way to it."""
    narrow = permit.part.narrow
    if narrow is None or not exclusion.part.wide.contains(narrow):
        return False
    return always or not inside(permit, exclusion)


def _span(claim: Claim) -> Span | None:
    """Return the one range of addresses that a claim is on in every reading and always."""
    part, hosts = claim.part, claim.part.wide.hosts
    if not isinstance(hosts, Addresses) or not hosts.whole or part.wide != Region(hosts):
        return None
    sure = part.narrow == part.wide and not part.doubt
    return hosts.spans[0] if sure and not part.conditions else None


def _first_inside(ranged: Sequence[tuple[Span, int]], asked: Iterable[Span]) -> dict[Span, int]:
    """Return, for the ranges asked for, the smallest number of a range inside that is smaller."""
    ends = sorted({high for (_, high), _ in ranged})
    tree = _Smallest(len(ends))
    waiting = sorted(ranged)
    found: dict[Span, int] = {}

    def note(span: Span, stop: int) -> None:
        at = tree.before(stop)
        if at is not None:
            found[span] = min(at, found.get(span, at))

    for low, group in groupby(sorted(asked, reverse=True), key=itemgetter(0)):
        spans = [*group]
        _put(waiting, low + 1, tree, ends)
        for span in spans:  # those that begin later, and end no later
            note(span, bisect_right(ends, span[1]))
        _put(waiting, low, tree, ends)
        for span in spans:  # those that begin here, and end earlier
            note(span, bisect_left(ends, span[1]))
    return found


def _put(waiting: list[tuple[Span, int]], low: int, tree: "_Smallest", ends: Sequence[int]) -> None:
    """Put the ranges that begin from some address on into the tree."""
    while waiting and waiting[-1][0][0] >= low:
        (_, high), number = waiting.pop()
        tree.put(bisect_left(ends, high), number)


class _Smallest:
    """The smallest number among those put before a place (a Fenwick tree)."""

    __slots__ = ("_numbers",)

    def __init__(self, size: int) -> None:
        self._numbers: list[int | None] = [None] * (size + 1)

    def put(self, place: int, number: int) -> None:
        """Put a number at a place, counted from 0."""
        at = place + 1
        while at < len(self._numbers):
            other = self._numbers[at]
            self._numbers[at] = number if other is None else min(other, number)
            at += at & -at

    def before(self, stop: int) -> int | None:
        """Return the smallest number at the places before one; None when there is none."""
        found: list[int] = []
        while stop:
            number = self._numbers[stop]
            found += [] if number is None else [number]
            stop &= stop - 1
        return min(found, default=None)
