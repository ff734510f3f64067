"""Answering without a browser: staff by `portico reply`, reporters by `portico status --write`."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from portal.cases.program import Program
from portal.commands import replying, status
from portal.desk.desk_keys import DeskKeys
from portal.desk.member import Member
from portal.intake.by_hand import OWN_KEY
from portal.offline.answers import Unanswered
from portal.offline.connection import Portal
from portal.offline.identity import StaffIdentity
from portal.policy import statement
from tests.actors import Researcher, Staff, archive, seal
from tests.colleagues import Colleague
from tests.conftest import START
from tests.listening import listening

Hire = Callable[..., Colleague]


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    """The portal, listening; its address."""
    with listening(app) as address:
        yield address


@dataclass
class Talk:
    """A report, its reporter, and a handler; both write with commands alone."""

    url: str
    reporter: Researcher
    report: str
    ada: Colleague
    desk_key: str
    identity: Path
    home: Path
    monkeypatch: pytest.MonkeyPatch
    portico: Callable[..., Any]

    def reply(self, text: str, *more: str, report: str = "") -> Any:
        """Answer as staff."""
        (self.home / "answer.md").write_text(text)
        self.monkeypatch.setattr("sys.stdin", io.StringIO(f"{self.desk_key}\n"))
        words = ("reply", report or self.report, str(self.home / "answer.md"), *more)
        return self.portico(*words, "--url", self.url, "-i", str(self.identity), "--key", "-")

    def status(self, *more: str) -> Any:
        """Ask as the reporter."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO(f"{self.reporter.token.text}\n"))
        return self.portico("status", "--url", self.url, "-", *more)

    def write(self, text: str, *more: str) -> Any:
        """Write as the reporter."""
        (self.home / "words.md").write_text(text)
        return self.status("--write", str(self.home / "words.md"), *more)

    def messages(self) -> int:
        """Count what the portal keeps."""
        return len(self.ada.get(f"/staff/api/reports/{self.report}/messages").json["messages"])


def document(someone: Researcher, **changes: Any) -> bytes:
    """Write what a form seals, as far as it matters here."""
    keyset = someone.program.keyset
    assert keyset is not None
    own = Ed25519PrivateKey.from_private_bytes(someone.token.signing_seed).public_key()
    raw = {
        "format": "portico/report/v1",
        "program": "example",
        "keyset": {"version": keyset.version, "root": keyset.fingerprint},
        "reporter": {
            "recipient": someone.recipients()[-1],
            "signing_key": statement.key_text(own),
        },
    }
    return json.dumps(raw | changes).encode()


@pytest.fixture
def talk(
    url: str,
    app: Flask,
    program: Program,
    researcher: Researcher,
    staff: Staff,
    hire: Hire,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    portico: Callable[..., Any],
) -> Talk:
    """A report to the example program, sent with a form."""
    assert program.keyset
    for module in (replying, status):
        monkeypatch.setattr(module, "utc_now", lambda: START)
    ada = hire("Ada", example="handler")
    owner = Member(ada.id, ada.name, {}, confirmed_at=START)
    key = DeskKeys(app.extensions["portico"].store.database).issue(owner, now=START)
    identity = tmp_path / "ada.key"
    own = StaffIdentity("Ada", staff.identities["handler"], staff.signing["handler"])
    identity.write_text(own.file_text(made=START))
    sealed = seal(archive({"report.json": document(researcher)}), researcher.recipients())
    report = researcher.send(sealed).json["report"]
    return Talk(url, researcher, report, ada, key, identity, tmp_path, monkeypatch, portico)


def test_both_sides_talk_with_commands_alone(talk: Talk, tmp_path: Path) -> None:
    """Each message is sealed, signed, in its place, and read with its files by the other side."""
    (tmp_path / "log.txt").write_text("GET /\n")
    answered = talk.reply("Which *version*?", str(tmp_path / "log.txt"))
    assert answered.code == 0, answered.err
    assert "At the desk as Ada." in answered.out
    assert "was not seen before" in answered.out
    assert "Kept as message 1" in answered.out
    written = talk.write("The newest.")
    assert written.code == 0, written.err
    assert "Thread: 1 message, signed, and none missing." in written.out
    assert "Kept as message 2" in written.out
    again = talk.reply("Thank you.")
    assert "Thread: 2 messages, signed, and none missing." in again.out
    assert "was not seen before" not in again.out
    read = talk.status("--read", str(tmp_path / "kept"))
    assert "Signed by the program's staff (handler)." in read.out
    assert "| Which *version*?" in read.out
    assert (tmp_path / "kept" / "message-1" / "files" / "log.txt").read_text() == "GET /\n"
    assert "Nothing is agreed" in read.out
    events = talk.ada.get(f"/staff/api/reports/{talk.report}").json["events"]
    assert "opened" in [one["name"] for one in events]


def test_nothing_is_sent_twice(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line breaks after the portal kept it; the same command looks first, and sends nothing."""
    send = Portal.send

    def broken(self: Portal, path: str, form: Any) -> dict[str, Any]:
        send(self, path, form)
        raise Unanswered("The line broke.", hint="Try again.")

    with monkeypatch.context() as patch:
        patch.setattr(Portal, "send", broken)
        for said in (talk.reply("Hello."), talk.write("Hello.")):
            assert said.code == 1
            assert "looks first" in said.err
    for said in (talk.write("Hello."), talk.reply("Hello.")):
        assert said.code == 1
        assert "says exactly this" in said.err
    assert talk.messages() == 2
    assert talk.reply("Hello.", "--again").code == 0
    assert talk.messages() == 3


def test_a_forgery_stops_an_answer(talk: Talk) -> None:
    """Whoever owns the database put a message in: both sides are told, and nothing leaves."""
    assert talk.reply("Hello.").code == 0
    with talk.ada.client.application.extensions["portico"].store.database.writing() as rows:
        rows.exec_driver_sql("UPDATE messages SET author = 'reporter'")
    for said in (talk.reply("And?"), talk.write("And?")):
        assert said.code == 1
        assert "WARNING: message 1" in said.out
        assert "Something is wrong with the thread" in said.err
    assert talk.messages() == 1
    assert talk.reply("And?", "--anyway").code == 0


@pytest.mark.parametrize("named", [True, False])
def test_a_report_by_hand_is_answered_to_the_key_it_names(talk: Talk, named: bool) -> None:
    """Its text says which; without one nothing is sent."""
    own = talk.reporter.recipients()[-1]
    text = f"# Door\n\n{OWN_KEY}\n{own}\n" if named else "# Door\n"
    packed = archive({"report.md": text.encode()})
    sealed = io.BytesIO(seal(packed, talk.reporter.recipients(reply=False)))
    page = talk.reporter.client.post("/example/report", data={"sealed": (sealed, "a.age")})
    assert page.status_code == 201
    store = talk.ada.client.application.extensions["portico"].store
    (report,) = (one.id for one in store.reports() if one.id != talk.report)
    said = talk.reply("Thank you.", report=report)
    assert (said.code == 0) is named, said.err
    assert named or "left no key" in said.err


def test_a_swapped_report_is_not_answered(talk: Talk) -> None:
    """A key of somebody else's, in a file that the reporter's receipt does not name."""
    other = Researcher(talk.reporter.client, talk.reporter.program)
    sealed = seal(archive({"report.json": document(other)}), other.recipients())
    swapped = other.send(sealed).json["report"]
    with talk.ada.client.application.extensions["portico"].store.database.writing() as rows:
        swap = "UPDATE envelopes SET report = ? WHERE report = ?"
        for to, old in (("aside", talk.report), (talk.report, swapped), (swapped, "aside")):
            rows.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            rows.exec_driver_sql(swap, (to, old))
    said = talk.reply("Hello.")
    assert said.code == 1
    assert "receipt does not name the file" in said.err
    assert talk.messages() == 0


def test_a_report_that_lost_its_tick_is_not_answered(talk: Talk) -> None:
    """Who filed it otherwise than it was sealed may have changed more than that."""
    other = Researcher(talk.reporter.client, talk.reporter.program)
    sealed = seal(archive({"report.json": document(other, exposed=True)}), other.recipients())
    said = talk.reply("Hello.", report=other.send(sealed).json["report"])
    assert said.code == 1
    assert "with other ticks" in said.err


def test_what_cannot_be_sent_is_said_before_anything_leaves(talk: Talk, staff: Staff) -> None:
    """No words, no signing key, no right key, no desk key, and a key that left the keyset."""
    assert "nothing to send" in talk.reply(" \n").err
    assert "No report is called" in talk.reply("Hello.", report="../me").err
    assert "takes 100,000" in talk.write("a" * 100_001).err
    whole = talk.identity.read_text()
    talk.identity.write_text(staff.identities["handler"].text + "\n")
    assert "no signing key" in talk.reply("Hello.").err
    stranger = StaffIdentity.generate("Eve", classic=True)
    talk.identity.write_text(stranger.file_text(made=START))
    assert talk.reply("Hello.").code == 1
    unlisted = StaffIdentity("Ada", staff.identities["handler"], stranger.signing)
    talk.identity.write_text(unlisted.file_text(made=START))
    assert "count as forged" in talk.reply("Hello.").err
    talk.identity.write_text(whole)
    talk.desk_key = "nonsense"
    assert "does not take this desk key" in talk.reply("Hello.").err
    assert talk.messages() == 0


def test_a_report_that_came_by_mail_is_answered_by_mail(talk: Talk) -> None:
    """Its sender has no token to read anything with."""
    sealed = talk.reporter.sealed(reply=False)
    form = {"sealed": (io.BytesIO(sealed), "a.age"), "received_at": START.isoformat()}
    kept = talk.ada.post("/staff/api/programs/example/reports", data=form)
    said = talk.reply("Hello.", report=kept.json["report"])
    assert said.code == 1
    assert "Answer by mail" in said.err
