"""One question put to a scope."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scope.facts import Facts
from scope.targets.target import Target
from scope.weighing import settling
from scope.weighing.claim import Claim


class Case(NamedTuple):
    """What was asked, and what is known about it.

    Attributes:
        target: In its normal form.
        answers: Answers to the program's questions, by question id.
        facts: What the caller knows of the target.
    """

    target: Target
    answers: Mapping[str, bool]
    facts: Facts

    def lacks(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """Return the kinds of facts that would settle the conditions of claims, each once."""
        found = (each for c in claims for each in settling.missing(c, self.target, self.facts))
        return tuple(dict.fromkeys(found))
