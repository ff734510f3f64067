"""A scope receipt some time later: the rule it was about, the target, and what changed since."""

import base64
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import scope
from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.signer import target_hash
from portal.errors import NoSuchProgram, NoSuchVersion, StatementRefused
from portal.intake.asked_facts import NOTHING_KNOWN
from portal.intake.checking import LONGEST_TARGET, NONCE_BYTES, dated
from portal.intake.proof import Proof
from portal.policy.since import Since, since
from scope import Facts, Rule
from scope.answers import among


@dataclass(frozen=True, slots=True)
class Memory:
    """What someone kept beside a receipt; used for one answer and forgotten.

    Attributes:
        target: What they asked about, as they remember it; empty when they do not say.
        code: The receipt's code, as it was shown; empty likewise.
        answers: Yes or no to the policy's questions, by question id.
        facts: What they know of the target.
    """

    target: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    answers: Mapping[str, bool] = field(default_factory=dict)
    facts: Facts = field(default=NOTHING_KNOWN, repr=False)


@dataclass(frozen=True, slots=True)
class LookBack:
    """A scope receipt seen from now.

    Attributes:
        rule: The rule that decided, as it was written then; None when none did, or when this
            portal does not know that version of the policy.
        program: The program now; None when this portal no longer has it.
        same: Whether the policy in force is the receipt's, to the byte.
        target: The target, once shown to be the receipt's; None when it was not given.
        since: The ruling now beside the one then; None without a target or a program.
    """

    rule: Rule | None
    program: Program | None
    same: bool
    target: str | None = field(default=None, repr=False)
    since: Since | None = None


def look_back(proof: Proof, memory: Memory, *, catalogue: Catalogue, now: datetime) -> LookBack:
    """Say what became of a ruling.

    Args:
        proof: A scope receipt that holds.
        memory: What its holder kept beside it.
        catalogue: The policies of then and now.
        now: Present time, aware.

    Raises:
        StatementRefused: The target, with this code, is not the one the receipt is about.
    """
    claims = proof.claims
    target = _shown(claims, memory) if memory.target or memory.code else None
    program = _program(catalogue, claims, now)
    return LookBack(
        rule=_rule_then(catalogue, claims),
        program=program,
        same=program is not None and program.policy.sha256 == claims["policy"]["sha256"],
        target=target,
        since=_since(claims, target, program, memory, now) if target and program else None,
    )


def _since(
    claims: Mapping[str, Any], target: str, program: Program, memory: Memory, now: datetime
) -> Since:
    """Rule again, with the policy in force."""
    return since(
        claims,
        target=target,
        scope=program.policy.scope_rules.scope,
        policy_version=program.policy_version,
        policy_sha256=program.policy.sha256,
        answers=among(memory.answers, program.policy.scope_rules.scope.questions),
        facts=dated(memory.facts, program=program, now=now),
    )


def _program(catalogue: Catalogue, claims: Mapping[str, Any], now: datetime) -> Program | None:
    """Return the program as it is now."""
    try:
        return catalogue.program(claims["program"], now=now)
    except NoSuchProgram:
        return None


def _rule_then(catalogue: Catalogue, claims: Mapping[str, Any]) -> Rule | None:
    """Find the rule in the version of the policy that the receipt names."""
    stated = claims["policy"]
    try:
        policy = catalogue.policy(claims["program"], stated["version"])
    except NoSuchVersion:
        return None
    if policy.sha256 != stated["sha256"] or claims["rule"] is None:
        return None
    rules = policy.scope_rules.include + policy.scope_rules.exclude
    return next((rule for rule in rules if rule.id == claims["rule"]), None)


def _shown(claims: Mapping[str, Any], memory: Memory) -> str:
    """Return the target that the receipt is about, in its normal form."""
    nonce = _nonce(memory.code)
    for reading in _readings(memory.target):
        if hmac.compare_digest(target_hash(nonce, reading), claims["target_hash"]):
            return reading
    raise StatementRefused(
        "The receipt is genuine, but it is not about this target, or the code is another one.",
        hint="Give the target as the ruling named it, and the code that stood below the receipt.",
    )


def _nonce(code: str) -> bytes:
    """Read the code, blanks and line breaks included."""
    try:
        nonce = base64.b64decode("".join(code.split()) + "==", altchars=b"-_", validate=True)
    except ValueError:
        nonce = b""
    if len(nonce) != NONCE_BYTES:
        raise StatementRefused(
            "The code is missing or cut short.",
            hint="It has 22 letters and digits. Without a target, leave it out as well.",
        )
    return nonce


def _readings(text: str) -> Iterator[str]:
    """Yield a target as it is checked: all of it, and its site alone, as the form sends it."""
    if len(text) > LONGEST_TARGET:
        return
    scheme, mark, rest = text.strip().rpartition("://")
    site = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    for cut in (text, f"{scheme}{mark}{site}", site):
        try:
            yield str(scope.normalise(cut))
        except scope.InvalidTarget:
            continue
