"""What the policy tests share: a root key, recipients, and a keyset waiting to be signed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.policy import statement

VECTORS = Path(__file__).parents[2] / "vectors"


@pytest.fixture
def now() -> datetime:
    """A Sunday morning in November."""
    return datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def root() -> Ed25519PrivateKey:
    """The offline root key of a program."""
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def server() -> Ed25519PrivateKey:
    """The key a server signs receipts with."""
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


@pytest.fixture
def recipients() -> dict[str, list[str]]:
    """Public age keys of both kinds, made once with the browser's library."""
    return dict(json.loads((VECTORS / "keysets" / "recipients.json").read_text("utf-8")))


@pytest.fixture
def claims(
    root: Ed25519PrivateKey,
    server: Ed25519PrivateKey,
    recipients: dict[str, list[str]],
    now: datetime,
) -> dict[str, Any]:
    """The claims of a keyset in perfect order: one handler, one recovery key, thirty days."""
    start = int(now.timestamp())
    return {
        "iss": "urn:portico:root:" + statement.fingerprint(root.public_key()),
        "program": "example",
        "version": 3,
        "iat": start,
        "exp": start + 30 * 86400,
        "previous": "ab" * 32,
        "kind": "hybrid",
        "entries": [
            {
                "name": "Ada",
                "role": "security officer",
                "recipient": recipients["hybrid"][0],
                "signing": statement.key_text(server.public_key()),
            },
            {"name": "The safe", "role": "recovery", "recipient": recipients["hybrid"][1]},
        ],
        "receipt_key": {
            "kid": statement.fingerprint(server.public_key()),
            "key": statement.key_text(server.public_key()),
            "iat": start,
            "exp": start + 30 * 86400,
        },
    }
