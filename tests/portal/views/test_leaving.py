"""Leaving: withdrawing and deleting take the token, and leave nothing that was sealed."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.events import Event
from portal.cases.program import Program
from portal.cases.store import Store
from portal.cases.tables import chunks, envelopes, headers, memos, messages, queue
from portal.desk.approvals import Approvals
from portal.intake.token import Token
from tests import letters
from tests.actors import Answer, Researcher, seal
from tests.colleagues import Colleague
from tests.conftest import START

Hire = Callable[..., Colleague]
ADDRESSES = ("/status/withdraw", "/status/delete")


def leave(researcher: Researcher, how: str) -> Answer:
    """Withdraw the report, or ask for its deletion."""
    body = {"lookup": researcher.token.lookup}
    return Answer.of(researcher.client.post(f"/status/{how}", json=body))


def test_withdrawing_is_noted_once_and_ends_nothing(
    researcher: Researcher, store: Store, database: Database
) -> None:
    """It shows in the timeline; what the program promised goes on until staff decide."""
    report = researcher.send().json["report"]
    first, again = leave(researcher, "withdraw"), leave(researcher, "withdraw")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json == again.json == {"report": report, "withdrawn": True}
    seen = researcher.status().json
    assert [one["label"] for one in seen["events"]][1:] == ["You withdrew the report"]
    assert seen["state"] == "received"
    assert store.events(report)[-1].hint
    with database.reading() as connection:
        assert connection.scalar(select(queue.c.activity)) == 2


def test_what_nobody_opened_is_deleted_at_once(
    researcher: Researcher, stranger: Researcher, store: Store, database: Database
) -> None:
    """No ciphertext stays, the token is as good as none, and the tombstone says what happened."""
    report = researcher.send(None, researcher.sealed()).json["report"]
    letters.write(researcher, 1)
    assert leave(researcher, "delete").json == {"report": report, "deleted": True}
    for one in (researcher.status, researcher.fetch, lambda: letters.thread(researcher)):
        assert one().status_code == 404
    assert researcher.status().data == stranger.status().data
    assert leave(researcher, "delete").data == leave(stranger, "delete").data
    assert letters.write(researcher, 2).data == letters.write(stranger, 2).data
    assert [one.name for one in store.events(report)] == ["received", "deletion_asked", "deleted"]
    with database.reading() as connection:
        for table in (chunks, headers, envelopes, messages, memos):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
        assert connection.execute(select(queue.c.state, queue.c.ended)).one() == ("deleted", True)
        assert audit.first_break(connection) is None


def test_deleted_bytes_are_overwritten(researcher: Researcher, database: Database) -> None:
    """Not even the file of the database has the ciphertext any more."""
    sent = researcher.sealed()
    researcher.send(sent)
    trace = sent[-64:]
    file = Path(str(database.engine.url.database))
    assert any(trace in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    leave(researcher, "delete")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not any(trace in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


def opened(colleague: Colleague, report: str) -> None:
    """Open the report."""
    colleague.post(f"/staff/api/reports/{report}/opened")


def acknowledged(colleague: Colleague, report: str) -> None:
    """Confirm receipt."""
    colleague.post(f"/staff/api/reports/{report}/events", {"name": "acknowledge"})


@pytest.mark.parametrize("touch", [opened, acknowledged])
def test_what_staff_work_on_is_asked_for(
    hire: Hire, researcher: Researcher, touch: Callable[[Colleague, str], None]
) -> None:
    """After staff opened it, or did anything about it, the wish is recorded, and no more."""
    report = researcher.send().json["report"]
    touch(hire("Ada", example="handler"), report)
    asked, again = leave(researcher, "delete"), leave(researcher, "delete")
    assert (asked.status_code, asked.json["deleted"]) == (202, False)
    assert again.json == asked.json
    names = [one["name"] for one in researcher.status().json["events"]]
    assert names.count("deletion_asked") == 1
    assert researcher.fetch().status_code == 200


def test_an_answer_of_staff_counts_as_work_too(hire: Hire, researcher: Researcher) -> None:
    """Whoever was answered is heard by a person before anything goes."""
    report = researcher.send().json["report"]
    letters.reply(hire("Ada", example="handler"), report, 1, letters.sealed(researcher))
    assert leave(researcher, "delete").status_code == 202


def test_a_note_of_staff_counts_as_work_too(hire: Hire, researcher: Researcher) -> None:
    """Whoever holds the status code alone cannot wipe out what staff wrote."""
    report = researcher.send().json["report"]
    note = base64.b64encode(seal(b"a note", researcher.recipients(reply=False))).decode()
    address = f"/staff/api/reports/{report}/memos"
    kept = hire("Ada", example="handler").post(address, {"kind": "note", "sealed": note})
    assert kept.status_code == 201
    assert leave(researcher, "delete").status_code == 202


def test_what_waits_for_a_second_person_counts_too(
    hire: Hire, researcher: Researcher, database: Database
) -> None:
    """One member of staff asked for something, so somebody is at work on it."""
    report = researcher.send().json["report"]
    ada = hire("Ada", example="handler")
    Approvals(database).ask(report, Event("acknowledged", START, ada.id))
    assert leave(researcher, "delete").status_code == 202


def test_by_hand_the_pages_say_the_same(researcher: Researcher) -> None:
    """The status code is enough; the page says what became of it."""
    researcher.send()
    form = {"token": researcher.token.lookup}
    page = researcher.client.post("/status/withdraw", data=form)
    assert "You withdrew the report" in page.get_data(as_text=True)
    page = researcher.client.post("/status/delete", data=form)
    assert "Your report was deleted" in page.get_data(as_text=True)
    assert researcher.status().status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_bad_input_and_strangers_change_nothing(
    address: str, researcher: Researcher, stranger: Researcher
) -> None:
    """A malformed value, a foreign token, and a token that the browser made."""
    researcher.send()
    client = researcher.client
    assert client.post(address, json={"lookup": "x"}).status_code == 400
    assert client.post(address, json={"lookup": stranger.token.lookup}).status_code == 404
    assert client.post(address, data={"token": researcher.token.text}).status_code == 400
    assert len(researcher.status().json["events"]) == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_gets_anywhere(address: str, client: FlaskClient, program: Program) -> None:
    """Without a token there is nothing to leave."""
    assert client.post(address, json={}).status_code == 400
    assert client.post(address, data={"token": Token.issue().text}).status_code == 404
    assert client.get(address).status_code == 405
