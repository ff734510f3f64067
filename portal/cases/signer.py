"""The server's signature on verdicts, submissions and exports, and how it knows its own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.cases.heads import Head
from portal.cases.program import Program
from portal.cases.report import Verdict
from portal.errors import SettingMissing, StatementRefused
from portal.policy import statement


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with the receipt key what the server says, and recognises it when it comes back.

    Attributes:
        key: The receipt key, the only private key on the server; it opens nothing.
        issuer: The portal's own address.
    """

    key: Ed25519PrivateKey = field(repr=False)
    issuer: str

    @property
    def kid(self) -> str:
        """Fingerprint of the key, as statements and keysets name it."""
        return statement.fingerprint(self.key.public_key())

    def scope_receipt(
        self,
        program: Program,
        *,
        target: str,
        verdict: Verdict,
        nonce: bytes,
        now: datetime,
        given: Sequence[str] = (),
    ) -> str:
        """State a verdict about a target that only the holder of the nonce can name.

        Args:
            program: Whose policy decided.
            target: The normalised target; only its salted hash goes into the statement.
            verdict: What was ruled.
            nonce: 16 fresh random bytes, kept by the client alone.
            now: Present time, aware.
            given: Kinds of things that the asker said and the server took as said, such as
                ``answers`` or ``ips``: a ruling that hangs on them must not look like one that
                does not. What was said stays out.
        """
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "iat": int(now.timestamp()),
            "program": program.slug,
            "target_hash": target_hash(nonce, target),
            "ruling": verdict.ruling,
            "rule": verdict.rule,
            "code": verdict.code,
            "policy": {"version": program.policy_version, "sha256": program.policy.sha256},
        }
        if given:
            claims["given"] = list(given)
        return statement.sign(claims, key=self.key, typ=statement.SCOPE_RECEIPT)

    def verdict(self, scope_receipt: str, *, program: Program) -> Verdict | None:
        """Return what a scope receipt of ours says about this program; None for no receipt.

        Raises:
            StatementRefused: Forged, altered, of another kind, portal or program.
        """
        if not scope_receipt:
            return None
        public = self.key.public_key()
        claims = statement.verify(scope_receipt, key=public, typ=statement.SCOPE_RECEIPT)
        if claims.get("iss") != self.issuer or claims.get("program") != program.slug:
            raise StatementRefused(
                "The scope receipt is about another program or portal.",
                hint="Check the target again on this program's page.",
            )
        return Verdict(
            claims["ruling"], claims["rule"], claims["code"], claims["policy"]["version"]
        )

    def report_receipt(self, claims: dict[str, Any], *, now: datetime) -> str:
        """State that a report was kept; the claims come from `portal.intake.receipt`."""
        dated = {"iss": self.issuer, "iat": int(now.astimezone(UTC).timestamp()), **claims}
        return statement.sign(dated, key=self.key, typ=statement.REPORT_RECEIPT)

    def bundle(self, claims: dict[str, Any], *, now: datetime) -> str:
        """State what an export holds."""
        dated = {"iss": self.issuer, "iat": int(now.astimezone(UTC).timestamp()), **claims}
        return statement.sign(dated, key=self.key, typ=statement.BUNDLE)

    def audit_head(self, head: Head) -> str:
        """State where the audit log ends."""
        return statement.sign(head.claims, key=self.key, typ=statement.AUDIT_HEAD)

    def head_of(self, end: tuple[int, str], *, now: datetime) -> Head:
        """Return a head in this portal's name, for `audit_head` to sign.

        Args:
            end: Number and hash of the last entry, from `portal.cases.audit.end`.
            now: Present time, aware.
        """
        return Head(*end, at=now.astimezone(UTC).replace(microsecond=0), portal=self.issuer)


def target_hash(nonce: bytes, target: str) -> str:
    """Return the hex SHA-256 of nonce and normalised target, as scope receipts carry it."""
    return hashlib.sha256(nonce + target.encode()).hexdigest()


def read_receipt_key(path: Path) -> Ed25519PrivateKey:
    """Read the key that signs receipts: 64 hex digits, the Ed25519 seed.

    Raises:
        SettingMissing: Absent, unreadable or malformed.
    """
    try:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
        return Ed25519PrivateKey.from_private_bytes(seed)
    except (OSError, ValueError) as fault:
        raise SettingMissing(
            f"The receipt key {path.name} is missing or damaged.",
            hint="`portico init DIR --url URL` makes one; restore the old one from your backup, "
            "or receipts given so far can no longer be checked against the portal.",
        ) from fault
