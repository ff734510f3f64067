"""The store: acknowledged means kept, once, and nothing half-sent is ever seen."""

import hashlib
import io
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases import audit
from portal.cases.envelope import CHUNK, Envelope, Parcel
from portal.cases.events import Event
from portal.cases.report import Report, new_id
from portal.cases.store import ABANDONED, REISSUE, Store
from portal.cases.tables import chunks, envelopes
from portal.errors import EventRefused, NoSuchReport, StoreUnavailable
from tests.conftest import START


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


def test_an_upload_cut_off_is_invisible_and_swept(store: Store) -> None:
    """A delivery whose bytes stop coming leaves no report, and its rows go after a day."""

    class Cut(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 2 * CHUNK:
                raise ConnectionError
            return super().read(size)

    whole = parcel(4 * CHUNK)
    cut = Parcel(whole.envelope, Cut(whole.source.getvalue()))  # type: ignore[attr-defined]
    with pytest.raises(ConnectionError):
        store.add(report(), [cut])
    assert list(store.reports()) == []
    assert rows(store, chunks) > 0
    assert store.sweep(now=START + ABANDONED - timedelta(minutes=1)) == 0
    assert store.sweep(now=START + ABANDONED + timedelta(minutes=1)) == 1
    assert rows(store, chunks) == rows(store, envelopes) == 0


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


def test_a_lost_answer_is_given_again_within_an_hour(store: Store) -> None:
    """A hand-sealed file sent again moves to the new token, until the old one was used."""
    kept = store.add(report(origin="server-token"), [parcel()])
    assert store.sealed_by_hand("example", kept.contents_sha256) == kept
    assert store.reissue(kept, "b" * 64, now=START + REISSUE - timedelta(seconds=1))
    assert store.look_up("b" * 64).id == kept.id
    with pytest.raises(NoSuchReport):
        store.look_up("a" * 64)
    assert not store.reissue(kept, "d" * 64, now=START + timedelta(minutes=1))


def test_a_token_is_not_reissued_after_an_hour(store: Store) -> None:
    """Whoever finds the file later cannot take the report over."""
    kept = store.add(report(origin="server-token"), [parcel()])
    assert not store.reissue(kept, "b" * 64, now=START + REISSUE + timedelta(seconds=1))


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
