"""The expressions of a ZAP context, read as rules."""

from collections.abc import Iterable, Iterator

from scope.formats import foreign, guards, wins
from scope.formats.aheads import opened
from scope.formats.foreign import Entry
from scope.formats.listing import Listing
from scope.formats.wins import Found


def listing(name: str, include: Iterable[str], exclude: Iterable[str]) -> Listing:
    """Return the rules of a context.

    Args:
        name: Of the context.
        include: Its expressions for URLs that are in it.
        exclude: Its expressions for URLs that are not.
    """
    permits = [_found(Entry(each, f"include {at}", True)) for at, each in _numbered(include)]
    bars = [_found(Entry(each, f"exclude {at}", False)) for at, each in _numbered(exclude)]
    return wins.listing(name, permits, bars)


def _numbered(texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Go through the expressions of one side, with their places."""
    return ((at, text.strip()) for at, text in enumerate(texts, 1))


def _found(entry: Entry) -> Found:
    """Read one expression, unless it is a guard of our own making."""
    if not entry.permits and guards.is_guard(*guards.cut(entry.text.removesuffix("$"))):
        return Found(())
    rules, remarks = entry.rules(lambda: foreign.of_url(entry.text, permits=entry.permits))
    named = entry.text.removeprefix("^").removesuffix("$")
    spared = () if entry.permits else opened(entry.text).spared
    return Found(tuple(rules), tuple(remarks), frozenset([named]), frozenset(spared))
