"""Who can open an age file. Never imported by anything that runs on the server.

Sources: C2SP ``age.md``, sections on the native recipient types; draft-ietf-hpke-pq-03 for how a
hybrid seed expands.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.age import bech32, primitives, unwrapping
from portal.age.errors import IdentityMalformed
from portal.age.header import Stanza
from portal.age.recipients import HybridRecipient, PublicRecipient, X25519Recipient

X25519_PREFIX = "AGE-SECRET-KEY-"
HYBRID_PREFIX = "AGE-SECRET-KEY-PQ-"
MLKEM_SEED_BYTES = 64
HYBRID_SECRET_BYTES = MLKEM_SEED_BYTES + primitives.KEY_BYTES
MAX_WORK_FACTOR = 20  # 1 GiB and some seconds; a hostile file could otherwise ask for any amount

_WORK_FACTOR = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class X25519Identity:
    """An ``AGE-SECRET-KEY-1…`` identity."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check(self.secret)

    @classmethod
    def generate(cls) -> "X25519Identity":
        """Make a new identity from the system's randomness."""
        return cls(os.urandom(primitives.KEY_BYTES))

    @property
    def recipient(self) -> X25519Recipient:
        """Whom to seal to, so that this identity opens it."""
        return X25519Recipient(self._key().public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The identity as an age identity file holds it. Secret."""
        return bech32.encode(X25519_PREFIX.lower(), self.secret).upper()

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key, or None when no stanza is for this identity.

        Raises:
            HeaderFailure: An X25519 stanza that the format does not allow.
        """
        own = self.recipient.public
        for stanza in stanzas:
            if stanza.type != primitives.X25519_TYPE:
                continue
            share = unwrapping.share(stanza, primitives.KEY_BYTES)
            salt = share + own
            key = primitives.derive(self._exchange(share), salt=salt, info=primitives.X25519_INFO)
            if (file_key := unwrapping.opened(key, stanza.body)) is not None:
                return file_key
        return None

    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.secret)

    def _exchange(self, share: bytes) -> bytes:
        return self._key().exchange(unwrapping.usable(share))


@dataclass(frozen=True, slots=True)
class HybridIdentity:
    """An ``AGE-SECRET-KEY-PQ-1…`` identity: a seed of 32 bytes."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check(self.seed)

    @classmethod
    def generate(cls) -> "HybridIdentity":
        """Make a new identity from the system's randomness."""
        return cls(os.urandom(primitives.KEY_BYTES))

    @property
    def recipient(self) -> HybridRecipient:
        """Whom to seal to, so that this identity opens it."""
        lattice, classic = self._keys()
        public = lattice.public_key().public_bytes_raw() + classic.public_key().public_bytes_raw()
        return HybridRecipient(public)

    @property
    def text(self) -> str:
        """The identity as an age identity file holds it. Secret."""
        return bech32.encode(HYBRID_PREFIX.lower(), self.seed).upper()

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key, or None when no stanza is for this identity.

        Raises:
            HeaderFailure: A hybrid stanza that the format does not allow.
        """
        key: hpke.MLKEM768X25519PrivateKey | None = None
        for stanza in stanzas:
            if stanza.type != primitives.HYBRID_TYPE:
                continue
            share = unwrapping.share(stanza, primitives.HYBRID_SHARE_BYTES)
            # HPKE reports a low-order value like a file for somebody else; it is a forged header.
            unwrapping.usable(share[primitives.MLKEM_CIPHERTEXT_BYTES :])
            key = key or hpke.MLKEM768X25519PrivateKey(*self._keys())
            if (file_key := unwrapping.hybrid_opened(share + stanza.body, key)) is not None:
                return file_key
        return None

    def _keys(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        """Expand the seed into its two private keys with SHAKE-256."""
        secret = hashlib.shake_256(self.seed).digest(HYBRID_SECRET_BYTES)
        try:
            lattice = MLKEM768PrivateKey.from_seed_bytes(secret[:MLKEM_SEED_BYTES])
        except UnsupportedAlgorithm:
            raise primitives.hybrid_unsupported() from None
        return lattice, X25519PrivateKey.from_private_bytes(secret[MLKEM_SEED_BYTES:])


@dataclass(frozen=True, slots=True)
class ScryptIdentity:
    """A passphrase to open a file with.

    Attributes:
        passphrase: The text; its UTF-8 bytes count.
        max_work_factor: The largest cost accepted, as a base-2 logarithm.
    """

    passphrase: str = field(repr=False)
    max_work_factor: int = MAX_WORK_FACTOR

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """Return the file key, or None when the passphrase is wrong or not asked for.

        Raises:
            HeaderFailure: A passphrase stanza that the format does not allow, or too costly.
        """
        for stanza in stanzas:
            if stanza.type == primitives.SCRYPT_TYPE:
                return self._file_key(stanza)
        return None

    def _file_key(self, stanza: Stanza) -> bytes | None:
        if len(stanza.args) != 2:
            raise unwrapping.refused("a passphrase stanza has the wrong number of arguments")
        salt = unwrapping.decoded(stanza.args[0], primitives.SCRYPT_SALT_BYTES)
        unwrapping.check_body(stanza)
        if not _WORK_FACTOR.fullmatch(stanza.args[1]):
            raise unwrapping.refused("its work factor is malformed")
        work_factor = int(stanza.args[1])
        if work_factor > self.max_work_factor:
            raise unwrapping.refused(f"its work factor is above {self.max_work_factor}")
        key = primitives.passphrase_key(self.passphrase, salt, work_factor)
        return unwrapping.opened(key, stanza.body)


KeyIdentity = X25519Identity | HybridIdentity
Identity = X25519Identity | HybridIdentity | ScryptIdentity


def parse(text: str) -> KeyIdentity:
    """Read one ``AGE-SECRET-KEY-…`` identity, spaces around it ignored.

    Raises:
        IdentityMalformed: Mistyped, cut, or of another kind. The message never repeats the text.
    """
    try:
        prefix, secret = bech32.decode(text.strip())
    except ValueError as error:
        raise _malformed(str(error)) from None
    if prefix == X25519_PREFIX:
        return X25519Identity(secret)
    if prefix == HYBRID_PREFIX:
        return HybridIdentity(secret)
    raise _malformed("it does not begin with AGE-SECRET-KEY-1 or AGE-SECRET-KEY-PQ-1")


def parse_file(text: str) -> tuple[KeyIdentity, ...]:
    """Read an identity file: one identity a line, lines beginning with ``#`` are remarks.

    Raises:
        IdentityMalformed: A line that is neither, or no identity at all.
    """
    lines = (line.strip() for line in text.split("\n"))
    found = tuple(parse(line) for line in lines if line and not line.startswith("#"))
    if not found:
        raise _malformed("the file holds none")
    return found


def recipient_of(text: str) -> PublicRecipient:
    """Return the recipient that belongs to an identity given as text.

    Raises:
        IdentityMalformed: See :func:`parse`.
    """
    return parse(text).recipient


def _check(secret: bytes) -> None:
    if len(secret) != primitives.KEY_BYTES:
        raise _malformed(f"it is not {primitives.KEY_BYTES} bytes long")


def _malformed(reason: str) -> IdentityMalformed:
    hint = "Give the identity file exactly as it was made."
    return IdentityMalformed(f"This is not an age identity: {reason}.", hint=hint)
