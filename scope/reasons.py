"""The sentence that goes with each ruling, in words for someone under stress."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scope.claim import Claim
from scope.errors import InvalidTarget
from scope.precedence import Claims, Standing
from scope.rule import Question, Rule
from scope.target import Target
from scope.verdict import Ruling, Verdict

LONGEST = 120  # characters of a target or rule that a sentence quotes

_UNCERTAIN = {  # why a permit's narrow reading is silent: code and what to say
    "broad": ("unconfirmed-broad", "is so broad that the program has to confirm it first"),
    "placeholder": ("placeholder", "has a gap that the program has to fill in"),
}
_UNCLEAR = ("unclear-permission", "may or may not be meant to cover it")


def refused(error: InvalidTarget) -> Verdict:
    """Say why a text is no target."""
    return Verdict(Ruling.INVALID, None, f"{error.message} {error.hint}", error.code)


def explain(target: Target, standing: Standing, answers: Mapping[str, bool]) -> Verdict:
    """Turn the claims on a target into a verdict."""
    return replace(
        _decided(_short(str(target)), standing, answers),
        target=str(target),
        notes=target.changes,
        set_aside=_rules(standing.waived + standing.outranked),
    )


def _decided(name: str, standing: Standing, answers: Mapping[str, bool]) -> Verdict:
    """Let the first kind of claim that applies decide."""
    if standing.bars:
        return _out(name, standing)
    if standing.pending:
        return _pending(name, standing, answers)
    if standing.permits:
        return _with_holes(name, standing) if standing.holes else _in(name, standing)
    if standing.slices:
        return _sliced(name, standing)
    if standing.hopes:
        return _hoped(name, standing)
    reason = f"No rule mentions {name}, so treat it as not allowed."
    return Verdict(Ruling.UNKNOWN, None, reason, "not-mentioned")


def _out(name: str, standing: Standing) -> Verdict:
    """Say that an exclusion decides, and where the report belongs if that is known."""
    rule, code = standing.bars[0].rule, "excluded"
    reason = f"{name} is out of scope: the program excludes it with the rule {_quoted(rule)}."
    if rule.redirect:
        code = "excluded-redirect"
        reason = f"{name} is out of scope here: report it to {rule.redirect.vendor} instead."
    inner = _rules(standing.slices)
    return Verdict(Ruling.OUT, rule, reason, code, exceptions=inner, redirect=rule.redirect)


def _pending(name: str, standing: Standing, answers: Mapping[str, bool]) -> Verdict:
    """Say which questions decide, or that a person has to."""
    rule, code = standing.pending[0].rule, "unclear-exclusion"
    reason = f"A person has to decide about {name}: the rule {_quoted(rule)} may exclude it."
    asked = _open_questions(standing.pending, answers)
    if asked:
        code = "questions-open"
        many = "a question" if len(asked) == 1 else f"{len(asked)} questions"
        reason = f"Whether {name} is in scope depends on your answer to {many}."
    return Verdict(Ruling.REVIEW, rule, reason, code, questions=asked)


def _in(name: str, standing: Standing) -> Verdict:
    """Say which rule permits, and what it does not permit."""
    rule, code = standing.permits[0].rule, "listed"
    paid = "" if rule.reward else ", without a reward"
    reason = f"{name} is in scope{paid}: the rule {_quoted(rule)} covers it"
    if standing.outranked:
        code = "listed-inside-exclusion"
        reason += (
            f" and counts for more than the wider exclusion {_quoted(standing.outranked[0].rule)}"
        )
    if standing.exceptions:
        reason += f", except for what {_named(standing.exceptions, 'exclude')}"
    left_out = _rules(standing.exceptions)
    return Verdict(Ruling.IN, rule, f"{reason}.", code, exceptions=left_out, reward=rule.reward)


def _with_holes(name: str, standing: Standing) -> Verdict:
    """Say that some of the hosts asked about are excluded."""
    rule, holes = standing.permits[0].rule, _named(standing.holes, "exclude")
    reason = f"Only a part of {name} is in scope: {holes} the rest."
    left_out = _rules(standing.holes + standing.exceptions)
    return Verdict(Ruling.PARTIAL, rule, reason, "partly-excluded", exceptions=left_out)


def _sliced(name: str, standing: Standing) -> Verdict:
    """Say which part of the target is covered."""
    rule, listed = standing.slices[0].rule, _named(standing.slices, "cover")
    reason = f"Only a part of {name} is in scope: what {listed}."
    left_out = _rules(standing.holes + standing.exceptions)
    return Verdict(Ruling.PARTIAL, rule, reason, "partly-listed", exceptions=left_out)


def _hoped(name: str, standing: Standing) -> Verdict:
    """Say why a rule that may cover the target does not settle it."""
    claim = standing.hopes[0]
    code, clause = _UNCERTAIN.get(claim.part.why, _UNCLEAR)
    reason = f"A person has to decide about {name}: the rule {_quoted(claim.rule)} {clause}."
    return Verdict(Ruling.REVIEW, claim.rule, reason, code)


def _open_questions(pending: Claims, answers: Mapping[str, bool]) -> tuple[Question, ...]:
    """Return the questions without an answer, each once."""
    asked = (question for claim in pending for question in claim.rule.unless)
    return tuple(dict.fromkeys(each for each in asked if answers.get(each.id) is None))


def _rules(claims: Iterable[Claim]) -> tuple[Rule, ...]:
    """Return the rules behind claims, each once."""
    return tuple(dict.fromkeys(claim.rule for claim in claims))


def _named(claims: Claims, verb: str) -> str:
    """Say what the rules behind claims do: one, two, or the first and how many more."""
    first, *others = _rules(claims)
    if not others:
        return f"the rule {_quoted(first)} {verb}s"
    more = _quoted(others[0]) if len(others) == 1 else f"{len(others)} others"
    return f"the rules {_quoted(first)} and {more} {verb}"


def _quoted(rule: Rule) -> str:
    """Quote a rule as the program wrote it."""
    return f'"{_short(" ".join(rule.pattern.split()))}"'


def _short(text: str) -> str:
    """Cut a text that would bury the sentence it stands in."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
