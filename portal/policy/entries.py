"""The lines of a keyset: who can open a report, and which key signs the server's receipts."""

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.age import recipients
from portal.age.errors import RecipientRefused
from portal.errors import KeysetRefused, StatementRefused
from portal.policy import statement

SetKind = Literal["hybrid", "classic"]
RECOVERY: Final = (
    "recovery"  # the offline recipient that opens reports when all other keys are lost
)
MAX_STANZAS: Final = 64  # the most a portal takes in one age file
MAX_RECIPIENTS: Final = MAX_STANZAS - 2  # the reporter and grease need a place, too
MAX_NAME: Final = 80  # characters of a name or a role
LAST_SECOND: Final = 253402300799  # 9999-12-31T23:59:59Z, the last time Python can write


@dataclass(frozen=True, slots=True)
class Entry:
    """One recipient of every report.

    Attributes:
        name: The person or the place, as staff see it.
        role: What they do, in the policy's words (``security officer``), or ``recovery``.
        recipient: An ``age1…`` or ``age1pq1…`` string.
        kind: ``hybrid`` or ``classic``, read from the recipient.
        signing: Key of their messages; only a recovery entry may lack it.
    """

    name: str
    role: str
    recipient: str
    kind: SetKind
    signing: Ed25519PublicKey | None

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the recipient as it is written: short enough to be read out."""
        return hashlib.sha256(self.recipient.encode("ascii")).hexdigest()

    @classmethod
    def parse(cls, raw: object) -> "Entry":
        """Read one member of ``entries``.

        Raises:
            KeysetRefused: A member is missing, unknown, or not what it should be.
        """
        members = exact(raw, {"name", "role", "recipient", "signing"}, optional={"signing"})
        name, role = _line(members["name"]), _line(members["role"])
        signing = members.get("signing")
        if signing is None and role != RECOVERY:
            raise refused(f"the entry of {name} has no signing key")
        recipient = members["recipient"]
        return cls(
            name=name,
            role=role,
            recipient=recipient,
            kind=_kind(recipient, of=name),
            signing=None if signing is None else _key(signing),
        )


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """The key under which the server signs receipts, and when that is valid.

    Attributes:
        kid: Its fingerprint, as receipts name it.
        public: The key.
        valid_from: First moment at which a receipt may be dated.
        valid_until: Last such moment.
    """

    kid: str
    public: Ed25519PublicKey
    valid_from: datetime
    valid_until: datetime

    @classmethod
    def parse(cls, raw: object) -> "ReceiptKey":
        """Read the member ``receipt_key``.

        Raises:
            KeysetRefused: A member is missing or unknown, the key is no key, its ``kid`` is
                another key's, or its dates are no dates or run backwards.
        """
        members = exact(raw, {"kid", "key", "iat", "exp"})
        public = _key(members["key"])
        if members["kid"] != statement.fingerprint(public):
            raise refused("the receipt key does not have the fingerprint it is listed under")
        start, end = moment(members["iat"]), moment(members["exp"])
        if end <= start:
            raise refused("the receipt key ends before it starts")
        return cls(members["kid"], public, start, end)


def exact(raw: object, names: Set[str], *, optional: Set[str] = frozenset()) -> dict[str, Any]:
    """Return a JSON object that has these members and no others.

    Raises:
        KeysetRefused: It is no object, or its members are others.
    """
    if not isinstance(raw, dict) or not names - optional <= raw.keys() <= names:
        raise refused(f"a part of it does not have exactly the members {', '.join(sorted(names))}")
    return cast("dict[str, Any]", raw)


def moment(raw: object) -> datetime:
    """Return a NumericDate in whole seconds as a time in UTC (RFC 7519 section 2).

    Raises:
        KeysetRefused: It is not a whole number, or names no year from 1970 to 9999.
    """
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= LAST_SECOND:
        raise refused("a date in it is not a whole number of seconds since 1970")
    return datetime.fromtimestamp(raw, UTC)


def refused(reason: str) -> KeysetRefused:
    """Return the error that says why a keyset was refused."""
    return KeysetRefused(
        f"This keyset was refused: {reason}.",
        hint="Send nothing sealed to it; ask the organisation for its current keyset.",
    )


def _line(raw: object) -> str:
    """Return a name or role: one printable line without blanks around it."""
    if not isinstance(raw, str) or raw != raw.strip() or not raw.isprintable():
        raise refused("a name or role in it is not one plain line of text")
    if not 1 <= len(raw) <= MAX_NAME:
        raise refused(f"a name or role in it is empty or longer than {MAX_NAME} characters")
    return raw


def _kind(recipient: object, *, of: str) -> SetKind:
    """Return the kind of a recipient, written the one way that age writes it."""
    reason = f"the recipient of {of} is not an age public key"
    try:
        parsed = recipients.parse(recipient if isinstance(recipient, str) else "")
    except RecipientRefused as error:
        raise refused(reason) from error
    # A second spelling of one key would slip past the check for repeated recipients.
    if str(parsed) != recipient:
        raise refused(reason)
    return "hybrid" if isinstance(parsed, recipients.HybridRecipient) else "classic"


def _key(raw: object) -> Ed25519PublicKey:
    """Return a signing key."""
    try:
        return statement.parse_key(raw)
    except StatementRefused as error:
        raise refused("a signing key in it is not 32 bytes in unpadded base64url") from error
