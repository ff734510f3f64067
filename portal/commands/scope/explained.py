"""A verdict in full, for people: a line for each thing there is to say about it."""

import shlex
from collections.abc import Iterator, Mapping

from portal.offline import visible
from scope import Question, Rule, Verdict

# What is missing, in words, and the option that brings it.
MISSING: Mapping[str, str] = {
    "ips": "which addresses it resolves to; add --ip ADDRESS",
    "cnames": "which names it is an alias of; add --cname NAME",
    "tags": "what kind of target the program says it is; add --tag WORD",
    "date": "the day asked about; add --date YYYY-MM-DD",
}


def told(target: str, verdict: Verdict, *, origin: str = "") -> str:
    """Return the verdict and everything known about it, a line each.

    Args:
        target: As it was given.
        verdict: On it.
        origin: Where the rules are from, in words.
    """
    lines = [visible.line(f"{verdict.ruling.value}: {verdict.target or target}")]
    lines += (f"  {label}: {visible.line(text)}" for label, text in _facts(verdict, origin))
    return "".join(f"{line}\n" for line in lines)


def asked(verdict: Verdict) -> Iterator[str]:
    """Yield the questions that are open, each with the option that answers it."""
    yield from (visible.line(_question(each)) for each in verdict.questions)


def _facts(verdict: Verdict, origin: str) -> Iterator[tuple[str, str]]:
    """Go through what there is to say, the reason first."""
    yield "why", verdict.reason
    yield from (("read as", note) for note in verdict.notes)
    if verdict.rule:
        yield "decided by", _rule(verdict.rule)
        yield from _about(verdict.rule)
    if verdict.matched:
        yield "matched", verdict.matched
    yield from (("condition", each) for each in verdict.conditions)
    yield from (("missing", MISSING.get(each, each)) for each in verdict.missing)
    yield from (("question", each) for each in asked(verdict))
    yield from _others(verdict)
    if origin:
        yield "rules from", origin


def _about(rule: Rule) -> Iterator[tuple[str, str]]:
    """Go through what the program adds to the rule."""
    if rule.note:
        yield "note", rule.note
    if rule.redirect:
        yield "report to", f"{rule.redirect.vendor}, {rule.redirect.address}"


def _others(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Go through the rules that did not decide, and how far they reached."""
    for each in verdict.overruled:
        yield "set aside", f"{_rule(each.rule)}, by {_by(each.by, each.answer)}"
    yield from (("except", _rule(each)) for each in verdict.exceptions)
    yield from (("nearly", each) for each in verdict.nearest)
    yield from (("mentioned", f"{_rule(each)}, which decides nothing") for each in verdict.mentions)


def _by(rule: Rule | None, answer: str | None) -> str:
    """Name what set a rule aside."""
    if answer:
        return f"the answer to {answer}"
    return f'"{rule.pattern}"' if rule else "a smaller rule"


def _question(question: Question) -> str:
    """Ask, and say how to answer; ids come from strangers, and people copy such words."""
    name = shlex.quote(question.id)
    return f"{question.text} Add --answer {name}=yes or --answer {name}=no"


def _rule(rule: Rule) -> str:
    """Name a rule: its text as written, its side, and where it stands."""
    side = {"in": "included", "out": "excluded"}.get(rule.side or "")
    # A rule with an id is known by it; its line is that of a pack, which only the operator has.
    name = f"rule {rule.id}" if rule.id else f"line {rule.line}" if rule.line else None
    place = ", ".join(each for each in (side, rule.source, name) if each)
    return f'"{rule.pattern}"' + (f" ({place})" if place else "")
