r"""Sets of addresses as other tools write them: in blocks, or as expressions.

>>> ten = Addresses(4, ((10, 19),))
>>> str(without(ten, Addresses(4, ((12, 15),)))), [str(block) for block in cut(ten)]
('0.0.0.10/31,0.0.0.16/30', ['0.0.0.10/31', '0.0.0.12/30', '0.0.0.16/30'])
"""

import ipaddress

from scope.formats.expressions import literal
from scope.places.addresses import Addresses, Span

Block = ipaddress.IPv4Network | ipaddress.IPv6Network

MOST = 64  # blocks that one set may become; a range needs at most 62 in IPv4

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"


def cut(given: Addresses) -> list[Block] | None:
    """Return addresses as blocks; None when there would be more than `MOST`."""
    found: list[Block] = []
    for span in given.spans:
        found += _blocks(given.version, span)
        if len(found) > MOST:
            return None
    return found


def hull(given: Addresses) -> Addresses:
    """Return all that lies between the first and the last address, rounded up to one block."""
    low, high = given.spans[0][0], given.spans[-1][1]
    room = (low ^ high).bit_length()
    return Addresses(given.version, ((low >> room << room, ((high >> room) + 1 << room) - 1),))


def without(given: Addresses, taken: Addresses) -> Addresses:
    """Return the addresses of one set that are not in another; none of it may be left."""
    if given.version != taken.version:
        return given
    left = list(given.spans)
    for low, high in taken.spans:
        left = [piece for span in left for piece in _around(span, low, high)]
    return Addresses(given.version, tuple(left))


def expression(given: Addresses) -> str | None:
    r"""Return the expression for addresses; None for IPv6 blocks, and for too many pieces.

    >>> print(expression(Addresses(4, ((0xC0000200, 0xC0000203),))))
    192\.0\.2\.(?:0|1|2|3)
    """
    found = cut(given)
    if not found:
        return None
    written = [_octets(each) for each in found if isinstance(each, ipaddress.IPv4Network)]
    if not written:
        return _six(found)
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def _six(found: list[Block]) -> str | None:
    """Write single IPv6 addresses, as browsers spell them, with or without brackets."""
    if any(block.num_addresses > 1 for block in found):
        return None
    written = [literal(str(block.network_address)) for block in found]
    return rf"\[?(?:{'|'.join(written)})\]?"


def _octets(block: ipaddress.IPv4Network) -> str:
    """Write one IPv4 block, octet by octet."""
    written = []
    for at, octet in enumerate(block.network_address.packed):
        fixed = min(max(block.prefixlen - 8 * at, 0), 8)
        if fixed in (0, 8):
            written.append(str(octet) if fixed else _OCTET)
        else:
            listed = map(str, range(octet, octet + (1 << 8 - fixed)))
            written.append(f"(?:{'|'.join(listed)})")
    return r"\.".join(written)


def _around(span: Span, low: int, high: int) -> list[Span]:
    """Return what is left of a span on either side of another."""
    ends = [(span[0], min(span[1], low - 1)), (max(span[0], high + 1), span[1])]
    if high < span[0] or low > span[1]:
        return [span]
    return [(first, last) for first, last in ends if first <= last]


def _blocks(version: int, span: Span) -> list[Block]:
    """Cut a span into blocks; a span has at most two for each bit."""
    if version == 4:
        four = [ipaddress.IPv4Address(each) for each in span]
        return list(ipaddress.summarize_address_range(*four))
    six = [ipaddress.IPv6Address(each) for each in span]
    return list(ipaddress.summarize_address_range(*six))
