"""Sets of addresses, and how they lie to each other."""

import ipaddress
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from scope.places.extent import Extent

Span = tuple[int, int]

BITS: dict[int, int] = {4: 32, 6: 128}
BROAD_BITS: dict[int, int] = {4: 24, 6: 112}  # shorter than /8 or /16: more than anyone tests


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of one IP version, as sorted spans that neither overlap nor touch.

    >>> block, one = Addresses(4, ((10, 17),)), Addresses(4, ((12, 12),))
    >>> block.contains(one), block.extent(Addresses(4, ((16, 31),))), str(one), str(block)
    (True, <Extent.PART: 1>, '0.0.0.12', '0.0.0.10-0.0.0.17')
    """

    version: Literal[4, 6]
    spans: tuple[Span, ...]

    @property
    def single(self) -> bool:
        """Whether the set is one address."""
        return len(self.spans) == 1 and self.spans[0][0] == self.spans[0][1]

    @property
    def whole(self) -> bool:
        """Whether the set has no gaps."""
        return len(self.spans) == 1

    @property
    def size(self) -> int:
        """How many addresses the set has."""
        return sum(high - low + 1 for low, high in self.spans)

    @property
    def broad(self) -> bool:
        """Whether the set is larger than a /8 (IPv4) or a /16 (IPv6)."""
        return self.size > 1 << BROAD_BITS[self.version]

    @property
    def rank(self) -> tuple[int, int]:
        """How specific the set is; greater is more specific."""
        return (3, 0) if self.single else (1, 128 - self.size.bit_length())

    def contains(self, other: "Addresses") -> bool:
        """Tell whether every address of ``other`` is in this set."""
        return self.version == other.version and all(map(self._holds, other.spans))

    def extent(self, asked: "Addresses") -> Extent:
        """Tell how much of the addresses asked about is in this set."""
        if self.contains(asked):
            return Extent.WHOLE
        if self.version == asked.version and any(map(self._meets, asked.spans)):
            return Extent.PART
        return Extent.NONE

    def _holds(self, span: Span) -> bool:
        """Tell whether one of the spans holds all of this one."""
        at = bisect_right(self.spans, span[0], key=lambda each: each[0])
        return at > 0 and span[1] <= self.spans[at - 1][1]

    def _meets(self, span: Span) -> bool:
        """Tell whether one of the spans shares an address with this one."""
        at = bisect_right(self.spans, span[1], key=lambda each: each[0])
        return at > 0 and span[0] <= self.spans[at - 1][1]

    def __str__(self) -> str:
        return ",".join(_write(self.version, span) for span in self.spans)


def _write(version: Literal[4, 6], span: Span) -> str:
    """Write a span as an address, a block when it is one exactly, or a range."""
    low, high = span
    make = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    bits = (high - low).bit_length()
    if low == high:
        return str(make(low))
    if high - low + 1 == 1 << bits and not low & (1 << bits) - 1:
        return f"{make(low)}/{BITS[version] - bits}"
    return f"{make(low)}-{make(high)}"
