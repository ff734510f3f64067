"""Rules whose text states a condition: read as far as they are certain, proposed in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.places.region import Region
from scope.reading import clauses, expand
from scope.reading.finding import Finding
from scope.reading.part import Part, Reading, doubtful, uncertain, under
from scope.weighing.conditions import Aliased, Condition, Resolved

Listed = Callable[[str], Reading | None]
Mentions = Callable[[str], Mapping[str, tuple[Part, ...]]]


def read(text: str, listed: Listed, mentions: Mentions) -> Reading | None:
    """Read a text with a condition in it; None when there is none that can be made out.

    Args:
        text: The cleaned text of a rule.
        listed: Reads a list of assets.
        mentions: Finds the assets among the words of a text.
    """
    return _joined(text, listed) or _resolving(text, listed, mentions)


def _joined(text: str, listed: Listed) -> Reading | None:
    """Read names AND blocks: the names, where they resolve into the blocks.

    What that says about the blocks by themselves is for a person.
    """
    sides = clauses.joined(text)
    found = [listed(each) for each in sides] if sides else []
    read = [each for each in found if each and each.parts]
    blocks = [each for each in read if _blocks(each.parts)]
    names = [each for each in read if _named(each.parts)]
    if not sides or len(blocks) != 1 or len(names) != 1:
        return None
    block, name = blocks[0], names[0]
    condition = Resolved(_blocks(block.parts))
    where = [str(each) for each in condition.blocks]
    written = expand.assets(sides[found.index(name)])
    return Reading(
        (*under((condition,), name.parts), *doubtful(block.parts, why="condition")),
        (
            *name.findings,
            Finding("condition"),
            *_proposals(written, "resolves_to", where),
        ),
    )


def _resolving(text: str, listed: Listed, mentions: Mentions) -> Reading | None:
    """Read "anything that resolves to …": certain for addresses, and for names only with facts.

    What it is about may be named; a person decides about that, whatever the facts.
    """
    clause = clauses.resolving(text)
    found = listed(clause.where) if clause else None
    if clause is None or found is None:
        return None
    condition = _condition(found.parts, outside=clause.outside)
    if condition is None:
        return None
    about = mentions(clause.about)
    named = tuple(part for parts in about.values() for part in parts)
    key = "cname" if isinstance(condition, Aliased) else "resolves_to"
    where = expand.without_remark(clause.where)
    beside = mentions(clause.where[len(where) :])  # examples in the remark may be meant as well
    named += tuple(part for parts in beside.values() for part in parts)
    texts = expand.assets(where)
    hinted = named if about else (Part(Region(None), None),)
    certain = isinstance(condition, Resolved) and not (about or clause.outside)
    blocks = uncertain(found.parts) if certain else doubtful(found.parts)
    return Reading(
        (*blocks, *doubtful(named)),
        (
            Finding("prose-with-asset"),
            *_proposals(about or ("*",), f"not_{key}" if clause.outside else key, texts),
        ),
        hints=under((condition,), doubtful(hinted)),
    )


def _condition(parts: tuple[Part, ...], *, outside: bool) -> Condition | None:
    """Return the condition to resolve to what some parts name; all of them blocks, or names."""
    if blocks := _blocks(parts):
        return Resolved(blocks, outside=outside)
    if _named(parts) and not outside:
        names = [part.wide.hosts for part in parts if isinstance(part.wide.hosts, Names)]
        return Aliased(tuple(Names(each.text, apex=each.apex) for each in names), tuple(names))
    return None


def _blocks(parts: tuple[Part, ...]) -> tuple[Addresses, ...]:
    """Return the blocks that parts name, if that is all they do and no word takes any back."""
    found = tuple(p.wide.hosts for p in parts if p.wide == p.narrow == Region(p.wide.hosts))
    blocks = tuple(each for each in found if isinstance(each, Addresses))
    return blocks if len(blocks) == len(parts) else ()


def _named(parts: tuple[Part, ...]) -> bool:
    """Tell whether all parts are about host names."""
    return all(isinstance(part.wide.hosts, Names) for part in parts)


def _proposals(patterns: Iterable[str], key: str, texts: Iterable[str]) -> Iterator[Finding]:
    """Propose the rules with conditions that a text stands for."""
    for pattern in patterns:
        yield Finding("condition-proposed", clauses.proposal(pattern, key, texts))
