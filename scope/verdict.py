"""The answer to one question: is this target in scope?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scope.rule import Question, Redirect, Rule


class Ruling(StrEnum):
    """What the scope says about a target; only ``IN`` is a permission."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    PARTIAL = "partial"
    REVIEW = "review"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A ruling, the rule behind it, and a sentence that explains it.

    Attributes:
        ruling: What the scope says.
        rule: The rule that decided; None when no rule mentions the target.
        reason: One plain sentence, fit for a page.
        code: Stable name of the reason, in kebab-case.
        target: The normalised target; empty when it was invalid.
        questions: What must be answered before the ruling is settled.
        set_aside: Exclusions that cover the target but gave way.
        exceptions: Rules that say otherwise about some part of the target.
        nearest: What nearly matched, one sentence each.
        notes: How the text was understood, one sentence each.
        reward: Whether finds may be rewarded; None unless the ruling is ``in``.
        redirect: Where the report belongs instead.
    """

    ruling: Ruling
    rule: Rule | None
    reason: str
    code: str
    target: str = ""
    questions: tuple[Question, ...] = ()
    set_aside: tuple[Rule, ...] = ()
    exceptions: tuple[Rule, ...] = ()
    nearest: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reward: bool | None = None
    redirect: Redirect | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain values that `json` can write."""
        return {
            "ruling": self.ruling.value,
            "code": self.code,
            "reason": self.reason,
            "target": self.target,
            "rule": _rule(self.rule),
            "questions": [{"id": each.id, "text": each.text} for each in self.questions],
            "set_aside": [_rule(each) for each in self.set_aside],
            "exceptions": [_rule(each) for each in self.exceptions],
            "nearest": list(self.nearest),
            "notes": list(self.notes),
            "reward": self.reward,
            "redirect": _redirect(self.redirect),
        }


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    """Name a rule by what identifies it: its id, text, line and note."""
    if rule is None:
        return None
    return {"id": rule.id, "pattern": rule.pattern, "line": rule.line, "note": rule.note}


def _redirect(redirect: Redirect | None) -> dict[str, str] | None:
    """Write out where a report belongs."""
    return None if redirect is None else {"vendor": redirect.vendor, "address": redirect.address}
