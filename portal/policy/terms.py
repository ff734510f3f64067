"""Reward, safe harbour, data, authorities: what a policy says once and in its own words."""

from dataclasses import dataclass
from typing import Final, Literal

from portal.policy import conduct
from portal.policy.conduct import Clause
from portal.policy.reading import Table

RewardKind = Literal["none", "discretionary"]
REWARDS: Final[tuple[RewardKind, ...]] = ("none", "discretionary")
DataKind = Literal["purge_on_report", "do_not_keep", "keep_encrypted"]
DATA: Final[tuple[DataKind, ...]] = ("purge_on_report", "do_not_keep", "keep_encrypted")


@dataclass(frozen=True, slots=True)
class Reward:
    """Whether finds are paid for: never, or as the organisation sees fit."""

    kind: RewardKind
    text: str


@dataclass(frozen=True, slots=True)
class SafeHarbour:
    """The promise not to act against researchers, and what it depends on."""

    text: str
    conditions: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class DataHandling:
    """What a researcher does with data that came into their hands."""

    kind: DataKind
    text: str


def read_reward(pack: Table) -> Reward | None:
    """Return what ``[reward]`` says, or None when the policy does not say."""
    table = pack.table("reward")
    if table is None:
        return None
    with table:
        return Reward(table.choice("kind", REWARDS), table.prose("text"))


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
        return SafeHarbour(table.prose("text"), conduct.read_conditions(table, taken))


def read_data_handling(pack: Table) -> DataHandling | None:
    """Return what ``[data_handling]`` says, or None when the policy does not say."""
    table = pack.table("data_handling")
    if table is None:
        return None
    with table:
        return DataHandling(table.choice("kind", DATA), table.prose("text"))


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
