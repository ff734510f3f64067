"""What became of a signed ruling: does the policy of today still say the same?

A scope receipt proves what was said once. This compares it with another version of the policy,
mostly the one in force, without asking anybody: both sides are in the caller's hands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scope import Facts, Scope, Verdict
from scope.engine import NO_ANSWERS
from scope.facts import NO_FACTS


@dataclass(frozen=True, slots=True)
class Since:
    """A ruling then and now.

    Attributes:
        then: The ruling that was signed, as the receipt has it.
        now: The ruling of the policy it is compared with.
        same: Whether that is the very policy of the receipt, to the byte.
        verdict: What that policy says about the target, with its reason.
        sentence: What changed, for people; it quotes the rule as the program wrote it.
    """

    then: str
    now: str
    same: bool
    verdict: Verdict
    sentence: str

    @property
    def changed(self) -> bool:
        """Whether the ruling is another one."""
        return self.now != self.then


def since(
    claims: Mapping[str, Any],
    *,
    target: str,
    scope: Scope,
    policy_version: int | None,
    policy_sha256: str | None,
    answers: Mapping[str, bool] = NO_ANSWERS,
    facts: Facts = NO_FACTS,
) -> Since:
    """Rule again on the target of a scope receipt, and say what is different.

    Args:
        claims: What the receipt states; its signature is the caller's to check.
        target: What it is about, normalised; that, too, the caller has shown.
        scope: The rules to compare with.
        policy_version: Number of the policy they belong to; None when it is not known.
        policy_sha256: Its hash in lowercase hex; None when it is not known.
        answers: Yes or no to the policy's questions, by id; the receipt does not hold them.
        facts: What is known of the target; the receipt does not hold that either.
    """
    stated = claims.get("policy")
    policy: Mapping[str, Any] = stated if isinstance(stated, dict) else {}
    same = policy_sha256 is not None and policy.get("sha256") == policy_sha256
    verdict = scope.check(target, answers=answers, facts=facts)
    then, now = str(claims.get("ruling")), verdict.ruling.value
    if same:
        sentence = _unchanged(then, verdict, policy_version)
    else:
        sentence = _compared(then, verdict, policy.get("version"), policy_version)
    return Since(then, now, same, verdict, sentence)


def _unchanged(then: str, verdict: Verdict, version: int | None) -> str:
    """Say that the policy is the same one; answers and facts may still differ."""
    if verdict.ruling.value == then:
        return f"Nothing has changed: it is the same policy, {_version(version)}, word for word."
    return (
        f"It is the same policy, {_version(version)}. It was {then} then and is "
        f"{verdict.ruling.value} with the answers and facts given now: {verdict.reason}"
    )


def _compared(then: str, verdict: Verdict, signed: object, version: int | None) -> str:
    """Say what another policy says, and warn when it is not a later one."""
    now, given = verdict.ruling.value, _named(version)
    if now == then:
        words = f"It is still {now} by {given}, as it was by {_named(signed)}: "
    else:
        words = f"It was {then} by {_named(signed)}, and is {now} by {given}: "
    return f"{words}{verdict.reason}{_warning(signed, version)}"


def _warning(signed: object, version: int | None) -> str:
    """Say what is odd about two versions, if anything: policies only ever move on."""
    if type(signed) is not int or version is None or version > signed:
        return ""
    if version == signed:
        return f" But two different policies call themselves version {version}: ask the program."
    return " But that version is older than the receipt."


def _named(version: object) -> str:
    """Name a version of the policy."""
    return f"policy {_version(version)}" if type(version) is int else "a policy without a version"


def _version(version: object) -> str:
    """Name a version alone."""
    return f"version {version}" if type(version) is int else "without a version"
