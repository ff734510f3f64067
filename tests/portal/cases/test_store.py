"""The store: acknowledged means kept, once, and nothing half-sent is ever seen."""

import fcntl
import hashlib
import io
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.cases import audit, staging
from portal.cases.envelope import CHUNK, Envelope, Parcel
from portal.cases.events import Event
from portal.cases.reissue import REISSUE
from portal.cases.report import SERVER_TOKEN, Report, new_id
from portal.cases.staging import ABANDONED
from portal.cases.store import Store
from portal.cases.tables import chunks, envelopes
from portal.errors import EventRefused, NoSuchReport, StoreUnavailable
from tests.conftest import START

pytestmark = pytest.mark.usefixtures("program")  # whose policy says what is due


def report(lookup: str = "a" * 64, **changes: object) -> Report:
    """A report that has just arrived."""
    return replace(
        Report(
            id=new_id(),
            program="example",
            stored_lookup=lookup,
            origin="browser-token",
            kind="report",
            policy_version=1,
            keyset_version=1,
            verdict=None,
            received_at=START,
            contents_sha256="c" * 64,
            calendar={"name": "none", "zone": "UTC", "holidays": [], "weekend": [5, 6]},
            receipt="signed",
        ),
        **changes,  # type: ignore[arg-type]
    )


def parcel(size: int = 100, role: str = "report") -> Parcel:
    """An age file of about this many bytes, as vetting passes it on."""
    header, payload = b"header\n", bytes(index % 251 for index in range(size))
    return Parcel(
        Envelope(
            role=role,
            length=len(header) + size,
            stanzas=2,
            header=header,
            header_sha256=hashlib.sha256(header).hexdigest(),
            payload_sha256=hashlib.sha256(payload).hexdigest(),
        ),
        io.BytesIO(header + payload),
    )


def rows(store: Store, table: object) -> int:
    """Count the rows of a table."""
    with store.database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_kept_comes_back_to_the_byte(store: Store, size: int) -> None:
    """An age file comes out as it went in, whatever its size."""
    sent = parcel(size)
    kept = store.add(report(), [sent])
    ((row_id, envelope),) = store.envelopes(kept.id)
    assert b"".join(store.age_file(row_id, envelope)) == sent.source.getvalue()  # type: ignore[attr-defined]
    assert envelope == sent.envelope


def test_the_same_lookup_keeps_the_first_report(store: Store) -> None:
    """A second delivery under one token adds nothing and returns the first report."""
    first = store.add(report(), [parcel()])
    assert store.add(report(), [parcel()]) == first
    assert [one.id for one in store.reports()] == [first.id]


def test_a_race_has_one_winner(store: Store) -> None:
    """Eight senders of one delivery at once get the same report."""
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.add(report(), [parcel()]).id))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


class Cut(io.BytesIO):
    """A source whose sender goes away in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 2 * CHUNK:
            raise ConnectionError
        return super().read(size)


def test_an_upload_cut_off_leaves_nothing(store: Store) -> None:
    """A delivery whose bytes stop coming leaves no report and no ciphertext behind."""
    whole = parcel(4 * CHUNK)
    cut = Parcel(whole.envelope, Cut(whole.source.getvalue()))  # type: ignore[attr-defined]
    with pytest.raises(ConnectionError):
        store.add(report(), [cut])
    assert list(store.reports()) == []
    assert rows(store, chunks) == rows(store, envelopes) == 0


def test_an_upload_cut_off_by_a_crash_is_swept(store: Store) -> None:
    """What a killed server had staged is seen by nobody and removed after a day."""
    one = staging.Staged("a" * 32, parcel(4 * CHUNK))
    staging._write(store.database, one, START)
    assert list(store.reports()) == []
    assert rows(store, chunks) == 3
    assert store.sweep(now=START + ABANDONED - timedelta(minutes=1)) == 0
    assert store.sweep(now=START + ABANDONED + timedelta(minutes=1)) == 1
    assert rows(store, chunks) == rows(store, envelopes) == 0


def test_sending_again_costs_no_space(store: Store) -> None:
    """A replay, and another delivery under a token in use, leave no ciphertext behind."""
    store.add(report(), [parcel(3 * CHUNK)])
    before = rows(store, chunks)
    store.add(report(), [parcel(3 * CHUNK)])
    store.add(report(contents_sha256="d" * 64), [parcel(4 * CHUNK)])
    assert rows(store, chunks) == before
    assert rows(store, envelopes) == 1


def test_a_sweep_leaves_reports_alone(store: Store) -> None:
    """Only uploads that never became a report are removed."""
    kept = store.add(report(), [parcel(3 * CHUNK)])
    assert store.sweep(now=START + 100 * ABANDONED) == 0
    assert len(store.envelopes(kept.id)) == 1


def test_a_full_disk_keeps_nothing(store: Store) -> None:
    """When the database cannot grow, the sender hears so and no report is there."""
    with store.database.engine.connect() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")
    with pytest.raises(StoreUnavailable):
        store.add(report(), [parcel(3 * CHUNK)])
    assert list(store.reports()) == []


def test_an_unknown_token_finds_nothing(store: Store) -> None:
    """A token nobody was given leads nowhere."""
    with pytest.raises(NoSuchReport):
        store.look_up("f" * 64)


def by_hand(lookup: str, **changes: object) -> Report:
    """A report that was sealed by hand, under a token the server issued."""
    return report(lookup, origin=SERVER_TOKEN, **changes)


def test_a_lost_answer_is_given_again_within_an_hour(store: Store) -> None:
    """A hand-sealed file sent again moves to the new token; the one nobody used ends."""
    first = store.add(by_hand("a" * 64), [parcel()])
    later = START + REISSUE - timedelta(seconds=1)
    again = store.add(by_hand("b" * 64, received_at=later), [parcel()])
    assert again.id == first.id
    assert store.look_up("b" * 64).id == first.id
    with pytest.raises(NoSuchReport):
        store.look_up("a" * 64)


def test_a_token_that_was_used_stays(store: Store) -> None:
    """After a look-up, or after an hour, whoever finds the file cannot take the report over."""
    first = store.add(by_hand("a" * 64), [parcel()])
    late = START + REISSUE + timedelta(seconds=1)
    assert store.add(by_hand("b" * 64, received_at=late), [parcel()]).id != first.id
    store.look_up("b" * 64)
    soon = late + timedelta(minutes=1)
    assert store.add(by_hand("d" * 64, received_at=soon), [parcel()]).id != first.id
    assert store.look_up("a" * 64).id == first.id


def test_a_double_click_makes_one_report(store: Store) -> None:
    """Eight uploads of one hand-sealed file at once become one report with one token."""
    threads = [
        threading.Thread(target=store.add, args=(by_hand(f"{number}" * 64), [parcel()]))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(store.reports())) == 1


def test_a_stopped_writer_does_not_stop_the_others_for_good(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the file lock too long makes others say so, and nothing is kept."""
    monkeypatch.setattr("portal.cases.database.BUSY_TIMEOUT", 0.2)
    with Path(f"{store.database.engine.url.database}.lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreUnavailable):
            store.add(report(), [parcel()])
    assert store.add(report(), [parcel()])


def test_events_follow_the_rules(store: Store) -> None:
    """History is appended in order; an event that comes too early is refused and not kept."""
    kept = store.add(report(), [parcel()])
    with pytest.raises(EventRefused):
        store.append(kept.id, Event("resolved", START, "ada"))
    store.append(kept.id, Event("acknowledged", START, "ada"))
    assert [event.name for event in store.events(kept.id)] == ["received", "acknowledged"]


def test_every_change_is_in_the_audit_log(store: Store) -> None:
    """The chain holds, and an altered entry breaks it where it was altered."""
    kept = store.add(report(), [parcel()])
    store.append(kept.id, Event("acknowledged", START, "ada"))
    with store.database.writing() as connection:
        assert audit.first_break(connection) is None
        connection.exec_driver_sql("UPDATE audit SET actor = 'bob' WHERE sequence = 2")
        assert audit.first_break(connection) == 2


def test_a_removed_entry_is_found(store: Store) -> None:
    """Taking an entry out of the middle of the audit log does not go unnoticed."""
    for number in range(3):
        store.add(report(f"{number}" * 64), [parcel()])
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE sequence = 2")
        assert audit.first_break(connection) == 3
