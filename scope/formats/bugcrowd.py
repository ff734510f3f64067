"""Bugcrowd: target groups as the site gives them, and programs as public dumps do.

A target has up to three texts, and each may be the only one that names it: the shown name, a
link, and an address (`bugcrowd_target`).

>>> listing, = read('[{"name": "Shop", "targets": {"in_scope": [{"type": "website", '
...     '"name": "*.shop.example", "uri": "https://shop.example/", "ipAddress": null}]}}]')
>>> [rule.pattern for rule in listing.include]
['*.shop.example', 'shop.example']
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from scope import reading
from scope.formats import bugcrowd_target, entries, kinds, programs
from scope.formats.bugcrowd_target import Named
from scope.formats.entries import Entry
from scope.formats.fields import Fields, fitted
from scope.formats.kinds import Kind
from scope.formats.listing import Listing, Remark, Written
from scope.formats.programs import Members
from scope.formats.strict import Value
from scope.rule import Rule, Side

PLATFORM = "bugcrowd"

KINDS = {
    "website": Kind.SITE, "api": Kind.SITE, "ip_address": Kind.ADDRESS,
    "android": Kind.ANDROID, "ios": Kind.IOS, "hardware": Kind.THING, "iot": Kind.THING,
    "network": Kind.ANY, "other": Kind.ANY, "": Kind.ANY,
}  # fmt: skip
TYPES = {
    Kind.SITE: "website", Kind.WILDCARD: "website", Kind.ADDRESS: "ip_address",
    Kind.ANDROID: "android", Kind.IOS: "ios",
}  # fmt: skip


def read(text: str) -> tuple[Listing, ...]:
    """Read the scopes of programs.

    Raises:
        FormatUnreadable: No JSON of this kind; the message names the place.
    """
    document = programs.document(text)
    found = programs.having(document, {"targets", "data", "groups"}, "Bugcrowd")
    return tuple(map(_program, found))


def write(listing: Listing) -> Written:
    """Write one program as public dumps do, with notes as descriptions."""
    kept = fitted(listing, Fields(rewards=False))
    program = {
        "name": listing.name,
        "targets": {
            "in_scope": [_target(rule) for rule in kept.include],
            "out_of_scope": [_target(rule) for rule in kept.exclude],
        },
    }
    return Written(f"{json.dumps([program], indent=2, ensure_ascii=False)}\n", kept.lost)


def _program(program: Members) -> Listing:
    """Read one program, wherever its targets are."""
    name = programs.text(program, "name", "code")
    groups = _groups(program)
    if groups is not None:
        placed: Iterable[Placed] = chain.from_iterable(map(_grouped, groups))
    elif "targets" in program:
        placed = programs.dumped(program)
    else:
        return programs.unlisted(name)
    found = chain.from_iterable(_entries(side, place, each) for side, place, each in placed)
    return entries.listing(PLATFORM, name, found)


Placed = tuple[Side, str, Members]


def _groups(program: Members) -> Iterable[Value] | None:
    """Return the target groups of an engagement (``data.scope``) or of an older program."""
    inner = program["data"].members() if "data" in program else program
    for name in ("scope", "groups"):
        if name in inner and isinstance(inner[name].raw, list):
            return inner[name].items()
    return None


def _grouped(group: Value) -> Iterator[Placed]:
    """Yield the targets of a group; one that does not say its side excludes."""
    members = group.members()
    name = programs.text(members, "name") or group.place
    inside = programs.flag(members, "inScope" if "inScope" in members else "in_scope")
    for number, target in enumerate(members["targets"].items() if "targets" in members else (), 1):
        yield "in" if inside else "out", f"{name[:80]} {number}", target.members()


def _entries(side: Side, place: str, target: Members) -> Iterator[Entry]:
    """Read one target, which may name several assets."""
    kind, remarks = entries.kind(KINDS, programs.text(target, "type", "category"), place)
    named = Named(
        name=programs.text(target, "name"),
        uri=programs.text(target, "uri", "target"),
        address=programs.text(target, "ipAddress"),
    )
    texts, title = bugcrowd_target.assets(named, kind, side)
    if named.redacted:
        remarks += (Remark("redacted", place, "A part of the target is blacked out."),)
    note = "\n".join(filter(None, (title, programs.text(target, "description"))))
    ident = programs.ident(target)
    for number, text in enumerate(texts or ("",)):
        first = number == 0  # an id names one rule, and a remark is made once
        yield Entry(
            text,
            side,
            ident or place,
            Kind.ANY if text == named.address else kind,
            id=ident if first else None,
            note=note,
            remarks=remarks if first else (),
        )


def _target(rule: Rule) -> dict[str, Any]:
    """Write one target."""
    kind = kinds.of_rule(rule.pattern, reading.read(rule, entries.AS_USUAL).parts)
    text = kinds.unsteer(kind, rule.pattern)
    return {
        **({"id": rule.id} if rule.id else {}),
        "type": TYPES.get(kind, "other"),
        "target": text,
        "name": text,
        "uri": None,
        "ipAddress": None,
        "description": rule.note,
    }
