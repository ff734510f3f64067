"""Advice about a program's rules, before anyone relies on them.

>>> for found in lint(["*.shop.example", "github.com"], ["*.shop.example"]):
...     print(found.grade.value, found.code, found.rule.pattern)
warning both-sides *.shop.example
notice apex-unmentioned *.shop.example
warning shared-host github.com
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from scope import findings
from scope.advice import ADVICE, Grade
from scope.claim import Claim
from scope.extent import Extent
from scope.finding import Finding
from scope.names import Names
from scope.precedence import inside
from scope.reading import read
from scope.region import Region, hosts_extent
from scope.rule import Rule
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
) -> tuple[Lint, ...]:
    """Return advice about rules, in the order of the rules: included first.

    Every rule is compared with every other, which suits the hundreds of rules that programs have.
    """
    included, excluded = _Side.of(include, settings), _Side.of(exclude, settings)
    found: list[Lint] = []
    for at, rule in enumerate(included.rules):
        alone = findings.of_rule(rule, settings, permits=True)
        found += _worded(rule, chain(alone, _of_permit(at, included, excluded, settings)))
    for at, rule in enumerate(excluded.rules):
        alone = findings.of_rule(rule, settings, permits=False)
        found += _worded(rule, chain(alone, _of_exclusion(at, included, excluded)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Side:
    """The rules of one side, and the claims of each."""

    rules: tuple[Rule, ...]
    claims: tuple[tuple[Claim, ...], ...]

    @classmethod
    def of(cls, given: Iterable[str | Rule], settings: Settings) -> "_Side":
        """Read the rules of one side."""
        rules = tuple(Rule(each) if isinstance(each, str) else each for each in given)
        return cls(
            rules,
            tuple(
                tuple(Claim(rule, part) for part in read(rule, settings).parts) for rule in rules
            ),
        )

    def others(self, at: int) -> Iterator[tuple[int, tuple[Claim, ...]]]:
        """Go through the claims of all rules but one, with their places."""
        return (pair for pair in enumerate(self.claims) if pair[0] != at and pair[1])


def _of_permit(at: int, included: _Side, excluded: _Side, settings: Settings) -> Iterator[Finding]:
    """Compare an included rule with all others."""
    mine = included.claims[at]
    yield from _overlaps(at, included)
    for theirs in excluded.claims:
        pattern = theirs[0].rule.pattern if theirs else ""
        if mine and theirs and _covers(mine, theirs) and _covers(theirs, mine):
            yield Finding("both-sides", pattern)
        elif any(inside(one, other) for one in mine for other in theirs):
            yield Finding("inside-exclusion", pattern)
    if settings.wildcard_apex == "exclude":
        yield from _apex(mine, chain(*included.claims, *excluded.claims))


def _of_exclusion(at: int, included: _Side, excluded: _Side) -> Iterator[Finding]:
    """Compare an excluded rule with all others."""
    mine = excluded.claims[at]
    yield from _overlaps(at, excluded)
    everyone = chain.from_iterable(included.claims)
    permits = [claim.part.wide for claim in everyone if not claim.part.borrowed]
    if mine and not any(_may_meet(claim.part.wide, each) for claim in mine for each in permits):
        yield Finding("excludes-nothing")


def _overlaps(at: int, side: _Side) -> Iterator[Finding]:
    """Find a rule of the same side that already says all that one says; one is enough."""
    mine = side.claims[at]
    for place, theirs in side.others(at):
        if not mine or not _covers(theirs, mine):
            continue
        same = _covers(mine, theirs)
        if same and place < at:
            yield Finding("duplicate", theirs[0].rule.pattern)
            return
        if not same:
            yield Finding("shadowed", theirs[0].rule.pattern)
            return


def _apex(mine: tuple[Claim, ...], everyone: Iterable[Claim]) -> Iterator[Finding]:
    """Find wildcards of which no rule says whether the name itself is meant."""
    bases = [
        Names(claim.part.narrow.hosts.text[2:])
        for claim in mine
        if claim.part.narrow and _plain_wildcard(claim.part.narrow)
        if isinstance(claim.part.narrow.hosts, Names)
    ]
    mentioned = [claim.part.wide.hosts for claim in everyone] if bases else []
    for base in bases:
        if not any(hosts_extent(each, base) is Extent.WHOLE for each in mentioned):
            yield Finding("apex-unmentioned", base.text)


def _plain_wildcard(region: Region) -> bool:
    """Tell whether a region is ``*.`` and a name without further stars."""
    place = region.hosts
    return isinstance(place, Names) and place.text.startswith("*.") and place.text.count("*") == 1


def _covers(outer: tuple[Claim, ...], inner: tuple[Claim, ...]) -> bool:
    """Tell whether each claim of one rule lies within some claim of another."""
    return all(any(_holds(one, other) for one in outer) for other in inner)


def _holds(outer: Claim, inner: Claim) -> bool:
    """Tell whether a claim surely contains another, in both readings."""
    narrow, within = outer.part.narrow, inner.part.narrow
    wide = outer.part.wide.contains(inner.part.wide)
    return wide and (within is None or (narrow is not None and narrow.contains(within)))


def _may_meet(one: Region, other: Region) -> bool:
    """Tell whether two regions could have a host in common; a lone path meets every host."""
    if one.hosts is None or other.hosts is None:
        return True
    pair = hosts_extent(one.hosts, other.hosts), hosts_extent(other.hosts, one.hosts)
    ports = {one.port, other.port} - {None}
    return pair != (Extent.NONE, Extent.NONE) and len(ports) < 2


def _worded(rule: Rule, found: Iterable[Finding]) -> Iterator[Lint]:
    """Put findings into words, each once."""
    for finding in dict.fromkeys(found):
        advice = ADVICE[finding.code]
        text = " ".join(finding.detail.split())
        quoted = text if len(text) <= 80 else f"{text[:79]}\u2026"
        yield Lint(
            finding.code,
            advice.grade,
            rule,
            advice.message.format(detail=quoted),
            advice.hint.format(detail=quoted),
        )
