"""The thread at the reporter's door: messages in their turn, from the bearer of the token alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.intake.token import Token
from tests import letters
from tests.actors import DAY, Researcher, Staff, seal
from tests.conftest import START, Clock

MESSAGE = {"sequence", "author", "at", "roles", "keyset_version"}


def test_a_message_goes_in_and_comes_back(researcher: Researcher, staff: Staff) -> None:
    """A message with files is kept, listed, and comes back to the byte; staff can open it."""
    report = researcher.send().json["report"]
    sent = letters.sealed(researcher, "There is more.")
    files = seal(b"x" * 300_000, researcher.recipients())
    kept = letters.write(researcher, 1, sent, files)
    assert kept.status_code == 201
    listed = letters.thread(researcher).json
    (message,) = listed["messages"]
    assert set(message) == MESSAGE
    assert message == {name: kept.json[name] for name in MESSAGE}
    assert message["roles"] == ["message-1", "message-1-files"]
    assert (listed["report"], listed["keyset_version"]) == (report, 1)
    assert len(listed["report_payload_sha256"]) == 64
    assert researcher.fetch("message-1").data == sent
    assert researcher.fetch("message-1-files").data == files
    assert staff.read(researcher.fetch("message-1").data)["message.md"] == b"There is more."


def test_the_report_itself_stays_what_it_was(researcher: Researcher) -> None:
    """Messages do not show among the files that the report came with."""
    researcher.send()
    letters.write(researcher, 1)
    assert [one["role"] for one in researcher.status().json["envelopes"]] == ["report"]


def test_the_same_message_again_gets_the_same_answer(researcher: Researcher) -> None:
    """An answer that got lost is given again, and nothing is kept twice."""
    researcher.send()
    sent = letters.sealed(researcher)
    first, again = letters.write(researcher, 1, sent), letters.write(researcher, 1, sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    letters.write(researcher, 2)
    assert letters.write(researcher, 1, sent).json == first.json
    assert len(letters.thread(researcher).json["messages"]) == 2


@pytest.mark.parametrize("sequence", [0, 1, 3, 999_999_999])
def test_a_message_out_of_turn_is_told_the_last_number(
    researcher: Researcher, sequence: int
) -> None:
    """Neither a gap nor another message in a place that is taken."""
    researcher.send()
    letters.write(researcher, 1)
    refused = letters.write(researcher, sequence)
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "message-out-of-turn"
    assert refused.json["error"]["last"] == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sequence": "one"}, 400),
        ({"sequence": ""}, 400),
        ({"keyset": "-1"}, 400),
        ({"keyset": "2"}, 409),
        ({"message_length": "7"}, 422),
        ({"message_sha256": "0" * 64}, 422),
        ({"reply": "no"}, 422),
        ({"lookup": "short"}, 400),
    ],
)
def test_bad_input_is_refused(researcher: Researcher, changes: dict[str, str], status: int) -> None:
    """Each field is read strictly, and nothing of a refused message is kept."""
    researcher.send()
    refused = letters.write(researcher, 1, **changes)
    assert refused.status_code == status
    assert refused.json["error"]["hint"]
    assert letters.thread(researcher).json["messages"] == []


def test_only_age_files_for_all_of_the_staff_are_taken(researcher: Researcher) -> None:
    """Plain text and a file that leaves a colleague out stop at the door."""
    researcher.send()
    left_out = seal(b"x", researcher.recipients()[:1])
    for wrong in (b"Here is my answer.", left_out):
        assert letters.write(researcher, 1, wrong).status_code == 422
        assert letters.by_hand(researcher, wrong).status_code == 422
    assert letters.thread(researcher).json["messages"] == []


def test_more_than_the_portal_takes_is_refused(
    researcher: Researcher, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message with its files has the limit that a report has."""
    researcher.send()
    config = client.application.extensions["portico"].config
    object.__setattr__(config, "max_delivery", 100_000)
    big = seal(bytes(200_000), researcher.recipients())
    assert letters.write(researcher, 1, big).status_code == 413
    assert letters.write(researcher, 1).status_code == 201


def test_nobody_writes_into_the_report_of_another(
    researcher: Researcher, stranger: Researcher
) -> None:
    """A token leads to its own report; no field of a request names another."""
    theirs = researcher.send().json["report"]
    letters.write(researcher, 1)
    assert letters.write(stranger, 1).status_code == 404
    assert letters.thread(stranger).status_code == 404
    stranger.send()
    letters.write(stranger, 1, report=theirs)
    assert len(letters.thread(researcher).json["messages"]) == 1
    assert stranger.fetch("message-2").status_code == 404


@pytest.mark.parametrize(
    "role", ["message", "message-2", "message-01", "message-1-", "note", "%", None, ["message-1"]]
)
def test_no_other_name_leads_to_a_file(researcher: Researcher, role: object) -> None:
    """What is not exactly the role of an envelope of this report is not there."""
    researcher.send()
    letters.write(researcher, 1)
    assert researcher.fetch(role).status_code == 404  # type: ignore[arg-type]


def test_nobody_without_a_token_writes(client: FlaskClient, program: Program) -> None:
    """Without a token, or with one that no report has, nothing is said but that."""
    assert client.post("/status/messages", json={}).status_code == 400
    assert client.post("/status/message", data={}).status_code == 400
    assert client.post("/status/message", data={"token": Token.issue().text}).status_code == 404


def test_a_flood_ends_and_shuts_nobody_out(
    researcher: Researcher, stranger: Researcher, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reporter's messages are counted by the day and by the report."""
    monkeypatch.setattr("portal.cases.messages.PER_DAY", 2)
    for one in (researcher, stranger):
        one.send()
    for sequence in (1, 2):
        letters.write(researcher, sequence)
    assert letters.write(researcher, 3).status_code == 429
    assert letters.write(stranger, 1).status_code == 201
    clock.advance(DAY + timedelta(seconds=1))
    assert letters.write(researcher, 3).status_code == 201


def test_by_hand_needs_no_script(researcher: Researcher) -> None:
    """A status code and an `.age` file are enough; the file takes the next place, once."""
    researcher.send()
    letters.write(researcher, 1)
    sent = letters.sealed(researcher, reply=False)
    first, again = letters.by_hand(researcher, sent), letters.by_hand(researcher, sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert "<html" in first.text
    roles = [one["roles"] for one in letters.thread(researcher).json["messages"]]
    assert roles == [["message-1"], ["message-2"]]
    asked = {"token": researcher.token.lookup, "role": "message-2"}
    assert researcher.client.post("/status/envelope", data=asked).data == sent


def test_a_token_of_the_reporters_own_is_not_taken_by_hand(researcher: Researcher) -> None:
    """It would hand the server the key to the thread."""
    researcher.send()
    refused = letters.by_hand(researcher, letters.sealed(researcher), researcher.token.text)
    assert refused.status_code == 400
    assert "exposed" in refused.text


def test_a_new_keyset_ends_the_old_one(
    researcher: Researcher, catalogue: Catalogue, staff: Staff, receipt_key: object
) -> None:
    """A message to a former keyset is refused, so that nobody who left can open a new one."""
    researcher.send()
    sent = letters.sealed(researcher)
    letters.write(researcher, 1, sent)
    keyset = researcher.program.valid_keyset
    changes = {"version": 2, "previous": keyset.sha256}
    text = staff.keyset("example", receipt_key, now=START, **changes)  # type: ignore[arg-type]
    catalogue.publish_keyset(text, "example", actor="test", now=START)
    refused = letters.write(researcher, 2)
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "keyset-outdated")
    assert letters.write(researcher, 1, sent).status_code == 200
    assert letters.write(researcher, 2, keyset="2").status_code == 201


def test_a_thief_of_the_database_reads_no_message(
    researcher: Researcher, database: Database
) -> None:
    """What a message says stands nowhere in the database file."""
    researcher.send()
    canary = "canary-7f3a-in-a-message"
    letters.write(researcher, 1, letters.sealed(researcher, canary))
    database.close()
    kept = Path(str(database.engine.url.database)).read_bytes()
    assert canary.encode() not in kept
