"""A receipt as people read it."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.offline import promised, visible
from portal.offline.receipts import Proof
from portal.policy.dates import moment


def told(proof: Proof) -> Iterator[str]:
    """Yield lines for a terminal, whatever the portal put into its statement."""
    claims = proof.claims
    yield f"This {proof.kind} holds: the portal signed it on {moment(proof.signed_at)}."
    for label, value in _facts(claims):
        yield f"  {label:<9} {value}"
    files = list(promised.objects(claims.get("envelopes")))
    for each in files:
        yield f"  {'File':<9} {visible.line(each.get('role'))}, {_length(each)}"
        yield f"    SHA-256 of its header   {visible.line(each.get('header_sha256'))}"
        yield f"    SHA-256 of its payload  {visible.line(each.get('payload_sha256'))}"
    dates = list(promised.told(claims.get("deadlines"), now=False))
    if dates:
        yield "What was promised then"
        yield from dates


def _facts(claims: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    policy = claims.get("policy")
    version = policy.get("version") if isinstance(policy, dict) else None
    yield "Portal", visible.line(claims.get("iss"))
    of_version = f", version {visible.line(version)} of its policy" if version else ""
    yield "Program", visible.line(claims.get("program")) + of_version
    if "report" in claims:
        yield "Report", visible.line(claims["report"])
    yield "Ruling", _ruling(claims)
    conditions = claims.get("safe_harbour")
    if isinstance(conditions, list) and conditions:
        yield "Harbour", f"on condition of {', '.join(map(visible.line, conditions))}"


def _ruling(claims: Mapping[str, Any]) -> str:
    """Say how the target was ruled on: a scope receipt says it itself, a report receipt inside."""
    verdict = claims.get("verdict", claims)
    if not isinstance(verdict, dict) or not verdict.get("ruling"):
        return "none, the target was not checked"
    rule = verdict.get("rule")
    because = f"rule {visible.line(rule)}" if rule else visible.line(verdict.get("code"))
    return f"{visible.line(verdict['ruling'])} ({because})"


def _length(envelope: Mapping[str, Any]) -> str:
    return f"{visible.line(envelope.get('length'))} bytes"
