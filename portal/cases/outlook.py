"""How publication, held data and a name stand, as a page shows them to one side."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from portal.cases import held_data
from portal.cases.case import Case
from portal.cases.embargo import Embargo
from portal.cases.publication import State, publication
from portal.cases.publication_text import sentences
from portal.cases.steps import Side


@dataclass(frozen=True, slots=True)
class PublicationOutlook:
    """How publication stands.

    Attributes:
        state: What was said or done last.
        day: The day it is about.
        proposer: Whose the newest proposal is.
        earliest: Last second of the shortest time the policy asks for.
        latest: Last second of the longest one.
        endless: Whether silence is asked for without a date that it ends on.
        free: Whether the reporter may publish without a word from anybody.
        told: All of it in sentences.
    """

    state: State
    day: date | None
    proposer: Side | None
    earliest: datetime | None
    latest: datetime | None
    endless: bool
    free: bool
    told: tuple[str, ...]

    @classmethod
    def of(cls, case: Case, *, to: Side) -> Self:
        """Return how publication stands, in words for one side."""
        found, embargo = publication(case.history), Embargo.of(case)
        return cls(
            state=found.state,
            day=found.day,
            proposer=found.proposer,
            earliest=embargo.earliest,
            latest=embargo.latest,
            endless=embargo.endless,
            free=embargo.free,
            told=sentences(case, to=to),
        )

    def plain(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "state": self.state,
            "date": self.day.isoformat() if self.day else None,
            "proposer": self.proposer,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "endless": self.endless,
            "free": self.free,
            "told": list(self.told),
        }


@dataclass(frozen=True, slots=True)
class DataOutlook:
    """How data stands that the reporter came to hold.

    Attributes:
        state: What was recorded last.
        told: In sentences, the policy's own words first.
        statement: What the reporter signs once the data is gone; None when the policy says
            nothing about data.
        clause: What that statement says has become of it: purged or deleted.
    """

    state: held_data.State
    told: tuple[str, ...]
    statement: str | None
    clause: str | None

    @classmethod
    def of(cls, case: Case, *, to: Side) -> Self:
        """Return how the data stands, in words for one side."""
        found, asked = held_data.held_data(case.history), case.policy.data_handling
        policy = asked.text if asked else "The policy does not say anything about held data."
        words = held_data.WORDS if to == "reporter" else held_data.FOR_STAFF
        return cls(
            state=found,
            told=(policy, words[found]) if found != "none" or to == "staff" else (policy,),
            statement=asked.statement if asked else None,
            clause=asked.ending if asked else None,
        )

    def plain(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "state": self.state,
            "told": list(self.told),
            "statement": self.statement,
            "clause": self.clause,
        }


@dataclass(frozen=True, slots=True)
class Recognition:
    """How somebody can be named, and whether their name stands on the page of thanks.

    Attributes:
        forms: The ways that the policy knows; empty when it does not say.
        named: Whether a name is shown.
    """

    forms: tuple[str, ...]
    named: bool

    @classmethod
    def of(cls, case: Case, *, name: str | None) -> Self:
        """Return it for a case whose reporter stands there by a name, or by none."""
        known = case.policy.recognition
        return cls(known.forms if known else (), name is not None)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {"forms": list(self.forms), "named": self.named}
