"""The status page without script: messages are saved, opened, sealed and sent by hand."""

import html
import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.age.identities import X25519Identity
from portal.cases.messages import Posting
from portal.cases.program import Program
from portal.cases.store import Store
from portal.intake.delivery import Sealed
from portal.intake.vet import vet
from tests.actors import Researcher, Staff, archive, seal
from tests.conftest import START

TOKEN = re.compile(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]{5}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reporter's own folder."""
    if shutil.which("age") is None:
        pytest.fail("age is missing: run `make system`, or `sudo apt-get install age`.")
    made = tmp_path / "own"
    made.mkdir()
    return made


def commands(page: str, label: str) -> str:
    """Return a command that a page shows."""
    found = re.search(rf'aria-label="{label}">(.*?)</pre>', page, re.DOTALL)
    assert found, page
    return html.unescape(found[1])


def run(command: str, folder: Path) -> None:
    """Run a command as somebody would who copies it from the page."""
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, timeout=60)


def staff_write(store: Store, program: Program, report: str, message: bytes) -> None:
    """Put a message of staff into the thread."""
    keyset = program.keyset
    assert keyset is not None
    parcels = vet([Sealed("message", io.BytesIO(message))], keyset=keyset, limit=2**24)
    posting = Posting(1, "staff", "staff", keyset.version, parcels)
    store.thread.add(report, posting, now=START)


def test_a_conversation_by_hand(
    client: FlaskClient, researcher: Researcher, store: Store, staff: Staff, folder: Path
) -> None:
    """Report, answer and reply, all with `age` and `tar`, exactly as the page says."""
    program, own = researcher.program, X25519Identity.generate()
    (folder / "key.txt").write_text(own.text + "\n")
    both = (*researcher.recipients(reply=False), str(own.recipient))
    sent = client.post(
        f"/{program.slug}/report",
        data={"sealed": (io.BytesIO(seal(archive({"report.md": b"Hello."}), both)), "r.age")},
    ).get_data(as_text=True)
    token = TOKEN.search(re.sub(r"<[^>]*>", "", sent))
    assert token
    (report,) = [one.id for one in store.reports()]
    staff_write(store, program, report, seal(archive({"message.md": b"Which version?"}), both))

    page = client.post("/status", data={"token": token[0]}).get_data(as_text=True)
    assert "Save the message" in page
    assert f'name="token" value="{token[0]}"' in page
    saved = client.post("/status/envelope", data={"token": token[0], "role": "message-1"})
    (folder / f"{report}-message-1.age").write_bytes(saved.data)
    run(commands(page, "Command to open"), folder)
    assert (folder / "message.md").read_bytes() == b"Which version?"

    (address,) = re.findall(r'data-recipients href="([^"]*)"', page)
    (folder / "recipients.txt").write_bytes(client.get(address).data)
    (folder / "answer.md").write_text("Version 7.")
    run(commands(page, "Command to seal"), folder)
    answer = (io.BytesIO((folder / "answer.age").read_bytes()), "answer.age")
    kept = client.post("/status/message", data={"token": token[0], "sealed": answer})
    assert kept.status_code == 201
    assert "Your message is kept" in kept.get_data(as_text=True)
    again = client.post("/status/envelope", data={"token": token[0], "role": "message-2"})
    with tarfile.open(fileobj=io.BytesIO(staff.open(again.data))) as opened:
        (member,) = opened.getmembers()
        content = opened.extractfile(member)
        assert content is not None
        assert content.read() == b"Version 7."


def test_a_stranger_gets_one_and_the_same_answer(
    researcher: Researcher, stranger: Researcher
) -> None:
    """Whatever they ask for, and whether or not it is there."""
    researcher.send()
    asked = {"token": stranger.token.lookup}
    answers = {
        stranger.client.post("/status/envelope", data={**asked, "role": role}).data
        for role in ("report", "message-1", "message-1-files", "nothing")
    }
    assert len(answers) == 1


def test_an_empty_thread_says_so(researcher: Researcher) -> None:
    """And still offers to write."""
    researcher.send()
    page = researcher.client.post("/status", data={"token": researcher.token.lookup})
    text = page.get_data(as_text=True)
    assert "There are no messages yet." in text
    assert 'action="/status/message"' in text
