"""What a rule covers, in words."""

from collections.abc import Iterator

from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.targets.app import App
from scope.targets.target import Hosts
from scope.weighing.claim import Claim


def matched(claim: Claim, *, permits: bool) -> str:
    """Say which part of a rule speaks about a target, as it is read on its side."""
    narrow = claim.part.narrow if permits else None
    return told(narrow or claim.part.wide)


def told(region: Region) -> str:
    """Say what a region covers.

    >>> from scope import Rule
    >>> from scope.reading import read
    >>> from scope.settings import Settings
    >>> part, = read(Rule("*.shop.example:8443/v1"), Settings()).parts
    >>> told(part.wide)
    'every name below shop.example, on port 8443, at /v1 and below'
    """
    return ", ".join((_hosts(region.hosts), *_limits(region)))


def _hosts(hosts: Hosts | None) -> str:
    """Name the hosts or apps of a region."""
    if hosts is None:
        return "every host"
    if isinstance(hosts, Names):
        return _names(hosts)
    if isinstance(hosts, Addresses):
        return f"the address {hosts}" if hosts.single else f"the addresses {hosts}"
    return _app(hosts)


def _names(names: Names) -> str:
    """Name the host names that a pattern stands for."""
    base = names.text.removeprefix("*.")
    if names.single:
        return f"the host {names.text}"
    if names.text == "*":
        return "every host name"
    if "*" in base:
        return f"the names that fit {names.text}"
    return f"{base} and every name below it" if names.apex else f"every name below {base}"


def _app(app: App) -> str:
    """Name an app, or several."""
    return f"the {'apps' if '*' in app.ident else 'app'} {app}"


def _limits(region: Region) -> Iterator[str]:
    """Go through what narrows the hosts of a region."""
    if region.port is not None:
        yield f"on port {region.port}"
    if region.scheme is not None:
        yield f"by {region.scheme}://"
    if region.paths is not None:
        yield f"at {region.paths.text} and below"
    if region.query:
        yield f"with {' and '.join(sorted(region.query))} in the query"
