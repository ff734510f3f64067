"""Rulings alone, for millions of targets: most take two or three look-ups.

For a plain host or URL the ruling depends on the host only, unless a rule near it is limited to
a port, path, scheme or query. So each host of a rule, and each name that has a wildcard, gets one
slot with the ruling of all that lies there. A target takes the slot of its host, or else of the
nearest name above that has one. Whatever is not plain, in the target or in the rules near it,
goes the careful way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from scope.claim import Claim
from scope.extent import Extent
from scope.hosts import LONGEST_NAME
from scope.index import Index
from scope.names import Names
from scope.region import hosts_extent
from scope.suffix import PROBE
from scope.target import Hosts, Target
from scope.verdict import Ruling

# A target that cannot be invalid for what stands behind its host: at most one short port, then
# anything printable. An escaped percent sign may hide a path, so it is left to the careful way.
_LINE = re.compile(
    r"(?:https?://)?([a-z0-9_.-]+)(?::[0-9]{1,4})?(?:[/?#\\](?:[!-$&-~]++|%(?!25))*+)?"
)
# A name and no address: its last label starts with a letter. Stores, what may be an app's package
# name, and foreign letters are left to the careful way.
_HOST = re.compile(
    r"(?!(?:com|org|net|io|play|market|apps|itunes)\.)(?!.*xn--)"
    r"(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9_-]{0,62}"
)

MOST_HOSTS = 65_536  # hosts that are remembered, in about 10 MiB


class Slot(NamedTuple):
    """What holds for a host, or for all names below one; None: it takes more than the host."""

    ruling: Ruling | None


CAREFUL = Slot(None)
UNMENTIONED = Slot(Ruling.UNKNOWN)


@dataclass(slots=True)
class Sieve:
    """The rulings of one scope; remembers what it worked out about hosts.

    Attributes:
        included: The claims that permit.
        excluded: The claims that forbid.
        careful: Gives the ruling of any text.
        judge: Gives the ruling of a name on which only the given claims can bear.
    """

    included: Index
    excluded: Index
    careful: Callable[[str], Ruling]
    judge: Callable[[str, list[Claim], list[Claim]], Ruling]
    hosts: dict[str, Slot] = field(init=False, default_factory=dict)
    exact: frozenset[str] = field(init=False)
    below: dict[str, Slot | None] = field(init=False)  # None: not worked out yet
    labels: frozenset[str] = field(init=False)
    endings: tuple[str, ...] = field(init=False)
    fragments: tuple[str, ...] = field(init=False)
    plain: bool = field(init=False)

    def __post_init__(self) -> None:
        sides = self.included, self.excluded
        self.exact = frozenset(chain.from_iterable(side.exact for side in sides))
        self.below = dict.fromkeys(chain.from_iterable(side.below for side in sides))
        self.labels = frozenset(chain.from_iterable(side.labelled for side in sides))
        self.endings = tuple(chain.from_iterable(side.glued for side in sides))
        rest = [claim.part.wide.hosts for side in sides for claim in side.others]
        self.fragments = tuple(map(_fragment, rest))
        self.plain = all(self.fragments)

    def ruling(self, text: str) -> Ruling:
        """Return the ruling of a target: always that of the scope's verdict."""
        found = _LINE.fullmatch(text)
        if found is None:
            return self.careful(text)
        slot = self.hosts.get(found[1]) or self._remember(found[1])
        return slot.ruling or self.careful(text)

    def _remember(self, host: str) -> Slot:
        """Find out about a host and keep it; forget all hosts when they are many."""
        if len(self.hosts) >= MOST_HOSTS:
            self.hosts.clear()
        slot = self.hosts[host] = self._slot(host)
        return slot

    def _slot(self, host: str) -> Slot:
        """Find the slot of a host: its own, or that of the nearest name above that has one."""
        if not self.plain or len(host) > LONGEST_NAME or not _HOST.fullmatch(host):
            return CAREFUL
        if host in self.exact or self._near_harder(host):
            return self._settle(host)
        name = host
        while name := name.partition(".")[2]:
            if name in self.below:
                slot = self.below[name] or self._settle_names(name)
                return self._settle(host) if slot is CAREFUL else slot
        return UNMENTIONED

    def _near_harder(self, host: str) -> bool:
        """Tell whether a host could fit a pattern that no walk from dot to dot would find."""
        return (
            host.endswith(self.endings)
            or (bool(self.labels) and not self.labels.isdisjoint(host.split(".")))
            or (bool(self.fragments) and any(each in host for each in self.fragments))
        )

    def _settle(self, host: str) -> Slot:
        """Work out the slot of one host."""
        permits, bars = _on(host, self.included), _on(host, self.excluded)
        if any(map(_limited, (*permits, *bars))):
            return CAREFUL
        listed = not bars and any(_surely(claim, host) for claim in permits)
        return Slot(Ruling.IN if listed else self.judge(host, permits, bars))

    def _settle_names(self, base: str) -> Slot:
        """Work out the slot of all names below one, up to the next smaller wildcard."""
        probe = f"{PROBE}.{base}"
        permits, bars = [*self.included.above(probe)], [*self.excluded.above(probe)]
        slot = CAREFUL
        if not any(_limited(claim) or _harder(claim, base) for claim in (*permits, *bars)):
            slot = Slot(self.judge(probe, permits, bars))
        self.below[base] = slot
        return slot


def _on(host: str, index: Index) -> list[Claim]:
    """Return the claims whose hosts, read widely, include this one."""
    asked = Target(Names(host))
    near = index.near(asked)
    return [claim for claim in near if hosts_extent(claim.part.wide.hosts, asked.hosts)]


def _fragment(hosts: Hosts | None) -> str:
    """Return letters that every name of a set has; empty when there are none."""
    text = hosts.text if isinstance(hosts, Names) else ""
    return max(text.split("*"), key=len).strip(".")


def _surely(claim: Claim, host: str) -> bool:
    """Tell whether a claim permits just this host."""
    narrow = claim.part.narrow
    return narrow is not None and narrow.hosts == Names(host)


def _harder(claim: Claim, base: str) -> bool:
    """Tell whether a claim is on some names below a base, and not simply on all of them."""
    hosts = claim.part.wide.hosts
    if isinstance(hosts, Names) and hosts.text.rfind("*") == 0:
        return False
    return hosts_extent(hosts, Names(f"*.{base}")) is not Extent.NONE


def _limited(claim: Claim) -> bool:
    """Tell whether a claim, in one reading or the other, is on less than whole hosts."""
    regions = (claim.part.wide, claim.part.narrow or claim.part.wide)
    return any(each.port is not None or each.scheme or each.paths or each.query for each in regions)
