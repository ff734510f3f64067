"""The rules of `rules.toml`, typed: which law, which stage, counted how, from what, since when."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Anchor = Literal["received", "aware", "measure_available", "material", "notified"]
Counting = Literal[
    "hours", "eu_days", "eu_months", "us_business_days", "sec_business_days", "calendar_days"
]


@dataclass(frozen=True, slots=True)
class Regime:
    """A law, or what is like one.

    Attributes:
        id: Stable name, as packs write it.
        name: As pages show it.
        whose: Who is bound by it.
        told: Who has to be told.
        source: Where it stands.
        note: What else to know; empty for nothing.
    """

    id: str
    name: str
    whose: str
    told: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit of a regime.

    Attributes:
        regime: Id of the regime.
        stage: Stable name of what is due; unique in its regime at any time.
        label: As pages show it.
        anchor: Which of the `facts.Facts` starts it.
        within: How many of what `counting` counts.
        counting: How `counting` counts it.
        since: First day on which it applies.
        source: Where in the regime it stands.
        until: First day on which it does not apply any more; None while there is no end.
        after: The stage whose submission starts it, if that is the anchor.
        note: What else to know; empty for nothing.
    """

    regime: str
    stage: str
    label: str
    anchor: Anchor
    within: int
    counting: Counting
    since: date
    source: str
    until: date | None = None
    after: str | None = None
    note: str = ""

    def applies(self, on: date) -> bool:
        """Tell whether the rule is law on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that somebody has proposed: never reckoned by, and shown as what it is.

    Attributes:
        regime: Id of the regime.
        stage: What it would change.
        within: How many of what `counting` counts it would be.
        counting: How `counting` would count it.
        source: Who proposed it, and when.
        checked: The day on which it was last seen to be no law.
    """

    regime: str
    stage: str
    within: int
    counting: Counting
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that the portal knows of laws.

    Attributes:
        regimes: By id.
        rules: In the order in which they fall due.
        proposals: What is not in force.
    """

    regimes: Mapping[str, Regime]
    rules: tuple[Rule, ...]
    proposals: tuple[Proposal, ...]

    def applying(self, regimes: Iterable[str], on: date) -> tuple[Rule, ...]:
        """Return the rules of some regimes that are law on a day, regime by regime."""
        return tuple(
            rule
            for regime in regimes
            for rule in self.rules
            if rule.regime == regime and rule.applies(on)
        )

    def stages(self, regime: str) -> tuple[str, ...]:
        """Return the stages of a regime, in their order; none for one that is not known."""
        return tuple(dict.fromkeys(one.stage for one in self.rules if one.regime == regime))


@cache
def rulebook() -> Rulebook:
    """Return the rules this version of Portico was shipped with."""
    data = tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))
    regimes = [Regime(**entry) for entry in data["regime"]]
    return Rulebook(
        regimes={regime.id: regime for regime in regimes},
        rules=tuple(Rule(**entry) for entry in data["rule"]),
        proposals=tuple(Proposal(**entry) for entry in data["proposal"]),
    )
