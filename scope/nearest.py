"""What nearly covered a target that no rule mentions: often the answer is one character away."""

from collections.abc import Iterator
from itertools import islice

from scope.claim import Claim
from scope.index import Index, key
from scope.names import Names
from scope.target import Target

MOST = 3  # sentences; more would not be read


def misses(target: Target, included: Index) -> tuple[str, ...]:
    """Say which included rules nearly cover a target, and what is missing.

    Looks at the same host with another port or path, the name above, and ``www``.
    """
    if not target.single:
        return ()
    host = key(target.hosts)
    found = sorted(_same_host(target, included.exact.get(host, ())))
    if isinstance(target.hosts, Names):
        found += sorted(_apex(host, included)) + sorted(_relatives(host, included))
    return tuple(islice(dict.fromkeys(found), MOST))


def _same_host(target: Target, claims: Iterator[Claim] | list[Claim] | tuple[()]) -> Iterator[str]:
    """Explain rules about this very host that are limited to something else."""
    for claim in claims:
        region = claim.part.wide
        name = f'"{claim.rule.pattern}"'
        if region.port not in (None, target.port):
            yield f"{name} covers port {region.port} only."
        elif region.scheme not in (None, target.scheme):
            yield f"{name} covers {region.scheme}:// only."
        elif region.paths:
            yield f"{name} covers {region.paths.text} and what lies below it only."


def _apex(host: str, included: Index) -> Iterator[str]:
    """Explain wildcards whose name the target is."""
    for claim in included.below.get(host, ()):
        if claim.part.wide.hosts == Names(f"*.{host}", wide=True):
            yield f'"{claim.rule.pattern}" covers the names below {host}, but not {host} itself.'


def _relatives(host: str, included: Index) -> Iterator[str]:
    """Explain rules about the name above, and about the same name with or without www."""
    above = host.partition(".")[2]
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    for other in dict.fromkeys((twin, above)):
        for claim in included.exact.get(other, ()):
            if not isinstance(claim.part.wide.hosts, Names) or claim.part.wide.hosts.single:
                yield f'"{claim.rule.pattern}" covers {other} only, and not {host}.'
