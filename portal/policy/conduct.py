"""What a policy asks of researchers, clause by clause."""

from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.reading import Table

Duty = Literal["must", "must_not", "may", "asked"]
_LEADS: Final[dict[Duty, str]] = {
    "must": "I do, and will:",
    "must_not": "I did not, and will not:",
    "may": "I may:",
    "asked": "I do:",
}
DUTIES: Final[tuple[Duty, ...]] = ("must", "must_not", "may", "asked")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a researcher must, must not, may, or is asked to do.

    Attributes:
        id: Stable name; a report records the ids it was confirmed with.
        duty: ``must``, ``must_not``, ``may`` or ``asked``.
        text: The clause in words.
        attest: The reporter confirms it before sending; never ticked in advance.
        alone: It is confirmed apart from all others, at the top of the list.
        method: It names a way of testing; the form asks whether the reporter used it.
        confirm: The clause as the reporter says it, or None for `statement` to make one.
        tools: Parts of words, in small letters; the form shows the clause when the reporter's
            answer about tools has one of them.
    """

    id: str
    duty: Duty
    text: str
    attest: bool = False
    alone: bool = False
    method: bool = False
    confirm: str | None = None
    tools: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        """What the reporter confirms, in the first person."""
        return self.confirm or f"{_LEADS[self.duty]} {self.text}"


def read(pack: Table, taken: set[str]) -> tuple[Clause, ...]:
    """Return the clauses of ``[[conduct]]`` in their order.

    Args:
        pack: The whole pack.
        taken: Ids of clauses read so far; reports record clauses by id alone, so none may recur.
    """
    return tuple(_clause(table, taken) for table in pack.tables("conduct"))


def read_conditions(table: Table, taken: set[str]) -> tuple[Clause, ...]:
    """Return the conditions of the safe harbour: clauses with the duty ``must``."""
    return tuple(_condition(one, taken) for one in table.tables("condition"))


def _clause(table: Table, taken: set[str]) -> Clause:
    with table:
        clause = Clause(
            id=table.id(taken),
            duty=table.choice("duty", DUTIES),
            text=table.prose("text"),
            attest=table.flag("attest", default=False),
            alone=table.flag("alone", default=False),
            method=table.flag("method", default=False),
            confirm=table.maybe_prose("confirm"),
            tools=tuple(word.lower() for word in table.lines("tools")),
        )
        if clause.alone and not clause.attest:
            table.note("alone", "Only what is confirmed can stand alone.", "Add attest = true.")
        if clause.method and clause.duty != "must_not":
            table.note("method", "Only what is forbidden is a method.", 'Set duty = "must_not".')
        if clause.confirm and not clause.attest:
            table.note("confirm", "Nobody is asked to confirm this clause.", "Add attest = true.")
        if clause.attest and clause.duty == "may":
            table.note("attest", "There is nothing to confirm in a permission.", "Take it out.")
        return clause


def _condition(table: Table, taken: set[str]) -> Clause:
    with table:
        return Clause(
            id=table.id(taken),
            duty="must",
            text=table.prose("text"),
            attest=table.flag("attest", default=True),
            confirm=table.maybe_prose("confirm"),
        )
