"""What the tests of the offline room share: people with keys, a keyset, and a small portal."""

import hashlib
import io
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from werkzeug.formparser import parse_form_data

from portal.age import header
from portal.cli import main
from portal.offline import key_files
from portal.offline.identity import StaffIdentity, parse_card
from portal.offline.keyring import KeysetDraft
from portal.policy import statement
from portal.policy.keyset import Keyset
from tests.press import Open, Press

PROGRAM = "example"
NONCE = bytes(range(16))
NONCE_TEXT = "AAECAwQFBgcICQoLDA0ODw"


@pytest.fixture
def now() -> datetime:
    """The present, in whole seconds: keysets are judged against the real clock by commands."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="session")
def root() -> Ed25519PrivateKey:
    """The program's offline root key."""
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="session")
def server_key() -> Ed25519PrivateKey:
    """The key the portal signs receipts with."""
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


@pytest.fixture(scope="session")
def ada() -> StaffIdentity:
    """A handler."""
    return StaffIdentity.generate("Ada")


@pytest.fixture(scope="session")
def safe() -> StaffIdentity:
    """The recovery identity in the safe."""
    return StaffIdentity.generate("The safe")


@pytest.fixture
def keyset(
    root: Ed25519PrivateKey,
    server_key: Ed25519PrivateKey,
    ada: StaffIdentity,
    safe: StaffIdentity,
    now: datetime,
) -> Keyset:
    """The program's keyset, signed today."""
    draft = KeysetDraft(PROGRAM, "hybrid").adding(parse_card(ada.card_text()), role="handler")
    draft = draft.adding(parse_card(safe.card_text()), role="recovery")
    draft = draft.with_receipt_key(server_key.public_key(), now=now - timedelta(hours=1))
    return Keyset.read(draft.signed(root, days=30, now=now), root=None)


@pytest.fixture
def browser() -> Callable[[dict[str, Any]], Any]:
    """Run a job with the browser's own modules, in Node."""

    def run(job: dict[str, Any]) -> Any:
        node = shutil.which("node")
        if node is None:
            pytest.fail("The command `node` is not installed, so nothing can be compared.")
        script = Path(__file__).with_name("archive.mjs")
        done = subprocess.run(
            [node, str(script)], input=json.dumps(job).encode(), capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


@dataclass
class SmallPortal:
    """A portal of few words, which remembers what it was sent.

    Attributes:
        keyset: What it hands out.
        key: What it signs with.
        ruling: What it says about every target.
        stumbles: How many times it answers 503 before it takes a report.
        lies: The hash of the first file that its receipt states wrongly; empty for none.
        files_as: What its receipt states otherwise than it was sent.
        scope: What it publishes as the program's scope; nothing if empty.
        asked: Targets it was asked about.
        kept: Text fields and files of every report it took.
    """

    keyset: Keyset
    key: Ed25519PrivateKey
    url: str = ""
    ruling: str = "in"
    redirect: dict[str, str] | None = None
    stumbles: int = 0
    lies: str = ""
    files_as: dict[str, Any] = field(default_factory=dict)
    scope: str = ""
    asked: list[str] = field(default_factory=list)
    kept: list[tuple[dict[str, str], dict[str, bytes]]] = field(default_factory=list)
    standing: dict[str, Any] = field(default_factory=dict)

    def rule(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer a scope check."""
        target = f"normal:{question['target']}"
        self.asked.append(question["target"])
        claims = {
            "iss": self.url,
            "iat": int(self.keyset.created.timestamp()),
            "program": PROGRAM,
            "target_hash": hashlib.sha256(NONCE + target.encode()).hexdigest(),
            "ruling": self.ruling,
            "rule": "r1",
            "code": "matched",
            "policy": {"version": 7, "sha256": "ab" * 32},
        }
        return {
            "verdict": {
                "ruling": self.ruling,
                "rule": {"id": "r1", "pattern": "*", "line": None, "note": None},
                "code": "matched",
                "reason": "Because \x1b[31mrule r1\x1b[0m says so.",
                "target": target,
                "redirect": self.redirect,
                "questions": [{"id": "vendor", "text": "Is it yours?"}],
            },
            "receipt": statement.sign(claims, key=self.key, typ=statement.SCOPE_RECEIPT),
            "nonce": NONCE_TEXT,
            "policy": claims["policy"],
        }

    def take(self, fields: dict[str, str], files: dict[str, bytes]) -> dict[str, Any]:
        """Take in a report, and sign for it."""
        self.kept.append((fields, files))
        envelopes = []
        for role, content in files.items():
            assert fields[f"{role}_length"] == str(len(content))
            assert fields[f"{role}_sha256"] == hashlib.sha256(content).hexdigest()
            envelopes.append({"role": role, "length": len(content), **hashes(content)})
        if self.lies:
            envelopes[0][self.lies] = "00" * 32
        claims = {
            "iss": self.url,
            "iat": int(self.keyset.created.timestamp()),
            "program": PROGRAM,
            "report": "7k2m9-qx4dw",
            "kind": fields.get("kind", "report"),
            "exposed": fields.get("exposed") == "yes",
            "exploited": fields.get("exploited") == "yes",
            "envelopes": envelopes,
            "deadlines": [
                {
                    "id": "ack",
                    "label": "Confirmation",
                    "state": "running",
                    "due": "2027-01-01T01:00:00+01:00",
                }
            ],
        } | self.files_as
        receipt = statement.sign(claims, key=self.key, typ=statement.REPORT_RECEIPT)
        return {"report": claims["report"], "receipt": receipt, "claims": claims}


def hashes(content: bytes) -> dict[str, str]:
    """Return the two hashes that receipts name a file by."""
    raw = header.read(io.BytesIO(content)).raw
    return {
        "header_sha256": hashlib.sha256(raw).hexdigest(),
        "payload_sha256": hashlib.sha256(content[len(raw) :]).hexdigest(),
    }


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the small portal."""

    portal: SmallPortal

    def do_GET(self) -> None:
        """Hand out the keyset, or the scope."""
        if self.path == f"/{PROGRAM}/keyset.jws":
            self.answer(200, self.portal.keyset.text.encode(), "text/plain")
        elif self.path == f"/{PROGRAM}/scope.json" and self.portal.scope:
            self.answer(200, self.portal.scope.encode(), "application/json")
        elif self.path == "/moved/keyset.jws":
            self.send_response(302)
            self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()
        else:
            self.say(404, error={"code": "no-such-program", "message": "No \x1b]0;x", "hint": "?"})

    def do_POST(self) -> None:
        """Rule, take in, or tell how things stand."""
        body = io.BytesIO(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == f"/{PROGRAM}/scope":
            self.say(200, **self.portal.rule(json.load(body)))
        elif self.path == f"/{PROGRAM}/report":
            self.take(body)
        elif self.portal.standing.get("lookup") == json.load(body)["lookup"]:
            self.say(200, **self.portal.standing)
        else:
            self.say(404, error={"code": "no-such-report", "message": "Nothing.", "hint": "Look."})

    def take(self, body: io.BytesIO) -> None:
        """Take in a form, or stumble."""
        if self.portal.stumbles:
            self.portal.stumbles -= 1
            self.answer(503, b"busy", "text/plain")
            return
        environ = {
            "wsgi.input": body,
            "CONTENT_TYPE": self.headers["Content-Type"],
            "CONTENT_LENGTH": self.headers["Content-Length"],
            "REQUEST_METHOD": "POST",
        }
        _, form, files = parse_form_data(environ)
        contents = {}
        for name, file in files.items():
            contents[name] = file.stream.read()
            file.close()
        self.say(201, **self.portal.take(form.to_dict(), contents))

    def say(self, status: int, **members: Any) -> None:
        """Answer in JSON."""
        self.answer(status, json.dumps(members).encode(), "application/json")

    def answer(self, status: int, content: bytes, kind: str) -> None:
        """Answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def small_portal(keyset: Keyset, server_key: Ed25519PrivateKey) -> Iterator[SmallPortal]:
    """A portal on this machine."""
    portal = SmallPortal(keyset, server_key)
    handler = type("Bound", (Handler,), {"portal": portal})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    portal.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield portal
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of the test's own, and no proxies."""
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def press(tmp_path: Path, keyset: Keyset, server_key: Ed25519PrivateKey, now: datetime) -> Press:
    """A maker of bundles."""
    folder = tmp_path / "press"
    folder.mkdir()
    return Press(folder, keyset, server_key, now, keysets={"example": keyset.text})


@pytest.fixture
def key_file(tmp_path: Path, ada: StaffIdentity, now: datetime) -> Path:
    """Ada's identity file."""
    path = tmp_path / "ada.key"
    key_files.write_new(path, ada.file_text(made=now).encode())
    return path


@pytest.fixture
def opening(tmp_path: Path, key_file: Path, capsys: pytest.CaptureFixture[str]) -> Open:
    """Run `portico open`, and give its exit code, output and complaints."""

    def run(file: Path, *more: str, identity: Path = key_file) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["open", str(file), "-i", str(identity), "-d", str(tmp_path / "out"), *more])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run
