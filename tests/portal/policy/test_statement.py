"""Signed statements: forged, foreign and re-spelled ones are refused."""

import base64
import hashlib
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import StatementRefused
from portal.policy import statement

CLAIMS = {"iss": "https://portal.example", "iat": 1_800_000_000, "ruling": "in"}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def b64(raw: bytes) -> str:
    """Write unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: dict[str, Any], key: Ed25519PrivateKey) -> str:
    """Return a statement with a validly signed header of the forger's choice."""
    body = b64(json.dumps(header).encode()) + "." + b64(json.dumps(CLAIMS).encode())
    return body + "." + b64(key.sign(body.encode()))


def honest(key: Ed25519PrivateKey) -> dict[str, Any]:
    """Return the header an honest signer writes."""
    kid = statement.fingerprint(key.public_key())
    return {"alg": "EdDSA", "typ": statement.SCOPE_RECEIPT, "kid": kid}


def refuses(text: str, key: Ed25519PrivateKey) -> str:
    """Return what the reader says when it refuses a scope receipt."""
    with pytest.raises(StatementRefused) as refusal:
        statement.verify(text, key=key.public_key(), typ=statement.SCOPE_RECEIPT)
    assert refusal.value.hint
    return refusal.value.message


@pytest.mark.parametrize("typ", sorted(statement.KINDS))
def test_what_was_signed_is_what_is_read(typ: str, root: Ed25519PrivateKey) -> None:
    """Every kind of statement comes back as it was stated, the same text each time."""
    text = statement.sign(CLAIMS, key=root, typ=typ)
    assert statement.verify(text, key=root.public_key(), typ=typ) == CLAIMS
    assert text == statement.sign(CLAIMS, key=root, typ=typ)


def test_a_key_is_named_by_the_hash_of_its_raw_bytes(root: Ed25519PrivateKey) -> None:
    """The fingerprint is lowercase hex SHA-256 of the 32 public bytes, and the statement's kid."""
    raw = root.public_key().public_bytes_raw()
    assert statement.fingerprint(root.public_key()) == hashlib.sha256(raw).hexdigest()
    text = statement.sign(CLAIMS, key=root, typ=statement.BUNDLE)
    assert jwt.get_unverified_header(text) == {
        "alg": "EdDSA",
        "typ": statement.BUNDLE,
        "kid": hashlib.sha256(raw).hexdigest(),
    }


def test_dates_are_left_to_the_caller(root: Ed25519PrivateKey) -> None:
    """A statement long expired, or from next century, still proves who said it."""
    claims = {"iat": 4_102_444_800, "exp": 1, "nbf": 4_102_444_800, "aud": "x", "sub": 1, "jti": 2}
    text = statement.sign(claims, key=root, typ=statement.AUDIT_HEAD)
    assert statement.verify(text, key=root.public_key(), typ=statement.AUDIT_HEAD) == claims


def test_nobody_signs_an_unknown_kind(root: Ed25519PrivateKey) -> None:
    """A kind of statement that no reader expects is never made."""
    with pytest.raises(ValueError, match="not a kind"):
        statement.sign(CLAIMS, key=root, typ="JWT")


def test_one_kind_never_passes_for_another(root: Ed25519PrivateKey) -> None:
    """A report receipt is not a scope receipt, and a plain JWT is neither."""
    assert "kind" in refuses(statement.sign(CLAIMS, key=root, typ=statement.REPORT_RECEIPT), root)
    assert "kind" in refuses(forged(honest(root) | {"typ": "JWT"}, root), root)
    assert "kind" in refuses(
        forged(honest(root) | {"typ": "PORTICO-SCOPE-RECEIPT+JWT"}, root), root
    )
    with pytest.raises(StatementRefused):
        statement.verify(
            forged(honest(root) | {"typ": "JWT"}, root), key=root.public_key(), typ="JWT"
        )


@pytest.mark.parametrize("alg", ["none", "None", "HS256", "RS256", "ES256", "Ed25519", None, 1])
def test_only_eddsa_counts(alg: object, root: Ed25519PrivateKey) -> None:
    """`none`, a shared-secret algorithm or any other is refused whatever the signature."""
    assert "EdDSA" in refuses(forged(honest(root) | {"alg": alg}, root), root)


def test_a_shared_secret_made_of_the_public_key_proves_nothing(root: Ed25519PrivateKey) -> None:
    """The public key used as an HMAC secret is refused."""
    header = honest(root)
    secret = root.public_key().public_bytes_raw()
    text = jwt.encode(CLAIMS, secret, algorithm="HS256", headers={**header, "alg": "HS256"})
    assert "EdDSA" in refuses(text, root)


def test_an_unsigned_statement_is_refused(root: Ed25519PrivateKey) -> None:
    """An empty signature is no signature."""
    text = statement.sign(CLAIMS, key=root, typ=statement.SCOPE_RECEIPT)
    assert "three" in refuses(text.rsplit(".", 1)[0] + ".", root)
    assert "three" in refuses(text.rsplit(".", 1)[0], root)


def test_another_key_is_refused(root: Ed25519PrivateKey, server: Ed25519PrivateKey) -> None:
    """A statement by someone else is refused, also when it borrows our key's name."""
    assert "another key" in refuses(
        statement.sign(CLAIMS, key=server, typ=statement.SCOPE_RECEIPT), root
    )
    assert "signature" in refuses(forged(honest(root), server), root)


def test_an_altered_statement_is_refused(root: Ed25519PrivateKey) -> None:
    """One changed character in the claims breaks the signature."""
    header, body, signature = forged(honest(root), root).split(".")
    other = b64(json.dumps(CLAIMS | {"ruling": "out"}).encode())
    assert "signature" in refuses(f"{header}.{other}.{signature}", root)
    assert "signature" in refuses(f"{header}.{body}.{signature[1:]}A", root)


@pytest.mark.parametrize(
    "extra",
    [{"crit": ["exp"]}, {"b64": False}, {"jku": "https://x.example"}, {"x5u": "x"}, {"cty": "JWT"}],
)
def test_an_unknown_header_member_is_refused(
    extra: dict[str, Any], root: Ed25519PrivateKey
) -> None:
    """A header may not ask the reader for anything it does not know."""
    assert "header" in refuses(forged(honest(root) | extra, root), root)


def test_a_statement_has_one_spelling(root: Ed25519PrivateKey) -> None:
    """Unused bits at the end of a part may not be set: the text's hash names the statement."""
    text = statement.sign(CLAIMS, key=root, typ=statement.SCOPE_RECEIPT)
    other = text[:-1] + ALPHABET[ALPHABET.index(text[-1]) ^ 1]
    assert "canonical" in refuses(other, root)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a.b",
        "a.b.c.d",
        "..",
        "é.b.c",
        "a b.c.d",
        "[" * 40,
        '{"alg":"none"}',
        "\n\n\n",
        "A.A.A",
    ],
)
def test_rubbish_is_refused(text: str, root: Ed25519PrivateKey) -> None:
    """Anything that is not a statement gets an answer, never a crash."""
    assert refuses(text, root)


@pytest.mark.parametrize("header", ["[" * 9000, "[]", "null", '"x"', "{", "{}", '{"alg":"EdDSA"}'])
def test_a_header_that_is_no_header_is_refused(header: str, root: Ed25519PrivateKey) -> None:
    """Deep nesting and other JSON in the header's place are refused."""
    assert "header" in refuses(f"{b64(header.encode())}.e30.e30", root)


def test_claims_are_an_object(root: Ed25519PrivateKey) -> None:
    """A signed list is no statement."""
    body = b64(json.dumps(honest(root)).encode()) + "." + b64(b"[1]")
    assert refuses(body + "." + b64(root.sign(body.encode())), root)


def test_an_endless_text_is_refused_unread(root: Ed25519PrivateKey) -> None:
    """More than 512 KiB is no statement of ours."""
    assert refuses("A" * (statement.MAX_CHARACTERS + 1), root)


def test_a_carried_key_is_the_key_that_signed(
    root: Ed25519PrivateKey, server: Ed25519PrivateKey
) -> None:
    """A key in the header is returned; swapped for another, or with a private part, refused."""
    text = statement.sign(CLAIMS, key=root, typ=statement.KEYSET, with_key=True)
    carried = statement.embedded_key(text, typ=statement.KEYSET)
    assert carried.public_bytes_raw() == root.public_key().public_bytes_raw()
    theirs = jwt.get_unverified_header(
        statement.sign(CLAIMS, key=server, typ=statement.KEYSET, with_key=True)
    )
    assert "another key" in refuses(forged(honest(root) | {"jwk": theirs["jwk"]}, root), root)


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        "key",
        {},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "d": "A" * 43},
        {"kty": "OKP", "crv": "Ed25519", "x": ["A"]},
    ],
)
def test_a_carried_key_that_is_no_key_is_refused(jwk: object, root: Ed25519PrivateKey) -> None:
    """Only a plain Ed25519 public key counts, and a private part never travels."""
    header = honest(root) | {"typ": statement.KEYSET} | ({} if jwk is None else {"jwk": jwk})
    with pytest.raises(StatementRefused):
        statement.embedded_key(forged(header, root), typ=statement.KEYSET)


@pytest.mark.parametrize(
    "text", [None, 1, "", "A" * 42, "A" * 44, "A" * 42 + "B", "é" * 43, "=" * 43]
)
def test_a_key_has_one_spelling(text: object) -> None:
    """Short, long, padded and non-canonical keys are refused."""
    with pytest.raises(StatementRefused):
        statement.parse_key(text)


def test_one_of_several_kinds_is_told_apart(root: Ed25519PrivateKey) -> None:
    """A reader of two kinds learns which it was; a third kind, or another key, is neither."""
    kinds = (statement.REPORT_RECEIPT, statement.SCOPE_RECEIPT)
    public = root.public_key()
    for typ in kinds:
        text = statement.sign(CLAIMS, key=root, typ=typ)
        assert statement.verify_any(text, key=public, kinds=kinds) == (typ, CLAIMS)
    for key, typ in ((root, statement.BUNDLE), (Ed25519PrivateKey.generate(), kinds[0])):
        with pytest.raises(StatementRefused):
            statement.verify_any(statement.sign(CLAIMS, key=key, typ=typ), key=public, kinds=kinds)
