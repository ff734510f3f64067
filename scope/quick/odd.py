"""What rules that are not plain say about names and addresses, for the sieve."""

from collections.abc import Iterator

from scope.engine import Scope
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.quick.stake import Stake
from scope.weighing.claim import Claim

EVERY_NAME = Names("*", wide=True)


def stakes(scope: Scope) -> tuple[list[Stake], list[tuple[Addresses, bool]]]:
    """Return what the rules that have to be read in full say about names, and about addresses.

    Apps are left out: no host is one. An address comes with whether nothing else bears on it.
    """
    names: list[Stake] = []
    blocks: list[tuple[Addresses, bool]] = []
    for permits, claim in _claims(scope):
        hosts = claim.part.wide.hosts
        if isinstance(hosts, Addresses):
            blocks.append((hosts, _simple(claim)))
        elif isinstance(hosts, Names):
            names.append(_stake(hosts, claim, permits=permits))
        elif hosts is None:
            limits = _limits(claim, permits=permits)
            names.append(Stake(EVERY_NAME, None, permits=permits, simple=False, limits=limits))
    return names, blocks


def _claims(scope: Scope) -> Iterator[tuple[bool, Claim]]:
    """Go through the claims of rules that have to be read in full."""
    for side in scope.sides:
        permits = side.name == "in"
        for place in side.rest:
            yield from ((permits, claim) for claim in scope.claims(place, permits=permits))


def _stake(hosts: Names, claim: Claim, *, permits: bool) -> Stake:
    """Say what a claim says about names."""
    certain = claim.part.narrow.hosts if claim.part.narrow else None
    narrow = certain if isinstance(certain, Names) else None
    limits = _limits(claim, permits=permits)
    return Stake(hosts, narrow, permits=permits, simple=_simple(claim), limits=limits)


def _limits(claim: Claim, *, permits: bool) -> Region | None:
    """Return what an exclusion is on if it is on a part of its hosts; None for all other claims."""
    wide = claim.part.wide
    limited = wide.port is not None or wide.scheme or wide.paths or wide.query
    return wide if limited and not permits else None


def _simple(claim: Claim) -> bool:
    """Tell whether a claim is on whole hosts, always and without a question."""
    part = claim.part
    if claim.rule.unless or claim.conditional or part.doubt or part.borrowed:
        return False
    regions = (part.wide, part.narrow or part.wide)
    return not any(
        each.port is not None or each.scheme or each.paths or each.query for each in regions
    )
