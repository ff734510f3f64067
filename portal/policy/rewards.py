"""What a find earns: a reward, and a name in public."""

from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.reading import Table

RewardKind = Literal["none", "discretionary"]
REWARDS: Final[tuple[RewardKind, ...]] = ("none", "discretionary")
CreditForm = Literal["handle", "name"]
FORMS: Final[tuple[CreditForm, ...]] = ("handle", "name")


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that a reward is measured by.

    Attributes:
        id: Stable name; the record of a reward weighs every factor by it.
        text: The factor in words.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Reward:
    """Whether finds are paid for: never, or as the organisation sees fit.

    Attributes:
        kind: ``none`` or ``discretionary``.
        text: In words.
        factors: What a reward is measured by; a decision weighs every one of them.
        eligible: What counts for a reward, in words, or None.
    """

    kind: RewardKind
    text: str
    factors: tuple[Factor, ...] = ()
    eligible: str | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """How those who report are named or thanked.

    Attributes:
        text: In words.
        forms: Ways in which someone can be named, most anonymous first; empty: none is stated.
        thanks: There is a page of thanks.
    """

    text: str
    forms: tuple[CreditForm, ...] = ()
    thanks: bool = False

    @property
    def named_on_page(self) -> bool:
        """Whether there is a page of thanks that names people; without a form it names nobody."""
        return self.thanks and bool(self.forms)


def read_reward(pack: Table) -> Reward | None:
    """Return what ``[reward]`` says, or None when the policy does not say."""
    table = pack.table("reward")
    if table is None:
        return None
    with table:
        taken: set[str] = set()
        found = Reward(
            kind=table.choice("kind", REWARDS),
            text=table.prose("text"),
            factors=tuple(_factor(one, taken) for one in table.tables("factors")),
            eligible=table.maybe_prose("eligible"),
        )
        for key in ("factors", "eligible"):
            if found.kind == "none" and getattr(found, key):
                hint = f'Take {key} out, or say kind = "discretionary".'
                table.note(key, "There is no reward that this could bear on.", hint)
        return found


def read_recognition(pack: Table) -> Recognition | None:
    """Return what ``[recognition]`` says, or None when the policy does not say."""
    table = pack.table("recognition")
    if table is None:
        return None
    with table:
        named = table.some("forms", FORMS)
        return Recognition(
            text=table.prose("text"),
            forms=tuple(form for form in FORMS if form in named),
            thanks=table.flag("thanks", default=False),
        )


def _factor(table: Table, taken: set[str]) -> Factor:
    with table:
        return Factor(table.id(taken), table.line("text"))
