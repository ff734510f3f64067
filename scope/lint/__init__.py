"""Advice about a program's rules, before anyone relies on them.

>>> for found in lint(["*.shop.example", "github.com"], ["*.shop.example"]):
...     print(found.grade.value, found.code, found.rule.pattern)
warning both-sides *.shop.example
notice apex-unmentioned *.shop.example
warning shared-host github.com
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from scope.lint import findings, overlaps
from scope.lint.advice import ADVICE, LONGEST_DETAIL, Grade
from scope.lint.overlaps import Group
from scope.places.addresses import Addresses
from scope.places.region import Region
from scope.reading import clauses, read
from scope.reading.finding import Finding
from scope.rule import Rule, Side
from scope.settings import Settings

AS_USUAL = Settings()


@dataclass(frozen=True, slots=True)
class Lint:
    """One piece of advice about one rule.

    Attributes:
        code: Stable name, in kebab-case.
        grade: Whether the rule works, works as meant, or could be plainer.
        rule: The rule it is about.
        message: What was found, one sentence.
        hint: What to do about it, one sentence.
    """

    code: str
    grade: Grade
    rule: Rule
    message: str
    hint: str


def lint(
    include: Iterable[str | Rule],
    exclude: Iterable[str | Rule] = (),
    settings: Settings = AS_USUAL,
    *,
    now: date | None = None,
) -> tuple[Lint, ...]:
    """Return advice about rules, in the order of the rules: included first.

    Args:
        include: Rules that permit.
        exclude: Rules that forbid.
        settings: How the program wants them read.
        now: The day on which conditions may have run out; None leaves that open.
    """
    included = _group(include, "in", settings)
    excluded = _group(exclude, "out", settings)
    found: list[Lint] = []
    for group in (included, excluded):
        for at, rule in enumerate(group.rules):
            permits = group is included
            alone = findings.of_rule(rule, group.readings[at], permits=permits, now=now)
            if permits:
                pairs = overlaps.of_permit(at, included, excluded, settings)
            else:
                pairs = overlaps.of_exclusion(at, included, excluded)
            found += worded(rule, _spelled_out(chain(alone, pairs), included))
    return tuple(found)


def _group(given: Iterable[str | Rule], side: Side, settings: Settings) -> Group:
    """Read the rules of one side."""
    rules = tuple(Rule(each, side=side) if isinstance(each, str) else each for each in given)
    return Group.of(rules, tuple(read(rule, settings) for rule in rules))


def _spelled_out(found: Iterable[Finding], included: Group) -> Iterator[Finding]:
    """Put the included blocks into the proposals that speak of "the in-scope ranges"."""
    for finding in found:
        blocks = _blocks(included) if finding.code == "condition-outside" else []
        if blocks:
            proposed = clauses.proposal(finding.detail, "not_resolves_to", blocks)
            yield Finding("condition-proposed", proposed)
        else:
            yield finding


def _blocks(included: Group) -> list[str]:
    """Return the included addresses that are permitted wholly, each block once."""
    regions = (claim.part.narrow for claims in included.claims for claim in claims)
    places = (region.hosts for region in regions if region and region == Region(region.hosts))
    return list(dict.fromkeys(str(each) for each in places if isinstance(each, Addresses)))


def worded(rule: Rule, found: Iterable[Finding]) -> Iterator[Lint]:
    """Put findings into words, each once."""
    for finding in dict.fromkeys(found):
        advice = ADVICE[finding.code]
        text = " ".join(finding.detail.split())
        longest = LONGEST_DETAIL.get(finding.code, 80)
        quoted = text if len(text) <= longest else f"{text[: longest - 1]}\u2026"
        yield Lint(
            finding.code,
            advice.grade,
            rule,
            advice.message.format(detail=quoted),
            advice.hint.format(detail=quoted),
        )
