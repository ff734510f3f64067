"""Federacy: programs as public dumps list them, and the scopes of one program from the API.

>>> listing, = read('[{"name": "Shop", "targets": {"in_scope": '
...     '[{"type": "website", "target": "shop.example"}], "out_of_scope": []}}]')
>>> listing.include[0].pattern
'shop.example'
"""

from scope.formats import entries, programs
from scope.formats.entries import Entry
from scope.formats.kinds import Kind
from scope.formats.listing import Listing
from scope.formats.programs import Members
from scope.rule import Side

PLATFORM = "federacy"
ASSET = frozenset({"identifier", "in_scope"})  # what an asset of the API has
KINDS = {
    "website": Kind.SITE, "api": Kind.SITE, "android": Kind.ANDROID, "ios": Kind.IOS,
    "other": Kind.ANY, "": Kind.ANY,
}  # fmt: skip


def read(text: str) -> tuple[Listing, ...]:
    """Read the scopes of programs.

    Raises:
        FormatUnreadable: No JSON of this kind; the message names the place.
    """
    document = programs.document(text)
    found = [each.members() for each in programs.each(document)]
    if found and all(set(each) >= ASSET for each in found):
        assets = (_asset(f"asset {at}", each) for at, each in enumerate(found, 1))
        return (entries.listing(PLATFORM, "", assets),)
    return tuple(map(_program, programs.having(document, {"targets"}, "Federacy")))


def _program(program: Members) -> Listing:
    """Read one program of a dump."""
    name = programs.text(program, "name")
    if "targets" not in program:
        return programs.unlisted(name)
    found = (_entry(side, place, each) for side, place, each in programs.dumped(program))
    return entries.listing(PLATFORM, name, found)


def _asset(place: str, asset: Members) -> Entry:
    """Read one asset of the API, which says its side itself."""
    return _entry("in" if programs.flag(asset, "in_scope") else "out", place, asset)


def _entry(side: Side, place: str, asset: Members) -> Entry:
    """Read one asset."""
    kind, remarks = entries.kind(KINDS, programs.text(asset, "type", "scope_type"), place)
    return Entry(
        text=programs.text(asset, "target", "identifier"),
        side=side,
        place=place,
        kind=kind,
        remarks=remarks,
    )
