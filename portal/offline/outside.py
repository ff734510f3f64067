"""A report for others to read: without who reported it, unless something allows more.

Who reports is not passed on without their consent, or a law or a court that demands it; and never
to an authority, once they asked for that. What they wrote in free text and in files is for a person
to look through: no program finds a name in a sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from portal.cases.choices import BASES
from portal.offline.document import Document
from portal.policy.fields import FIELDS

Audience = Literal["outside", "authorities"]
AUDIENCES: Final[dict[Audience, str]] = {
    "outside": "somebody outside",
    "authorities": "an authority",
}
ANONYMOUS: Final = "anonymous_to_authorities"
# How somebody asks to be named says who they are as soon as their name stands elsewhere.
IDENTITY: Final = frozenset(
    field.id for field in FIELDS.values() if field.section == "you" and field.id != ANONYMOUS
)
KEPT_APART: Final = (
    "Left out, because it may say who reported it: the thread, the notes of staff, and what the "
    "reporter packed beside the report."
)
LOOK: Final = (
    "Free text and files are as they were sent: look through them before you pass them on."
)
FLAG: Final = "The reporter asked to stay anonymous to authorities."


@dataclass(frozen=True, slots=True)
class Outside:
    """Whom a report is written for, and what allows to say who reported it.

    Attributes:
        audience: A key of `AUDIENCES`.
        basis: A key of `portal.cases.choices.BASES`; None: nothing allows it.
    """

    audience: Audience
    basis: str | None = None

    def names(self, document: Document) -> bool:
        """Tell whether this copy may say who reported."""
        return self.basis is not None and not self._asked_not_to(document)

    def document(self, document: Document) -> Document:
        """Return the report as others may read it."""
        if self.names(document):
            return document
        answers = document.raw.get("fields")
        fields = answers if isinstance(answers, dict) else {}
        kept = {name: value for name, value in fields.items() if name not in IDENTITY}
        nobody = {"recipient": None, "signing_key": None}
        return Document.of({**document.raw, "fields": kept, "reporter": nobody})

    def told(self, document: Document) -> Iterator[str]:
        """Yield what was done, and what is to be recorded about it."""
        if self._asked_not_to(document):
            yield f"{FLAG} This copy does not say who it was."
        elif self.basis is None:
            yield "This copy does not say who reported it."
        else:
            yield f"This copy says who reported it. {BASES[self.basis]}."
        yield KEPT_APART
        yield LOOK

    def command(self, report: str) -> str:
        """Return how it is recorded on the server, and logged, that a name was passed on."""
        message = " --message N" if self.basis == "consent" else ""
        act = f"share-outside --basis {self.basis} --reason CODE{message}"
        return f"portico report event {report} {act}"

    def _asked_not_to(self, document: Document) -> bool:
        return self.audience == "authorities" and document.fields.get(ANONYMOUS) == "yes"
