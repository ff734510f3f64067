"""An exclusion with the smaller permits cut out of it, for tools that match part by part.

Where host, port, protocol and path are matched one by one, "all of this but for that" takes
several entries: those on other hosts, those on the same host at other ports, and so on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

MOST_PIECES = 256  # entries that one exclusion may become; far more than any real scope needs
OTHER = {"http": "https", "https": "http"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry: expressions for host and path, without anchors, and what they do not take.

    Attributes:
        host: Expression for the host; None for any.
        port: The only port; None for any.
        scheme: ``http`` or ``https``; None for both.
        path: Expression for the path; None for any.
        only: Further expressions that the host has to fit.
        not_hosts: Expressions for hosts that are left out.
        not_ports: Ports that are left out.
        not_paths: Expressions for paths that are left out.
    """

    host: str | None
    port: int | None = None
    scheme: str | None = None
    path: str | None = None
    only: tuple[str, ...] = ()
    not_hosts: tuple[str, ...] = ()
    not_ports: tuple[int, ...] = ()
    not_paths: tuple[str, ...] = ()

    def without(self, permits: Iterable["Piece"]) -> tuple["Piece", ...]:
        r"""Return the entries that together take all of this one but for what is permitted.

        >>> old = Piece(r".*\.example").without([Piece("a", path="/b"), Piece("c")])
        >>> [(each.only, each.not_hosts, each.not_paths) for each in old]
        [((), ('a', 'c'), ()), (('a',), (), ('/b',))]

        When they would be too many, the entry stays whole: more is excluded then, not less.
        """
        pieces = [self]
        for permit in permits:
            pieces = [left for piece in pieces for left in _cut(piece, permit)]
            if len(pieces) > MOST_PIECES:
                return (self,)
        return tuple(pieces)


def _cut(piece: Piece, permit: Piece) -> Iterator[Piece]:
    """Yield what is left of an entry when one permit is taken out."""
    if _apart(piece, permit):
        yield piece
        return
    rest = piece
    if permit.host is not None and permit.host not in (rest.host, *rest.only):
        yield replace(rest, not_hosts=(*rest.not_hosts, permit.host))
        rest = replace(rest, only=(*rest.only, permit.host))
    if permit.port is not None and rest.port is None:
        yield replace(rest, not_ports=(*rest.not_ports, permit.port))
        rest = replace(rest, port=permit.port)
    if permit.scheme is not None and rest.scheme is None:
        yield replace(rest, scheme=OTHER[permit.scheme])
        rest = replace(rest, scheme=permit.scheme)
    if permit.path is not None:
        yield replace(rest, not_paths=(*rest.not_paths, permit.path))


def _apart(piece: Piece, permit: Piece) -> bool:
    """Tell whether a permit surely takes nothing of an entry."""
    fixed = [each for each in (piece.host, *piece.only) if each and _one(each)]
    return (
        permit.host in piece.not_hosts
        or bool(permit.host and _one(permit.host) and fixed and permit.host not in fixed)
        or permit.port in piece.not_ports
        or bool(permit.port and piece.port and permit.port != piece.port)
        or bool(permit.scheme and piece.scheme and permit.scheme != piece.scheme)
    )


def _one(host: str) -> bool:
    """Tell whether an expression takes one host only."""
    return not set("*+?[(|") & set(host.replace("\\.", ""))
