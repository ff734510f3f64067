"""A scope as expressions that have to fit a whole URL, as ZAP's contexts hold it.

ZAP compares without regard to case and cuts the query off; a default port is left out of the URL
(ZAP, "Session Contexts"). A URL is in when an expression includes it and none excludes it, so a
permit inside an exclusion becomes a look-ahead in the excluded one. No expression has a brace
after a dollar sign or a comma in braces: plans and XML files give those a meaning of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scope.formats import blocks, expressions, guards
from scope.formats.carried import Bar, Carried, carry, on_code_host, remark
from scope.formats.guards import Guard
from scope.formats.listing import Listing, Remark
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.targets.url import PORTS

ANY_SIX = r"\[?[0-9a-f]*:[0-9a-f:.]+\]?"
ANY_FOUR = r"\d+\.\d+\.\d+\.\d+"
ANY_HOST = r"(?:\[[^/?#]*\]|[^/?#:]*)"

SCATTERED = "No expression takes these addresses, so the file does not permit them."
WIDENED = "No expression takes just these addresses; in the file the exclusion takes more of them."
OVERRULED = "Some smaller permits could not be cut out of it; in the file they are excluded."


@dataclass(frozen=True, slots=True)
class Context:
    """The expressions of one context, and what they lose.

    Attributes:
        include: Expressions of which one has to fit a URL.
        exclude: Expressions of which none may.
        lost: What was left out or widened.
        carried: What they were made from.
    """

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    lost: tuple[Remark, ...]
    carried: Carried


def context(listing: Listing, *, aheads: bool = True) -> Context:
    """Return the expressions for a scope.

    Args:
        listing: The scope.
        aheads: The tool knows look-aheads; without them an exclusion takes all that lies in it.
    """
    carried = carry(listing)
    kept = guards.guards(carried)
    included = [found for each in carried.permits if (found := url(each.region))]
    excluded = [_excluded(each, aheads=aheads) for each in carried.bars]
    excluded += [_guarded(each) for each in kept]
    lost = [*carried.lost, *_lost(carried, aheads=aheads), *([guards.REMARK] if kept else [])]
    return Context(_bound(included), _bound(excluded), tuple(dict.fromkeys(lost)), carried)


def url(region: Region) -> str | None:
    """Return the expression for the URLs of a permitted region; None when there is none."""
    host = _host(region)
    if host is None:
        return None
    where = expressions.paths(region.paths, folded=on_code_host(region)) if region.paths else None
    return _site(host, region) + (where or expressions.REST)


def _excluded(bar: Bar, *, aheads: bool) -> str:
    """Return the expression for what a bar excludes."""
    region = bar.region
    spared = [found for each in bar.spared if aheads and (found := url(each))]
    where = expressions.paths(region.paths, folded=on_code_host(region)) if region.paths else None
    aside = "".join(f"(?!{each}$)" for each in spared)
    return aside + _site(_wide_host(region), region) + (where or expressions.REST)


def _guarded(guard: Guard) -> str:
    """Return the expression for the pages of a guard."""
    region = Region(guard.hosts)
    return _site(_wide_host(region), region) + guard.path


def _host(region: Region) -> str | None:
    """Return the expression for permitted hosts."""
    if region.hosts is None:
        return f"(?:{expressions.every_name()}|{ANY_FOUR}|{ANY_SIX})"
    if isinstance(region.hosts, Names):
        return expressions.names(region.hosts)
    return blocks.expression(region.hosts) if isinstance(region.hosts, Addresses) else None


def _wide_host(region: Region) -> str:
    """Return the expression for excluded hosts, widened where no expression is exact."""
    hosts = region.hosts
    if isinstance(hosts, Names):
        return expressions.names(hosts)
    if not isinstance(hosts, Addresses):
        return ANY_HOST
    exact = blocks.expression(hosts) or blocks.expression(blocks.hull(hosts))
    return exact or ANY_SIX


def _site(host: str, region: Region) -> str:
    """Write scheme, host and port; the default port of a scheme is not in a URL."""
    if region.port is None:
        return rf"{region.scheme or 'https?'}://{host}(?::\d+)?"
    schemes = [region.scheme] if region.scheme else ["http", "https"]
    if region.port not in (PORTS[each] for each in schemes):
        return f"{region.scheme or 'https?'}://{host}:{region.port}"
    usual = [each for each in schemes if PORTS[each] == region.port]
    written = [f"{each}://{host}(?::{region.port})?" for each in usual]
    written += [f"{each}://{host}:{region.port}" for each in schemes if each not in usual]
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def _bound(found: list[str]) -> tuple[str, ...]:
    """Bind expressions to both ends, each once."""
    return tuple(dict.fromkeys(f"^{each}$" for each in found))


def _lost(carried: Carried, *, aheads: bool) -> Iterator[Remark]:
    """Name what the expressions hold otherwise than it was meant."""
    for permit in carried.permits:
        if url(permit.region) is None:
            yield remark("scattered", permit.claim.rule, SCATTERED)
    for bar in carried.bars:
        if isinstance(bar.region.hosts, Addresses) and not blocks.expression(bar.region.hosts):
            yield remark("widened", bar.rule, WIDENED)
        if bar.spared and not (aheads and all(map(url, bar.spared))):
            yield remark("overruled", bar.rule, OVERRULED)
