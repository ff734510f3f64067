"""Intigriti: programs as its two APIs give them, and as public dumps do.

The tier of an asset says its side: "Out of scope" excludes, "No Bounty" permits without reward.
The researcher API names types and tiers by id and value, the public one by number alone.

>>> listing, = read('{"handle": "shop", "domains": {"content": [{"endpoint": "*.shop.example", '
...     '"type": {"id": 7, "value": "Wildcard"}, "tier": {"id": 5, "value": "Out Of Scope"}}]}}')
>>> listing.exclude[0].pattern
'*.shop.example'
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from scope import reading
from scope.formats import entries, kinds, notes, programs
from scope.formats.entries import Entry
from scope.formats.fields import Fields, fitted
from scope.formats.kinds import Kind
from scope.formats.listing import Listing, Remark, Written
from scope.formats.programs import Members
from scope.formats.strict import Value
from scope.rule import Rule, Side

PLATFORM = "intigriti"
TIER = "Tier"
OUT, UNPAID = 5, 1

TYPES = {  # by id, as the API counts them
    1: ("Url", Kind.SITE), 2: ("Android", Kind.ANDROID), 3: ("iOS", Kind.IOS),
    4: ("IpRange", Kind.ADDRESS), 5: ("Device", Kind.THING), 6: ("Other", Kind.ANY),
    7: ("Wildcard", Kind.WILDCARD),
}  # fmt: skip
TIERS = {0: "", UNPAID: "No Bounty", 2: "Tier 3", 3: "Tier 2", 4: "Tier 1", OUT: "Out of scope"}
_KINDS = {"": Kind.ANY} | {named.lower(): kind for named, kind in TYPES.values()}
_TIER_IDS = {named.lower(): number for number, named in TIERS.items()}


def read(text: str) -> tuple[Listing, ...]:
    """Read the scopes of programs.

    Raises:
        FormatUnreadable: No JSON of this kind; the message names the place.
    """
    document = programs.document(text)
    found = programs.having(document, {"domains", "targets"}, "Intigriti", "records")
    return programs.paged(tuple(map(_program, found)), _has_more(document), "maxCount")


def write(listing: Listing) -> Written:
    """Write one program as the researcher API gives it."""
    kept = fitted(listing, Fields())
    content = [_asset(rule, "in") for rule in kept.include]
    content += [_asset(rule, "out") for rule in kept.exclude]
    program = {"handle": listing.name, "name": listing.name, "domains": {"content": content}}
    return Written(f"{json.dumps(program, indent=2, ensure_ascii=False)}\n", kept.lost)


def _has_more(document: Value) -> bool:
    """Tell whether a page holds fewer records than there are."""
    members = document.members() if isinstance(document.raw, dict) else {}
    if "maxCount" not in members or "records" not in members:
        return False
    return members["maxCount"].count() > len(tuple(members["records"].items()))


def _program(program: Members) -> Listing:
    """Read one program, wherever its assets are."""
    name = programs.text(program, "handle", "name")
    if "targets" in program:
        dumped = programs.dumped(program)
        return entries.listing(PLATFORM, name, (_entry(place, e, s) for s, place, e in dumped))
    if "domains" not in program or program["domains"].raw is None:
        return programs.unlisted(name)
    content, remarks = _content(program["domains"])
    return entries.listing(PLATFORM, name, _numbered(content), remarks)


def _content(domains: Value) -> tuple[Iterable[Value], tuple[Remark, ...]]:
    """Return the assets in force: the public API keeps every edition of the list."""
    if not isinstance(domains.raw, list):
        members = domains.members()
        return (members["content"].items() if "content" in members else ()), ()
    editions = sorted(map(_edition, domains.items()), key=lambda pair: pair[0])
    if not editions:
        return (), ()
    said = f"{len(editions) - 1} earlier editions of the list were left out."
    remarks = (Remark("earlier-editions", domains.place, said),) if editions[1:] else ()
    return editions[-1][1], remarks


def _edition(edition: Value) -> tuple[int, tuple[Value, ...]]:
    """Return when an edition was made, in seconds, and its assets."""
    members = edition.members()
    made = members["createdAt"].count() if "createdAt" in members else 0
    return made, tuple(members["content"].items()) if "content" in members else ()


def _numbered(content: Iterable[Value]) -> Iterator[Entry]:
    """Read the assets of the API."""
    return (_entry(f"asset {at}", each.members(), None) for at, each in enumerate(content, 1))


def _entry(place: str, asset: Members, listed: Side | None) -> Entry:
    """Read one asset."""
    kind, remarks = _kind(place, asset)
    tier, told = _tier(place, asset, listed)
    out = listed == "out" or tier == OUT
    named = "" if out or tier == UNPAID else TIERS[tier]
    return Entry(
        text=programs.text(asset, "endpoint"),
        side="out" if out else "in",
        place=place,
        kind=kind,
        id=programs.ident(asset),
        note=notes.labelled(programs.text(asset, "description"), TIER, named),
        reward=tier != UNPAID,
        remarks=(*remarks, *told),
    )


def _kind(place: str, asset: Members) -> tuple[Kind, tuple[Remark, ...]]:
    """Return what an asset is said to be."""
    number, named = _choice(asset, "type")
    if number in TYPES:
        return TYPES[number][1], ()
    plain = re.sub(r"[^a-z]", "", named.lower())  # dumps write "ip range"
    written = plain if plain in _KINDS else named
    return entries.kind(_KINDS, written or ("" if number is None else str(number)), place)


def _tier(place: str, asset: Members, listed: Side | None) -> tuple[int, tuple[Remark, ...]]:
    """Return the tier of an asset by its id; one that nobody knows excludes, and so does none."""
    for name in ("tier", "bountyTierId", "impact"):
        number, named = _choice(asset, name)
        found = _TIER_IDS.get(named.lower()) if named else number
        if named and found is None and re.fullmatch(r"tier \d{1,2}", named.lower()):
            return 0, ()  # a tier beyond those known today is a reward class all the same
        if found is not None and found in TIERS and OUT not in (found, number):
            return found, ()
        if OUT in (found, number):
            return OUT, ()
        if named or number is not None:
            said = f"The tier {(named or str(number))[:40]!r} is unknown, so it was excluded."
            return OUT, (Remark("unknown-tier", place, said),)
    if listed:
        return 0, ()
    said = "It has no tier, which would say its side, so it was read as excluded."
    return OUT, (Remark("side-unsaid", place, said),)


def _choice(asset: Members, name: str) -> tuple[int | None, str]:
    """Return a choice as id and name; the APIs and dumps write it in three ways."""
    value = asset.get(name)
    if value is None or value.raw is None:
        return None, ""
    if isinstance(value.raw, dict):
        members = value.members()
        number, _ = _choice(members, "id")
        return number, programs.text(members, "value")
    if isinstance(value.raw, int) and not isinstance(value.raw, bool):
        return value.raw, ""
    return None, value.text().strip()


def _asset(rule: Rule, side: Side) -> dict[str, Any]:
    """Write one asset."""
    kind = kinds.of_rule(rule.pattern, reading.read(rule, entries.AS_USUAL).parts)
    number = next((at for at, (_, each) in TYPES.items() if each is kind), 6)
    bare, tier = notes.unlabelled(rule.note, TIER)
    paid = _TIER_IDS.get(tier.lower(), 0) if rule.reward and side == "in" else 0
    chosen = OUT if side == "out" else paid if rule.reward else UNPAID
    return {
        **({"id": rule.id} if rule.id else {}),
        "type": {"id": number, "value": TYPES[number][0]},
        "endpoint": kinds.unsteer(kind, rule.pattern),
        "tier": {"id": chosen, "value": TIERS[chosen]},
        "description": (bare if paid else rule.note) or None,
    }
