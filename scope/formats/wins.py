"""Which permits a tool's exclusions leave standing.

In other tools every exclusion wins; here the smaller rule does. So a scope that was read lets its
exclusions win too, unless look-aheads say which permits they spare: then those win, and a permit
that lies in an exclusion without being spared is no rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scope.formats.listing import Listing, Remark
from scope.reading import read
from scope.rule import Rule
from scope.settings import Settings
from scope.weighing.claim import Claim
from scope.weighing.winners import inside

OVERRULED = "An exclusion takes all of it, and in the file exclusions win, so it is no rule."


@dataclass(frozen=True, slots=True)
class Found:
    """What one entry gave.

    Attributes:
        rules: Its rules.
        remarks: What a person should know of it.
        named: The expressions it is made of.
        spared: The expressions of the permits it leaves alone.
    """

    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...] = ()
    named: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()


def listing(name: str, included: Iterable[Found], excluded: Iterable[Found]) -> Listing:
    """Return the scope that a tool's entries make.

    Args:
        name: Of the program, if the file says it.
        included: The entries that include.
        excluded: The entries that exclude.
    """
    permits, bars = tuple(included), tuple(excluded)
    everything = [rule for each in (*permits, *bars) for rule in each.rules]
    settings = Settings(
        # An entry for one scheme is for that one only.
        strict_scheme=any("://" in rule.pattern for rule in everything),
        out_always_wins=not any(each.spared for each in bars),
    )
    dead = set() if settings.out_always_wins else _dead(permits, bars, settings)
    remarks = [remark for each in (*permits, *bars) for remark in each.remarks]
    remarks += [Remark("overruled", rule.pattern, OVERRULED) for rule in dead]
    kept = _once(rule for each in permits for rule in each.rules if rule not in dead)
    excluded_rules = _once(rule for each in bars for rule in each.rules)
    return Listing(name, kept, excluded_rules, settings, tuple(remarks))


def _once(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules without those that say the same as one before, as several entries may."""
    found: dict[tuple[str, str | None], Rule] = {}
    for rule in rules:
        found.setdefault((rule.pattern, rule.note), rule)
    return tuple(found.values())


def _dead(permits: Iterable[Found], bars: Iterable[Found], settings: Settings) -> set[Rule]:
    """Return the permits that lie in an exclusion which does not spare them."""
    walls = [(each.spared, _claims(each.rules, settings)) for each in bars]
    return {
        rule
        for each in permits
        for rule in each.rules
        for spared, claims in walls
        if not each.named & spared and _within(rule, claims, settings)
    }


def _within(rule: Rule, claims: list[Claim], settings: Settings) -> bool:
    """Tell whether a permit, in some part, lies inside an exclusion."""
    return any(inside(one, other) for one in _claims([rule], settings) for other in claims)


def _claims(rules: Iterable[Rule], settings: Settings) -> list[Claim]:
    """Read rules into their claims."""
    return [Claim(rule, part) for rule in rules for part in read(rule, settings).parts]
