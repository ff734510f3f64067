"""The few cryptographic steps that sealing and opening share, all from `cryptography`.

No primitive here is ours. Safe on the server: nothing in this module knows a private key.
Source: C2SP ``age.md``.
"""

import hmac

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from portal.age.errors import HybridUnsupported

FILE_KEY_BYTES = 16
KEY_BYTES = 32  # every derived key, every X25519 value, every identity
WRAPPED_KEY_BYTES = FILE_KEY_BYTES + 16  # with the ChaCha20-Poly1305 tag
WRAP_NONCE = bytes(12)  # fixed: each wrapping key is used once

X25519_TYPE = "X25519"
X25519_INFO = b"age-encryption.org/v1/X25519"
HYBRID_TYPE = "mlkem768x25519"
HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
SCRYPT_TYPE = "scrypt"
SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
SCRYPT_SALT_BYTES = 16

MLKEM_PUBLIC_BYTES = 1184
MLKEM_CIPHERTEXT_BYTES = 1088
HYBRID_PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + KEY_BYTES
HYBRID_SHARE_BYTES = MLKEM_CIPHERTEXT_BYTES + KEY_BYTES

SUITE = (hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def derive(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA-256 (RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, info).derive(secret)


def header_mac(file_key: bytes, authenticated: bytes) -> bytes:
    """Return the code that ties a header to its file key."""
    key = derive(file_key, salt=b"", info=b"header")
    return hmac.digest(key, authenticated, "sha256")


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """Return the key under which the content is sealed."""
    return derive(file_key, salt=nonce, info=b"payload")


def passphrase_key(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    """Return the wrapping key of a passphrase; takes ``2 ** work_factor`` KiB of memory."""
    scrypt = Scrypt(salt=SCRYPT_LABEL + salt, length=KEY_BYTES, n=1 << work_factor, r=8, p=1)
    return scrypt.derive(passphrase.encode("utf-8", "surrogateescape"))


def hybrid_suite() -> hpke.Suite:
    """Return the HPKE suite of hybrid recipients.

    Raises:
        HybridUnsupported: `cryptography` is older than 48, or built on OpenSSL before 3.5.
    """
    try:
        return hpke.Suite(*SUITE)
    except UnsupportedAlgorithm:
        raise hybrid_unsupported() from None


def hybrid_unsupported() -> HybridUnsupported:
    """Return the error for an installation without the post-quantum exchange."""
    return HybridUnsupported(
        "The installed cryptography library cannot use hybrid post-quantum keys.",
        hint="Install cryptography 48 or newer from PyPI; it brings an OpenSSL that has ML-KEM.",
    )


def usable_share(raw: bytes) -> X25519PublicKey:
    """Return the X25519 value, checked not to be one of the few low-order points.

    A low-order value makes every exchange come out as zero, so everybody would know the secret
    (RFC 7748 section 6.1).

    Raises:
        ValueError: A low-order point.
    """
    share = X25519PublicKey.from_public_bytes(raw)
    X25519PrivateKey.generate().exchange(share)  # raises for a secret of zero
    return share


def hybrid_public_key(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    """Return the hybrid public key: an ML-KEM-768 key followed by an X25519 value.

    Raises:
        ValueError: Either half is not a usable key.
        HybridUnsupported: The installation lacks ML-KEM.
    """
    share = usable_share(raw[MLKEM_PUBLIC_BYTES:])
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES])
    except UnsupportedAlgorithm:
        raise hybrid_unsupported() from None
    return hpke.MLKEM768X25519PublicKey(lattice, share)
