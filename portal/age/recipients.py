"""Who an age file is sealed to.

Safe on the server: recipients are public, and wrapping a key for one opens nothing. Sources: C2SP
``age.md``, sections "The X25519 recipient type", "The MLKEM768-X25519 … recipient type" and "The
scrypt recipient type".
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from portal.age import bech32, primitives, raw_base64
from portal.age.errors import RecipientRefused
from portal.age.header import Stanza

X25519_PREFIX = "age"
HYBRID_PREFIX = "age1pq"
DEFAULT_WORK_FACTOR = 18  # about a second, 256 MiB; what the age command writes


class Kind(StrEnum):
    """The kinds of recipient. A file is sealed to one kind only."""

    CLASSIC = "classic"
    HYBRID = "hybrid"
    SCRYPT = "scrypt"  # a passphrase


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """An ``age1…`` recipient: 32 bytes, checked to be usable."""

    public: bytes

    def __post_init__(self) -> None:
        _check(self.public, primitives.KEY_BYTES, "X25519")
        try:
            primitives.usable_share(self.public)
        except ValueError:
            raise _refused("it is a low-order point") from None

    @property
    def kind(self) -> Kind:
        """Classic: safe against today's computers."""
        return Kind.CLASSIC

    def __str__(self) -> str:
        return bech32.encode(X25519_PREFIX, self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key, with a fresh ephemeral secret, for this recipient."""
        secret = X25519PrivateKey.generate()
        share = secret.public_key().public_bytes_raw()
        shared = secret.exchange(primitives.usable_share(self.public))
        salt = share + self.public
        key = primitives.derive(shared, salt=salt, info=primitives.X25519_INFO)
        return Stanza(primitives.X25519_TYPE, (_text(share),), _sealed(key, file_key))


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """An ``age1pq1…`` recipient: 1,216 bytes, an ML-KEM-768 key and an X25519 value."""

    public: bytes

    def __post_init__(self) -> None:
        _check(self.public, primitives.HYBRID_PUBLIC_BYTES, "hybrid")
        try:
            primitives.hybrid_public_key(self.public)
        except ValueError:
            raise _refused("one of its two keys is not usable") from None

    @property
    def kind(self) -> Kind:
        """Hybrid: safe unless both halves are broken."""
        return Kind.HYBRID

    def __str__(self) -> str:
        return bech32.encode(HYBRID_PREFIX, self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key for this recipient (HPKE SealBase, RFC 9180 section 6.1)."""
        public = primitives.hybrid_public_key(self.public)
        sealed = primitives.hybrid_suite().encrypt(file_key, public, primitives.HYBRID_INFO)
        share = sealed[: primitives.HYBRID_SHARE_BYTES]
        body = sealed[primitives.HYBRID_SHARE_BYTES :]
        return Stanza(primitives.HYBRID_TYPE, (_text(share),), body)


@dataclass(frozen=True, slots=True)
class ScryptRecipient:
    """A passphrase; whoever knows it can open the file.

    Attributes:
        passphrase: Any text; its UTF-8 bytes count.
        work_factor: Base-2 logarithm of the scrypt cost.
    """

    passphrase: str = field(repr=False)
    work_factor: int = DEFAULT_WORK_FACTOR

    @property
    def kind(self) -> Kind:
        """A passphrase stands alone in a file."""
        return Kind.SCRYPT

    def wrap(self, file_key: bytes) -> Stanza:
        """Wrap a file key, with a fresh salt, under this passphrase."""
        salt = os.urandom(primitives.SCRYPT_SALT_BYTES)
        key = primitives.passphrase_key(self.passphrase, salt, self.work_factor)
        args = (_text(salt), str(self.work_factor))
        return Stanza(primitives.SCRYPT_TYPE, args, _sealed(key, file_key))


PublicRecipient = X25519Recipient | HybridRecipient
Recipient = X25519Recipient | HybridRecipient | ScryptRecipient


def parse(text: str) -> PublicRecipient:
    """Read an ``age1…`` or ``age1pq1…`` recipient, spaces around it ignored.

    Raises:
        RecipientRefused: Mistyped, of another kind, or not a usable key.
    """
    try:
        prefix, public = bech32.decode(text.strip())
    except ValueError as error:
        raise _refused(str(error)) from None
    if prefix == X25519_PREFIX:
        return X25519Recipient(public)
    if prefix == HYBRID_PREFIX:
        return HybridRecipient(public)
    raise _refused("only age1… and age1pq1… recipients can be sealed to")


def one_kind(recipients: Iterable[Recipient | str]) -> Sequence[Recipient]:
    """Return the recipients, parsed, once they are known to be of one kind.

    A classic stanza beside hybrid ones would undo their protection for the whole file, and a
    passphrase beside anything else breaks what age promises about passphrases.

    Raises:
        RecipientRefused: Nobody at all, more than one kind, two passphrases, or a malformed one.
    """
    parsed = [parse(each) if isinstance(each, str) else each for each in recipients]
    kinds = {each.kind for each in parsed}
    if not kinds:
        raise RecipientRefused("There is nobody to seal to.", hint="Name at least one recipient.")
    if len(kinds) > 1:
        raise RecipientRefused(
            "The recipients are of different kinds.",
            hint="Use only age1pq1… recipients, or only age1… recipients, in one file.",
        )
    if Kind.SCRYPT in kinds and len(parsed) > 1:
        raise RecipientRefused("A passphrase must stand alone.", hint="Use one passphrase only.")
    return parsed


def _check(public: bytes, length: int, name: str) -> None:
    if len(public) != length:
        raise _refused(f"it is not {length} bytes long, as {name} recipients are")


def _refused(reason: str) -> RecipientRefused:
    hint = "Copy the recipient again from where it was published."
    return RecipientRefused(f"This is not a usable age recipient: {reason}.", hint=hint)


def _text(data: bytes) -> str:
    return raw_base64.encode(data).decode("ascii")


def _sealed(key: bytes, file_key: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(primitives.WRAP_NONCE, file_key, None)
