"""The ``.scope`` file of tomnomnom's inscope: an expression for hosts a line, ``!`` excludes.

Go's expressions know no look-aheads, may fit anywhere unless they are anchored, and tell capitals
from small letters unless they are told not to.
"""

from scope.formats import blocks, expressions, foreign, only_hosts, shapes, wins
from scope.formats.foreign import Entry
from scope.formats.globs import globs
from scope.formats.listing import Listing, Remark, Written
from scope.formats.shapes import Shape
from scope.formats.whole_urls import ANY_FOUR, ANY_SIX
from scope.formats.wins import Found
from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.targets.target import Hosts

COMMENT = "The line is a comment, so it is no rule."


def read(text: str) -> tuple[Listing, ...]:
    """Read the expressions of a file."""
    sides: dict[bool, list[Found]] = {True: [], False: []}
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().removeprefix("\ufeff")
        permits = not bare.startswith("!")
        if bare:
            sides[permits].append(_found(Entry(bare.removeprefix("!"), None, permits, number)))
    return (wins.listing("", sides[True], sides[False]),)


def write(listing: Listing) -> Written:
    """Write a scope's hosts as expressions."""
    found = only_hosts.lines(listing, permit=_permit, bar=_bar)
    lines = [f"(?i)^{each}$" for each in found.include]
    lines += [f"!(?i)^{each}$" for each in found.exclude]
    return Written("".join(f"{line}\n" for line in lines), found.lost)


def _found(entry: Entry) -> Found:
    """Read one line."""
    if entry.text.startswith("#"):
        return Found((), (Remark("comment", entry.text, COMMENT),))
    rules, remarks = entry.rules(lambda: _shapes(entry.text, permits=entry.permits))
    return Found(tuple(rules), tuple(remarks))


def _shapes(expression: str, *, permits: bool) -> list[Shape]:
    """Read an expression for hosts."""
    found = globs(foreign.bare(expression, permits=permits), whole=False, permits=permits)
    return shapes.merged(map(Shape, found))


def _permit(hosts: Hosts | None) -> list[str]:
    """Write permitted hosts."""
    if isinstance(hosts, Names):
        return [expressions.names(hosts)]
    if hosts is None:
        return [expressions.every_name(), ANY_FOUR, ANY_SIX]
    written = blocks.expression(hosts) if isinstance(hosts, Addresses) else None
    return [written] if written else []


def _bar(hosts: Hosts | None) -> tuple[list[str], bool]:
    """Write excluded hosts, and say whether just these."""
    if hosts is None:
        return [".*"], True
    exact = _permit(hosts)
    if exact or not isinstance(hosts, Addresses):
        return exact, True
    return [blocks.expression(blocks.hull(hosts)) or ANY_SIX], False
