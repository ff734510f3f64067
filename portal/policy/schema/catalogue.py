"""The part of the reference about the form: every field that a pack can ask for."""

from collections.abc import Iterator

from portal.policy.field import SECTIONS, STRENGTHS, Field
from portal.policy.fields import FIELDS
from portal.policy.schema.form import strengths_of


def catalogue() -> Iterator[str]:
    """Yield a table of all fields, in the order of the form."""
    words = ", ".join(f"`{word}`" for word in STRENGTHS)
    yield f"Each holds one of {words}, or, to add what the policy says about it, a table of"
    yield "`strength` and `note`. A `hidden` field is not on the form.\n"
    yield "| Field | Part of the form | By default | What is asked |\n|---|---|---|---|"
    for field in FIELDS.values():
        yield f"| `{field.id}` | {SECTIONS[field.section]} | `{field.default}` | {_asked(field)} |"
    yield ""


def _asked(field: Field) -> str:
    """Say what a field asks, and what a pack may not do with it."""
    said = [field.label.rstrip("?.") + ".", field.help]
    if field.choices:
        said.append("Answers: " + ", ".join(f"`{choice.value}`" for choice in field.choices) + ".")
    if strengths_of(field) == ("required",):
        said.append("Always required.")
    return " ".join(one for one in said if one)
