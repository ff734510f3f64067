"""Exclusions that keep expressions honest: what a tool sees otherwise than `scope` does.

A tool matches a URL as it is written. `scope` first undoes escapes, dots and doubled slashes, and
takes a link to an app's page for the app. Where that can matter, such URLs are excluded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scope.formats import expressions
from scope.formats.carried import Carried
from scope.formats.expressions import literal
from scope.formats.listing import Remark
from scope.places.names import Names
from scope.targets.target import Hosts

APPLE_STORE = ("apps.apple.com", "itunes.apple.com")
GOOGLE_STORE = ("play.google.com", "market.android.com")
APPLE_PAGE = r"(?:.*/)?id\d\d\d\d\d+/*(?:[?#].*)?"
GOOGLE_PAGE = r"/(?:store/apps/)?details/*(?:[?#].*)?"
STORES = ((APPLE_STORE, APPLE_PAGE), (GOOGLE_STORE, GOOGLE_PAGE))
ROUNDABOUTS = (expressions.ROUNDABOUT, expressions.FORMER)
ANY_PORT = r"(?::\d+)?"

REMARK = Remark(
    "roundabout-path",
    "",
    "On hosts whose rules have paths, URLs with escaped or foreign letters, doubled slashes, "
    "backslashes, semicolons, or a dot or blank at the end of a segment are excluded, for an "
    "expression cannot see through them; excluded paths are so in capitals as well as in small "
    "letters.",
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Pages that are excluded on some hosts; None for all hosts."""

    hosts: Hosts | None
    path: str


def is_guard(hosts: str, path: str) -> bool:
    """Tell whether an exclusion is one of these: who reads rules sees through all of that.

    Args:
        hosts: Expression for what stands before the path.
        path: Expression for the path.
    """
    bare = hosts.removesuffix(ANY_PORT)
    pages = {page: stores for stores, page in STORES}
    return path in ROUNDABOUTS or bare.endswith(tuple(map(literal, pages.get(path, ()))))


def cut(expression: str) -> tuple[str, str]:
    """Return an expression for whole URLs as what stands before such a path, and the path.

    The path is empty when there is none.
    """
    for path in (*ROUNDABOUTS, *(page for _, page in STORES)):
        if expression.endswith(path):
            return expression.removesuffix(path), path
    return expression, ""


def guards(carried: Carried) -> list[Guard]:
    """Return the exclusions that the places carried make necessary."""
    regions = [permit.region for permit in carried.permits]
    regions += [bar.region for bar in carried.bars]
    found = [Guard(each.hosts, expressions.ROUNDABOUT) for each in regions if each.paths]
    return list(dict.fromkeys([*found, *_app_pages(carried)]))


def _app_pages(carried: Carried) -> Iterator[Guard]:
    """Yield the pages of apps in stores that some permit reaches."""
    for hosts, page in STORES:
        for host in hosts:
            if carried.reaches([host]):
                yield Guard(Names(host), page)
                yield Guard(Names(host), expressions.ROUNDABOUT)
