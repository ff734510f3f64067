"""A member of staff with a key file, who writes to reporters past every page: into the database.

Whoever owns the database can do the same, with keys of their own; that is what the tests are about.
"""

import hashlib
import io
import json
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.age.identities import KeyIdentity
from portal.cases.database import Database
from portal.cases.messages import Posting
from portal.cases.store import Store
from portal.intake.delivery import Sealed as Delivered
from portal.intake.vet import vet
from portal.offline import identity
from portal.offline.opening import open_envelope, private_folder
from portal.offline.seal import Sealed
from portal.offline.thread.chain import Ground, Judged, Place, judge
from portal.offline.thread.opening import open_place
from portal.offline.thread.sealing import Draft, SealedMessage, Slot, seal_message
from portal.policy.keyset import Keyset
from tests.live import Live

LIMIT = 100 * 1024 * 1024  # bytes of a delivery


@dataclass
class Pen:
    """Writes and reads the thread of one report.

    Attributes:
        live: The portal.
        program: Slug of the report's program.
        report: Its name.
        folder: A private folder.
    """

    live: Live
    program: str
    report: str
    folder: Path

    @property
    def keyset(self) -> Keyset:
        """The keyset in force."""
        with self._database() as rows:
            query = "SELECT statement FROM keysets WHERE program = ? ORDER BY version DESC"
            return Keyset.read(rows.execute(query, (self.program,)).fetchone()[0], root=None)

    @property
    def document(self) -> dict[str, Any]:
        """The reporter's `report.json`, opened."""
        with private_folder(self.folder) as room:
            path = self._age_file("report", room)
            with path.open("rb") as source:
                opened = open_envelope(source, self._keys, room, name="report")
            return dict(json.loads((opened.folder / "report.json").read_bytes()))

    def write(
        self,
        draft: Draft,
        *,
        key: Ed25519PrivateKey | None = None,
        author: Literal["staff", "reporter"] = "staff",
    ) -> SealedMessage:
        """Seal a message to the reporter and the staff, and put it into the database."""
        thread, keyset = self.thread(), self.keyset
        slot = Slot(
            report=self.report,
            author=author,
            sequence=len(thread) + 1,
            previous=thread[-1].link if thread else self._start(),
            keyset=keyset.version,
        )
        now = datetime.now(UTC)
        to = [*keyset.recipients, self.document["reporter"]["recipient"]]
        room = Path(tempfile.mkdtemp(dir=self.folder))
        sealed = seal_message(draft, slot, key=key or self._signing, to=to, folder=room, now=now)
        self._put(sealed.envelopes, author, now)
        return sealed

    def thread(self) -> tuple[Judged, ...]:
        """Open and judge the thread as staff do."""
        document, keyset = self.document, self.keyset
        ground = Ground(
            report=self.report,
            start=self._start(),
            reporter=document["reporter"]["signing_key"],
            keysets={keyset.version: keyset},
            sealed_to=document["keyset"]["version"],
        )
        return judge(self._places(), ground=ground)

    def files(self, sequence: int) -> dict[str, bytes]:
        """Open the files that came with a message."""
        with private_folder(self.folder) as room:
            path = self._age_file(f"message-{sequence}-files", room)
            with path.open("rb") as source:
                opened = open_envelope(source, self._keys, room, name="files")
            return {each.name: each.read_bytes() for each in opened.files}

    def tamper(self, *statements: str) -> None:
        """Change the database behind the portal's back; `:report` is the report's name."""
        with self._database() as rows:
            for statement in statements:
                rows.execute(statement, {"report": self.report})

    def _places(self) -> list[Place]:
        with self._database() as rows:
            query = "SELECT sequence, author FROM messages WHERE report = ? ORDER BY sequence"
            listed = rows.execute(query, (self.report,)).fetchall()
        places = []
        for sequence, author in listed:
            with private_folder(self.folder) as room:
                path = self._age_file(f"message-{sequence}", room)
                places.append(open_place(path, self._keys, sequence=sequence, author=author))
        return places

    def _put(
        self, envelopes: Sequence[Sealed], author: Literal["staff", "reporter"], now: datetime
    ) -> None:
        database = Database(f"sqlite:///{self.live.instance / 'portico.db'}")
        try:
            delivered = [
                Delivered(one.role, io.BytesIO(one.path.read_bytes()), one.length, one.sha256, 1)
                for one in envelopes
            ]
            parcels = vet(delivered, keyset=self.keyset, limit=LIMIT)
            posting = Posting(None, author, author, self.keyset.version, parcels)
            Store(database).thread.add(self.report, posting, now=now)
        finally:
            database.close()

    def _start(self) -> str:
        with private_folder(self.folder) as room:
            return Sealed.measured("report", self._age_file("report", room)).payload_sha256

    def _age_file(self, role: str, room: Path) -> Path:
        """Write an age file as the database holds it."""
        with self._database() as rows:
            found = rows.execute(
                "SELECT id FROM envelopes WHERE report = ? AND role = ?", (self.report, role)
            ).fetchone()[0]
            head = "SELECT header FROM headers WHERE envelope = ? AND version = 1"
            parts = [rows.execute(head, (found,)).fetchone()[0]]
            body = "SELECT data FROM chunks WHERE envelope = ? ORDER BY sequence"
            parts += [row[0] for row in rows.execute(body, (found,))]
        path = room / f"{hashlib.sha256(role.encode()).hexdigest()}.age"
        path.write_bytes(b"".join(parts))
        return path

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.live.instance / "portico.db", timeout=20)

    @property
    def _key_text(self) -> str:
        return (self.live.staff_machine / f"{self.program}-handler.key").read_text()

    @property
    def _keys(self) -> tuple[KeyIdentity, ...]:
        return identities.parse_file(self._key_text)

    @property
    def _signing(self) -> Ed25519PrivateKey:
        key = identity.signing_key(self._key_text)
        assert key is not None
        return key
