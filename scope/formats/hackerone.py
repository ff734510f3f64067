"""HackerOne: ``structured_scopes`` as the API gives them, as public dumps do, or as a CSV export.

Read are one page of scopes, a program with its scopes among its relationships, a page or list of
programs (API reference, "Structured scope"; field names also from public clients and exports).

>>> listing, = read('{"data": [{"id": "7", "type": "structured-scope", "attributes": '
...     '{"asset_type": "WILDCARD", "asset_identifier": "*.shop.example", '
...     '"eligible_for_submission": true}}]}')
>>> listing.include[0].id, listing.include[0].pattern
('7', '*.shop.example')
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scope import reading
from scope.formats import entries, hackerone_csv, kinds, notes, programs
from scope.formats.entries import Entry
from scope.formats.fields import Fields, fitted
from scope.formats.kinds import Kind
from scope.formats.listing import Listing, Remark, Written
from scope.formats.programs import Members
from scope.formats.strict import Value
from scope.rule import Rule, Side

PLATFORM = "hackerone"
SEVERITY = "Highest severity"

KINDS = {
    "URL": Kind.SITE, "DOMAIN": Kind.SITE, "API": Kind.SITE, "WILDCARD": Kind.WILDCARD,
    "CIDR": Kind.ADDRESS, "IP_ADDRESS": Kind.ADDRESS,
    "GOOGLE_PLAY_APP_ID": Kind.ANDROID, "OTHER_APK": Kind.ANDROID,
    "APPLE_STORE_APP_ID": Kind.IOS, "TESTFLIGHT": Kind.IOS, "OTHER_IPA": Kind.IOS,
    "SOURCE_CODE": Kind.CODE,
    "WINDOWS_APP_STORE_APP_ID": Kind.THING, "DOWNLOADABLE_EXECUTABLES": Kind.THING,
    "HARDWARE": Kind.THING, "SMART_CONTRACT": Kind.THING, "AI_MODEL": Kind.THING,
    "OTHER": Kind.ANY, "": Kind.ANY,
}  # fmt: skip
TYPES = {
    Kind.SITE: "URL", Kind.WILDCARD: "WILDCARD", Kind.ADDRESS: "CIDR",
    Kind.ANDROID: "GOOGLE_PLAY_APP_ID", Kind.IOS: "APPLE_STORE_APP_ID",
}  # fmt: skip


def read(text: str) -> tuple[Listing, ...]:
    """Read the scopes of programs; what may not be submitted is excluded.

    Raises:
        FormatUnreadable: Neither JSON nor CSV of this kind; the message names the place.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return (_listing("", hackerone_csv.rows(text)),)
    document = programs.document(text)
    found = programs.each(_unwrapped(document), "data")
    if any(_is_asset(each.members()) for each in found):
        listings: tuple[Listing, ...] = (_listing("", _numbered(found)),)
    else:
        listings = tuple(_program(each.members()) for each in found)
    if all(programs.is_unlisted(each) for each in listings):
        programs.refuse("HackerOne")
    return programs.paged(listings, _has_more(document), "links.next")


def write(listing: Listing) -> Written:
    """Write one program as the API gives it, with its scopes among its relationships."""
    kept = fitted(listing, Fields())
    assets = [_asset(rule, "in") for rule in kept.include]
    assets += [_asset(rule, "out") for rule in kept.exclude]
    program = {
        "type": "program",
        "attributes": {"handle": listing.name, "name": listing.name},
        "relationships": {"structured_scopes": {"data": assets}},
    }
    return Written(f"{json.dumps(program, indent=2, ensure_ascii=False)}\n", kept.lost)


def _unwrapped(document: Value) -> Value:
    """Step inside the envelope of a single program: ``data``, and in GraphQL ``data.team``."""
    for name in ("data", "team"):
        if isinstance(document.raw, dict) and isinstance(document.raw.get(name), dict):
            document = document.members()[name]
    return document


def _is_asset(members: Members) -> bool:
    """Tell whether an object is one asset, and not a program."""
    inner = members["attributes"].members() if "attributes" in members else members
    return "asset_identifier" in inner


def _has_more(document: Value) -> bool:
    """Tell whether the API has further pages."""
    members = document.members() if isinstance(document.raw, dict) else {}
    return "links" in members and bool(programs.text(members["links"].members(), "next"))


def _program(program: Members) -> Listing:
    """Read one program, wherever its assets are."""
    inner = program["attributes"].members() if "attributes" in program else program
    name = programs.text(inner, "handle", "name")
    if "targets" in program:
        dumped = programs.dumped(program)
        return _listing(name, ((place, asset, side) for side, place, asset in dumped))
    related = program["relationships"].members() if "relationships" in program else program
    if "structured_scopes" not in related:
        return programs.unlisted(name)
    return _listing(name, _numbered(_assets(related["structured_scopes"])))


def _assets(scopes: Value) -> Iterable[Value]:
    """Return the assets of a relationship, or of a GraphQL connection."""
    if isinstance(scopes.raw, list):
        return scopes.items()
    members = scopes.members()
    if "edges" in members:
        edges = (each.members() for each in members["edges"].items())
        return [edge["node"] for edge in edges if "node" in edge]
    return members["data"].items() if "data" in members else scopes.items()


Placed = tuple[str, Members, Side | None]  # where an asset stands, and on which side if a list says


def _numbered(assets: Iterable[Value]) -> Iterator[Placed]:
    """Give assets their places."""
    return ((f"asset {at}", asset.members(), None) for at, asset in enumerate(assets, 1))


def _listing(name: str, placed: Iterable[Placed]) -> Listing:
    """Read the assets of a program."""
    read_ = (_entry(place, asset, side) for place, asset, side in placed)
    return entries.listing(PLATFORM, name, read_)


def _entry(place: str, asset: Members, listed: Side | None) -> Entry:
    """Read one asset."""
    inner = asset["attributes"].members() if "attributes" in asset else asset
    written = programs.text(inner, "asset_type")
    side, remarks = _side(place, inner, listed)
    kind = KINDS.get(written.upper())
    if kind is None:
        said = f"The type {written[:40]!r} is unknown; the text alone was read."
        remarks = (*remarks, Remark("unknown-type", place, said))
    old = _archived(place, inner, side)
    note = notes.labelled(
        programs.text(inner, "instruction"), SEVERITY, programs.text(inner, "max_severity")
    )
    return Entry(
        text=programs.text(inner, "asset_identifier", "identifier"),
        side=side,
        place=place,
        kind=kind or Kind.ANY,
        id=programs.ident(asset),
        note=note,
        reward=programs.flag(inner, "eligible_for_bounty") is not False,
        remarks=(*remarks, *old),
        gone=bool(old) and side == "in",
    )


def _archived(place: str, asset: Members, side: Side) -> tuple[Remark, ...]:
    """Say that a program has taken an asset off its list: it permits no more, but may forbid."""
    if not (programs.flag(asset, "archived") or programs.text(asset, "archived_at")):
        return ()
    permits = "It was archived, so it permits nothing any more."
    said = permits if side == "in" else "It was archived, but may still forbid what it names."
    return (Remark("archived", place, said),)


def _side(place: str, asset: Members, listed: Side | None) -> tuple[Side, tuple[Remark, ...]]:
    """Return the side of an asset: in only if nothing says otherwise."""
    eligible = programs.flag(asset, "eligible_for_submission")
    if eligible is None and listed is None:
        said = "It is not said whether reports are taken, so it was read as excluded."
        return "out", (Remark("side-unsaid", place, said),)
    if eligible is None or listed is None:
        return listed or ("in" if eligible else "out"), ()
    if eligible is (listed == "in"):
        return listed, ()
    said = "Its list and its eligibility contradict each other, so it was read as excluded."
    return "out", (Remark("side-unclear", place, said),)


def _asset(rule: Rule, side: Side) -> dict[str, Any]:
    """Write one asset; a rule without an id gets none, as JSON:API allows for what is new."""
    kind = kinds.of_rule(rule.pattern, reading.read(rule, entries.AS_USUAL).parts)
    instruction, severity = notes.unlabelled(rule.note, SEVERITY)
    return {
        **({"id": rule.id} if rule.id else {}),
        "type": "structured-scope",
        "attributes": {
            "asset_type": TYPES.get(kind, "OTHER"),
            "asset_identifier": kinds.unsteer(kind, rule.pattern),
            "eligible_for_submission": side == "in",
            "eligible_for_bounty": side == "in" and rule.reward,
            "instruction": instruction or None,
            "max_severity": severity or None,
        },
    }
