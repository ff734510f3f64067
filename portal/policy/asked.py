"""How strongly a policy asks for each field of the catalogue."""

from typing import Final

from portal.policy.field import STRENGTHS, Asked, Field
from portal.policy.fields import FIELDS
from portal.policy.reading import Table

ALWAYS_REQUIRED: Final = "title"  # staff need a name for a case; the rest is the policy's call


def read(pack: Table) -> tuple[Asked, ...]:
    """Return every field of the catalogue, in form order, as the pack asks it.

    In ``[fields]``, ``steps = "required"`` says how strongly; ``steps = { strength = "required",
    note = "…" }`` adds what the policy says about it.
    """
    table = pack.table("fields")
    if table is None:
        return tuple(Asked(field, field.default) for field in FIELDS.values())
    with table:
        return tuple(_asked(table, field) for field in FIELDS.values())


def _asked(table: Table, field: Field) -> Asked:
    """Return one field, asked as the pack says or as the catalogue does by default."""
    if not table.has(field.id):
        return Asked(field, field.default)
    if table.holds_text(field.id):
        strength = table.choice(field.id, STRENGTHS)
        asked = Asked(field, strength)
    else:
        asked = _detailed(table, field)
    if field.id == ALWAYS_REQUIRED and asked.strength != "required":
        table.note(field.id, "A report always has a title.", 'Leave it out, or say "required".')
    return asked


def _detailed(table: Table, field: Field) -> Asked:
    """Return a field that the pack describes with a table of its own."""
    inner = table.table(field.id)
    if inner is None:
        return Asked(field, field.default)
    with inner:
        strength = inner.choice("strength", STRENGTHS, field.default)
        return Asked(field, strength, inner.maybe_prose("note"))
