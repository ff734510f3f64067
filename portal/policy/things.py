"""A policy taken apart into single things that can be told from one version to the next.

A thing is a clause, a rule, a promise, a contact, or what a table says besides those. Two versions
of a thing are known by its id; rules and contacts without one by what they are about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.policy import as_json
from portal.policy.pack import Policy

# The parts of a policy, by their table in a pack, with the headings of the policy page.
PARTS: Final[Mapping[str, str]] = {
    "program": "The program",
    "scope": "What is covered",
    "conduct": "How to look",
    "promise": "What you are promised",
    "disclosure": "Publication",
    "reward": "Reward",
    "recognition": "Recognition",
    "safe_harbour": "Safe harbour",
    "anonymity": "Staying anonymous",
    "data_handling": "Data you came across",
    "readers": "Who reads it",
    "authorities": "Authorities",
    "retention": "How long a report is kept",
    "contact": "Other ways to write",
    "reports": "What the form takes",
    "fields": "What the form asks",
    "desk": "What takes two of the staff",
    "calendar": "Which days count",
}
# What a thing of a list is called.
_NOUNS: Final[Mapping[str, str]] = {
    "contact": "Contact",
    "conduct": "Clause",
    "promise": "Promise",
    "fields": "Question",
    "in": "In scope",
    "out": "Out of scope",
    "condition": "Condition",
    "factors": "Factor",
    "unless": "Question",
}
_NUMBERED: Final = re.compile(r"(?:in|out)-[0-9]+x*")  # the portal's own, for rules without an id
Key = tuple[str, ...]
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a policy says.

    Attributes:
        label: What it is, for people.
        facts: What is said of it, by key of the pack; what is not said is not there.
    """

    label: str
    facts: Facts


def things(policy: Policy) -> dict[str, dict[Key, Thing]]:
    """Return everything a policy says, part by part; a silent part is empty."""
    said = as_json.said(policy)
    return {part: dict(_part(part, said[part])) for part in PARTS}


def _part(part: str, value: Any) -> Iterator[tuple[Key, Thing]]:  # noqa: ANN401 - JSON
    """Yield the things of one part."""
    if isinstance(value, list):
        yield from _listed((), part, value)
    elif value is not None:
        yield from _object((), PARTS[part], value)


def _object(key: Key, label: str, value: Mapping[str, Any]) -> Iterator[tuple[Key, Thing]]:
    """Yield an object's own facts as one thing, and each thing that it lists."""
    facts: dict[str, str] = {}
    lists: dict[str, list[Any]] = {}
    for name, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            lists[name] = inner
        elif not (name == "id" and _NUMBERED.fullmatch(str(inner))):
            facts.update(_facts(name, inner))
    yield key, Thing(label, facts)
    for name, inner in lists.items():
        yield from _listed((*key, name), name, inner)


def _listed(key: Key, name: str, listed: Iterable[Any]) -> Iterator[tuple[Key, Thing]]:
    """Yield each object of a list; equal names are numbered apart."""
    taken: set[Key] = set()
    for one in listed:
        known, shown = _identity(one)
        full: Key = (*key, known)
        while full in taken:
            full = (*full[:-1], f"{full[-1]}+")
        taken.add(full)
        yield from _object(full, f"{_NOUNS[name]} {shown}", one)


def _identity(one: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a thing is known by, and what it is called."""
    name, pattern = one.get("id"), one.get("pattern")
    if "address" in one:
        return str(one["address"]), str(one["address"])
    if pattern and (not name or _NUMBERED.fullmatch(name)):
        return str(pattern), str(pattern)
    if pattern:
        return str(name), f"{pattern} ({name})"
    return str(name), f"“{one['label']}”" if "strength" in one else f"“{name}”"


def _facts(name: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Yield what a key says, objects flattened; nothing for what is not said."""
    if isinstance(value, dict):
        for inner, said in value.items():
            yield from _facts(f"{name}.{inner}", said)
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value))
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    elif value is not None:
        yield name, str(value)
