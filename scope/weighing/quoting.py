"""Rules and targets inside a sentence."""

from collections.abc import Iterable

from scope.rule import Rule
from scope.weighing.claim import Claim

LONGEST = 120  # characters of a target or rule that a sentence quotes


def rules(claims: Iterable[Claim]) -> tuple[Rule, ...]:
    """Return the rules behind claims, each once."""
    return tuple(dict.fromkeys(claim.rule for claim in claims))


def named(claims: Iterable[Claim], verb: str) -> str:
    """Say what the rules behind claims do: one, two, or the first and how many more."""
    first, *others = rules(claims)
    if not others:
        return f"the rule {quoted(first)} {verb}s"
    more = quoted(others[0]) if len(others) == 1 else f"{len(others)} others"
    return f"the rules {quoted(first)} and {more} {verb}"


def quoted(rule: Rule) -> str:
    """Quote a rule as the program wrote it."""
    return f'"{short(" ".join(rule.pattern.split()))}"'


def short(text: str) -> str:
    """Cut a text that would bury the sentence it stands in."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"
