"""A report full of traps on the running portal, and people of the staff in front of it."""

import io
import json
import struct
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from playwright.sync_api import Page, expect

from portal.app import create_app
from portal.cases.program import Program
from portal.config import Config
from portal.policy import statement
from tests import colleagues
from tests.actors import Researcher, archive, seal
from tests.colleagues import COOKIE, Colleague
from tests.live import Live

PATIENT = 30_000  # milliseconds until something is sealed or opened on a busy machine
TRAPS = (
    "# A door is open\n\n"
    "<script>document.documentElement.dataset.pwned = 'yes'</script>\n"
    "<img src=x onerror=\"document.documentElement.dataset.pwned='yes'\">\n"
    "[press me](javascript:alert(1)) and the file photo\u202egnp.exe \u200bhere\n"
    f"{'A' * 20_000}\nThe last line.\n"
)
PAGE = b"<script>document.documentElement.dataset.pwned = 'yes'; alert(1)</script>"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
)


def png(width: int = 8, height: int = 6, *, claims: tuple[int, int] | None = None) -> bytes:
    """Draw a small red picture; `claims` is the size that its header states instead."""
    shown = claims or (width, height)
    header = struct.pack(">IIBBBBB", *shown, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height))
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


FILES: Mapping[str, bytes] = {
    "photo\u202egnp.exe": b"MZ\0\0",
    "page.html": PAGE,
    "drawing.svg": DRAWING,
    "shot.png": png(),
    "bomb.png": png(claims=(20_000, 20_000)),
    "log.txt": "GET /\u202e/ 200\n".encode() * 50,
}


@dataclass
class Bureau:
    """The running portal, seen from a process beside it."""

    live: Live
    slug: str = "example"
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        url = f"sqlite:///{self.live.instance / 'portico.db'}"
        self.app = create_app(Config(self.live.instance, self.live.url, url))

    @property
    def program(self) -> Program:
        """The program, as it stands."""
        found: Program = self.app.extensions["portico"].catalogue.program(
            self.slug, now=datetime.now(UTC)
        )
        return found

    @property
    def key(self) -> Path:
        """The identity file of somebody who works on reports."""
        found = sorted(self.live.staff_machine.glob(f"{self.slug}-*.key"))
        return next(one for one in found if not one.stem.endswith("-recovery"))

    def hire(self, name: str, role: str = "handler") -> Colleague:
        """Put somebody on the staff."""
        database = self.app.extensions["portico"].store.database
        return colleagues.hire(self.app, database, name, {self.slug: role}, datetime.now(UTC))

    def researcher(self) -> Researcher:
        """Somebody with a token."""
        return Researcher(self.app.test_client(), self.program)

    def close(self) -> None:
        """Let go of the database."""
        self.app.extensions["portico"].store.database.close()


def reported(someone: Researcher, text: str = TRAPS, files: Mapping[str, bytes] = FILES, /) -> str:
    """Send a report with files; return its name."""
    packed = archive(files) if files else None
    sealed = seal(archive(_contents(someone, text, files, packed)), someone.recipients())
    attached = seal(packed, someone.recipients()) if packed else None
    sent = someone.send(sealed, attached)
    assert sent.status_code == 201, sent.text
    return str(sent.json["report"])


def _contents(
    someone: Researcher, text: str, files: Mapping[str, bytes], packed: bytes | None
) -> dict[str, bytes]:
    keyset = someone.program.keyset
    assert keyset is not None
    named = [{"name": name, "size": len(data), "type": ""} for name, data in files.items()]
    document: dict[str, Any] = {
        "format": "portico/report/v1",
        "program": someone.program.slug,
        "keyset": {"version": keyset.version, "root": keyset.fingerprint},
        "reporter": {
            "recipient": someone.recipients()[-1],
            "signing_key": statement.key_text(signing_key(someone).public_key()),
        },
        "attachments": packed
        and {"length": len(packed), "sha256": sha256(packed).hexdigest(), "files": named},
    }
    return {"report.json": json.dumps(document).encode(), "report.md": text.encode()}


def signing_key(someone: Researcher) -> Ed25519PrivateKey:
    """Return the key that a token signs with."""
    return Ed25519PrivateKey.from_private_bytes(someone.token.signing_seed)


def unpacked(plain: bytes) -> dict[str, bytes]:
    """Return the files of an opened archive."""
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


def sit(page: Page, someone: Colleague, address: str) -> None:
    """Put somebody in front of a page of the desk."""
    cookie = someone.client.get_cookie(COOKIE, path="/staff")
    assert cookie is not None
    own = {"name": COOKIE, "value": cookie.value, "domain": "127.0.0.1", "path": "/staff"}
    page.context.clear_cookies()
    page.context.add_cookies([own])  # type: ignore[list-item]
    page.goto(address)


def unlock(page: Page, key: Path) -> None:
    """Open the report that is shown with an identity file, and wait until all of it is there."""
    page.get_by_label("Your identity file").set_input_files(key)
    page.get_by_role("button", name="Open the report").click()
    expect(page.locator("#opened")).to_be_visible(timeout=PATIENT)
    expect(page.locator("#notes")).to_be_visible(timeout=PATIENT)
