"""From the server to a person's machine: a bundle with its thread, its notes and every keyset."""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy import text

from portal.age import header as age_header
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.commands import cases, doctor, drill
from portal.config import Config
from portal.offline.reshare import rewrap
from portal.offline.thread.body import Kind
from portal.offline.thread.sealing import Draft, Slot, seal_message
from portal.policy import statement
from portal.policy.keyset import Keyset
from tests import letters
from tests.actors import MINUTE, Researcher, Staff, archive, seal
from tests.colleagues import Colleague
from tests.conftest import START, URL, Clock

pytestmark = pytest.mark.thorough

Portico = Callable[..., Any]


@pytest.fixture
def instance(app: Flask, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's own folder, which the commands are about."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    for module in (cases, drill):
        monkeypatch.setattr(module, "utc_now", clock)
    return tmp_path


@pytest.fixture
def ada(hire: Callable[..., Colleague]) -> Colleague:
    """Somebody who handles reports to the example program."""
    return hire("Ada", example="handler")


@pytest.fixture
def reporter() -> Ed25519PrivateKey:
    """The key that the reporter's token gives."""
    return Ed25519PrivateKey.generate()


@pytest.fixture
def report(researcher: Researcher, reporter: Ed25519PrivateKey) -> str:
    """A report of somebody who can sign."""
    document = {
        "format": "portico/report/v1",
        "program": "example",
        "keyset": {"version": 1},
        "reporter": {
            "recipient": researcher.recipients()[-1],
            "signing_key": statement.key_text(reporter.public_key()),
        },
        "fields": {"title": "A door is open."},
    }
    packed = archive({"report.json": json.dumps(document).encode(), "report.md": b"x"})
    return str(researcher.send(seal(packed, researcher.recipients())).json["report"])


class Pen:
    """Writes a thread, as both sides' clients do."""

    def __init__(
        self, folder: Path, researcher: Researcher, ada: Colleague, report: str, database: Database
    ) -> None:
        self.folder, self.researcher, self.ada, self.report = folder, researcher, ada, report
        with database.reading() as connection:
            wanted = text("SELECT payload_sha256 FROM envelopes WHERE role = 'report'")
            self.link = str(connection.execute(wanted).scalar_one())
        self.number = 0

    def write(
        self,
        author: str,
        words: str,
        key: Ed25519PrivateKey,
        *files: Path,
        keyset: int = 1,
        kind: Kind = "message",
        **data: object,
    ) -> None:
        """Sign, seal and send the next message."""
        self.number += 1
        slot = Slot(self.report, author, self.number, self.link, keyset)  # type: ignore[arg-type]
        room = self.folder / f"sealing-{self.number}"
        room.mkdir()
        made = seal_message(
            Draft(kind, words, data, files),
            slot,
            key=key,
            to=self.researcher.recipients(),
            folder=room,
            now=START,
        )
        message, *rest = (one.path.read_bytes() for one in made.envelopes)
        more = rest[0] if rest else None
        if author == "reporter":
            answer = letters.write(self.researcher, self.number, message, more)
        else:
            form = letters.fields(self.number, message, more)
            address = f"/staff/api/reports/{self.report}/messages"
            answer = self.ada.post(address, data=form)
        assert answer.status_code == 201, answer.text
        self.link = made.link


@pytest.fixture
def pen(
    tmp_path: Path, researcher: Researcher, ada: Colleague, report: str, database: Database
) -> Pen:
    """Writes the thread of the report."""
    return Pen(tmp_path, researcher, ada, report, database)


def opened(
    instance: Path, portico: Portico, staff: Staff, role: str = "handler"
) -> tuple[Any, Path]:
    """Export everything, and open it with one key alone."""
    bundle, key = instance / "b.zip", instance / f"{role}.key"
    assert portico("export", "-o", str(bundle)).code == 0
    key.write_text(staff.identities[role].text)
    folder = instance / f"opened-by-{role}"
    return portico("open", str(bundle), "-i", str(key), "-d", str(folder)), folder


@pytest.mark.parametrize("role", ["handler", "recovery"])
def test_a_thread_comes_along(
    role: str,
    instance: Path,
    pen: Pen,
    report: str,
    staff: Staff,
    reporter: Ed25519PrivateKey,
    portico: Portico,
) -> None:
    """Both sides' messages and files, judged; the recovery key alone opens as much."""
    shot = instance / "shot.txt"
    shot.write_text("evidence")
    pen.write("staff", "Thank you.", staff.signing["handler"])
    pen.write("reporter", "Here it is.", reporter, shot)
    said, folder = opened(instance, portico, staff, role)
    assert said.code == 0, said.err
    assert "The thread holds: all 2 messages signed, and none missing." in said.out
    thread = (folder / report / "thread.md").read_text()
    assert "**Signed by the program's staff (handler).**" in thread
    assert "Thank you." in thread
    assert "**Signed with the reporter's token.**" in thread
    assert (folder / report / "thread" / "2-files" / "shot.txt").read_text() == "evidence"


def test_what_was_agreed_is_told(
    instance: Path, pen: Pen, report: str, staff: Staff, reporter: Ed25519PrivateKey,
    portico: Portico,
) -> None:  # fmt: skip
    """In the terminal and in the thread: the date, the message, who signed; a forgery adds none."""
    day = "2027-01-03"
    pen.write("staff", "", staff.signing["handler"], kind="publication-proposed", date=day)
    pen.write("reporter", "", reporter, kind="publication-agreed", proposal=1, date=day)
    pen.write("reporter", "", Ed25519PrivateKey.generate(), kind="withdrawal")
    said, folder = opened(instance, portico, staff)
    agreed = f"Agreed: publication on {day} (message 2, signed by the reporter)."
    assert agreed in said.out
    assert "Withdrawn" not in said.out
    thread = (folder / report / "thread.md").read_text()
    assert f"## What was agreed\n\n- {agreed}\n\n## Message 1" in thread


def test_a_forged_message_is_shown_as_such(
    instance: Path, pen: Pen, report: str, staff: Staff, portico: Portico
) -> None:
    """Whoever owns the database can put a message in; they cannot sign it."""
    pen.write("staff", "Send me your name.", Ed25519PrivateKey.generate())
    said, folder = opened(instance, portico, staff)
    assert "WARNING: message 1: This message was not signed by the program's staff." in said.out
    assert "Do not trust it." in (folder / report / "thread.md").read_text()


def test_a_missing_message_is_shown_as_such(
    instance: Path,
    pen: Pen,
    report: str,
    staff: Staff,
    reporter: Ed25519PrivateKey,
    database: Database,
    portico: Portico,
) -> None:
    """The next one names it."""
    pen.write("staff", "One.", staff.signing["handler"])
    pen.write("reporter", "Two.", reporter)
    with database.writing() as connection:
        connection.execute(text("DELETE FROM messages WHERE sequence = 1"))
    said, _ = opened(instance, portico, staff)
    assert "WARNING: message 2: A message is missing or was moved." in said.out


def test_a_thread_whose_end_was_cut_off_is_shown_as_such(
    instance: Path, pen: Pen, staff: Staff, database: Database, portico: Portico
) -> None:
    """The messages that are left follow each other; the audit log tells of more."""
    pen.write("staff", "One.", staff.signing["handler"])
    pen.write("staff", "Two.", staff.signing["handler"])
    with database.writing() as connection:
        connection.execute(text("DELETE FROM messages WHERE sequence = 2"))
    said, _ = opened(instance, portico, staff)
    assert "The audit log in the bundle holds" in said.out
    assert "tells of 2 messages, and 1 are here" in said.out


def test_a_log_that_was_altered_shows_when_its_bundle_is_opened(
    instance: Path, report: str, staff: Staff, database: Database, portico: Portico
) -> None:
    """Whoever opens the reports learns of it without asking."""
    with database.writing() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE sequence = 2"))
    said, _ = opened(instance, portico, staff)
    assert "WARNING: the audit log in the bundle does not hold. Entry 2 was altered." in said.out


def test_notes_and_tags_come_along_and_drafts_do_not(
    instance: Path, researcher: Researcher, ada: Colleague, report: str, staff: Staff, portico: Any
) -> None:
    """Nothing that staff wrote for each other is lost; what is unfinished stays its author's."""
    for kind in ("note", "tags", "draft"):
        memo = seal(f"my {kind}".encode(), researcher.recipients(reply=False))
        body = {"kind": kind, "sealed": base64.b64encode(memo).decode(), "keyset": 1}
        assert ada.post(f"/staff/api/reports/{report}/memos", body).status_code == 201
    said, folder = opened(instance, portico, staff)
    assert said.code == 0, said.err
    found = {path.read_text() for path in (folder / report / "notes").rglob("*") if path.is_file()}
    assert found == {"my note", "my tags"}


def test_a_report_that_was_shared_again_keeps_its_proof(
    instance: Path,
    ada: Colleague,
    report: str,
    staff: Staff,
    rotate: Callable[[], Program],
    clock: Clock,
    portico: Portico,
) -> None:
    """The newcomer's key opens it; the receipt names the first header, which lies beside it."""
    clock.advance(MINUTE)
    staff.join("analyst")
    program = rotate()
    assert program.keyset is not None
    sent = ada.get(f"/staff/api/reports/{report}/envelopes/report").data
    first = age_header.read(io.BytesIO(sent)).raw
    made = rewrap(first, [staff.identities["handler"]], program.keyset.recipients)
    body = {"header": base64.b64encode(made).decode(), "keyset": 2}
    assert ada.post(f"/staff/api/reports/{report}/headers/report", body).status_code == 201
    said, _ = opened(instance, portico, staff, "analyst")
    assert said.code == 0, said.err
    assert "The portal's receipt names these files; they were shared again since." in said.out
    with zipfile.ZipFile(instance / "b.zip") as bundle:
        (entry,) = json.loads(bundle.read("manifest.json"))["reports"][0]["envelopes"]
        assert bundle.read(entry["original_header"]) == first
        whole = bundle.read(entry["original_header"]) + bundle.read(entry["path"])[len(made) :]
    assert whole == sent
    assert entry["original_header_sha256"] == hashlib.sha256(first).hexdigest()
    assert entry["header_sha256"] == hashlib.sha256(made).hexdigest()


def test_an_older_receipt_holds_after_the_receipt_key_changed(
    instance: Path,
    report: str,
    staff: Staff,
    catalogue: Catalogue,
    clock: Clock,
    portico: Portico,
) -> None:
    """The bundle carries the keyset that named the older key; the new key signs the bundle."""
    clock.advance(timedelta(days=20))
    new = Ed25519PrivateKey.generate()
    before = Keyset.read(catalogue.keyset_texts("example")[-1], root=None)
    successor = staff.keyset("example", new, now=clock(), version=2, previous=before.sha256)
    catalogue.publish_keyset(successor, "example", actor="test", now=clock())
    (instance / "receipt.key").write_text(new.private_bytes_raw().hex())
    said, _ = opened(instance, portico, staff)
    assert said.code == 0, said.err
    assert "The portal's receipt names exactly these files." in said.out
    assert "WARNING" not in said.out


def test_a_deleted_report_is_told_as_such(
    instance: Path, researcher: Researcher, report: str, staff: Staff, portico: Portico
) -> None:
    """What happened to it is still known; there is nothing to open, and nothing fails."""
    body = {"lookup": researcher.token.lookup}
    researcher.client.post("/status/delete", json=body, headers={"Accept": "application/json"})
    said, _ = opened(instance, portico, staff)
    assert said.code == 0, said.err
    assert "The report was deleted: only what happened to it is left." in said.out


def test_a_drill_tries_the_recovery_key_and_keeps_nothing(
    instance: Path, pen: Pen, report: str, staff: Staff, portico: Portico
) -> None:
    """Every age file opens with it alone; no other key passes for it; nothing is left behind."""
    pen.write("staff", "Thank you.", staff.signing["handler"])
    bundle = instance / "b.zip"
    assert portico("export", "-o", str(bundle)).code == 0
    for role in ("recovery", "handler"):
        (instance / f"{role}.key").write_text(staff.identities[role].text)
    before = set(instance.rglob("*"))
    said = portico("drill", str(bundle), "-i", str(instance / "recovery.key"))
    assert said.code == 0, said.err
    assert "1 of 1 reports open with the recovery key alone:\n2 age files" in said.out
    assert "door" not in said.out
    assert set(instance.rglob("*")) == before
    said = portico("drill", str(bundle), "-i", str(instance / "handler.key"))
    assert said.code == 1
    assert "not the recovery key" in said.err


def test_a_report_without_the_recovery_key_fails_the_drill(
    instance: Path, researcher: Researcher, staff: Staff, program: Program, portico: Portico
) -> None:
    """It is named, and the exit code is 1."""
    assert program.keyset is not None
    handler = next(one.recipient for one in program.keyset.entries if one.role == "handler")
    recovery = next(one.recipient for one in program.keyset.entries if one.role == "recovery")
    other = str(type(staff.identities["handler"]).generate().recipient)
    sealed = seal(archive({"report.json": b"{}"}), (handler, other, researcher.recipients()[-1]))
    assert recovery not in (handler, other)
    report = researcher.send(sealed).json["report"]
    bundle, key = instance / "b.zip", instance / "recovery.key"
    assert portico("export", "-o", str(bundle)).code == 0
    key.write_text(staff.identities["recovery"].text)
    said = portico("drill", str(bundle), "-i", str(key))
    assert said.code == 1
    assert f"{report}/report.age stays sealed: " in said.out
    assert "0 of 1 reports open" in said.out


def test_a_drill_is_noted_on_the_server(
    instance: Path, ada: Colleague, program: Program, portico: Portico
) -> None:
    """An entry of the audit log, with who did it."""
    assert portico("drill", "--record").code == 1
    assert portico("drill", "--record", "--program", "nobody").code == 1
    assert portico("drill", "--record", "--program", "example", "--by", "bo").code == 0
    (entry,) = ada.get("/staff/api/audit", act="recovery drill").json["entries"]
    assert (entry["actor"]["name"], entry["subject"]["name"]) == ("bo", "example")


def test_a_recovery_key_that_nobody_tried_is_told(
    instance: Path, report: str, clock: Clock, portico: Portico
) -> None:
    """Only where a report has waited for long, and only until a drill is noted."""

    def reminders() -> list[str]:
        found = doctor.findings(Config.load(), now=clock())
        return [line for line in found if "recovery drill" in line]

    clock.advance(timedelta(days=100))
    assert reminders() == []
    clock.advance(timedelta(days=100))
    (line,) = reminders()
    assert line.startswith("example: nobody noted a recovery drill within 180 days.")
    assert portico("drill", "--record", "--program", "example").code == 0
    assert reminders() == []
    clock.advance(timedelta(days=181))
    assert len(reminders()) == 1
