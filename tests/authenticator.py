"""A security key in software, and the browser in front of it, for tests.

Web Authentication Level 3: sections 5.8.1 (client data), 6.1 (authenticator data), 6.5.4
(attestation objects). It lies on request, which no real one does.
"""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

ORIGIN = "http://portico.test"  # where the test portal is
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40  # flags: a person, recognised, a key follows
_AAGUID = bytes(16)  # tells no maker


def to_text(data: bytes) -> str:
    """Write bytes as browsers do."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Read what a portal wrote."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Authenticator:
    """One passkey, on one device.

    Attributes:
        origin: The page that asks, as the browser sees it.
        flags: What the device says of the person in front of it.
        count: How often it says that it signed; stays 0 when it does not count.
        counts: Whether it does.
        extra: What the browser adds to the client data.
    """

    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owner: bytes = b""

    def create(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Make the passkey and answer as the page's script does."""
        self.owner = to_bytes(options["user"]["id"])
        data = self._data(options["rp"]["id"], ATTESTED) + self._attested()
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._answer(
            clientDataJSON=to_text(self._client("webauthn.create", options)),
            attestationObject=to_text(cbor2.dumps(attestation)),
            transports=["usb"],
        )

    def sign(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Sign a challenge and answer as the page's script does."""
        self.count += self.counts
        data = self._data(options["rpId"], 0)
        client = self._client("webauthn.get", options)
        signed = data + hashlib.sha256(client).digest()
        return self._answer(
            clientDataJSON=to_text(client),
            authenticatorData=to_text(data),
            signature=to_text(self.key.sign(signed, ECDSA(SHA256()))),
            userHandle=to_text(self.owner),
        )

    def _answer(self, **response: Any) -> dict[str, Any]:
        name = to_text(self.id)
        outer = {"id": name, "type": "public-key", "clientExtensionResults": {}}
        return {**outer, "response": response}

    def _client(self, kind: str, options: Mapping[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**said, "crossOrigin": False, **self.extra}).encode()

    def _data(self, host: str, flags: int) -> bytes:
        counted = struct.pack(">BI", self.flags | flags, self.count)
        return hashlib.sha256(host.encode()).digest() + counted

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})  # ES256 on P-256, RFC 9053
        return _AAGUID + struct.pack(">H", len(self.id)) + self.id + public
