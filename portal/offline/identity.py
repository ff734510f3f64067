"""The identity of one staff member: a key that opens reports and a key that signs messages.

The file is an age identity file, so `age -d -i FILE` works with it; what age does not know stands
in remarks. Beside it lies a card with the public halves, for whoever keeps the keyset.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import bech32
from portal.age.identities import HybridIdentity, KeyIdentity, X25519Identity
from portal.errors import IdentityRefused
from portal.policy import statement
from portal.policy.entries import MAX_NAME

CARD_FORMAT = "portico/card/v1"
SIGNING_PREFIX = "portico-signing-key-"
ROOT_PREFIX = "portico-root-key-"
SEED_BYTES = 32  # an Ed25519 private key, RFC 8032 section 5.1.5

_SIGNING_REMARK = "# signing secret: "


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """One person's keys.

    Attributes:
        name: As colleagues and the keyset know them.
        opening: Opens what is sealed to them.
        signing: Signs what they write.
    """

    name: str
    opening: KeyIdentity = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls, name: str, *, classic: bool = False) -> Self:
        """Make new keys: hybrid, unless classic ones are asked for.

        Raises:
            IdentityRefused: The name is empty, too long or not one plain line.
        """
        kind = X25519Identity if classic else HybridIdentity
        return cls(checked_name(name), kind.generate(), Ed25519PrivateKey.generate())

    def file_text(self, *, made: datetime) -> str:
        """Return the identity file. Secret."""
        secret = secret_text(SIGNING_PREFIX, self.signing)
        lines = [
            "# Portico identity: keep it secret, keep a copy, never put it on the server.",
            f"# name: {self.name}",
            f"# created: {made:%Y-%m-%dT%H:%M:%SZ}",
            f"# public key: {self.opening.recipient}",
            f"# signing key: {statement.key_text(self.signing.public_key())}",
            _SIGNING_REMARK + secret,
            self.opening.text,
        ]
        return "\n".join(lines) + "\n"

    def card_text(self) -> str:
        """Return the public card, JSON, to hand to whoever keeps the keyset."""
        card = {
            "format": CARD_FORMAT,
            "name": self.name,
            "recipient": str(self.opening.recipient),
            "signing": statement.key_text(self.signing.public_key()),
        }
        return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


def signing_key(text: str) -> Ed25519PrivateKey | None:
    """Return the signing key in an identity file's remarks; None when it has none.

    Raises:
        IdentityRefused: The remark is damaged.
    """
    for line in text.split("\n"):
        if line.startswith(_SIGNING_REMARK):
            return parse_secret(SIGNING_PREFIX, line.removeprefix(_SIGNING_REMARK))
    return None


def parse_card(text: str) -> dict[str, Any]:
    """Return name, recipient and signing key of a card.

    Raises:
        IdentityRefused: It is not a card.
    """
    try:
        card = json.loads(text)
    except (ValueError, RecursionError):
        card = None
    members = {"format", "name", "recipient", "signing"}
    if not isinstance(card, dict) or card.get("format") != CARD_FORMAT or set(card) != members:
        raise IdentityRefused(
            "This is not a Portico card.", hint="Give the .card file that `portico keygen` made."
        )
    return {name: card[name] for name in ("name", "recipient", "signing")}


def root_text(root: Ed25519PrivateKey, *, made: datetime) -> str:
    """Return the file of an offline root key. Secret."""
    lines = [
        "# Portico root key: it vouches for keysets. Keep it offline, and keep a copy.",
        f"# created: {made:%Y-%m-%dT%H:%M:%SZ}",
        f"# fingerprint: {statement.fingerprint(root.public_key())}",
        secret_text(ROOT_PREFIX, root),
    ]
    return "\n".join(lines) + "\n"


def parse_root(text: str) -> Ed25519PrivateKey:
    """Read the file of a root key.

    Raises:
        IdentityRefused: It is not one.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    secrets = [line for line in lines if not line.startswith("#")]
    if len(secrets) != 1:
        raise _malformed("it does not hold exactly one key")
    return parse_secret(ROOT_PREFIX, secrets[0])


def secret_text(prefix: str, key: Ed25519PrivateKey) -> str:
    """Write an Ed25519 seed with a prefix that says what it is for, and a checksum."""
    return bech32.encode(prefix, key.private_bytes_raw()).upper()


def parse_secret(prefix: str, text: str) -> Ed25519PrivateKey:
    """Read what `secret_text` wrote.

    Raises:
        IdentityRefused: Mistyped, cut, or a key for another use.
    """
    try:
        found, seed = bech32.decode(text.strip())
    except ValueError as error:
        raise _malformed(str(error)) from None
    if found.lower() != prefix or len(seed) != SEED_BYTES:
        raise _malformed("it is for another use")
    return Ed25519PrivateKey.from_private_bytes(seed)


def checked_name(name: str) -> str:
    """Return a name that a keyset would take.

    Raises:
        IdentityRefused: It is empty, too long or not one plain line.
    """
    plain = name.strip()
    if not plain.isprintable() or not 1 <= len(plain) <= MAX_NAME:
        raise IdentityRefused(
            f"A name is one line of 1 to {MAX_NAME} characters.", hint="Give one with --name."
        )
    return plain


def _malformed(reason: str) -> IdentityRefused:
    return IdentityRefused(
        f"This key cannot be used: {reason}.", hint="Give the file that `portico keygen` made."
    )
