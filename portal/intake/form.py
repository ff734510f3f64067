"""The report form of a policy: what is asked, in what order, with what to confirm.

Plain definitions. Pages, the command line and reports by hand are all made from them.
"""

from dataclasses import dataclass
from typing import Self

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
        methods: Ways of testing the policy forbids; for each, the form asks whether it was used.
            A yes is a notice, never a refusal.
        statements: What the reporter confirms before sending, unticked; those that stand alone
            come first.
    """

    sections: tuple[Section, ...]
    methods: tuple[Clause, ...]
    statements: tuple[Clause, ...]

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return the form that a policy asks for."""
        shown = [asked for asked in policy.fields if asked.strength != "hidden"]
        return cls(
            sections=tuple(
                Section(name, title, tuple(one for one in shown if one.field.section == name))
                for name, title in SECTIONS.items()
            ),
            methods=tuple(clause for clause in policy.conduct if clause.method),
            statements=policy.attested,
        )

    @property
    def fields(self) -> tuple[Asked, ...]:
        """Every field that is shown, in order."""
        return tuple(asked for section in self.sections for asked in section.fields)
