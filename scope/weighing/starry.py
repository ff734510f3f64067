"""Patterns that would cover a name if their stars meant a little more."""

from collections.abc import Iterator

from scope.places.names import Names
from scope.quick.index import Index
from scope.weighing.claim import Claim
from scope.weighing.quoting import quoted


def misses(host: str, included: Index) -> list[str]:
    """Say which patterns nearly cover a name; those with one opening star are looked at elsewhere.

    A star that is a whole label stands for exactly one, and a pattern without an opening star has
    no names below it.
    """
    return sorted(each for claim in _patterns(host, included) for each in _miss(claim, host))


def _patterns(host: str, included: Index) -> Iterator[Claim]:
    """Go through the patterns that end as a name does."""
    yield from included.below.get(host, ())
    yield from included.above(host)
    for label in set(host.split(".")) if included.labelled else ():
        yield from included.labelled.get(label, ())


def _miss(claim: Claim, host: str) -> Iterator[str]:
    """Compare a name with the other readings of one pattern."""
    hosts = claim.part.narrow.hosts if claim.part.narrow else None
    if not isinstance(hosts, Names) or hosts.single or hosts.text.rfind("*") == 0:
        return
    if not hosts.text.startswith("*") and Names(f"*.{hosts.text}").match(host):
        yield f"{quoted(claim.rule)} has no opening star, so it covers no names below these."
    elif any(Names(each).match(host) for each in _without_a_star(hosts.text)):
        yield f"{quoted(claim.rule)} needs a name in the place of each star."


def _without_a_star(text: str) -> Iterator[str]:
    """Leave out one label that is a star, in every way there is."""
    labels = text.split(".")[:-1]
    for at, label in enumerate(labels):
        if label == "*":
            yield ".".join((*labels[:at], *labels[at + 1 :], text.rpartition(".")[2]))
