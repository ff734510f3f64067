"""A maker of bundles, whole or damaged, as a server or an attacker would send them."""

import hashlib
import io
import json
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age.encrypting import encrypt
from portal.offline.seal import Sealed, seal_report
from portal.policy import statement
from portal.policy.keyset import Keyset

PORTAL = "https://report.example"
REPORT = "7k2m9-qx4dw"
NONCE, NONCE_TEXT = bytes(range(16)), "AAECAwQFBgcICQoLDA0ODw"
TARGET = "https://shop.example"
VERDICT = {"ruling": "in", "rule": "r1", "code": "matched", "policy_version": 1}
Open = Callable[..., tuple[int, str, str]]  # runs `portico open`: exit code, output, complaints


@dataclass
class Press:
    """Makes bundles, whole or damaged.

    Attributes:
        folder: Where things are made.
        keyset: What reports are sealed to.
        key: The server's receipt key.
        now: Present time.
        keysets: What the manifest carries.
        portal: What the manifest names as the portal.
        verdict: What the portal files reports under.
    """

    folder: Path
    keyset: Keyset
    key: Ed25519PrivateKey
    now: datetime
    keysets: dict[str, str] = field(default_factory=dict)
    portal: str = PORTAL
    verdict: dict[str, Any] | None = field(default_factory=lambda: dict(VERDICT))

    def scope_receipt(self, ruling: str = "in", target: str = TARGET) -> str:
        """Sign a verdict."""
        claims = {
            "iss": PORTAL,
            "iat": int(self.now.timestamp()),
            "program": "example",
            "target_hash": hashlib.sha256(NONCE + target.encode()).hexdigest(),
            "ruling": ruling,
            "rule": VERDICT["rule"],
            "code": VERDICT["code"],
            "policy": {"version": VERDICT["policy_version"], "sha256": "ab" * 32},
        }
        return statement.sign(claims, key=self.key, typ=statement.SCOPE_RECEIPT)

    def sealed(self, **more: Any) -> tuple[Sealed, ...]:
        """Seal a report with one attachment."""
        document = {
            "format": "portico/report/v1",
            "program": "example",
            "target": {
                "text": TARGET + "/x",
                "normalised": TARGET,
                "nonce": NONCE_TEXT,
                "verdict": {"ruling": "in", "reason": "Rule."},
                "receipt": self.scope_receipt(),
            },
            "fields": {"title": "XSS", "steps": "```\n# Forged\n```"},
        }
        shot = self.folder / "shot.png"
        shot.write_bytes(b"png")
        room = Path(tempfile.mkdtemp(dir=self.folder))
        return seal_report(
            document | more, [shot], to=self.keyset.recipients, folder=room, now=self.now
        )

    def receipt(self, envelopes: tuple[Sealed, ...], /, **more: Any) -> str:
        """Sign for files."""
        claims = {
            "iss": PORTAL,
            "iat": int(self.now.timestamp()),
            "program": "example",
            "report": REPORT,
            "verdict": self.verdict,
            "envelopes": [
                {
                    "role": each.role,
                    "length": each.length,
                    "header_sha256": each.header_sha256,
                    "payload_sha256": each.payload_sha256,
                }
                for each in envelopes
            ],
        } | more
        return statement.sign(claims, key=self.key, typ=statement.REPORT_RECEIPT)

    def case(self, envelopes: tuple[Sealed, ...], /, **more: Any) -> dict[str, Any]:
        """Describe a report as the server does."""
        return {
            "report": REPORT,
            "program": "example",
            "received_at": "2026-11-22T09:00:00Z",
            "policy": 1,
            "keyset": 1,
            "verdict": self.verdict,
            "receipt": self.receipt(envelopes),
            "events": [{"name": "received", "at": "2026-11-22", "actor": "server", "data": {}}],
            "envelopes": [
                {
                    "role": each.role,
                    "path": f"{REPORT}/{each.role}.age",
                    "length": each.length,
                    "sha256": each.sha256,
                    "header_sha256": each.header_sha256,
                    "payload_sha256": each.payload_sha256,
                }
                for each in envelopes
            ],
        } | more

    def bundle(
        self,
        cases: list[dict[str, Any]],
        envelopes: tuple[Sealed, ...],
        *,
        key: Ed25519PrivateKey | None = None,
        typ: str = statement.BUNDLE,
        extra: dict[str, bytes] | None = None,
        compression: int = zipfile.ZIP_STORED,
    ) -> Path:
        """Write a bundle."""
        manifest = {
            "format": "portico/bundle/v1",
            "made_at": "2026-11-22T09:00:00Z",
            "portal": self.portal,
            "reports": cases,
            "keysets": self.keysets,
        }
        content = json.dumps(manifest).encode()
        claims = {"iss": PORTAL, "manifest_sha256": hashlib.sha256(content).hexdigest()}
        path = self.folder / "bundle.zip"
        files = {f"{REPORT}/{each.role}.age": each.path.read_bytes() for each in envelopes}
        signed = statement.sign(claims, key=key or self.key, typ=typ).encode()
        files |= {"manifest.json": content, "manifest.jws": signed} | (extra or {})
        with zipfile.ZipFile(path, "w", compression) as made:
            for name, data in files.items():
                made.writestr(name, data)
        return path


def by_hand(*files: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """Pack files as a person would."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            tar.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def sealed_by_hand(press: Press, content: bytes, role: str = "sealed") -> Sealed:
    """Seal something that no client of ours made."""
    path = Path(tempfile.mkdtemp(dir=press.folder)) / f"{role}.age"
    with path.open("wb") as sink:
        encrypt(io.BytesIO(content), press.keyset.recipients, sink)
    return Sealed.measured(role, path)


def tree(folder: Path) -> set[str]:
    """List the files under a folder."""
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
