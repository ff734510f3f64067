"""Checking what a portal signed, on one's own machine and long after.

A signature shows that the portal said it, not that its clock was right or that it kept its word.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import scope
from portal.cases.kinds import REPORT
from portal.errors import StatementRefused
from portal.offline.sent_target import sent_target
from portal.policy import statement
from portal.policy.keyset import Keyset
from portal.policy.succession import Succession

KINDS: Mapping[str, str] = {
    statement.REPORT_RECEIPT: "report receipt",
    statement.SCOPE_RECEIPT: "scope receipt",
}
NONCE_BYTES = 16
TICKS = ("exposed", "exploited")  # what a reporter lets the server see, besides the kind


@dataclass(frozen=True, slots=True)
class Proof:
    """A receipt whose signature fits.

    Attributes:
        kind: ``report receipt`` or ``scope receipt``.
        claims: What the portal stated.
        signed_at: By the portal's clock.
    """

    kind: str
    claims: Mapping[str, Any]
    signed_at: datetime


def verify(text: str, *, key: Ed25519PublicKey) -> Proof:
    """Return what a receipt states, once its signature fits.

    Raises:
        StatementRefused: Not a receipt, altered, or signed with another key.
    """
    try:
        typ, claims = statement.verify_any(text.strip(), key=key, kinds=KINDS)
    except StatementRefused:
        raise _refused(
            "This is not a receipt signed with that key, or it was changed since.",
            "Portals change their key now and then: use the keyset of the receipt's own time.",
        ) from None
    return Proof(KINDS[typ], claims, _signed_at(claims))


def verify_by(text: str, *, keyset: Keyset) -> Proof:
    """Return what a receipt states, once it fits the receipt key of a root-signed keyset.

    Raises:
        StatementRefused: See `verify`; or it is dated outside that key's life, or about another
            program.
    """
    proof = verify(text, key=keyset.receipt_public_key)
    key = keyset.receipt_key
    if not key.valid_from <= proof.signed_at <= key.valid_until:
        raise _refused(
            "The receipt is dated outside the time its key was in use.", "Do not rely on it."
        )
    if proof.claims.get("program") != keyset.program:
        raise _refused("The receipt is about another program.", "Use that program's keyset.")
    return proof


def verify_among(text: str, *, keysets: Succession) -> Proof:
    """Return what a receipt states, under the receipt key that counted when it was signed.

    Raises:
        StatementRefused: Not a receipt, altered, by a key that no keyset names, dated outside that
            key's life, or about another program.
    """
    typ, claims = keysets.claims_any(text, kinds=KINDS)
    if claims.get("program") != keysets.newest.program:
        raise _refused("The receipt is about another program.", "Use that program's keyset.")
    return Proof(KINDS[typ], claims, _signed_at(claims))


def names_target(claims: Mapping[str, Any], *, nonce: str | None, target: str) -> bool:
    """Say whether a scope receipt is about this target.

    Args:
        claims: Of the scope receipt.
        nonce: Base64url salt that the client kept.
        target: The normalised target.
    """
    try:
        salt = base64.b64decode((nonce or "") + "==", altchars=b"-_", validate=True)
    except ValueError:
        return False
    digest = hashlib.sha256(salt + target.encode("utf-8", "replace")).hexdigest()
    stated = str(claims.get("target_hash")).encode("utf-8", "replace")
    return len(salt) == NONCE_BYTES and hmac.compare_digest(digest.encode("ascii"), stated)


def target_shown(proof: Proof, *, nonce: str, text: str) -> str:
    """Return the target a scope receipt is about, once shown to be the one meant.

    Args:
        proof: The receipt.
        nonce: Base64url salt, given to whoever asked.
        text: The target as typed; it is also tried as the checker reads and cuts it.

    Raises:
        StatementRefused: It is a receipt of another kind, or about another target.
    """
    if proof.kind != KINDS[statement.SCOPE_RECEIPT]:
        raise _refused(
            "Only a scope receipt is about a target, and this is none.", "Leave --target out."
        )
    for target in _readings(text):
        if names_target(proof.claims, nonce=nonce, target=target):
            return target
    raise _refused(
        "The signature holds, but the receipt is not about this target with this code.",
        "Give the target as the verdict named it, and the code that came with this receipt.",
    )


def _readings(text: str) -> Iterator[str]:
    """Yield a target as typed, and as it is checked with all of it, its path, or its host."""
    yield text
    cuts = (text, *(sent_target(text, uses_paths=paths) for paths in (True, False)))
    for cut in cuts:
        try:
            yield str(scope.normalise(cut or ""))
        except scope.InvalidTarget:
            continue


def verdict_of(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict of a scope receipt in the form that reports are filed under."""
    policy = claims.get("policy")
    version = policy.get("version") if isinstance(policy, dict) else None
    stated = {name: claims.get(name) for name in ("ruling", "rule", "code")}
    return stated | {"policy_version": version}


def names_files(claims: Mapping[str, Any], files: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether a report receipt names exactly these files.

    Args:
        claims: Of the report receipt.
        files: By role, the hashes to compare: ``header_sha256``, ``payload_sha256`` or both.
    """
    stated = claims.get("envelopes")
    if not isinstance(stated, list) or not all(isinstance(each, dict) for each in stated):
        return False
    named = {str(each.get("role")): each for each in stated}
    return (
        len(named) == len(stated)
        and named.keys() == files.keys()
        and all(
            named[role].get(name) == value
            for role, hashes in files.items()
            for name, value in hashes.items()
        )
    )


def is_filed_as(claims: Mapping[str, Any], *, kind: str, ticked: Collection[str]) -> bool:
    """Say whether a report receipt states this kind and these ticks, and no others.

    Which clocks run, and how soon somebody looks, goes by them.

    Args:
        claims: Of the report receipt; one from before there were ticks states none.
        kind: A key of `portal.cases.kinds.KINDS`.
        ticked: Names of the ticks, of ``exposed`` and ``exploited``.
    """
    stated = {name for name in TICKS if claims.get(name) is True}
    return claims.get("kind", REPORT) == kind and stated == set(ticked)


def program_named(text: str) -> str:
    """Return the program a receipt says it is about, before anything is checked.

    Good for finding the keyset to check it against, and for nothing else.

    Raises:
        StatementRefused: It is not a receipt.
    """
    try:
        middle = text.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return str(claims["program"])
    except (IndexError, KeyError, TypeError, ValueError, RecursionError):
        raise _refused(
            "This is not a receipt, or it is damaged.", "It is one long line with two dots."
        ) from None


def _signed_at(claims: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(claims["iat"], UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _refused("The receipt carries no date.", "Do not rely on it.") from None


def _refused(message: str, hint: str) -> StatementRefused:
    return StatementRefused(message, hint=hint)
