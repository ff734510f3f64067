"""The people in the tests, with the verbs they use."""

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import age
from portal.age.identities import HybridIdentity, X25519Identity
from portal.cases.program import Program
from portal.intake.token import Token
from portal.policy import keyset as keysets
from portal.policy import statement

REPLY_KIND = {"hybrid": "mlkem768x25519", "classic": "x25519"}


@dataclass
class Staff:
    """The people who can open reports, and the root key they keep offline."""

    kind: str = "classic"
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    roles: tuple[str, ...] = ("handler", "recovery")
    identities: dict[str, HybridIdentity | X25519Identity] = field(default_factory=dict)
    signing: dict[str, Ed25519PrivateKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first, self.roles = self.roles, ()
        for role in first:
            self.join(role)

    def join(self, role: str) -> None:
        """Make keys for one more person; the next keyset that is signed has them."""
        make = X25519Identity if self.kind == "classic" else HybridIdentity
        self.identities[role] = make.generate()
        self.signing[role] = Ed25519PrivateKey.generate()
        self.roles = (*self.roles, role)

    def leave(self, role: str) -> None:
        """Retire somebody's keys; the next keyset that is signed has them no more."""
        self.roles = tuple(one for one in self.roles if one != role)

    def keyset(
        self,
        program: str,
        receipt_key: Ed25519PrivateKey,
        *,
        now: datetime,
        days: int = 30,
        **changes: Any,
    ) -> str:
        """Sign a keyset for a program."""
        issued, root = int(now.timestamp()), statement.fingerprint(self.root.public_key())
        public = receipt_key.public_key()
        claims = {
            "iss": f"urn:portico:root:{root}",
            "program": program,
            "version": 1,
            "iat": issued,
            "exp": issued + days * 86400,
            "previous": None,
            "kind": self.kind,
            "entries": [self._entry(role) for role in self.roles],
            "receipt_key": {
                "kid": statement.fingerprint(public),
                "key": statement.key_text(public),
                "iat": issued,
                "exp": issued + 365 * 86400,
            },
        }
        return keysets.issue({**claims, **changes}, root=self.root)

    def _entry(self, role: str) -> dict[str, str]:
        return {
            "name": role.title(),
            "role": role,
            "recipient": str(self.identities[role].recipient),
            "signing": statement.key_text(self.signing[role].public_key()),
        }

    def open(self, sealed: bytes, *, role: str = "handler") -> bytes:
        """Open an age file."""
        plain = io.BytesIO()
        age.decrypt(io.BytesIO(sealed), [self.identities[role].text], plain)
        return plain.getvalue()

    def read(self, sealed: bytes, *, role: str = "handler") -> dict[str, bytes]:
        """Open an age file and return the files in its archive."""
        with tarfile.open(fileobj=io.BytesIO(self.open(sealed, role=role))) as archive:
            return {
                member.name: archive.extractfile(member).read()  # type: ignore[union-attr]
                for member in archive.getmembers()
            }


@dataclass(frozen=True)
class Answer:
    """What the portal answered."""

    status_code: int
    data: bytes
    json: Any

    @classmethod
    def of(cls, response: TestResponse) -> "Answer":
        """Keep what matters of a response."""
        return cls(response.status_code, response.data, response.get_json(silent=True))

    @property
    def text(self) -> str:
        """The body as text."""
        return self.data.decode()


def archive(files: Mapping[str, bytes], *, floor: int = 16384) -> bytes:
    """Pack files into a padded archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    plain = packed.getvalue()
    return plain + bytes(max(0, floor - len(plain)))


def seal(plain: bytes, recipients: tuple[str, ...]) -> bytes:
    """Seal bytes to recipients."""
    sealed = io.BytesIO()
    age.encrypt(io.BytesIO(plain), recipients, sealed)
    return sealed.getvalue()


@dataclass
class Researcher:
    """Somebody who found something. Their machine makes the token and seals the report."""

    client: FlaskClient
    program: Program
    token: Token = field(default_factory=Token.mint)
    now: datetime | None = None

    def recipients(self, *, reply: bool = True) -> tuple[str, ...]:
        """Whom a report is sealed to, the reporter's own copy last."""
        keyset = self.program.keyset
        assert keyset is not None
        own = age_recipient(self.token.reply_identity(REPLY_KIND[keyset.kind]))
        return (*keyset.recipients, own) if reply else keyset.recipients

    def sealed(self, text: str = "A door is open.", *, reply: bool = True) -> bytes:
        """Seal a small report."""
        document = json.dumps({"format": "portico/report/v1", "fields": {"title": text}})
        return seal(
            archive({"report.json": document.encode(), "report.md": text.encode()}),
            self.recipients(reply=reply),
        )

    def fields(self, report: bytes, attachments: bytes | None = None) -> dict[str, Any]:
        """Write the fields and files of a delivery."""
        keyset = self.program.keyset
        assert keyset is not None
        fields: dict[str, Any] = {
            "lookup": self.token.lookup,
            "kind": "report",
            "policy": str(self.program.policy_version),
            "keyset": str(keyset.version),
            "scope_receipt": "",
            "reply": "yes",
        }
        for role, data in (("report", report), ("attachments", attachments)):
            if data is not None:
                fields[f"{role}_length"] = str(len(data))
                fields[f"{role}_sha256"] = hashlib.sha256(data).hexdigest()
                fields[role] = (io.BytesIO(data), f"{role}.age")
        return fields

    def send(
        self, report: bytes | None = None, attachments: bytes | None = None, /, **changes: Any
    ) -> Answer:
        """Deliver a sealed report as the page's script does."""
        data = self.fields(self.sealed() if report is None else report, attachments) | changes
        return Answer.of(
            self.client.post(
                f"/{self.program.slug}/report",
                data={name: value for name, value in data.items() if value is not None},
                content_type="multipart/form-data",
                headers={"Accept": "application/json"},
            )
        )

    def check(self, target: str, **answers: bool) -> Answer:
        """Ask whether a target is in scope."""
        body = {"target": target, "answers": answers}
        return Answer.of(self.client.post(f"/{self.program.slug}/scope", json=body))

    def status(self) -> Answer:
        """Ask how the report stands."""
        return Answer.of(self.client.post("/status", json={"lookup": self.token.lookup}))

    def fetch(self, role: str = "report") -> Answer:
        """Fetch one's own sealed file."""
        body = {"lookup": self.token.lookup, "role": role}
        return Answer.of(self.client.post("/status/envelope", json=body))


def age_recipient(identity: str) -> str:
    """Return the recipient of an identity."""
    from portal.age.identities import recipient_of

    return str(recipient_of(identity))


MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
