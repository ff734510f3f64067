"""Burp's target scope, as its project options hold it (``target.scope``).

Advanced mode has an expression each for host, port and file, and a protocol; normal mode has URL
prefixes, compared as text. In both an exclusion beats every inclusion, so a permit inside an
exclusion is cut out of the excluded entries by look-aheads.
"""

import json
from collections.abc import Iterator, Mapping

from scope.formats import burp_reading, burp_rules, documents, guards, wins
from scope.formats.carried import Carried, carry, remark
from scope.formats.listing import Listing, Remark, Written

SCATTERED = "The rule takes addresses in too many pieces, so the file does not permit it."
OVERRULED = "Some smaller permits could not be cut out of it; in the file they are excluded."
LARGER = "The exclusion takes addresses in too many pieces; in the file it takes all between them."


WHAT = "Burp's target scope"


def read(text: str) -> tuple[Listing, ...]:
    """Read the target scope in project options, or such a scope alone.

    Raises:
        FormatUnreadable: The file is no JSON, or has no target scope.
    """
    scope = _scope(documents.from_json(text, WHAT))
    sides = (
        [
            burp_reading.found(each, f"{side} {at}", permits=side == "include")
            for at, each in enumerate(_entries(scope, side), 1)
        ]
        for side in ("include", "exclude")
    )
    return (wins.listing("", *sides),)


def write(listing: Listing) -> Written:
    """Write a scope for Burp's advanced scope control."""
    carried = carry(listing)
    lost = [*carried.lost, *_lost(carried)]
    kept = guards.guards(carried)
    lost += [guards.REMARK] if kept else []
    include = [entry for each in carried.permits for entry in burp_rules.included(each.region)]
    exclude = [entry for each in carried.bars for entry in burp_rules.excluded(each)]
    exclude += [entry for each in kept for entry in burp_rules.guarded(each)]
    scope = {"advanced_mode": True, "exclude": _once(exclude), "include": _once(include)}
    text = json.dumps({"target": {"scope": scope}}, indent=4)
    return Written(f"{text}\n", tuple(dict.fromkeys(lost)))


def _scope(found: object) -> Mapping[str, object]:
    """Find the target scope in what a file holds."""
    for name in ("target", "scope"):
        inner = found.get(name) if isinstance(found, Mapping) else None
        found = inner if isinstance(inner, Mapping) else found
    if not isinstance(found, Mapping) or not {"include", "exclude"} & set(found):
        raise documents.unreadable(WHAT, "it has no target.scope with include and exclude")
    return found


def _entries(scope: Mapping[str, object], side: str) -> list[object]:
    """Return the entries of one side."""
    found = scope.get(side) or []
    if not isinstance(found, list):
        raise documents.unreadable(WHAT, f"{side} is no list")
    return found


def _lost(carried: Carried) -> Iterator[Remark]:
    """Name what Burp's entries hold otherwise than it was meant."""
    for permit in carried.permits:
        if not burp_rules.included(permit.region):
            yield remark("scattered", permit.claim.rule, SCATTERED)
    for bar in carried.bars:
        if burp_rules.enlarged(bar.region):
            yield remark("widened", bar.rule, LARGER)
        if bar.region.hosts is None and not all(map(burp_rules.writable, bar.spared)):
            yield remark("overruled", bar.rule, OVERRULED)


def _once(entries: list[burp_rules.Entry]) -> list[burp_rules.Entry]:
    """Leave out entries that are there already."""
    return list({json.dumps(entry): entry for entry in entries}.values())
