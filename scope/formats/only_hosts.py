"""A scope for tools that look at the host alone.

A permit for a path or a port is dropped there, an exclusion of one takes the whole host, and every
exclusion takes the permits inside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scope.formats.carried import Carried, carry, remark
from scope.formats.guards import APPLE_STORE, GOOGLE_STORE
from scope.formats.listing import Listing, Remark
from scope.places.names import Names
from scope.places.region import Region
from scope.targets.target import Hosts

NARROW = "The rule is for one path, port or scheme, and the file holds hosts only: not permitted."
WIDER = "The exclusion is for one path, port or scheme; in the file it takes the whole host."
ROAMING = "It excludes a path or port on every host, which the file cannot hold: mind it yourself."
OVERRULED = "Smaller permits lie in it, and in the file exclusions win: they are excluded."
SHAPELESS = "The file cannot name these hosts, so it does not permit them."
ENLARGED = "The file cannot name just these hosts; in it the exclusion takes more."
STORES = Remark(
    "app-store",
    "",
    "A link to an app's page names the app and not the store: the store's hosts are excluded.",
)

Permit = Callable[[Hosts | None], list[str]]
Bar = Callable[[Hosts | None], tuple[list[str], bool]]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of each side, and what they lose."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    lost: tuple[Remark, ...]


def lines(listing: Listing, *, permit: Permit, bar: Bar) -> Lines:
    """Write the hosts of a scope.

    Args:
        listing: The scope.
        permit: Writes permitted hosts; nothing when the tool cannot hold them.
        bar: Writes excluded hosts, and says whether just these.
    """
    carried = carry(listing)
    lost = dict.fromkeys(carried.lost)
    include = [one for hosts in _permitted(carried, permit, lost) for one in permit(hosts)]
    exclude = [one for hosts in _excluded(carried, bar, lost) for one in bar(hosts)[0]]
    return Lines(tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude)), tuple(lost))


def _permitted(
    carried: Carried, permit: Permit, lost: dict[Remark, None]
) -> Iterator[Hosts | None]:
    """Yield the hosts that are permitted as a whole."""
    for each in carried.permits:
        rule, hosts = each.claim.rule, each.region.hosts
        if each.region != Region(hosts):
            lost[remark("narrower", rule, NARROW)] = None
        elif not permit(hosts):
            lost[remark("scattered", rule, SHAPELESS)] = None
        else:
            yield hosts


def _excluded(carried: Carried, bar: Bar, lost: dict[Remark, None]) -> Iterator[Hosts | None]:
    """Yield the hosts that are excluded, in part or as a whole."""
    for each in carried.bars:
        narrow = each.region != Region(each.region.hosts)
        if each.region.hosts is None and narrow:
            lost[remark("not-excluded", each.rule, ROAMING)] = None
            continue
        checks = ((narrow, WIDER), (not bar(each.region.hosts)[1], ENLARGED))
        lost.update({remark("widened", each.rule, text): None for so, text in checks if so})
        if each.spared:
            lost[remark("overruled", each.rule, OVERRULED)] = None
        yield each.region.hosts
    reached = [host for host in (*APPLE_STORE, *GOOGLE_STORE) if carried.reaches([host])]
    lost.update({STORES: None} if reached else {})
    yield from (Names(host, wide=True) for host in reached)
