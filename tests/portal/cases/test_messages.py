"""The thread in the store: one durable step for each message, and no place taken twice."""

import hashlib
import io
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases.database import Database
from portal.cases.envelope import CHUNK, Envelope, Parcel
from portal.cases.messages import Posting, Thread
from portal.cases.rows import place
from portal.cases.staging import ABANDONED
from portal.cases.store import Store
from portal.cases.tables import chunks, envelopes, messages
from portal.errors import MessageOutOfTurn, PorticoError
from tests.actors import Researcher
from tests.conftest import START


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report that arrived."""
    return str(researcher.send().json["report"])


def parcel(text: bytes, role: str = "message", source: io.BytesIO | None = None) -> Parcel:
    """An age file as vetting passes it on."""
    header = b"header\n"
    facts = Envelope(
        role=role,
        length=len(header) + len(text),
        stanzas=3,
        header=header,
        header_sha256=hashlib.sha256(header).hexdigest(),
        payload_sha256=hashlib.sha256(text).hexdigest(),
    )
    return Parcel(facts, source or io.BytesIO(header + text))


def posting(sequence: int | None, text: bytes = b"words", *more: Parcel) -> Posting:
    """A message of the reporter's."""
    return Posting(sequence, "reporter", "reporter", 1, (parcel(text), *more))


def count(database: Database, table: object) -> int:
    """Count the rows of a table."""
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


class Cut(io.BytesIO):
    """A source whose sender goes away in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 2 * CHUNK:
            raise ConnectionError
        return super().read(size)


def test_a_message_cut_off_leaves_nothing(store: Store, report: str) -> None:
    """When the bytes of its files stop coming, neither message nor ciphertext is there."""
    before = count(store.database, chunks)
    cut = parcel(bytes(4 * CHUNK), "files", Cut(b"header\n" + bytes(4 * CHUNK)))
    with pytest.raises(ConnectionError):
        store.thread.add(report, posting(1, b"words", cut), now=START)
    assert store.thread.messages(report) == ()
    assert count(store.database, chunks) == before
    assert store.thread.add(report, posting(1), now=START).sequence == 1


def test_a_large_message_comes_back_to_the_byte(store: Store, report: str) -> None:
    """What was written ahead, in blocks, is found under the message's own name."""
    words, pictures = bytes(2 * CHUNK + 7), b"x" * (3 * CHUNK)
    kept = store.thread.add(report, posting(1, words, parcel(pictures, "files")), now=START)
    assert kept.roles == ("message-1", "message-1-files")
    found = {one.role: (name, one) for name, one in store.envelopes(report)}
    for role, text in zip(kept.roles, (words, pictures), strict=True):
        assert b"".join(store.age_file(*found[role])) == b"header\n" + text


KILLED = """
    import io, os, sys
    from datetime import datetime
    from portal.cases import messages
    from portal.cases.database import Database
    from portal.cases.envelope import CHUNK, Envelope, Parcel

    text = bytes(3 * CHUNK)
    facts = Envelope("message", len(text) + 7, 3, b"header\\n", "a" * 64, "b" * 64)
    parcel = Parcel(facts, io.BytesIO(b"header\\n" + text))
    messages._insert = lambda *_: os._exit(9)  # as the staged file is about to become a message
    posting = messages.Posting(1, "reporter", "reporter", 1, (parcel,))
    now = datetime.fromisoformat(sys.argv[3])
    messages.Thread(Database(sys.argv[1])).add(sys.argv[2], posting, now=now)
"""


@pytest.mark.thorough
def test_a_server_killed_in_the_middle_leaves_nothing_to_see(store: Store, report: str) -> None:
    """The message is not there, its number is free, and the sweep removes what was staged."""
    url = store.database.engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", textwrap.dedent(KILLED), url, report, START.isoformat()]
    assert subprocess.run(words, check=False).returncode == 9
    assert store.thread.messages(report) == ()
    assert len(store.envelopes(report)) == 1
    assert count(store.database, envelopes) == 2
    assert store.thread.add(report, posting(1), now=START).sequence == 1
    assert store.sweep(now=START + ABANDONED + timedelta(minutes=1)) == 1


def test_racing_writers_take_turns(store: Store, report: str) -> None:
    """Eight messages at once for one place: one gets it, seven hear the last number."""
    outcomes: list[int] = []

    def post(number: int) -> None:
        try:
            kept = store.thread.add(report, posting(1, b"%d" % number), now=START)
            outcomes.append(kept.sequence)
        except MessageOutOfTurn as refusal:
            outcomes.append(-refusal.facts["last"])

    threads = [threading.Thread(target=post, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [-1] * 7 + [1]
    assert count(store.database, messages) == 1


def test_a_double_click_by_hand_makes_one_message(store: Store, report: str) -> None:
    """Eight uploads of one file at once are one message."""
    threads = [
        threading.Thread(
            target=store.thread.add, args=(report, posting(None)), kwargs={"now": START}
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.sequence for one in store.thread.messages(report)] == [1]


def test_nothing_is_added_to_a_report_that_is_gone(store: Store, report: str) -> None:
    """A message on its way when a report is deleted does not bring it back."""
    with store.database.writing() as connection:
        for table in ("chunks", "headers", "envelopes"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    with pytest.raises(PorticoError) as refusal:
        Thread(store.database).add(report, posting(1), now=START)
    assert refusal.value.code == "no-such-report"
    assert count(store.database, messages) == 0


def test_envelopes_come_in_the_order_of_the_conversation() -> None:
    """The report, its files, then message by message, counted as numbers."""
    roles = ["report", "attachments", "message-2", "message-2-files", "message-10"]
    mixed = roles[::-1]
    assert sorted(mixed, key=place) == roles
