"""What a field of the report form is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Section = Literal["target", "finding", "evidence", "you", "conduct", "review"]
FieldKind = Literal[
    "text", "long", "choice", "yes_no", "datetime", "number", "email", "phone", "files", "cvss"
]
Strength = Literal["required", "requested", "optional", "hidden"]
STRENGTHS: Final[tuple[Strength, ...]] = ("required", "requested", "optional", "hidden")
# Sections in the order of the form, with their headings.
SECTIONS: Final[Mapping[Section, str]] = {
    "target": "Where it is",
    "finding": "What you found",
    "evidence": "Evidence",
    "you": "You",
    "conduct": "How you tested",
    "review": "Before you send",
}
LINE: Final = 200  # characters of a one-line answer
ADDRESS: Final = 2000  # characters of a web address, as far as browsers agree
LONG: Final = 20_000  # characters of a long answer, about ten pages
SHORT: Final = 40  # characters of a number, a time or a telephone number
MAIL: Final = 254  # characters of a mail address, RFC 5321 section 4.5.3.1.3


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a field that offers several."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """Something a reporter can be asked.

    Attributes:
        id: Key in the sealed report.
        section: Part of the form it stands in.
        kind: What sort of answer it takes.
        label: The question.
        help: A sentence under it; empty when the label says it all.
        choices: The answers offered, for the kind ``choice``.
        limit: Most characters; 0 for files, which have limits of their own.
        default: How strongly it is asked when a pack does not say.
    """

    id: str
    section: Section
    kind: FieldKind
    label: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    limit: int = LINE
    default: Strength = "optional"


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as one policy asks it.

    Attributes:
        field: The field.
        strength: ``required``, ``requested``, ``optional``, or ``hidden``: not on the form.
        note: What the policy adds to the question, or None.
    """

    field: Field
    strength: Strength
    note: str | None = None
