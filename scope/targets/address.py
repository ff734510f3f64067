"""Addresses as people write them: one, a block, a range, or stars and lists between the dots."""

import ipaddress
import re
from collections.abc import Iterable
from functools import reduce
from itertools import product
from math import prod

from scope.places.addresses import Addresses, Span

MOST_SPANS = 65_536  # as many as 10.*.*.1 needs; a pattern with more is not taken
_MAPPED = 0xFFFF << 32  # ::ffff:0:0/96, IPv4 inside IPv6: RFC 4291 section 2.5.5.2

_NUMBER = r"(?:0|[1-9]\d{0,2})"  # a leading zero would be octal to some
_OCTET = rf"(?:{_NUMBER}(?:-{_NUMBER})?|\*)"
_OCTETS = re.compile(rf"{_OCTET}(?:,{_OCTET})*(?:\.{_OCTET}(?:,{_OCTET})*){{1,3}}")
_ZONE = re.compile(r"%[\w.~-]*\Z", re.ASCII)
_RANGE = re.compile(r"([0-9A-Fa-f:.]+)\s*[-\u2013]\s*([0-9A-Fa-f:.]+)")


def parse(text: str) -> Addresses | None:
    """Read an address, a block, a range or an octet pattern; None when it is none of them.

    Host bits in a block mean the block; a range given backwards is turned round; a zone is
    dropped; IPv4 inside IPv6 is IPv4.

    >>> str(parse("192.0.2.9/28")), str(parse("192.0.2.7-9")), str(parse("10.0.*"))
    ('192.0.2.0/28', '192.0.2.7-192.0.2.9', '10.0.0.0/16')
    >>> parse("192.0.2.256"), parse("shop.example")
    (None, None)
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
