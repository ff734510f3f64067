"""Keeping a program's keyset: a draft that people edit, signed by the offline root.

The draft holds public keys only, so it may travel by mail; the root key never leaves the machine
that signs.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.errors import KeysetRefused, StatementRefused
from portal.policy import keyset, statement
from portal.policy.entries import RECOVERY, Entry, SetKind
from portal.policy.keyset import Keyset

DRAFT_FORMAT = "portico/keyset-draft/v1"
RECEIPT_KEY_LIFE = timedelta(days=366)  # a rotation a year; each keyset repeats it


@dataclass(frozen=True, slots=True)
class KeysetDraft:
    """A keyset in the making.

    Attributes:
        program: Slug of the program.
        kind: ``hybrid`` or ``classic``, for every recipient.
        version: The version it becomes when signed.
        previous: SHA-256 (hex) of the keyset before it; None for the first.
        entries: Recipients, JSON-ready.
        receipt_key: The server's receipt key, JSON-ready; None until it is known.
    """

    program: str
    kind: SetKind
    version: int = 1
    previous: str | None = None
    entries: tuple[dict[str, Any], ...] = ()
    receipt_key: dict[str, Any] | None = None

    @classmethod
    def after(cls, before: Keyset) -> Self:
        """Start from a published keyset, with its people and its receipt key."""
        receipt = before.receipt_key
        return cls(
            program=before.program,
            kind=before.kind,
            version=before.version + 1,
            previous=before.sha256,
            entries=tuple(_plain(each) for each in before.entries),
            receipt_key={
                "kid": receipt.kid,
                "key": statement.key_text(receipt.public),
                "iat": int(receipt.valid_from.timestamp()),
                "exp": int(receipt.valid_until.timestamp()),
            },
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a draft file.

        Raises:
            KeysetRefused: It is not one.
        """
        try:
            raw = json.loads(text)
            if raw.pop("format") != DRAFT_FORMAT:
                raise _refused("This is not a keyset draft.", _NEW)
            return cls(**(raw | {"entries": tuple(raw["entries"])}))
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            raise _refused("This is not a keyset draft.", _NEW) from None

    def text(self) -> str:
        """Return the draft file."""
        members = {
            "format": DRAFT_FORMAT,
            "program": self.program,
            "kind": self.kind,
            "version": self.version,
            "previous": self.previous,
            "entries": list(self.entries),
            "receipt_key": self.receipt_key,
        }
        return json.dumps(members, indent=2, ensure_ascii=False) + "\n"

    def adding(self, card: dict[str, Any], *, role: str) -> Self:
        """Return the draft with one more person.

        Raises:
            KeysetRefused: The card is not usable, of the other kind, or there already.
        """
        entry = _entry({**card, "role": role})
        if entry.kind != self.kind:
            raise _refused(
                f"{entry.name} has a {entry.kind} key, and this keyset is {self.kind}.",
                "A keyset is all of one kind: make another identity for this person.",
            )
        if any(entry.name == each["name"] for each in self.entries):
            raise _refused(f"{entry.name} is in it already.", "Remove the old entry first.")
        if any(entry.recipient == each["recipient"] for each in self.entries):
            raise _refused(f"The key of {entry.name} is in it already.", "Use each key once.")
        return replace(self, entries=(*self.entries, _plain(entry)))

    def removing(self, name: str) -> Self:
        """Return the draft without one person.

        Raises:
            KeysetRefused: Nobody of that name is in it.
        """
        kept = tuple(each for each in self.entries if each["name"] != name)
        if len(kept) == len(self.entries):
            names = ", ".join(str(each["name"]) for each in self.entries) or "nobody"
            raise _refused(f"{name} is not in it.", f"It holds: {names}.")
        return replace(self, entries=kept)

    def with_receipt_key(self, key: Ed25519PublicKey, *, now: datetime) -> Self:
        """Return the draft with the key that the server signs receipts with.

        A key that is in it already keeps its first day, so that its older receipts stay good.
        """
        kid, known = statement.fingerprint(key), self.receipt_key or {}
        receipt = {
            "kid": kid,
            "key": statement.key_text(key),
            "iat": known["iat"] if known.get("kid") == kid else int(now.timestamp()),
            "exp": int((now + RECEIPT_KEY_LIFE).timestamp()),
        }
        return replace(self, receipt_key=receipt)

    def signed(self, root: Ed25519PrivateKey, *, days: int, now: datetime) -> str:
        """Return the keyset, signed, as a server publishes it.

        Args:
            root: The offline root key.
            days: Until it expires; at most 30.
            now: Present time, aware.

        Raises:
            KeysetRefused: A reader would refuse it; the message says why.
        """
        if self.receipt_key is None:
            raise _refused(
                "The server's receipt key is missing.",
                "Add it: `portico keyset add DRAFT --receipt-key receipt.pub`.",
            )
        issued = int(now.timestamp())
        claims = {
            "iss": keyset.ISSUER + statement.fingerprint(root.public_key()),
            "program": self.program,
            "version": self.version,
            "iat": issued,
            "exp": issued + int(timedelta(days=days).total_seconds()),
            "previous": self.previous,
            "kind": self.kind,
            "entries": list(self.entries),
            "receipt_key": self.receipt_key,
        }
        try:
            return keyset.issue(claims, root=root)
        except KeysetRefused as error:
            raise _refused(error.message, "Mend the draft, then sign it again.") from None


def parse_public_key(text: str) -> Ed25519PublicKey:
    """Read a receipt key as the server wrote it beside its own.

    Raises:
        KeysetRefused: It is not a public key.
    """
    try:
        return statement.parse_key(text.strip())
    except StatementRefused:
        raise _refused(
            "This is not a receipt key.", "Give the file receipt.pub of the instance folder."
        ) from None


def missing_recovery(draft: KeysetDraft) -> bool:
    """Say whether nobody in the draft has the role of recovery yet."""
    return all(each["role"] != RECOVERY for each in draft.entries)


_NEW = "Start one with `portico keyset new`."


def _entry(raw: dict[str, Any]) -> Entry:
    try:
        return Entry.parse(raw)
    except KeysetRefused as error:
        raise _refused(error.message, "Check the card with the person it is from.") from None


def _plain(entry: Entry) -> dict[str, Any]:
    members: dict[str, Any] = {
        "name": entry.name,
        "role": entry.role,
        "recipient": entry.recipient,
    }
    if entry.signing is not None:
        members["signing"] = statement.key_text(entry.signing)
    return members


def _refused(message: str, hint: str) -> KeysetRefused:
    return KeysetRefused(message, hint=hint)
