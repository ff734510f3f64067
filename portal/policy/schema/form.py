"""The keys about the form: how strongly each field of the catalogue is asked."""

from collections.abc import Mapping
from typing import Final

from portal.policy.asked import ALWAYS_REQUIRED
from portal.policy.field import STRENGTHS, Field, Strength
from portal.policy.fields import FIELDS
from portal.policy.schema.shapes import PARAGRAPHS, Either, Key, Record, Word

# Fields that the example sets, to show both ways of writing.
_EXAMPLES: Final[Mapping[str, str]] = {
    "steps": '"required"',
    "service_impact": '{ strength = "requested", note = "Knowing soon helps us." }',
}


def strengths_of(field: Field) -> tuple[Strength, ...]:
    """Return how strongly a pack may ask for a field."""
    return ("required",) if field.id == ALWAYS_REQUIRED else STRENGTHS


def _key(field: Field) -> Key:
    strength = Word(strengths_of(field), field.default)
    detailed = Record(
        (
            Key("strength", strength, "How strongly it is asked.", '"requested"'),
            Key("note", PARAGRAPHS, "What the policy says about it.", '"It helps us."'),
        ),
        inline=True,
    )
    meaning = field.label.rstrip("?.") + ". " + field.help
    return Key(field.id, Either((strength, detailed)), meaning.strip(), _EXAMPLES.get(field.id, ""))


FORM: Final = (
    Key(
        "fields",
        Record(tuple(_key(field) for field in FIELDS.values())),
        "How strongly the form asks for each answer. What is not named keeps its default; a pack "
        "chooses from these and adds none of its own. All answers are sealed, and the server sees "
        "none of them.",
    ),
)
