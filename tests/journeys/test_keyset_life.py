"""A colleague joins: keys made offline, a report that is older than her shared from the desk."""

import io
import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from portal.age import header as age_header
from tests.actors import Researcher
from tests.colleagues import Colleague
from tests.journeys.casework import PATIENT, Bureau, reported, sit, unlock, unpacked
from tests.journeys.joining import joined, typed
from tests.journeys.wire import Wire
from tests.live import Live

pytestmark = pytest.mark.browser

NOTE = "The lock of the back door is broken, too."
TEXT = "# A door is open\n\nBehind the shop.\n"
FILES = {"shot.png": b"pixels", "log.txt": b"GET / 200\n" * 40_000}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A demo of its own: its keys change, and other journeys count on theirs."""
    running = Live(tmp_path_factory.mktemp("demo")).start()
    yield running
    running.stop()


@pytest.fixture
def someone(bureau: Bureau) -> Researcher:
    """Somebody with a token."""
    return bureau.researcher()


@pytest.fixture
def ada(bureau: Bureau) -> Colleague:
    """A handler."""
    return bureau.hire("Ada Keys")


def audited(live: Live, act: str) -> list[dict[str, object]]:
    """Return what the audit log tells of an act."""
    with closing(sqlite3.connect(live.instance / "portico.db", timeout=10)) as database:
        rows = database.execute("SELECT data FROM audit WHERE act = ?", [act]).fetchall()
    return [json.loads(row[0]) for row in rows]


def test_a_colleague_joins_and_reads_what_is_older_than_her(
    page: Page,
    wire: Wire,
    live: Live,
    bureau: Bureau,
    someone: Researcher,
    ada: Colleague,
    age_command: Path,
    tmp_path: Path,
) -> None:
    """Added offline, shared from the desk by header alone; `portico open` and `age` open it."""
    report = reported(someone, TEXT, FILES)
    sit(page, ada, f"{wire.url}/staff/reports/{report}")
    unlock(page, bureau.key)
    page.get_by_label("A note", exact=True).fill(NOTE)
    page.get_by_role("button", name="Seal and keep the note").click()
    expect(page.locator("#notes-list")).to_contain_text(NOTE, timeout=PATIENT)
    grace = joined(live, "grace")
    posted: list[Request] = []
    page.on("request", lambda one: posted.append(one) if one.method == "POST" else None)

    page.goto(f"{wire.url}/staff/keys/example")
    sharing = page.locator("#sharing")
    expect(sharing).to_contain_text("3 files of 1 report cannot be opened yet by Grace.")
    expect(sharing).to_contain_text("Sharing gives access and never takes it away.")
    expect(page.locator("#steps .step[data-done=yes] h3")).to_have_text(
        ["Make a key", "Hand over the card", "Add them to the next keyset",
         "Sign it with the root key", "Put it in force"]
    )  # fmt: skip
    page.get_by_label("Your identity file").set_input_files(grace)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_label("I compared it").check()
    page.get_by_role("button", name="Share old reports", exact=True).click()
    expect(page.locator("#share-said")).to_have_text("0 files shared. 3 files stay as they were:")
    page.get_by_role("button", name="Lock").click()

    page.get_by_label("Your identity file").set_input_files(bureau.key)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Share old reports", exact=True).click()
    expect(page.locator("#share-error")).to_have_text(
        "Compare the fingerprint first, then tick the box."
    )
    page.get_by_label("I compared it").check()
    page.get_by_role("button", name="Share old reports", exact=True).click()
    expect(page.locator("#share-said")).to_have_text("3 files shared.", timeout=PATIENT)
    expect(sharing).to_contain_text("Everybody in the keyset can open every file")
    expect(page.locator("#steps .step", has_text="Share old reports")).to_contain_text("Done")
    expect(page.locator("#change-list")).to_contain_text("Added: Grace (analyst)")

    bodies = [one.post_data or "" for one in posted]
    assert len(bodies) == 3
    assert max(map(len, bodies)) < 2048
    secrets = bureau.key.read_text() + grace.read_text()
    words = {word for word in secrets.split() if "SECRET" in word or "SIGNING-KEY" in word}
    assert len(words) == 4
    assert not [word for word in words for body in bodies if word in body]
    assert [one["role"] for one in audited(live, "header added")] == ["attachments", "report"]
    (noted,) = audited(live, "memo header added")
    assert noted["keyset"] == 2

    page.goto(f"{wire.url}/staff/reports/{report}")
    unlock(page, grace)
    listed = page.locator("#notes-list > li")
    expect(listed).to_contain_text(NOTE, timeout=PATIENT)
    expect(listed).to_have_attribute("data-good", "yes")

    bundle, out = tmp_path / "bundle.zip", tmp_path / "out"
    typed(live, "export", "--report", report, "-o", bundle)
    said = typed(live, "open", bundle, "-i", grace, "-d", out)
    assert "WARNING" not in said.replace("WARNING: the portal's receipt", "")
    assert (out / report / "attachments" / "log.txt").read_bytes() == FILES["log.txt"]
    for role in ("report", "attachments"):
        sealed = ada.get(f"/staff/api/reports/{report}/envelopes/{role}").data
        assert opened(age_command, grace, sealed) == opened(age_command, bureau.key, sealed)
        kept = unpacked(opened(age_command, grace, sealed))
        assert TEXT.encode() in kept.values() or kept == FILES
    original = someone.fetch("attachments").data
    assert age_header.read(io.BytesIO(original)).raw != age_header.read(io.BytesIO(sealed)).raw


def opened(command: Path, key: Path, sealed: bytes) -> bytes:
    """Open a file with the real `age`."""
    done = subprocess.run([command, "-d", "-i", key], input=sealed, capture_output=True, check=True)
    return done.stdout
