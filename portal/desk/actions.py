"""What staff may record next about a report, with what each event needs and can choose from."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from portal.cases import choices, clock_gate, gates, held_data
from portal.cases.case import Case
from portal.cases.steps import GROUPS, STEPS, Step
from portal.desk import reasons
from portal.desk.telling import label
from portal.policy.authorities import REGIMES
from portal.policy.legal import rulebook

_REVISED: Final = frozenset({"updated"})  # news of work, in which a fix may get another date


def actions(case: Case, *, needs_two: frozenset[str]) -> list[dict[str, Any]]:
    """Return as JSON-ready data what may be recorded, in the order of a case.

    Args:
        case: The case as it stands.
        needs_two: Verbs that take two people.
    """
    return [_action(name, case, needs_two) for name in gates.offered(case)]


def _action(name: str, case: Case, needs_two: frozenset[str]) -> dict[str, Any]:
    step = STEPS[name]
    needs, takes = list(_needs(step, case)), list(_takes(name, step, case))
    return {
        "verb": step.verb,
        "name": name,
        "label": label(name),
        "group": next(title for title, names in GROUPS.items() if name in names),
        "needs": needs,
        "takes": takes,
        "choices": {
            field: [{"code": code, "words": words} for code, words in found.items()]
            for field in needs + takes
            if (found := _choices(name, field, case))
        },
        "private": step.private,
        "two_people": step.verb in needs_two,
        "reasons": reasons.offered(name),
    }


def _needs(step: Step, case: Case) -> Iterator[str]:
    yield from step.needs
    if "factors" in step.takes and _factors(case):
        yield "factors"


def _takes(name: str, step: Step, case: Case) -> Iterator[str]:
    if name in _REVISED:
        yield "expected"
    if "despite_held" in step.takes and held_data.is_held(case.history):
        yield "despite_held"
    if "message" in step.takes:
        yield "message"


def _choices(event: str, field: str, case: Case) -> Mapping[str, str] | None:
    """Return the codes that a field is chosen from, with their words; None for no list."""
    if field == "clock":
        return _clocks(event, case)
    if field == "regime":
        return {name: rulebook().regimes[name].name for name in _regimes(case)}
    if field == "stage":
        return _stages(case)
    if field == "factors":
        return _factors(case)
    return choices.of(event, field)


def _clocks(event: str, case: Case) -> Mapping[str, str]:
    """Return the clocks that can be stopped, or those that stand still."""
    still = clock_gate.stopped(case.history)
    labels = {rule.id: rule.label for rule in case.policy.clock_rules}
    wanted = event == "clock_resumed"
    return {
        name: labels.get(name, name)
        for name in clock_gate.promised(case)
        if (name in still) == wanted
    }


def _regimes(case: Case) -> tuple[str, ...]:
    """Return the laws that the policy names; all that are known where it names none."""
    asked = case.policy.authorities
    return asked.regimes if asked and asked.regimes else REGIMES


def _stages(case: Case) -> Mapping[str, str]:
    """Return the stages of those laws; one name can stand for a stage of several."""
    labels: dict[str, list[str]] = {}
    for rule in rulebook().applying(_regimes(case), case.today):
        labels.setdefault(rule.stage, []).append(rule.label)
    return {stage: " / ".join(dict.fromkeys(found)) for stage, found in labels.items()}


def _factors(case: Case) -> Mapping[str, str]:
    reward = case.policy.reward
    return {factor.id: factor.text for factor in reward.factors} if reward else {}
