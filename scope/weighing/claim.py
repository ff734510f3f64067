"""A rule's claim on a part of the world."""

from collections.abc import Iterable
from dataclasses import dataclass

from scope.reading.part import Part
from scope.rule import Rule


@dataclass(frozen=True, slots=True)
class Claim:
    """One part of one rule."""

    rule: Rule
    part: Part

    @property
    def conditional(self) -> bool:
        """Whether it takes facts to know if the claim applies."""
        return bool(self.part.conditions)


def by_weight(claims: Iterable[Claim], *, wide: bool) -> tuple[Claim, ...]:
    """Sort claims, the most specific first; the order of the rules plays no part.

    Among equals come first those that promise less: no reward, and another place to report to.
    """

    def weight(claim: Claim) -> tuple[object, bool, bool]:
        region = claim.part.wide if wide else (claim.part.narrow or claim.part.wide)
        return region.rank, not claim.rule.reward, claim.rule.redirect is not None

    found = tuple(claims)
    if len(found) < 2:
        return found
    settled = sorted(found, key=lambda claim: repr(claim.rule))
    return tuple(sorted(settled, key=weight, reverse=True))
