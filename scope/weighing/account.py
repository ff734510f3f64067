"""A verdict in full: the ruling, and everything that led to it."""

from dataclasses import replace

from scope.verdict import SetAside, Verdict
from scope.weighing import reasons, settling
from scope.weighing.case import Case
from scope.weighing.claim import Claim
from scope.weighing.quoting import rules
from scope.weighing.standing import Claims, Standing


def explain(case: Case, standing: Standing) -> Verdict:
    """Turn the claims on a target into a verdict."""
    return replace(
        reasons.decided(case, standing),
        target=str(case.target),
        notes=case.target.changes,
        set_aside=rules((*standing.waived, *(each.exclusion for each in standing.outranked))),
        overruled=_overruled(case, standing),
        conditions=_conditions(case, standing.everyone),
    )


def _overruled(case: Case, standing: Standing) -> tuple[SetAside, ...]:
    """Say what each exclusion that gave way gave way to."""
    waived = (SetAside(claim.rule, answer=_lifted(claim, case)) for claim in standing.waived)
    beaten = (SetAside(pair.exclusion.rule, by=pair.permit.rule) for pair in standing.outranked)
    return tuple(dict.fromkeys((*waived, *beaten)))


def _lifted(claim: Claim, case: Case) -> str | None:
    """Return the id of the first question whose "yes" lifted an exclusion."""
    given = (each.id for each in claim.rule.unless if case.answers.get(each.id) is True)
    return next(given, None)


def _conditions(case: Case, claims: Claims) -> tuple[str, ...]:
    """Say how the conditions of the claims came out, each sentence once."""
    said = (each for c in claims for each in settling.sentences(c, case.target, case.facts))
    return tuple(dict.fromkeys(said))
