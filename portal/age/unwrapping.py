"""What every identity checks about a stanza before and while it unwraps a file key.

Never imported by anything that runs on the server. Source: C2SP ``age.md``, sections on the native
recipient types.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from portal.age import primitives, raw_base64
from portal.age.errors import DAMAGED, HeaderFailure
from portal.age.header import Stanza


def refused(reason: str) -> HeaderFailure:
    """Return the error for a stanza that the format does not allow."""
    return HeaderFailure(f"The age header is not valid: {reason}.", hint=DAMAGED)


def share(stanza: Stanza, length: int) -> bytes:
    """Return the one argument of a key stanza, decoded, with the body checked as well.

    Raises:
        HeaderFailure: Another number of arguments, or either part has the wrong length.
    """
    if len(stanza.args) != 1:
        raise refused(f"a {stanza.type} stanza has the wrong number of arguments")
    check_body(stanza)
    return decoded(stanza.args[0], length)


def check_body(stanza: Stanza) -> None:
    """Require a body of 32 bytes before any key touches it, against partitioning oracles.

    Raises:
        HeaderFailure: Any other length.
    """
    if len(stanza.body) != primitives.WRAPPED_KEY_BYTES:
        raise refused(f"a {stanza.type} stanza has a body of the wrong length")


def decoded(text: str, length: int) -> bytes:
    """Return an argument as ``length`` bytes.

    Raises:
        HeaderFailure: Not canonical base64, or another length.
    """
    try:
        data = raw_base64.decode(text.encode("ascii"))
    except ValueError as error:
        raise refused(f"an argument is {error}") from None
    if len(data) != length:
        raise refused("an argument has the wrong length")
    return data


def usable(raw: bytes) -> X25519PublicKey:
    """Return the sender's X25519 value.

    Raises:
        HeaderFailure: A low-order point, which no honest sender produces.
    """
    try:
        return primitives.usable_share(raw)
    except ValueError:
        raise refused("a stanza holds a low-order point") from None


def opened(key: bytes, body: bytes) -> bytes | None:
    """Return the file key, or None when the body was wrapped under another key."""
    try:
        return ChaCha20Poly1305(key).decrypt(primitives.WRAP_NONCE, body, None)
    except InvalidTag:
        return None


def hybrid_opened(sealed: bytes, key: hpke.MLKEM768X25519PrivateKey) -> bytes | None:
    """Return the file key, or None when it was wrapped for another hybrid recipient."""
    try:
        return primitives.hybrid_suite().decrypt(sealed, key, primitives.HYBRID_INFO)
    except InvalidTag:
        return None
