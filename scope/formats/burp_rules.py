"""The entries of Burp's advanced scope control, written.

Burp matches protocol, host, port and file of a URL one by one, without regard to case; a block of
addresses may stand for a host. A URL is in scope when an entry includes it and none excludes it
(PortSwigger, "URL-matching rules").
"""

from collections.abc import Iterable, Iterator

from scope.formats import blocks, expressions
from scope.formats.carried import Bar, on_code_host
from scope.formats.guards import Guard
from scope.formats.pieces import Piece
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region

Entry = dict[str, object]

ANY_HOST = ""
EVERY_BLOCK = ("0.0.0.0/0", "::/0")


def included(region: Region) -> list[Entry]:
    """Return the entries that include a region; none when its addresses are too scattered."""
    rest = _rest(region)
    if region.hosts is None:
        return [_entry(each, rest) for each in (_anchored(expressions.every_name()), *EVERY_BLOCK)]
    if isinstance(region.hosts, Addresses):
        return [_entry(each, rest) for each in _boxes(region.hosts)]
    return [_written(_piece(region))]


def excluded(bar: Bar) -> list[Entry]:
    """Return the entries that exclude what a bar does."""
    region = bar.region
    if isinstance(region.hosts, Addresses):
        return list(_addresses(region, region.hosts, bar.spared))
    spared = [_piece(each) for each in bar.spared if writable(each)]
    return [_written(each) for each in _piece(region).without(spared)]


def guarded(guard: Guard) -> list[Entry]:
    """Return the entries that exclude the pages of a guard."""
    if isinstance(guard.hosts, Addresses):
        boxes = _boxes(guard.hosts) or _boxes(blocks.hull(guard.hosts))
        return [_entry(each, Piece(None, path=guard.path)) for each in boxes]
    return [_written(Piece(_host(Region(guard.hosts)), path=guard.path))]


def writable(region: Region) -> bool:
    """Tell whether one expression can take the hosts of a region."""
    return region.hosts is not None and _host(region) is not None


def enlarged(region: Region) -> bool:
    """Tell whether addresses are so scattered that an exclusion takes all between them."""
    return isinstance(region.hosts, Addresses) and not _boxes(region.hosts)


def _addresses(region: Region, hosts: Addresses, spared: Iterable[Region]) -> Iterator[Entry]:
    """Yield the entries for addresses; those of permits are taken out as numbers."""
    groups: dict[Addresses, list[Piece]] = {}
    for each in spared:
        if isinstance(each.hosts, Addresses):
            groups.setdefault(each.hosts, []).append(_rest(each))
    left = hosts
    for taken in groups:
        left = blocks.without(left, taken)
    boxes = _boxes(left) or (_boxes(blocks.hull(hosts)) if left.spans else [])
    yield from (_entry(box, _rest(region)) for box in boxes)
    for taken, permits in groups.items():
        for piece in _rest(region).without(permits):
            yield from (_entry(box, piece) for box in _boxes(taken))


def _boxes(hosts: Addresses) -> list[str]:
    """Return what to write for addresses where the host belongs; nothing when it is too much."""
    return [
        box
        for block in blocks.cut(hosts) or ()
        for box in _box(str(block.network_address), str(block), single=block.num_addresses == 1)
    ]


def _box(address: str, block: str, *, single: bool) -> list[str]:
    """Write one block; a lone IPv6 address both ways, for it has more than one spelling."""
    if not single:
        return [block]
    if ":" in address:
        return [rf"^\[?{address}\]?$", block]
    return [_anchored(expressions.literal(address))]


def _host(region: Region) -> str | None:
    """Return the expression for the hosts of a region; None for all of them, or for none."""
    if isinstance(region.hosts, Names):
        return expressions.names(region.hosts)
    if isinstance(region.hosts, Addresses):
        return blocks.expression(region.hosts)
    return None


def _piece(region: Region) -> Piece:
    """Write a region as expressions."""
    where = expressions.paths(region.paths, folded=on_code_host(region)) if region.paths else None
    return Piece(_host(region), region.port, region.scheme, where)


def _rest(region: Region) -> Piece:
    """Write what narrows the hosts of a region, without the hosts."""
    piece = _piece(region)
    return Piece(None, piece.port, piece.scheme, piece.path)


def _written(piece: Piece) -> Entry:
    """Write an entry whose host is an expression."""
    aside = _aside(piece.not_hosts, *(f"(?={each}$)" for each in piece.only))
    bare = piece.host is None and not aside
    return _entry(ANY_HOST if bare else _anchored(aside + (piece.host or ".*")), piece)


def _entry(host: str, piece: Piece) -> Entry:
    """Write an entry, given what stands for its host."""
    boxes = {"file": _file(piece), "host": host, "port": _port(piece)}
    filled: Entry = {name: text for name, text in boxes.items() if text}
    return {"enabled": True, **filled, "protocol": piece.scheme or "any"}


def _file(piece: Piece) -> str:
    """Write what the path has to fit."""
    if piece.path is None and not piece.not_paths:
        return ""
    return _anchored(_aside(piece.not_paths) + (piece.path or ".*"))


def _port(piece: Piece) -> str:
    """Write what the port has to fit."""
    if piece.port is None and not piece.not_ports:
        return ""
    number = r"\d+" if piece.port is None else str(piece.port)
    return _anchored(_aside([str(each) for each in piece.not_ports]) + number)


def _aside(texts: Iterable[str], *leading: str) -> str:
    """Write the look-aheads that an expression opens with."""
    return "".join([*leading, *(f"(?!{each}$)" for each in texts)])


def _anchored(expression: str) -> str:
    """Bind an expression to both ends."""
    return f"^{expression}$"
