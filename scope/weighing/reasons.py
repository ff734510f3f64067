"""The sentence that goes with each ruling, in words for someone under stress."""

from typing import Any

from scope.errors import InvalidTarget
from scope.rule import Question, Rule
from scope.verdict import Ruling, Verdict
from scope.weighing import settling, wording
from scope.weighing.case import Case
from scope.weighing.claim import Claim
from scope.weighing.quoting import named, quoted, rules, short
from scope.weighing.standing import Standing

FACTS = {  # kinds of facts, as something that a ruling depends on
    "ips": "what it resolves to",
    "cnames": "which names it is an alias of",
    "tags": "what kind of target it is",
    "date": "the day asked about",
}
_UNCERTAIN = {  # why a permit's narrow reading is silent: code and what to say
    "broad": ("unconfirmed-broad", "is so broad that the program has to confirm it first"),
    "placeholder": ("placeholder", "has a gap that the program has to fill in"),
}
_UNCLEAR = ("unclear-permission", "may or may not be meant to cover it")


def refused(error: InvalidTarget) -> Verdict:
    """Say why a text is no target."""
    return Verdict(Ruling.INVALID, None, f"{error.message} {error.hint}", error.code)


def decided(case: Case, standing: Standing) -> Verdict:
    """Let the first kind of claim that applies decide."""
    name = short(str(case.target))
    if standing.bars:
        return _out(name, standing)
    if standing.pending:
        return _pending(name, standing, case)
    if standing.permits:
        return _with_holes(name, standing) if standing.holes else _in(name, standing)
    if standing.slices:
        return _sliced(name, standing, case)
    if standing.hopes:
        return _hoped(name, standing, case)
    return _unknown(name, standing, case)


def _unknown(name: str, standing: Standing, case: Case) -> Verdict:
    """Say that nothing permits, and why a rule that mentions the target does not decide."""
    code, clause = "not-mentioned", ""
    if standing.waived:
        code, (rule, *_) = "only-lifted", rules(standing.waived)
        clause = f"your answer lifts the exclusion {quoted(rule)}, and no rule includes it"
    elif failed := _failed(standing, case):
        code = "condition-unmet"
        rule, asked, told = failed
        clause = f"the rule {quoted(rule)} applies only if the target {asked}, and {told}"
    if not clause:
        reason = f"No rule mentions {name}, so treat it as not allowed."
    else:
        reason = f"No rule permits {name}, so treat it as not allowed: {clause}."
    return Verdict(Ruling.UNKNOWN, None, reason, code)


def _failed(standing: Standing, case: Case) -> tuple[Rule, str, str] | None:
    """Return a rule whose condition fails, included ones first: what it asks for, what is so."""
    idle = sorted(standing.idle, key=lambda claim: claim.rule.side != "in")  # stable
    for claim in idle:
        for asked, told in settling.failing(claim, case.target, case.facts):
            return claim.rule, asked, told
    return None


def _by(claim: Claim, ruling: Ruling, reason: str, code: str, **more: Any) -> Verdict:  # noqa: ANN401
    """Build the verdict that a claim decides."""
    matched = wording.matched(claim, permits=ruling in (Ruling.IN, Ruling.PARTIAL))
    return Verdict(ruling, claim.rule, reason, code, matched=matched, **more)


def _out(name: str, standing: Standing) -> Verdict:
    """Say that an exclusion decides, and where the report belongs if that is known."""
    claim, code = standing.bars[0], "excluded"
    rule, inner = claim.rule, rules(standing.slices)
    reason = f"{name} is out of scope: the program excludes it with the rule {quoted(rule)}."
    if rule.redirect:
        code = "excluded-redirect"
        reason = f"{name} is out of scope here: report it to {rule.redirect.vendor} instead."
    return _by(claim, Ruling.OUT, reason, code, exceptions=inner, redirect=rule.redirect)


def _pending(name: str, standing: Standing, case: Case) -> Verdict:
    """Say which questions or facts decide, or that a person has to."""
    claim = next((c for c in standing.pending if _asks(c, case)), standing.pending[0])
    asked = tuple(dict.fromkeys(q for c in standing.pending for q in _asks(c, case)))
    lacks = case.lacks((*standing.pending, *(() if standing.permits else standing.hopes)))
    code = "unclear-exclusion"
    reason = f"A person has to decide about {name}: the rule {quoted(claim.rule)} may exclude it."
    if asked:
        code = "questions-open"
        many = "a question" if len(asked) == 1 else f"{len(asked)} questions"
        reason = f"Whether {name} is in scope depends on your answer to {many}."
    elif not claim.part.doubt:
        code, reason = _unsettled(name, claim, case, "excludes")
    return _by(claim, Ruling.REVIEW, reason, code, questions=asked, missing=lacks)


def _in(name: str, standing: Standing) -> Verdict:
    """Say which rule permits, and what it does not permit."""
    claim, code = standing.permits[0], "listed"
    paid = "" if claim.rule.reward else ", without a reward"
    reason = f"{name} is in scope{paid}: the rule {quoted(claim.rule)} covers it"
    if standing.outranked:
        code = "listed-inside-exclusion"
        wider = quoted(standing.outranked[0].exclusion.rule)
        reason += f" and counts for more than the wider exclusion {wider}"
    if standing.exceptions:
        reason += f", except for what {named(standing.exceptions, 'exclude')}"
    left_out = rules(standing.exceptions)
    return _by(claim, Ruling.IN, f"{reason}.", code, exceptions=left_out, reward=claim.rule.reward)


def _with_holes(name: str, standing: Standing) -> Verdict:
    """Say that some of the hosts asked about are excluded."""
    reason = f"Only a part of {name} is in scope: {named(standing.holes, 'exclude')} the rest."
    left_out = rules(standing.holes + standing.exceptions)
    claim = standing.permits[0]
    return _by(claim, Ruling.PARTIAL, reason, "partly-excluded", exceptions=left_out)


def _sliced(name: str, standing: Standing, case: Case) -> Verdict:
    """Say which part of the target is covered."""
    reason = f"Only a part of {name} is in scope: what {named(standing.slices, 'cover')}."
    left_out = rules(standing.holes + standing.exceptions)
    return _by(
        standing.slices[0], Ruling.PARTIAL, reason, "partly-listed",
        exceptions=left_out, missing=case.lacks(standing.hopes),
    )  # fmt: skip


def _hoped(name: str, standing: Standing, case: Case) -> Verdict:
    """Say why a rule that may cover the target does not settle it."""
    claim = next((c for c in standing.hopes if _only_unsettled(c, case)), standing.hopes[0])
    if _only_unsettled(claim, case):
        code, reason = _unsettled(name, claim, case, "covers")
    else:
        code, clause = _UNCERTAIN.get(claim.part.why, _UNCLEAR)
        reason = f"A person has to decide about {name}: the rule {quoted(claim.rule)} {clause}."
    return _by(claim, Ruling.REVIEW, reason, code, missing=case.lacks(standing.hopes))


def _unsettled(name: str, claim: Claim, case: Case, verb: str) -> tuple[str, str]:
    """Say that a condition is open: because nobody said, or because both is so."""
    rule, lacks = quoted(claim.rule), case.lacks([claim])
    if lacks:
        known = " and ".join(FACTS[each] for each in lacks)
        reason = f"Whether {name} is in scope depends on {known}: the rule {rule} {verb} it only if"
        return "facts-missing", f"{reason} that fits."
    reason = f"A person has to decide about {name}: the condition of the rule {rule} fits a part"
    return "facts-differ", f"{reason} of it only."


def _only_unsettled(claim: Claim, case: Case) -> bool:
    """Tell whether a permit would cover the target, were it not for its conditions."""
    narrow = claim.part.narrow
    return claim.conditional and narrow is not None and bool(narrow.reach(case.target).extent)


def _asks(claim: Claim, case: Case) -> tuple[Question, ...]:
    """Return the questions of an exclusion that have no answer yet."""
    return tuple(each for each in claim.rule.unless if case.answers.get(each.id) is None)
