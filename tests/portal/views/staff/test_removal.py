"""Deleting for a reporter: only what was asked for, verified where it can be, by who may."""

import base64
import io
from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.cases.database import Database
from portal.cases.store import Store
from tests import letters
from tests.actors import Answer, Researcher, seal
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """A handler of the example program."""
    return hire("Ada", example="handler")


@pytest.fixture
def report(ada: Colleague, researcher: Researcher) -> str:
    """A report that Ada opened."""
    name = str(researcher.send().json["report"])
    ada.post(f"/staff/api/reports/{name}/opened")
    return name


def ask(researcher: Researcher) -> None:
    """Ask for the deletion with the token."""
    researcher.client.post("/status/delete", json={"lookup": researcher.token.lookup})


def verify(colleague: Colleague, report: str, number: int, **more: int) -> Answer:
    """Record that a signed message says the same as an event."""
    body = {"name": "verify", "data": {"event": number, **more}}
    return colleague.post(f"/staff/api/reports/{report}/events", body)


def remove(colleague: Colleague, report: str) -> Answer:
    """Delete the report."""
    return colleague.post(f"/staff/api/reports/{report}/delete", {})


def test_what_was_asked_and_verified_is_deleted(
    ada: Colleague, researcher: Researcher, report: str, store: Store, database: Database
) -> None:
    """The hint is one until it is verified; then everything sealed goes, notes too."""
    memo = seal(b"a note", researcher.recipients(reply=False))
    ada.post(f"/staff/api/reports/{report}/memos", {"kind": "note", "sealed": _coded(memo)})
    ask(researcher)
    letters.write(researcher, 1)
    address = f"/staff/api/reports/{report}"
    assert [one["hint"] for one in ada.get(address).json["events"]] == [False, False, True]
    assert verify(ada, report, 3, message=2).status_code == 409
    assert verify(ada, report, 3, message=1).status_code == 201
    assert [one["hint"] for one in ada.get(address).json["events"]] == [False] * 4
    assert remove(ada, report).json == {"deleted": True}
    assert researcher.status().status_code == 404
    shown = ada.get(address).json
    assert (shown["state"], shown["envelopes"], shown["actions"]) == ("deleted", [], [])
    assert ada.get(f"{address}/envelopes/report").status_code == 404
    assert ada.get(f"{address}/memos").json["memos"] == []
    assert [one.name for one in store.events(report)][-3:] == [
        "deletion_asked",
        "verified",
        "deleted",
    ]


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_nothing_is_added_to_a_tombstone(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """No event, opening, message or note, and no second deletion."""
    ask(researcher)
    verify(ada, report, 3)
    remove(ada, report)
    address = f"/staff/api/reports/{report}"
    memo = _coded(seal(b"x", researcher.recipients(reply=False)))
    assert ada.post(f"{address}/opened").status_code == 404
    assert ada.post(f"{address}/events", {"name": "update"}).status_code == 409
    assert ada.post(f"{address}/memos", {"kind": "note", "sealed": memo}).status_code == 404
    assert letters.reply(ada, report, 1, letters.sealed(researcher)).status_code == 404
    assert remove(ada, report).status_code == 404


def test_nothing_is_deleted_that_nobody_asked_for(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """Neither without the reporter's wish, nor on the word of whoever holds the status code."""
    assert remove(ada, report).status_code == 409
    ask(researcher)
    refused = remove(ada, report)
    assert refused.status_code == 409
    assert "signed message" in refused.json["error"]["hint"]
    assert researcher.fetch().status_code == 200


def test_only_what_the_token_asked_is_verified(
    ada: Colleague, researcher: Researcher, report: str
) -> None:
    """Verifying a withdrawal is no verdict on a deletion, and staff cannot verify themselves."""
    researcher.client.post("/status/withdraw", json={"lookup": researcher.token.lookup})
    ask(researcher)
    assert verify(ada, report, 2).status_code == 409
    assert verify(ada, report, 3).status_code == 201
    assert verify(ada, report, 3).status_code == 409
    assert remove(ada, report).status_code == 409


def test_a_token_without_a_key_asks_for_itself(
    ada: Colleague, researcher: Researcher, store: Store
) -> None:
    """Who got the token from the portal has nothing to sign with; their wish is enough."""
    answer = researcher.client.post(
        "/example/report",
        data={"sealed": (io.BytesIO(researcher.sealed()), "a.age")},
        headers={"Accept": "application/json"},
    ).get_json()
    ada.post(f"/staff/api/reports/{answer['report']}/opened")
    assert remove(ada, answer["report"]).status_code == 409
    researcher.client.post("/status/delete", data={"token": answer["token"]})
    assert remove(ada, answer["report"]).status_code == 200


def test_it_takes_a_handler_and_a_fresh_confirmation(
    ada: Colleague, hire: Hire, researcher: Researcher, report: str, clock: Clock
) -> None:
    """A reader cannot; a handler is asked for the passkey once more."""
    ask(researcher)
    verify(ada, report, 3)
    assert remove(hire("Rob", example="reader"), report).status_code == 403
    clock.advance(timedelta(minutes=6))
    refused = remove(ada, report)
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "confirmation-needed")
    assert researcher.fetch().status_code == 200
