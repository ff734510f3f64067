"""What a rule means: the things it names, each in its two readings."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scope.places.region import Region
from scope.reading.finding import Finding

if TYPE_CHECKING:
    from scope.weighing.conditions import Condition

QUERY = "query"  # why a page is in doubt on which only some queries are excluded
PLACEHOLDER = "placeholder"  # why a part with a gap is in doubt


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a rule names, in its two readings.

    Attributes:
        wide: The most it could mean; how an exclusion is read.
        narrow: The least it must mean, how a permission is read; None when nothing is certain.
        doubt: Too unclear to exclude either: a person decides.
        borrowed: It only excludes, and only where the scope includes a host: a path alone.
        why: Code of the reason for which nothing is certain; empty when something is.
        conditions: What must be known of a target before this applies; all of it has to hold.
    """

    wide: Region
    narrow: Region | None
    doubt: bool = False
    borrowed: bool = False
    why: str = ""
    conditions: "tuple[Condition, ...]" = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule means.

    Attributes:
        parts: What it names; a rule without parts is inert.
        findings: What was noticed in its text.
        hints: What it may exclude where facts say so; asked about only then, and never certain.
    """

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()
    hints: tuple[Part, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether a person has to say what some of it means."""
        return any(part.doubt and part.why != QUERY for part in self.parts)


def uncertain(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Take the certainty of a permission away: words behind the rule may narrow it."""
    return tuple(replace(part, narrow=None, why="remark") for part in parts)


def doubtful(parts: tuple[Part, ...], why: str = "prose") -> tuple[Part, ...]:
    """Leave parts to a person, on either side."""
    return tuple(replace(part, narrow=None, doubt=True, why=why) for part in parts)


def under(conditions: "tuple[Condition, ...]", parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Put parts under conditions, besides those they have."""
    return tuple(replace(part, conditions=part.conditions + conditions) for part in parts)
