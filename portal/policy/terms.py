"""Safe harbour, kinds of reports, readers: what a policy says once and in its own words."""

from dataclasses import dataclass
from typing import Final, Literal

from portal.policy import conduct
from portal.policy.conduct import Clause
from portal.policy.reading import Table

# What a promise of safety can cover, in the terms of disclose.io: a permission to test, and
# waivers of the laws and rules that researchers are sued by.
Cover = Literal["testing", "hacking-law", "circumvention-law", "terms-of-use"]
COVERS: Final[tuple[Cover, ...]] = (
    *("testing", "hacking-law", "circumvention-law", "terms-of-use"),
)


@dataclass(frozen=True, slots=True)
class SafeHarbour:
    """The promise not to act against researchers, and what it depends on.

    Attributes:
        text: In words.
        conditions: What it depends on.
        covers: What the words expressly permit or waive, some of `COVERS`; empty: no more than
            that no action is taken.
    """

    text: str
    conditions: tuple[Clause, ...] = ()
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Reports:
    """What the form takes besides full reports, which it always takes.

    Attributes:
        quick: Two answers now, the rest later by token.
        questions: Questions, which start no clock.
    """

    quick: bool = False
    questions: bool = False


def read_safe_harbour(pack: Table, taken: set[str]) -> SafeHarbour | None:
    """Return what ``[safe_harbour]`` says, or None when the policy does not say.

    Args:
        pack: The whole pack.
        taken: Ids of clauses read so far, to which those of the conditions are added.
    """
    table = pack.table("safe_harbour")
    if table is None:
        return None
    with table:
        return SafeHarbour(
            text=table.prose("text"),
            conditions=conduct.read_conditions(table, taken),
            covers=table.some("covers", COVERS),
        )


def read_reports(pack: Table) -> Reports:
    """Return what ``[reports]`` allows; without it, full reports alone."""
    table = pack.table("reports")
    if table is None:
        return Reports()
    with table:
        return Reports(
            quick=table.flag("quick", default=False),
            questions=table.flag("questions", default=False),
        )


def read_text(pack: Table, name: str) -> str | None:
    """Return the ``text`` of a table that has nothing else, or None when it is not there."""
    table = pack.table(name)
    if table is None:
        return None
    with table:
        return table.prose("text")


def read_readers(pack: Table) -> tuple[str, ...]:
    """Return the roles that ``[readers]`` says will read every report."""
    table = pack.table("readers")
    if table is None:
        return ()
    with table:
        roles = table.lines("roles")
        if not roles:
            table.note(
                "roles", "The list of readers is empty.", 'Write roles = ["security officer"].'
            )
        return roles
