"""YesWeHack: programs as the API gives them, and as public dumps do.

What is in scope has a type. What is out of scope is prose, often with an asset in it; the engine
reads the assets it can be sure of, and keeps the rest where people see it.

>>> listing, = read('{"slug": "shop", "scopes": [{"scope": "*.shop.example", '
...     '"scope_type": "web-application"}], "out_of_scope": ["Social engineering"]}')
>>> listing.include[0].pattern, listing.scope().inert[0].pattern
('*.shop.example', 'Social engineering')
"""

import json
from collections.abc import Iterator
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

PLATFORM = "yeswehack"
VALUE = "Asset value"

KINDS = {
    "web-application": Kind.SITE, "api": Kind.SITE, "wildcard": Kind.WILDCARD,
    "ip-address": Kind.ADDRESS, "mobile-application": Kind.APP,
    "mobile-application-android": Kind.ANDROID, "mobile-application-ios": Kind.IOS,
    "open-source": Kind.CODE, "application": Kind.ANY, "other": Kind.ANY, "": Kind.ANY,
}  # fmt: skip
TYPES = {
    Kind.SITE: "web-application", Kind.WILDCARD: "wildcard", Kind.ADDRESS: "ip-address",
    Kind.ANDROID: "mobile-application-android", Kind.IOS: "mobile-application-ios",
}  # fmt: skip


def read(text: str) -> tuple[Listing, ...]:
    """Read the scopes of programs.

    Raises:
        FormatUnreadable: No JSON of this kind; the message names the place.
    """
    document = programs.document(text)
    found = programs.having(document, {"scopes", "targets"}, "YesWeHack", "items")
    return programs.paged(tuple(map(_program, found)), _has_more(document), "pagination.nb_pages")


def write(listing: Listing) -> Written:
    """Write one program as the API gives it, with its exclusions as lines of text."""
    kept = fitted(listing, Fields(ids=False, rewards=False, out_notes=False))
    program = {
        "slug": listing.name,
        "title": listing.name,
        "scopes": [_scope(rule) for rule in kept.include],
        "out_of_scope": [rule.pattern for rule in kept.exclude],
    }
    lost = (_note_lost(rule) for rule in kept.include if notes.unlabelled(rule.note, VALUE)[0])
    text = f"{json.dumps(program, indent=2, ensure_ascii=False)}\n"
    return Written(text, (*kept.lost, *lost))


def _has_more(document: Value) -> bool:
    """Tell whether the API has further pages."""
    members = document.members() if isinstance(document.raw, dict) else {}
    if "pagination" not in members:
        return False
    pages = members["pagination"].members().get("nb_pages")
    return pages is not None and pages.count() > 1


def _program(program: Members) -> Listing:
    """Read one program, wherever its assets are."""
    if "targets" in program:
        dumped = programs.dumped(program)
        found = (_entry(side, place, each) for side, place, each in dumped)
        return entries.listing(PLATFORM, programs.ident(program) or "", found)
    name = programs.text(program, "slug", "title")
    if "scopes" not in program:
        return programs.unlisted(name)
    return entries.listing(PLATFORM, name, (*_listed(program), *_excluded(program)))


def _listed(program: Members) -> Iterator[Entry]:
    """Read what is in scope."""
    for number, scope in enumerate(program["scopes"].items(), 1):
        yield _entry("in", f"scopes {number}", scope.members())


def _excluded(program: Members) -> Iterator[Entry]:
    """Read what is out of scope: lines of text."""
    listed = program.get("out_of_scope")
    if listed is None or listed.raw is None:
        return
    for number, line in enumerate(listed.items(), 1):
        yield Entry(line.text().strip(), "out", f"out_of_scope {number}")


def _entry(side: Side, place: str, asset: Members) -> Entry:
    """Read one asset."""
    kind, remarks = entries.kind(KINDS, programs.text(asset, "scope_type", "type"), place)
    return Entry(
        text=programs.text(asset, "scope", "target"),
        side=side,
        place=place,
        kind=kind,
        note=notes.labelled("", VALUE, programs.text(asset, "asset_value")),
        remarks=remarks,
    )


def _scope(rule: Rule) -> dict[str, Any]:
    """Write one included asset."""
    kind = kinds.of_rule(rule.pattern, reading.read(rule, entries.AS_USUAL).parts)
    value = notes.unlabelled(rule.note, VALUE)[1]
    return {
        "scope": kinds.unsteer(kind, rule.pattern),
        "scope_type": TYPES.get(kind, "other"),
        **({"asset_value": value} if value else {}),
    }


def _note_lost(rule: Rule) -> Remark:
    return Remark("note-lost", rule.pattern, "Its note is not kept.")
