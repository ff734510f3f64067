"""Signed statements: what the server or the root key said, checkable by anyone and offline.

A statement is a compact JWS (RFC 7515) over JSON claims (RFC 7519), signed with Ed25519 (RFC 8037).
Every kind has its own ``typ``, and a reader names the one it expects (RFC 8725 section 3.11), so a
scope receipt can never be passed off as a keyset. A signature shows what was said, not that the
speaker's clock was right: the dates inside are for the caller to judge, with its own ``now``.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.errors import StatementRefused

KEYSET: Final = "portico-keyset+jwt"
SCOPE_RECEIPT: Final = "portico-scope-receipt+jwt"
REPORT_RECEIPT: Final = "portico-report-receipt+jwt"
AUDIT_HEAD: Final = "portico-audit-head+jwt"
BUNDLE: Final = "portico-bundle+jwt"
KINDS: Final = frozenset({KEYSET, SCOPE_RECEIPT, REPORT_RECEIPT, AUDIT_HEAD, BUNDLE})

ALGORITHM: Final = "EdDSA"
KEY_BYTES: Final = 32  # an Ed25519 public key, RFC 8032 section 5.1.5
MAX_CHARACTERS: Final = 512 * 1024  # 64 hybrid recipients make a keyset of about 170 KiB
_HEADER: Final = frozenset({"alg", "typ", "kid"})
_SHAPE: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
# Dates are the caller's to judge, with its own `now`; the library would look at the wall clock.
_NO_DATES: Final = {
    f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


def fingerprint(public: Ed25519PublicKey) -> str:
    """Name a key: lowercase hex SHA-256 of its 32 raw bytes, the ``kid`` of its statements."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()


def key_text(public: Ed25519PublicKey) -> str:
    """Write a key as unpadded base64url of its raw bytes (RFC 8037 section 2, parameter ``x``)."""
    return _encode(public.public_bytes_raw())


def parse_key(text: object) -> Ed25519PublicKey:
    """Read a key that `key_text` wrote.

    Raises:
        StatementRefused: Not a string, not canonical unpadded base64url, or not 32 bytes.
    """
    raw = _decode(text) if isinstance(text, str) else b""
    if len(raw) != KEY_BYTES:
        raise _refused("a signing key in it is not 32 bytes in unpadded base64url")
    return Ed25519PublicKey.from_public_bytes(raw)


def sign(
    claims: Mapping[str, Any], *, key: Ed25519PrivateKey, typ: str, with_key: bool = False
) -> str:
    """State the claims under the key; the same claims and key always give the same text.

    Args:
        claims: JSON-ready values.
        key: The speaker's private key.
        typ: One of `KINDS`.
        with_key: Carry the public key in the header as ``jwk``, for a reader who pins only its
            fingerprint (RFC 7515 section 4.1.3).

    Raises:
        ValueError: The kind of statement is not one of ours.
    """
    if typ not in KINDS:
        raise ValueError(f"{typ} is not a kind of statement")
    public = key.public_key()
    header: dict[str, Any] = {"typ": typ, "kid": fingerprint(public)}
    if with_key:
        header["jwk"] = _jwk(public)
    return jwt.encode(dict(claims), key, algorithm=ALGORITHM, headers=header)


def verify(text: str, *, key: Ed25519PublicKey, typ: str) -> dict[str, Any]:
    """Return the claims of a statement of this kind that this key signed.

    Dates inside are not judged here.

    Raises:
        StatementRefused: Not a statement, of another kind or algorithm, with a header this reader
            does not know, by another key, or altered after signing.
    """
    header = _header(text, typ=typ)
    if header.get("kid") != fingerprint(key) or header.get("jwk", _jwk(key)) != _jwk(key):
        raise _refused("it names another key than the one it should be signed with")
    try:
        return jwt.decode(text, key, algorithms=[ALGORITHM], options=_NO_DATES)  # type: ignore[arg-type]
    except jwt.InvalidTokenError as error:
        raise _refused("its signature does not fit its contents") from error


def verify_any(
    text: str, *, key: Ed25519PublicKey, kinds: Iterable[str]
) -> tuple[str, dict[str, Any]]:
    """Return the kind and the claims of a statement of one of these kinds that this key signed.

    Raises:
        StatementRefused: See `verify`; or it is of none of these kinds.
    """
    for typ in kinds:
        with suppress(StatementRefused):
            return typ, verify(text, key=key, typ=typ)
    raise _refused("it is of no kind expected here, or not as this key signed it")


def embedded_key(text: str, *, typ: str) -> Ed25519PublicKey:
    """Return the key a statement carries; only a pinned fingerprint makes that key trustworthy.

    Raises:
        StatementRefused: Not a statement of this kind, or the key is absent or malformed.
    """
    jwk = _header(text, typ=typ).get("jwk")
    if not isinstance(jwk, dict):
        raise _refused("it does not carry the key it was signed with")
    public = parse_key(jwk.get("x"))
    if jwk != _jwk(public):
        raise _refused("the key it carries is not a plain Ed25519 public key")
    return public


def _header(text: str, *, typ: str) -> dict[str, Any]:
    """Return the header of a statement of the expected kind, every member of it known."""
    if len(text) > MAX_CHARACTERS or not _SHAPE.fullmatch(text):
        raise _refused("it is not three base64url parts joined by dots")
    # Two spellings of one signature would have two hashes, and break the chain of keysets.
    parts = [_decode(part) for part in text.split(".")]
    try:
        header = json.loads(parts[0])
    except (ValueError, RecursionError) as error:  # thousands of brackets are not a header either
        raise _refused("its header is not JSON") from error
    if not isinstance(header, dict) or set(header) - {"jwk"} != _HEADER:
        raise _refused("its header does not have exactly the members alg, typ and kid")
    if header["alg"] != ALGORITHM:
        raise _refused("it is not signed with EdDSA")
    if typ not in KINDS or header["typ"] != typ:
        raise _refused(f"it is not of the kind {typ}")
    return header


def _jwk(public: Ed25519PublicKey) -> dict[str, str]:
    """Return the key as a JSON Web Key (RFC 8037 section 2)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": key_text(public)}


def _encode(raw: bytes) -> str:
    """Return unpadded base64url (RFC 7515 section 2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """Return the bytes of canonical unpadded base64url; any other spelling is refused."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise _refused("a part of it is not base64url") from error
    if _encode(raw) != text:
        raise _refused("a part of it is not written in its one canonical form")
    return raw


def _refused(reason: str) -> StatementRefused:
    return StatementRefused(
        f"This signed statement was refused: {reason}.",
        hint="Use the file exactly as the portal sent it, and check it against that portal's key.",
    )
