"""Exclusions of a part of their hosts, such as one path: most targets stay clear of them.

An exclusion that surely does not take all of a single target changes nothing about its ruling, as
long as no permit is on a part of it either. So the ruling is that of the host's other rules.
"""

from collections.abc import Iterable

from scope.errors import InvalidTarget
from scope.places.extent import Extent
from scope.places.names import Names
from scope.places.region import Region
from scope.targets import path, repository, url
from scope.targets.target import Target


def clear(host: str, limits: Iterable[Region], *, scheme: str, port: str | None, tail: str) -> bool:
    """Tell whether a target stays clear of exclusions; False when it takes a closer look.

    Args:
        host: Its host, normalised.
        limits: What the exclusions are on, in their wide reading.
        scheme: As written, in small letters; empty when there is none.
        port: As written; None when there is no colon.
        tail: What stands behind the host and the port.
    """
    if tail[:1] in ("", "#") and all(each.paths or each.query for each in limits):
        return True  # the whole site is more than a page of it
    try:
        target = _target(host, scheme, port, tail)
    except InvalidTarget:
        return False
    return all(each.reach(target).extent is not Extent.WHOLE for each in limits)


def _target(host: str, scheme: str, port: str | None, tail: str) -> Target:
    """Return a target as far as regions look at it.

    Raises:
        InvalidTarget: Its path hides too much, or its port is none.
    """
    where, asked, query = tail.partition("#")[0].partition("?")
    readings = path.readings(where or "/") if where or asked else ()
    return Target(
        hosts=Names(host),
        scheme=scheme or None,
        port=url.port_number(port, scheme or None),
        query=path.keys(query),
        readings=tuple(repository.folded(host, each) for each in readings),
    )
