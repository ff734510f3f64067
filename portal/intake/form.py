"""The report form of a policy: what is asked, in what order, with what to confirm.

Plain definitions. Pages, the command line and reports by hand are all made from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from portal.intake.occasions import QUESTION, URGENT
from portal.policy.conduct import Clause
from portal.policy.field import SECTIONS, Asked
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form.

    Attributes:
        id: Stable name: ``target``, ``finding``, ``evidence``, ``you``, ``conduct``, ``review``.
        title: Its heading.
        fields: What is asked there, hidden fields left out.
    """

    id: str
    title: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything a reporter is asked under one policy.

    Attributes:
        sections: All six, in order; a section may ask nothing.
        clauses: What the policy asks of researchers.
        methods: Ways of testing the policy forbids; for each, the form asks whether it was used.
            A yes is a notice, never a refusal.
        statements: What the reporter confirms before sending, unticked; those that stand alone
            come first.
        urgent: What is asked of those who tick that data lies open, or that something is
            exploited, by the name of the tick.
        quick: Whether two answers are enough for now.
        question: What is asked of those who only ask something; empty where the policy takes no
            questions.
    """

    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    methods: tuple[Clause, ...]
    statements: tuple[Clause, ...]
    urgent: Mapping[str, tuple[Asked, ...]]
    quick: bool
    question: tuple[Asked, ...]

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return the form that a policy asks for."""
        shown = [asked for asked in policy.fields if asked.strength != "hidden"]
        return cls(
            sections=tuple(
                Section(name, title, tuple(one for one in shown if one.field.section == name))
                for name, title in SECTIONS.items()
            ),
            clauses=policy.conduct,
            methods=tuple(clause for clause in policy.conduct if clause.method),
            statements=policy.attested,
            urgent=URGENT,
            quick=policy.reports.quick,
            question=tuple(QUESTION.values()) if policy.reports.questions else (),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """What can be answered later, as JSON-ready data: all but title and files."""
        return {
            "sections": [
                {"id": one.id, "title": _title(one), "fields": list(map(_plain, _later(one)))}
                for one in self.sections
                if any(_later(one))
            ],
            "statements": [
                {"id": one.id, "text": one.text, "statement": one.statement, "alone": one.alone}
                for one in self.statements
            ],
            "methods": [{"id": one.id, "text": one.text} for one in self.methods],
        }

    @property
    def tool_rules(self) -> tuple[Clause, ...]:
        """What the form may show beside the question about tools."""
        return tuple(clause for clause in self.clauses if clause.method or clause.tools)

    @property
    def fields(self) -> tuple[Asked, ...]:
        """Every field that is shown, in order."""
        return tuple(asked for section in self.sections for asked in section.fields)


def _later(section: Section) -> tuple[Asked, ...]:
    """Return what a section asks that can be written into a message."""
    return tuple(
        one for one in section.fields if one.field.kind != "files" and one.field.id != "title"
    )


def _title(section: Section) -> str:
    """Return a heading that is still true once the report was sent."""
    return "Anything else" if section.id == "review" else section.title


def _plain(asked: Asked) -> dict[str, Any]:
    field = asked.field
    return {
        "id": field.id,
        "kind": field.kind,
        "label": field.label,
        "help": field.help,
        "note": asked.note,
        "strength": asked.strength,
        "limit": field.limit,
        "choices": [{"value": one.value, "label": one.label} for one in field.choices],
    }
