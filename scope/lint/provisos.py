"""What there is to say about the condition of a rule."""

from collections.abc import Iterator
from datetime import date

from scope.places.addresses import Addresses
from scope.places.names import Names
from scope.reading.finding import Finding
from scope.reading.part import Part
from scope.rule import Rule
from scope.targets.app import App
from scope.weighing.conditions import Aliased, Condition, Resolved


def of_rule(rule: Rule, parts: tuple[Part, ...], *, now: date | None) -> Iterator[Finding]:
    """Yield what to say about a rule's condition; the parts are those of the rule, read.

    >>> from scope.when import When
    >>> late = Rule("shop.example", when=When(until=date(2026, 1, 31)))
    >>> [found.code for found in of_rule(late, (), now=date(2026, 11, 22))]
    ['condition-past']
    """
    when = rule.condition
    if when is None:
        return
    if when.until and now and when.until < now:
        yield Finding("condition-past", f"{when.until}")
    conditions = when.conditions()
    yield from _opposed(conditions)
    if parts and all(any(_impossible(part, each) for each in conditions) for part in parts):
        yield Finding("condition-never", f"nothing it names {' and '.join(map(str, conditions))}")


def _opposed(conditions: tuple[Condition, ...]) -> Iterator[Finding]:
    """Find blocks to resolve to, all of which it must not resolve to as well."""
    inner = [each for each in conditions if isinstance(each, Resolved) and not each.outside]
    outer = [each for each in conditions if isinstance(each, Resolved) and each.outside]
    for one, other in zip(inner, outer, strict=False):
        if all(any(bar.contains(block) for bar in other.blocks) for block in one.blocks):
            yield Finding("condition-never", "what resolves_to asks for, not_resolves_to forbids")


def _impossible(part: Part, condition: Condition) -> bool:
    """Tell whether a condition cannot hold for anything that a part names."""
    hosts = part.wide.hosts
    if isinstance(hosts, App):
        return isinstance(condition, Resolved | Aliased)
    if isinstance(hosts, Addresses):
        return isinstance(condition, Aliased) or _elsewhere(hosts, condition)
    return isinstance(hosts, Names) and _of_itself(hosts, condition)


def _elsewhere(hosts: Addresses, condition: Condition) -> bool:
    """Tell whether addresses, each of which resolves to itself, all lie on the wrong side."""
    if not isinstance(condition, Resolved):
        return False
    if condition.outside:
        return any(block.contains(hosts) for block in condition.blocks)
    return not any(block.extent(hosts) for block in condition.blocks)


def _of_itself(hosts: Names, condition: Condition) -> bool:
    """Tell whether one name would have to be an alias of just itself."""
    return (
        isinstance(condition, Aliased)
        and hosts.single
        and all(each == Names(hosts.text, wide=True) for each in condition.wide)
    )
