"""Four implementations read each other's files."""

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest

from portal.age import recipients
from portal.age.identities import HybridIdentity, ScryptIdentity, X25519Identity, parse_file
from portal.age.recipients import ScryptRecipient

pytestmark = pytest.mark.thorough

Seal = Callable[..., bytes]
Unseal = Callable[..., bytes]
Tool = Callable[[str], str]
Typage = Callable[[list[dict[str, Any]]], list[bytes | None]]
SCRIPT = Path(__file__).with_name("typage.mjs")
CONTENTS = [b"", b"hello", bytes(65_536), bytes(range(256)) * 800]
VECTORS = Path(__file__).parents[2] / "vectors" / "age"
PASSPHRASE = "correct horse ☃"


@pytest.fixture(scope="module")
def typage(tool: Tool) -> Typage:
    """Run jobs in the library the browser uses."""

    def run(jobs: list[dict[str, Any]]) -> list[bytes | None]:
        node = tool("node")
        done = subprocess.run(
            [node, str(SCRIPT)], input=json.dumps(jobs).encode(), capture_output=True, timeout=120
        )
        if done.returncode:
            pytest.fail(f"typage did not run (is `npm ci` done?): {done.stderr.decode()[-500:]}")
        answers = json.loads(done.stdout)
        return [None if text is None else base64.b64decode(text) for text in answers]

    return run


def text(data: bytes) -> str:
    """Write bytes as JSON can carry them."""
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("kind", ["classic", "hybrid"])
def test_the_browser_library_agrees(
    kind: str,
    typage: Typage,
    classic: X25519Identity,
    hybrid: HybridIdentity,
    seal: Seal,
    unseal: Unseal,
) -> None:
    """The browser's library and ours open each other's files and derive the same recipient."""
    identity = classic if kind == "classic" else hybrid
    to = str(identity.recipient)
    jobs: list[dict[str, Any]] = [{"job": "recipient", "identity": identity.text}]
    jobs += [{"job": "seal", "to": [to, to], "data": text(each)} for each in CONTENTS]
    jobs += [
        {"job": "open", "using": [identity.text], "data": text(seal(each, [to]))}
        for each in CONTENTS
    ]
    recipient, *answers = typage(jobs)
    assert recipient == to.encode()
    sealed, opened = answers[: len(CONTENTS)], answers[len(CONTENTS) :]
    assert opened == CONTENTS
    assert [unseal(each or b"", [identity]) for each in sealed] == CONTENTS


def test_passphrases_agree_with_the_browser_library(
    typage: Typage, seal: Seal, unseal: Unseal
) -> None:
    """A passphrase file opens on the other side, both ways."""
    ours = seal(b"hello", [ScryptRecipient(PASSPHRASE, work_factor=6)])
    opened, theirs = typage(
        [
            {"job": "open", "passphrase": PASSPHRASE, "data": text(ours)},
            {"job": "seal", "passphrase": PASSPHRASE, "data": text(b"hello")},
        ]
    )
    assert opened == b"hello"
    assert unseal(theirs or b"", [ScryptIdentity(PASSPHRASE)]) == b"hello"


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_pyrage_agrees(content: bytes, classic: X25519Identity, seal: Seal, unseal: Unseal) -> None:
    """The Rust implementation and ours open each other's files."""
    identity = pyrage.x25519.Identity.from_str(classic.text)
    assert str(identity.to_public()) == str(classic.recipient)
    assert pyrage.decrypt(seal(content, [classic.recipient]), [identity]) == content
    theirs = pyrage.encrypt(content, [identity.to_public()])
    assert unseal(theirs, [classic]) == content


def test_pyrage_passphrases_agree(seal: Seal, unseal: Unseal) -> None:
    """A passphrase file opens in the Rust implementation, and one of its own in ours.

    Its own was sealed once, on a slow machine: it would work a second per file on any other.
    """
    ours = seal(b"hello", [ScryptRecipient(PASSPHRASE, work_factor=6)])
    assert pyrage.passphrase.decrypt(ours, PASSPHRASE) == b"hello"
    theirs = (VECTORS / "pyrage-passphrase.age").read_bytes()
    assert pyrage.passphrase.decrypt(theirs, PASSPHRASE) == b"hello"
    assert unseal(theirs, [ScryptIdentity(PASSPHRASE)]) == b"hello"


def test_the_age_command_agrees(
    tmp_path: Path, tool: Tool, classic: X25519Identity, seal: Seal, unseal: Unseal
) -> None:
    """A staff member with nothing but the age command opens our files, and we open theirs."""
    key = tmp_path / "key.txt"
    key.write_text(f"# ours\n{classic.text}\n")
    age, to = tool("age"), str(classic.recipient)
    for content in CONTENTS:
        ours = seal(content, [to])
        opened = subprocess.run(
            [age, "-d", "-i", str(key)], input=ours, capture_output=True, check=True, timeout=60
        )
        assert opened.stdout == content
        theirs = subprocess.run(
            [age, "-r", to], input=content, capture_output=True, check=True, timeout=60
        )
        assert unseal(theirs.stdout, [classic]) == content


def test_age_keygen_agrees(tmp_path: Path, tool: Tool, seal: Seal, unseal: Unseal) -> None:
    """An identity file of the age command is read, and both derive the same recipient."""
    key = tmp_path / "key.txt"
    command = [tool("age-keygen"), "-o", str(key)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    derived = subprocess.run(
        [tool("age-keygen"), "-y", str(key)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    (identity,) = parse_file(key.read_text())
    assert recipients.parse(derived.stdout) == identity.recipient
    assert unseal(seal(b"hello", [derived.stdout]), [identity]) == b"hello"
