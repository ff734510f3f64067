"""The audit log as a chain: each entry names the hash of the one before it.

Checked over plain JSON, so the server, an export and somebody who kept one judge alike. What the
chain alone cannot show is a tail cut off, or a log written anew from some entry on: for that there
are heads (`portal.cases.heads`), signed and kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

BEGINNING: Final = "0" * 64  # what the first entry names as the one before it
MEMBERS: Final = frozenset(
    {"sequence", "at", "actor", "act", "subject", "data", "previous", "hash"}
)
WITHHELD: Final = "withheld"  # a member more: something of the data was left out of this copy

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a log, and where.

    Attributes:
        sequence: Of the entry it is told of.
        sentence: For people.
    """

    sequence: int
    sentence: str


def digest(entry: Plain) -> str:
    """Return the hex SHA-256 of an entry's canonical JSON, without its hash.

    Sorted keys, no blanks, UTF-8, and ``at`` as the text it is kept as.
    """
    plain = {key: value for key, value in entry.items() if key != "hash"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def redacted(entry: Plain, data: Mapping[str, Any]) -> Plain:
    """Return an entry with less in its data and the hash of all of it.

    It says of itself that something was withheld. Its place in the chain can still be checked; what
    is left of it is the word of whoever withheld the rest.
    """
    return {**entry, "data": dict(data), WITHHELD: True}


def is_redacted(entry: Plain) -> bool:
    """Tell whether an entry says that something of it was withheld."""
    return entry.keys() == MEMBERS | {WITHHELD} and entry[WITHHELD] is True


def faults(entries: Iterable[Plain], *, whole: bool = True) -> Iterator[Fault]:
    """Yield what is wrong with entries in their order, at most one fault for each.

    Args:
        entries: JSON objects, in the order they stand in.
        whole: Whether it is the whole log from its first entry; of a part, gaps are no fault.
    """
    before, previous = 0, BEGINNING
    for entry in entries:
        number = number_of(entry)
        found = _fault(entry, number, before, previous, whole=whole)
        if found is not None:
            yield Fault(number or before + 1, found)
        if number:
            # What follows is measured by what stands here: one fault is told once.
            before, previous = number, str(entry.get("hash"))


def number_of(entry: Plain) -> int:
    """Return an entry's place in the log; 0 when it is none."""
    number = entry.get("sequence")
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    return 0


def _fault(entry: Plain, number: int, before: int, previous: str, *, whole: bool) -> str | None:
    partial = is_redacted(entry)
    if (entry.keys() != MEMBERS and not partial) or not number:
        return f"What stands after entry {before} is not an entry."
    if number <= before:
        return f"Entry {number} stands after entry {before}: it was moved, or put in."
    if partial and whole:
        return f"Of entry {number}, something was withheld; the whole log withholds nothing."
    if not partial and entry["hash"] != digest(entry):
        return f"Entry {number} was altered."
    if number > before + 1:
        return _missing(before + 1, number - 1) if whole else None
    if (whole or before) and entry["previous"] != previous:
        return f"Entry {number} does not follow what stands before it: there, something changed."
    return None


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"Entry {first} is missing."
    return f"The entries {first} to {last} are missing."
