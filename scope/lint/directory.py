"""The claims of one side, filed so that each has to be compared with few others.

What contains a host ends in the same labels, and what contains a block starts with the same bits.
So a rule is compared with those on its own chain of names or blocks and with the few that fit in
no file, and the time for a whole scope grows with its rules and not with their square.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scope.places.addresses import Addresses, Span
from scope.places.names import Names
from scope.targets.app import App
from scope.targets.target import Hosts
from scope.weighing.claim import Claim

MOST_SPANS = 256  # of one set of addresses that are looked up one by one
Block = tuple[int, int, int]  # version, free bits, the bits that are fixed


class Placed(NamedTuple):
    """A claim, and the place of its rule among those of its side."""

    at: int
    claim: Claim


@dataclass(slots=True)
class Directory:
    """Claims by what their hosts end in or start with.

    Attributes:
        named: By their name, or the labels behind their last star.
        glued: By the letters behind their last star, where it stands inside a label.
        under: By every name that those in ``named`` lie under.
        blocks: By their bits.
        apps: By their name in small letters, where it has no star.
        loose: What fits in no file.
        lows: First addresses in order, with the blocks that begin there.
    """

    named: dict[str, list[Placed]] = field(default_factory=dict)
    glued: dict[str, list[Placed]] = field(default_factory=dict)
    under: dict[str, list[Placed]] = field(default_factory=dict)
    blocks: dict[Block, list[Placed]] = field(default_factory=dict)
    apps: dict[str, list[Placed]] = field(default_factory=dict)
    loose: list[Placed] = field(default_factory=list)
    lows: list[tuple[int, int, Placed]] = field(default_factory=list)

    @classmethod
    def of(cls, rules: Iterable[Iterable[Claim]]) -> "Directory":
        """File the claims of some rules."""
        found = cls()
        for at, claims in enumerate(rules):
            for claim in claims:
                found._file(Placed(at, claim))
        found.lows.sort(key=_start)
        return found

    def round(self, hosts: Hosts | None) -> Iterator[Placed]:
        """Go through every claim that could contain some hosts, and some more."""
        if isinstance(hosts, Names):
            tail = _tail(hosts)
            for name in _names_above(tail):
                yield from self.named.get(name, ())
            for length in {len(ending) for ending in self.glued}:
                yield from self.glued.get(tail[-length:], ())
        elif isinstance(hosts, Addresses):
            yield from self._round(hosts.version, hosts.spans[0])
        elif isinstance(hosts, App):
            yield from self.apps.get(str(hosts).lower(), ())
        yield from self.loose

    def meeting(self, hosts: Hosts | None) -> Iterator[Placed]:
        """Go through every claim that could have a host in common with some hosts, and more."""
        yield from self.round(hosts)
        if hosts is None or (isinstance(hosts, Names) and not _whole_labels(hosts)):
            yield from (each for listed in self.named.values() for each in listed)
            yield from (each for listed in self.glued.values() for each in listed)
        elif isinstance(hosts, Names):
            yield from self.under.get(_tail(hosts), ())
            yield from (each for listed in self.glued.values() for each in listed)
        elif isinstance(hosts, App):
            yield from (each for listed in self.apps.values() for each in listed)
        if isinstance(hosts, Addresses) and len(hosts.spans) > MOST_SPANS:
            yield from (each for _, _, each in self.lows)
        elif isinstance(hosts, Addresses):
            yield from self._starting_in(hosts)
            yield from (
                each for span in hosts.spans[1:] for each in self._round(hosts.version, span)
            )
        elif hosts is None:
            yield from (each for _, _, each in self.lows)

    def _round(self, version: int, span: Span) -> Iterator[Placed]:
        """Go through the blocks that a span of addresses could lie in."""
        for known, bits in {(key[0], key[1]) for key in self.blocks}:
            if known == version:
                yield from self.blocks.get((version, bits, span[0] >> bits), ())

    def _starting_in(self, hosts: Addresses) -> Iterator[Placed]:
        """Go through the blocks that begin inside some addresses."""
        for low, high in hosts.spans:
            at = bisect_left(self.lows, (int(hosts.version), low), key=_start)
            while at < len(self.lows) and self.lows[at][:2] <= (hosts.version, high):
                yield self.lows[at][2]
                at += 1

    def _file(self, placed: Placed) -> None:
        """File one claim by its hosts in the wide reading."""
        hosts = placed.claim.part.wide.hosts
        if isinstance(hosts, Names) and _tail(hosts):
            self._file_name(hosts, placed)
        elif isinstance(hosts, Addresses):
            self.lows += [(hosts.version, low, placed) for low, _ in hosts.spans]
            block = _block(hosts)
            (self.blocks.setdefault(block, []) if block else self.loose).append(placed)
        elif isinstance(hosts, App) and hosts.single:
            self.apps.setdefault(str(hosts).lower(), []).append(placed)
        else:
            self.loose.append(placed)

    def _file_name(self, hosts: Names, placed: Placed) -> None:
        """File one claim on names; with its own name too, where that counts."""
        tail = _tail(hosts)
        shelf = self.named if _whole_labels(hosts) else self.glued
        shelf.setdefault(tail, []).append(placed)
        for name in _names_above(tail):
            self.under.setdefault(name, []).append(placed)


def _start(filed: tuple[int, int, Placed]) -> tuple[int, int]:
    """Return the IP version and the first address of a filed block."""
    return filed[:2]


def _tail(hosts: Names) -> str:
    """Return the labels or letters behind the last star, or the whole name."""
    return hosts.text.rpartition("*")[2].removeprefix(".")


def _whole_labels(hosts: Names) -> bool:
    """Tell whether a name has no star, or a dot and more behind its last one."""
    behind = hosts.text.rpartition("*")[2]
    return hosts.single or (behind.startswith(".") and len(behind) > 1)


def _names_above(name: str) -> Iterator[str]:
    """Yield a name and those above it."""
    while name:
        yield name
        name = name.partition(".")[2]


def _block(hosts: Addresses) -> Block | None:
    """Return the bits that a set of addresses fixes; None when it is no block."""
    low, high = hosts.spans[0]
    bits = (high - low).bit_length()
    whole = len(hosts.spans) == 1 and high - low + 1 == 1 << bits and not low & (1 << bits) - 1
    return (hosts.version, bits, low >> bits) if whole else None
