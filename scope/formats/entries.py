"""The entries of a platform's list, and the rules that they become.

Every entry ends as a rule, also one that says nothing an engine could use, or as a remark.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scope import reading
from scope.formats import kinds
from scope.formats.kinds import Kind
from scope.formats.listing import Listing, Remark
from scope.reading.part import Part
from scope.rule import Rule, Side
from scope.settings import Settings
from scope.targets.edges import EDGES

AS_USUAL = Settings()
STEERED = frozenset(Kind) - {Kind.ANY, Kind.CODE}  # kinds that a text can contradict


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a platform's list, whatever the platform.

    Attributes:
        text: What it names, as written.
        side: The side it stands on.
        place: Where it stands, such as ``in_scope 3``, for people.
        kind: What the platform says it is.
        id: The platform's own name for it, if that is stable.
        note: What else is said about it.
        reward: False when finds are welcome but not paid.
        remarks: What happened to it on the way here.
        gone: It holds no more, which a remark says, and becomes no rule.
    """

    text: str
    side: Side
    place: str
    kind: Kind = Kind.ANY
    id: str | None = None
    note: str | None = None
    reward: bool = True
    remarks: tuple[Remark, ...] = ()
    gone: bool = False


def kind(table: Mapping[str, Kind], written: str, place: str) -> tuple[Kind, tuple[Remark, ...]]:
    """Return what an entry is said to be, and a remark where nobody knows the word.

    >>> kind({"website": Kind.SITE}, "Website", "in_scope 1")[0].value
    'a website'

    Args:
        table: The platform's words in small letters; "" for an entry that does not say.
        written: What the entry says.
        place: Where it stands, for the remark.
    """
    found = table.get(written.lower())
    if found is not None:
        return found, ()
    said = f"The type {written[:40]!r} is unknown; the text alone was read."
    return Kind.ANY, (Remark("unknown-type", place, said),)


def listing(
    platform: str, name: str, entries: Iterable[Entry], remarks: Iterable[Remark] = ()
) -> Listing:
    """Return the scope of one program.

    >>> made = listing("bugcrowd", "shop", [Entry("*.shop.example", "in", "in_scope 1")])
    >>> made.include[0].source
    'bugcrowd: in_scope 1'

    Args:
        platform: Its name, which opens the source of every rule.
        name: The program's.
        entries: In their order.
        remarks: About the program as a whole.
    """
    rules: dict[Side, list[Rule]] = {"in": [], "out": []}
    found = list(remarks)
    for entry in entries:
        found += entry.remarks
        if entry.gone:
            continue
        if entry.text.strip(EDGES):
            rule = _rule(platform, entry)
            parts = reading.read(rule, AS_USUAL).parts if entry.kind in STEERED else ()
            found += _contradictions(entry, rule, parts)
            rules[entry.side].append(_hedged(entry, rule, parts))
        else:
            found.append(Remark("empty-entry", entry.place, "The entry names nothing."))
    return Listing(name, tuple(rules["in"]), tuple(rules["out"]), remarks=tuple(found))


def _rule(platform: str, entry: Entry) -> Rule:
    """Turn an entry into a rule."""
    return Rule(
        kinds.steer(entry.kind, entry.text),
        id=entry.id,
        note=entry.note or None,
        reward=entry.reward or entry.side == "out",
        source=f"{platform}: {entry.id or entry.place}",
    )


def _hedged(entry: Entry, rule: Rule, parts: tuple[Part, ...]) -> Rule:
    """Return a rule that leaves to a person what only a page about the thing itself names.

    The page of a camera in a shop is listed because of the camera; nobody may test the shop for
    it. Words behind an asset take its certainty, but an exclusion still holds.
    """
    if entry.side == "out" or not kinds.stands_for_another(entry.kind, rule.pattern, parts):
        return rule
    return replace(rule, pattern=f"{rule.pattern} ({entry.kind} only)")


def _contradictions(entry: Entry, rule: Rule, parts: tuple[Part, ...]) -> Iterator[Remark]:
    """Say where an entry's kind and its text disagree."""
    if said := kinds.contradiction(entry.kind, rule.pattern, parts):
        yield Remark("typed-as", rule.pattern, f"It {said}.")
