"""The keyset: whose keys a report is sealed to, vouched for by a root key that stays offline.

A keyset is a signed statement (`portal.policy.statement`) that carries its root key. Whoever has
seen the root's fingerprint before (on the program's keys page, on an earlier visit, and in another
way than through the server) pins it. A set lives at most 30 days, so that a stolen server cannot go
on serving one that was withdrawn.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.errors import KeysetRefused, StatementRefused
from portal.policy import statement
from portal.policy.entries import (
    MAX_RECIPIENTS,
    RECOVERY,
    Entry,
    ReceiptKey,
    SetKind,
    exact,
    moment,
    refused,
)

LIFETIME: Final = timedelta(days=30)  # a first visit relies on expiry alone, so it must be near
CLOCK_SKEW: Final = timedelta(minutes=10)  # how far a reader's clock may run behind the root's
ISSUER: Final = "urn:portico:root:"
HIGHEST_VERSION: Final = 2**31 - 1  # what every database can count to
_CLAIMS: Final = {
    "iss",
    "program",
    "version",
    "iat",
    "exp",
    "previous",
    "kind",
    "entries",
    "receipt_key",
}
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Keyset:
    """A keyset whose signature, dates, order and members have all been checked.

    Attributes:
        fingerprint: Of the root key that signed it, lowercase hex.
        program: Slug of the program it belongs to.
        version: Counts up from 1.
        created: When the root signed it.
        expires: Refused from this moment on.
        previous: SHA-256 (hex) of the text of the set before it; ``None`` for the first.
        kind: ``hybrid`` or ``classic``, the same for every recipient.
        entries: Recipients with their names and roles.
        receipt_key: The key under which the server signs receipts.
        text: The signed statement as published.
    """

    fingerprint: str
    program: str
    version: int
    created: datetime
    expires: datetime
    previous: str | None
    kind: SetKind
    entries: tuple[Entry, ...]
    receipt_key: ReceiptKey
    text: str = field(repr=False)

    @classmethod
    def verify(
        cls, text: str, *, root: str | None, program: str, now: datetime, newest_seen: int = 0
    ) -> Self:
        """Read a published keyset, checking everything a sender relies on.

        Args:
            text: The statement as it was published; blanks around it do not matter.
            root: Fingerprint the reader has pinned. ``None`` accepts the root the file names, and
                leaves it to the caller to show `fingerprint` to a person.
            program: Slug of the program the reader means.
            now: Present time, aware.
            newest_seen: Highest version the reader has met for this program.

        Raises:
            KeysetRefused: Unsigned, altered, signed by another root, for another program, expired,
                not valid yet, living longer than 30 days, older than `newest_seen`, or with
                entries that are malformed, mixed, repeated, too many, or without recovery.
        """
        keyset = cls.read(text, root=root)
        if keyset.program != program:
            raise refused(f"it belongs to {keyset.program!r}, not to {program!r}")
        _judge(keyset, now=now, newest_seen=newest_seen)
        return keyset

    @classmethod
    def read(cls, text: str, *, root: str | None) -> Self:
        """Read a keyset of any age: for the public log, and for receipts of days gone by.

        Nothing may be sealed to what this returns; `verify` is for that.

        Raises:
            KeysetRefused: As `verify`, except that the set may be old, expired or for any program.
        """
        text = text.strip()
        key, claims = _opened(text, root)
        return cls._parse(claims, key=key, text=text)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Every public key a report is sealed to, in the order of the entries."""
        return tuple(entry.recipient for entry in self.entries)

    @property
    def receipt_public_key(self) -> Ed25519PublicKey:
        """The key that receipts are checked against."""
        return self.receipt_key.public

    @property
    def sha256(self) -> str:
        """Hash of the published text (hex): what the next keyset names as ``previous``."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()

    def missing_roles(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Return those of a policy's readers for whom there is no recipient yet."""
        present = {entry.role.casefold() for entry in self.entries}
        return tuple(role for role in roles if role.casefold() not in present)

    @classmethod
    def _parse(cls, raw: Mapping[str, Any], *, key: Ed25519PublicKey, text: str) -> Self:
        """Turn the claims into a keyset, checking each one's form but no date against a clock."""
        claims, root = exact(dict(raw), _CLAIMS), statement.fingerprint(key)
        if claims["iss"] != ISSUER + root:
            raise refused("it names another issuer than the root that signed it")
        listed = _entries(claims["entries"])
        if claims["kind"] != listed[0].kind:
            raise refused(f"it says it is {claims['kind']!r}, and its recipients are not")
        return cls(
            fingerprint=root,
            program=_text(claims["program"]),
            version=_version(claims["version"]),
            created=moment(claims["iat"]),
            expires=moment(claims["exp"]),
            previous=_previous(claims["previous"]),
            kind=listed[0].kind,
            entries=listed,
            receipt_key=ReceiptKey.parse(claims["receipt_key"]),
            text=text,
        )


def issue(claims: Mapping[str, Any], *, root: Ed25519PrivateKey) -> str:
    """Sign a keyset with the offline root, once sure that a reader would take it.

    Raises:
        KeysetRefused: A reader would refuse it at the very moment (``iat``) of its signing.
    """
    text = statement.sign(claims, key=root, typ=statement.KEYSET, with_key=True)
    keyset = Keyset.read(text, root=None)
    _judge(keyset, now=keyset.created, newest_seen=0)
    return text


def _judge(keyset: Keyset, *, now: datetime, newest_seen: int) -> None:
    """Refuse a set that is not the current one."""
    if not timedelta(0) < keyset.expires - keyset.created <= LIFETIME:
        raise refused(f"it must expire within {LIFETIME.days} days of being signed")
    if keyset.created > now + CLOCK_SKEW:
        raise refused(f"it is dated in the future, {keyset.created:%Y-%m-%d %H:%M} UTC")
    if keyset.expires <= now:
        raise refused(f"it expired on {keyset.expires:%Y-%m-%d %H:%M} UTC")
    if keyset.version < newest_seen:
        raise refused(f"version {newest_seen} was seen before, and this is {keyset.version}")


def _opened(text: str, root: str | None) -> tuple[Ed25519PublicKey, dict[str, Any]]:
    """Return the root key and the claims it signed."""
    try:
        key = statement.embedded_key(text, typ=statement.KEYSET)
        if root is not None and statement.fingerprint(key) != root:
            raise refused("it was signed by another root than the one you pinned")
        return key, statement.verify(text, key=key, typ=statement.KEYSET)
    except StatementRefused as error:
        raise KeysetRefused(error.message, hint=error.hint) from error


def _entries(raw: object) -> tuple[Entry, ...]:
    """Return the recipients, of one kind, each listed once, recovery among them."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_RECIPIENTS:
        raise refused(f"it must list between 1 and {MAX_RECIPIENTS} recipients")
    listed = tuple(Entry.parse(one) for one in raw)
    if len({entry.recipient for entry in listed}) != len(listed):
        raise refused("it lists a recipient twice")
    # The browser's age library would seal to both kinds, and the weaker one would decide.
    if len({entry.kind for entry in listed}) != 1:
        raise refused("it mixes hybrid and classic recipients")
    if all(entry.role != RECOVERY for entry in listed):
        raise refused("it has no recovery recipient")
    return listed


def _version(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 1 <= raw <= HIGHEST_VERSION:
        raise refused(f"its version is not a whole number from 1 to {HIGHEST_VERSION}")
    return raw


def _previous(raw: object) -> str | None:
    if raw is not None and not (isinstance(raw, str) and _SHA256.fullmatch(raw)):
        raise refused("its link to the set before it is not a SHA-256 in hex")
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise refused("its program is not a name")
    return raw
