"""Reading a thread at a terminal: opened with the token, judged under the reporter's own root."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.testing import FlaskClient

from portal.age.identities import recipient_of
from portal.cases.catalogue import Catalogue
from portal.cases.messages import Posting
from portal.cases.program import Program
from portal.cases.store import Store
from portal.errors import KeysetRefused, NoSuchReport, NoSuchVersion
from portal.intake.delivery import Sealed as Delivered
from portal.intake.vet import vet
from portal.offline.connection import Portal
from portal.offline.identity import StaffIdentity, parse_card
from portal.offline.keyring import KeysetDraft
from portal.offline.thread import reading
from portal.offline.thread.reading import Conversation, Reader
from portal.offline.thread.sealing import Draft, Slot, seal_message
from portal.offline.thread.shelf import Shelf
from portal.policy import statement
from tests.actors import Researcher, archive, seal
from tests.conftest import START

LIMIT = 2**26


@dataclass
class NearPortal:
    """The portal itself, asked without a network."""

    client: FlaskClient
    url: str = "http://portico.test"

    def text(self, path: str) -> str:
        """Return a text document."""
        answer = self.client.get(path, headers={"Accept": "application/json"})
        if answer.status_code == 404:
            raise NoSuchVersion("None.", hint="")
        return answer.get_data(as_text=True)

    def ask(self, path: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """Send JSON and return the JSON that comes back."""
        return dict(self.client.post(path, json=question).get_json())

    def save(self, path: str, question: Mapping[str, Any], target: Path) -> None:
        """Send JSON and write the file that comes back."""
        answer = self.client.post(path, json=question)
        if answer.status_code != 200:
            raise NoSuchReport("None.", hint="")
        target.write_bytes(answer.data)


@dataclass
class Case:
    """A report whose reporter kept a copy, and a member of staff who answers."""

    reporter: Researcher
    ada: StaffIdentity
    store: Store
    folder: Path
    report: str = ""
    links: list[str] = field(default_factory=list)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who reads the thread."""
        return self.reporter.recipients()

    def write(self, draft: Draft, *, key: Ed25519PrivateKey | None = None) -> None:
        """Answer as staff, past every page."""
        keyset = self.reporter.program.keyset
        assert keyset is not None
        number = len(self.links)
        slot = Slot(self.report, "staff", number, self.links[-1], keyset.version)
        room = self.folder / f"written-{number}"
        room.mkdir()
        made = seal_message(
            draft, slot, key=key or self.ada.signing, to=self.recipients, folder=room, now=START
        )
        sources = [
            Delivered(one.role, io.BytesIO(one.path.read_bytes()), one.length, one.sha256, 1)
            for one in made.envelopes
        ]
        parcels = vet(sources, keyset=keyset, limit=LIMIT)
        posting = Posting(number, "staff", "staff", keyset.version, parcels)
        self.store.thread.add(self.report, posting, now=START)
        self.links.append(made.link)

    def read(
        self, name: str = "reading", *, root: str | None = None
    ) -> tuple[Reader, Conversation]:
        """Read everything with the token."""
        room = self.folder / name
        room.mkdir()
        near = cast("Portal", NearPortal(self.reporter.client))
        reader = Reader(near, self.reporter.token, room)
        return reader, reading.read(reader, self.reporter.status().json, root=root)


@pytest.fixture
def case(
    catalogue: Catalogue,
    pack: Callable[[str], str],
    receipt_key: Ed25519PrivateKey,
    client: FlaskClient,
    store: Store,
    tmp_path: Path,
) -> Case:
    """A report to the example program, under a root of its own."""
    catalogue.publish_policy(pack("example"), actor="test", now=START)
    root = Ed25519PrivateKey.generate()
    ada, safe = (StaffIdentity.generate(name, classic=True) for name in ("Ada", "The safe"))
    draft = KeysetDraft("example", "classic")
    draft = draft.adding(parse_card(ada.card_text()), role="handler")
    draft = draft.adding(parse_card(safe.card_text()), role="recovery")
    text = draft.with_receipt_key(receipt_key.public_key(), now=START).signed(
        root, days=30, now=START
    )
    catalogue.publish_keyset(text, "example", actor="test", now=START)
    program = catalogue.program("example", now=START)
    made = Case(Researcher(client, program), ada, store, tmp_path)
    return sent(made, program)


def sent(case: Case, program: Program, *, reply: bool = True, **changes: Any) -> Case:
    """Send the report."""
    token, keyset = case.reporter.token, program.keyset
    assert keyset is not None
    signing = Ed25519PrivateKey.from_private_bytes(token.signing_seed).public_key()
    document = {
        "format": "portico/report/v1",
        "program": "example",
        "keyset": {"version": keyset.version, "root": keyset.fingerprint},
        "reporter": {
            "recipient": str(recipient_of(token.reply_identity("x25519"))),
            "signing_key": statement.key_text(signing),
        },
    }
    inside = archive({"report.json": json.dumps(document | changes).encode()})
    sealed = seal(inside, case.reporter.recipients(reply=reply))
    case.report = case.reporter.send(sealed, reply="yes" if reply else "no").json["report"]
    ((_, envelope),) = case.store.envelopes(case.report)
    case.links = [envelope.payload_sha256]
    return case


def test_a_thread_is_read_checked_and_kept(case: Case, tmp_path: Path) -> None:
    """The words, who signed them, and the files that were signed with them."""
    evidence = tmp_path / "log.txt"
    evidence.write_bytes(b"seven")
    case.write(Draft(text="Which \x1b[31mversion?", files=[evidence]))
    case.write(Draft("publication-proposed", data={"date": "2027-01-31"}))
    reader, found = case.read()
    assert [one.verdict for one in found.thread] == ["good", "good"]
    told = "\n".join(Shelf(reader, tmp_path / "kept", "UTC").keep(found))
    assert "Signed by the program's staff (handler)." in told
    assert "\x1b" not in told
    assert "Proposal to publish: 2027-01-31" in told
    assert (tmp_path / "kept" / "message-1" / "files" / "log.txt").read_bytes() == b"seven"
    assert (tmp_path / "kept" / "report" / "report.json").exists()
    waiting = "Open proposal: publication on 2027-01-31 (message 2, signed by staff)"
    assert waiting in told
    assert waiting in (tmp_path / "kept" / "agreed.txt").read_text()


def test_a_forged_message_is_called_so(case: Case, tmp_path: Path) -> None:
    """Its words are not shown, and it is kept as it was sealed, for a closer look."""
    case.write(Draft(text="Send it by mail."), key=Ed25519PrivateKey.generate())
    reader, found = case.read()
    told = "\n".join(Shelf(reader, tmp_path / "kept").keep(found))
    assert "This message was not signed by the program's staff. Do not trust it." in told
    assert "Send it by mail." not in told
    assert (tmp_path / "kept" / "message-1.age").exists()


def test_files_that_were_exchanged_are_left_out(case: Case, tmp_path: Path) -> None:
    """Whoever owns the database can seal others to the reporter; they are not those signed."""
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(name)
        case.write(Draft(text=name, files=[tmp_path / name]))
    swap = "UPDATE envelopes SET role = '{}' WHERE role = '{}'"
    with case.store.database.writing() as connection:
        for to, old in (("aside", 1), ("message-1-files", 2), ("message-2-files", "aside")):
            name = old if old == "aside" else f"message-{old}-files"
            connection.exec_driver_sql(swap.format(to, name))
    reader, found = case.read()
    told = "\n".join(Shelf(reader, tmp_path / "kept").keep(found))
    assert "The files of message 1 are not those that were signed." in told
    assert not (tmp_path / "kept" / "message-1" / "files").exists()


def test_a_message_whose_file_is_gone_does_not_hide_the_others(case: Case, tmp_path: Path) -> None:
    """It is called unreadable, and the one after it shows that something is missing."""
    for text in ("One.", "Two.", "Three."):
        case.write(Draft(text=text))
    with case.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE envelopes SET role = 'aside' WHERE role = 'message-2'")
    reader, found = case.read()
    assert [one.reason for one in found.thread] == ["signed", "unopened", "order"]
    told = "\n".join(Shelf(reader, tmp_path / "kept").keep(found))
    assert "The portal lists it, and does not have it." in told


def test_another_root_than_seen_before_is_refused(case: Case) -> None:
    """The copy and the machine's memory must agree, else nothing is concluded."""
    with pytest.raises(KeysetRefused):
        case.read(root="00" * 32)


def test_without_a_copy_signatures_stay_open(
    case: Case, client: FlaskClient, tmp_path: Path
) -> None:
    """Unless this machine has seen the root before."""
    program = case.reporter.program
    other = sent(
        Case(Researcher(client, program), case.ada, case.store, tmp_path), program, reply=False
    )
    other.write(Draft(text="Hello."))
    _, found = other.read()
    assert found.report is None
    assert [one.verdict for one in found.thread] == ["unchecked"]
    keyset = program.keyset
    assert keyset is not None
    _, found = other.read("again", root=keyset.fingerprint)
    assert [one.verdict for one in found.thread] == ["good"]
