"""The answer to one question: is this target in scope?"""

from dataclasses import dataclass
from typing import Any

from scope.rule import Question, Redirect, Rule
from scope.ruling import Ruling

__all__ = ["Ruling", "SetAside", "Verdict"]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An exclusion that covers the target and gave way, and what it gave way to.

    Attributes:
        rule: The exclusion.
        by: The smaller included rule that counts for more; None when an answer lifted it.
        answer: Id of the question whose "yes" lifted it; None when a rule counts for more.
    """

    rule: Rule
    by: Rule | None = None
    answer: str | None = None


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
        matched: Which part of the deciding rule covers the target, in words.
        overruled: The same exclusions as in ``set_aside``, each with what it gave way to.
        missing: Kinds of facts that would settle the ruling: ips, cnames, tags, date.
        conditions: One sentence for each condition of a rule near the target, with its outcome.
        mentions: Rules that decide nothing here and mention the target's registrable name.
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
    matched: str = ""
    overruled: tuple[SetAside, ...] = ()
    missing: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    mentions: tuple[Rule, ...] = ()

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
            "matched": self.matched,
            "overruled": [_overruled(each) for each in self.overruled],
            "missing": list(self.missing),
            "conditions": list(self.conditions),
            "mentions": [_rule(each) for each in self.mentions],
        }


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    """Name a rule by what identifies it: id, text, side, where it came from, note, condition."""
    if rule is None:
        return None
    when = {"when": rule.condition.to_dict()} if rule.condition else {}
    return {
        "id": rule.id,
        "pattern": rule.pattern,
        "side": rule.side,
        "source": rule.source,
        "line": rule.line,
        "note": rule.note,
        **when,
    }


def _overruled(one: SetAside) -> dict[str, Any]:
    """Write out an exclusion and what it gave way to."""
    return {"rule": _rule(one.rule), "by": _rule(one.by), "answer": one.answer}


def _redirect(redirect: Redirect | None) -> dict[str, str] | None:
    """Write out where a report belongs."""
    return None if redirect is None else {"vendor": redirect.vendor, "address": redirect.address}
