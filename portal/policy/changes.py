"""What changed between two versions of a policy: readable by parts, and line by line."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.clock_rules import ANCHORS
from portal.policy.pack import Policy
from portal.policy.things import PARTS, Key, Thing, things

What = Literal["added", "removed", "changed", "moved"]
# Keys of packs as people call them; what is not here is called by its key.
_NAMES: Final[Mapping[str, str]] = {
    "text": "Text",
    "note": "Note",
    "issued": "Issued",
    "duty": "Duty",
    "attest": "To be confirmed",
    "confirm": "Words to confirm",
    "alone": "Confirmed by itself",
    "method": "A way of testing",
    "tools": "Shown at tools such as",
    "label": "Short name",
    "clock.within": "Within",
    "clock.after": "Counted from",
    "clock.until": "Ends with",
    "clock.soft": "An aim only",
    "minimum": "At least",
    "maximum": "At most",
    "until": "Until",
    "agreement": "By agreement of",
    "not_before": "Not before",
    "kind": "Kind",
    "eligible": "What counts",
    "forms": "Named by",
    "thanks": "Page of thanks",
    "covers": "Expressly covers",
    "receipt": "On the receipt",
    "regimes": "Laws",
    "decision": "Decision recorded",
    "keep": "Kept for",
    "after": "Counted from",
    "roles": "Roles",
    "two_people": "Acts",
    "strength": "Asked",
    "country": "Holidays of",
    "zone": "Zone",
    "add": "Days off besides",
    "remove": "Holidays worked",
    "pattern": "Pattern",
    "reward": "Earns a reward",
    "confirmed": "Broad on purpose",
    "redirect.vendor": "Belongs to",
    "redirect.address": "Report it to",
    "ask": "If not listed",
    "on_out": "Reports about excluded targets",
    "wildcard_apex": "*.a.com and a.com itself",
    "strict_scheme": "https leaves out http",
    "out_always_wins": "Exclusions always win",
    "quick": "Quick reports",
    "questions": "Questions",
    "name": "Name",
    "slug": "Address",
    "organisation": "Organisation",
    "summary": "Summary",
    "language": "Language",
    "languages": "Languages of reports",
    "address": "Address",
    "id": "Id",
}
# What everybody takes for granted needs no line of its own where something is new or gone.
_USUAL: Final = {("reward", "yes")}
# Keys whose values are events, and keys whose values are words of the pack's own.
_EVENTS: Final = frozenset({"clock.after", "clock.until", "until", "not_before", "after"})
_WORDS: Final = frozenset({"duty", "kind"})
_OBVIOUS: Final = frozenset({"id", "label"})


@dataclass(frozen=True, slots=True)
class Detail:
    """One fact about a thing, before and after; None where it is not stated."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, gone, different, or in another place of its list.

    Attributes:
        what: ``added``, ``removed``, ``changed`` or ``moved``.
        label: What it is.
        details: The facts; only those that differ when it is changed, none when it moved.
    """

    what: What
    label: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class PartChanges:
    """Everything that changed in one part of a policy."""

    part: str
    title: str
    changes: tuple[Change, ...]


def between(before: Policy, after: Policy) -> tuple[PartChanges, ...]:
    """Return what one version of a policy says differently from another, part by part.

    Empty when both say the same, though their texts may differ in comments, blanks and order of
    tables; `raw` shows those.
    """
    old, new = things(before), things(after)
    found = (
        PartChanges(part, title, tuple(_changes(old[part], new[part])))
        for part, title in PARTS.items()
    )
    return tuple(one for one in found if one.changes)


def raw(before: str, after: str, *, names: tuple[str, str]) -> str:
    """Return two texts of a pack as a unified diff.

    Args:
        before: The older text.
        after: The newer one.
        names: What the two are called in its head.
    """
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=2)
    return "".join(f"{line}\n" for line in lines)


def _changes(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Iterator[Change]:
    for key, thing in old.items():
        if key not in new:
            details = (_detail(name, said, None) for name, said in _telling(thing))
            yield Change("removed", thing.label, tuple(details))
    for key, thing in new.items():
        if key not in old:
            details = (_detail(name, None, said) for name, said in _telling(thing))
            yield Change("added", thing.label, tuple(details))
        elif differing := tuple(_differing(old[key].facts, thing.facts)):
            yield Change("changed", thing.label, differing)
    yield from _moved(old, new)


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Detail]:
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield _detail(name, old.get(name), new.get(name))


def _telling(thing: Thing) -> Iterator[tuple[str, str]]:
    """Yield what is worth a line about a thing that is new or gone."""
    for name, said in thing.facts.items():
        flag = said == "no" and name != "reward"
        if name not in _OBVIOUS and not flag and (name, said) not in _USUAL:
            yield name, said


def _moved(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Iterator[Change]:
    """Yield what has come to stand before something it stood behind: order can mean preference."""
    were = [key for key in old if key in new]
    are = [key for key in new if key in old]
    if were == are:
        return
    matcher = difflib.SequenceMatcher(None, were, are, autojunk=False)
    stayed = {
        key for block in matcher.get_matching_blocks() for key in were[block.a :][: block.size]
    }
    for key in are:
        if key not in stayed:
            yield Change("moved", new[key].label, ())


def _detail(key: str, before: str | None, after: str | None) -> Detail:
    return Detail(_name(key), _value(key, before), _value(key, after))


def _value(key: str, said: str | None) -> str | None:
    """Return what people call a value: events in words, and single words without underscores."""
    if said is None:
        return None
    if key in _EVENTS:
        return ANCHORS[said]
    return said.replace("_", " ") if key in _WORDS else said


def _name(key: str) -> str:
    """Return what people call a key."""
    return _NAMES.get(key) or key.replace("_", " ").replace(".", ": ").capitalize()
