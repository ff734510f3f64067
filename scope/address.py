"""Sets of addresses: one, a block, a range, or stars and lists between the dots."""

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from typing import Literal

from scope.extent import Extent

Span = tuple[int, int]

BITS: dict[int, int] = {4: 32, 6: 128}
BROAD_BITS: dict[int, int] = {4: 24, 6: 112}  # shorter than /8 or /16: more than anyone tests
MOST_SPANS = 65_536  # as many as 10.*.*.1 needs; a pattern with more is not taken
_MAPPED = 0xFFFF << 32  # ::ffff:0:0/96, IPv4 inside IPv6: RFC 4291 section 2.5.5.2

_NUMBER = r"(?:0|[1-9]\d{0,2})"  # a leading zero would be octal to some
_OCTET = rf"(?:{_NUMBER}(?:-{_NUMBER})?|\*)"
_OCTETS = re.compile(rf"{_OCTET}(?:,{_OCTET})*(?:\.{_OCTET}(?:,{_OCTET})*){{1,3}}")
_ZONE = re.compile(r"%[\w.~-]*\Z", re.ASCII)
_RANGE = re.compile(r"([0-9A-Fa-f:.]+)\s*[-\u2013]\s*([0-9A-Fa-f:.]+)")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of one IP version, as sorted spans that neither overlap nor touch.

    >>> parse("192.0.2.9/28").match("192.0.2.1")
    True
    >>> str(parse("192.0.2.0 - 192.0.2.127")), str(parse("192.0.2.7-9"))
    ('192.0.2.0/25', '192.0.2.7-192.0.2.9')
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

    def match(self, address: str) -> bool:
        """Tell whether an address, written out, is in the set."""
        asked = parse(address)
        return asked is not None and self.contains(asked)

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


def parse(text: str) -> Addresses | None:
    """Read an address, a block, a range or an octet pattern; None when it is none of them.

    Host bits in a block mean the block; a range given backwards is turned round; a zone is
    dropped; IPv4 inside IPv6 is IPv4.
    """
    return _single(text) or _block(text) or _range(text) or _octets(text)


def legacy(host: str) -> str | None:
    """Return the dotted decimal form of an old IPv4 spelling, as browsers read it in a URL.

    Hexadecimal, octal, a missing octet and one large number all count (WHATWG URL, section
    "IPv4 parser"); None when the text is no such number.

    >>> legacy("0x7f.1"), legacy("017700000001"), legacy("2130706433")
    ('127.0.0.1', '127.0.0.1', '127.0.0.1')
    >>> legacy("1.2.3.4.5"), legacy("1.2.3.08"), legacy("1.256.3.4")
    (None, None, None)
    """
    numbers = [_number(part) for part in host.split(".")]
    if len(numbers) > 4:
        return None
    *octets, last = numbers
    value = 0
    for octet in octets:
        if octet is None or octet > 255:
            return None
        value = value << 8 | octet
    room = 8 * (4 - len(octets))
    if last is None or last >= 1 << room:
        return None
    return str(ipaddress.IPv4Address(value << room | last))


def _number(text: str) -> int | None:
    """Read one number of a legacy address; None when it is none."""
    digits = text[:32].lower()  # 11 octal digits are the longest that can fit, zeros aside
    for pattern, base in ((r"0x[0-9a-f]*", 16), (r"0[0-7]*", 8), (r"[1-9][0-9]*", 10)):
        if len(text) <= len(digits) and re.fullmatch(pattern, digits):
            return int(digits.removeprefix("0x") or "0", base)
    return None


def _single(text: str) -> Addresses | None:
    """Read one address; only IPv6 has a zone to drop."""
    bare = _ZONE.sub("", text) if ":" in text else text
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return _made(address.version, int(address), int(address))


def _block(text: str) -> Addresses | None:
    """Read ``address/bits``, whatever its host bits."""
    if "/" not in text:
        return None
    try:
        block = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    return _made(block.version, int(block.network_address), int(block.broadcast_address))


def _range(text: str) -> Addresses | None:
    """Read ``first-last``, where the last may be just its own last octet."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    first, last = found.groups()
    if last.isdigit() and "." in first:
        last = f"{first.rpartition('.')[0]}.{last}"
    low, high = _single(first), _single(last)
    if not low or not high or low.version != high.version:
        return None
    ends = sorted((low.spans[0][0], high.spans[0][0]))
    return Addresses(low.version, ((ends[0], ends[1]),))


def _octets(text: str) -> Addresses | None:
    """Read an octet pattern such as ``10.0.1-3.*`` or ``10.0.*`` (every address below ``10.0``)."""
    if not _OCTETS.fullmatch(text) or (text.count(".") < 3 and not text.endswith(".*")):
        return None
    fields = [_choices(field) for field in text.split(".")]
    fields += [[(0, 255)]] * (4 - len(fields))
    if any(not 0 <= low <= high <= 255 for field in fields for low, high in field):
        return None
    spans = _folded(fields)
    return Addresses(4, spans) if spans else None


def _choices(field: str) -> list[Span]:
    """Read one octet: numbers, spans and stars between commas."""
    ends = ("0-255" if each == "*" else each for each in field.split(","))
    return [(int(low), int(high or low)) for low, _, high in (each.partition("-") for each in ends)]


def _folded(fields: list[list[Span]]) -> tuple[Span, ...]:
    """Turn octets into spans; free octets at the end widen a span instead of adding more."""
    while len(fields) > 1 and fields[-1] == [(0, 255)]:
        fields = fields[:-1]
    room = 8 * (4 - len(fields))
    *leading, last = [sorted(field) for field in fields]
    if prod(sum(high - low + 1 for low, high in field) for field in leading) > MOST_SPANS:
        return ()
    numbers = [[n for low, high in field for n in range(low, high + 1)] for field in leading]
    return _merged(
        (_joined((*head, low)) << room, (_joined((*head, high)) + 1 << room) - 1)
        for head in product(*numbers)
        for low, high in last
    )


def _joined(octets: Iterable[int]) -> int:
    """Read octets as one number, the first the greatest."""
    return reduce(lambda value, octet: value << 8 | octet, octets)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or touch."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return tuple(merged)


def _made(version: int, low: int, high: int) -> Addresses:
    """Build a set of one span; IPv4 written inside IPv6 is IPv4."""
    if version == 6 and low >> 32 == high >> 32 == _MAPPED >> 32:
        return Addresses(4, ((low - _MAPPED, high - _MAPPED),))
    return Addresses(4 if version == 4 else 6, ((low, high),))


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
