"""Advice on the rules of a pack: the scope library's, and what only the pack can tell."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from portal.policy.faults import Path
from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.remarks import BOD, Found, Level
from scope import Rule, lint
from scope.lint.advice import Grade

# Names that no one can own (RFC 2606 section 2): a rule about them decides nothing real.
RESERVED_ENDINGS: Final = (".example", ".invalid", ".test", ".localhost")
# What the library says of a rule that changes no ruling; it may be there for its other parts.
_IDLE: Final = frozenset({"excludes-nothing", "shadowed"})

# The library's messages say what happens; this is what it comes to for people.
_WHY: Final[dict[Level, str]] = {
    "warning": "Researchers would be told something else than the rule seems to mean.",
    "notice": "It is unusual enough to be looked at once.",
}


def check(policy: Policy, *, now: date | None = None) -> Iterator[Found]:
    """Yield remarks on the rules of a policy; None as the day leaves open which days are past."""
    rules = policy.scope_rules
    places: dict[Rule, Path] = {}
    for side, listed in (("in", rules.include), ("out", rules.exclude)):
        for number, rule in enumerate(listed):
            places[rule] = ("scope", side, number)
            yield from _placeholder(rule, places[rule])
    yield from _advice(policy, places, now)
    if not rules.include:
        yield silent(
            "scope",
            "no-scope",
            "which addresses are covered",
            f"{BOD} wants the scope listed; without it, people test what is not yours.",
            '[[scope.in]] with pattern = "*.your-domain.com"',
        )
    if rules.on_out == "refuse" and not rules.exclude:
        yield Found(
            ("scope", "on_out"),
            "notice",
            "refuses-nothing",
            "Reports about excluded targets are refused, and no rule excludes any.",
            "The setting has no effect.",
            "Add [[scope.out]], or take on_out out.",
        )


def _advice(policy: Policy, places: dict[Rule, Path], now: date | None) -> Iterator[Found]:
    """Yield what the library notices; its errors are warnings here, because the pack still runs."""
    rules = policy.scope_rules
    for one in lint.lint(rules.include, rules.exclude, rules.scope.settings, now=now):
        if one.code in _IDLE and (one.rule.redirect or not one.rule.reward):
            continue
        level: Level = "notice" if one.grade is Grade.NOTICE else "warning"
        why = _WHY[level]
        yield Found(places[one.rule], level, one.code, one.message, why, one.hint)


def _placeholder(rule: Rule, path: Path) -> Iterator[Found]:
    """Yield a notice for a rule that stands for something still to be filled in."""
    if rule.pattern.casefold().rstrip("./").endswith(RESERVED_ENDINGS):
        yield Found(
            path,
            "notice",
            "example-name",
            f"{rule.pattern} is a name for examples.",
            "Nobody can own it, so this rule decides nothing real.",
            "Replace it with the real name, or take the rule out.",
        )
