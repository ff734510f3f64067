"""A policy for programs: everything a pack says, under the pack's own keys.

What the pack does not say is null, never a default that reads like a promise. A key keeps its
meaning; new ones may be added beside it. Lengths of time are written as in packs, days as ISO 8601.
Rules, clauses, promises and questions carry the ids that receipts and reports name them by.
"""

from dataclasses import dataclass
from typing import Final

from portal.policy.as_json import duties, program, scope, terms
from portal.policy.as_json.shapes import Plain
from portal.policy.pack import Policy
from scope.formats.portico import Edition

FORMAT: Final = "portico-policy/1"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version of a policy stands among the others.

    Attributes:
        edition: Its number, hash and time.
        newest: Number of the version in force.
        address: Where the version in force is found.
    """

    edition: Edition
    newest: int
    address: str


def machine(policy: Policy, standing: Standing | None = None) -> Plain:
    """Return a policy as values that `json` can write.

    Args:
        policy: The policy.
        standing: Which version it is; None for a pack that is not published.
    """
    return {
        "format": FORMAT,
        "version": standing.edition.version if standing else None,
        "published": _instant(standing),
        "superseded_by": _superseded(standing),
        "address": standing.address if standing else None,
        "sha256": policy.sha256,
        **said(policy),
    }


def said(policy: Policy) -> Plain:
    """Return what a pack says, table by table, in the order of the policy page."""
    return {
        "program": program.program(policy),
        "contact": [program.contact(one) for one in policy.contacts] or None,
        "reports": {"quick": policy.reports.quick, "questions": policy.reports.questions},
        "scope": scope.scope(policy.scope_rules),
        "conduct": [duties.clause(one) for one in policy.conduct] or None,
        "promise": [duties.promise(one) for one in policy.promises] or None,
        "disclosure": duties.disclosure(policy.disclosure) if policy.disclosure else None,
        "reward": terms.reward(policy.reward) if policy.reward else None,
        "recognition": terms.recognition(policy),
        "safe_harbour": terms.harbour(policy.safe_harbour) if policy.safe_harbour else None,
        "anonymity": {"text": policy.anonymity} if policy.anonymity else None,
        "data_handling": terms.data(policy),
        "authorities": terms.authorities(policy),
        "retention": terms.retention(policy.retention) if policy.retention else None,
        "readers": {"roles": list(policy.readers)} if policy.readers else None,
        "desk": {"two_people": list(policy.two_people)} if policy.two_people else None,
        "fields": [
            {"id": one.field.id, "label": one.field.label, "strength": one.strength}
            | {"note": one.note}
            for one in policy.fields
        ],
        "calendar": program.calendar(policy),
    }


def _instant(standing: Standing | None) -> str | None:
    published = standing.edition.published if standing else None
    return published.isoformat() if published else None


def _superseded(standing: Standing | None) -> int | None:
    """Return the version in force, when this is another one."""
    if standing is None or standing.newest == standing.edition.version:
        return None
    return standing.newest
