"""The audit page's addresses: each sees what concerns their programs, and the proof can be kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from portal.cases import chain
from portal.cases.database import Database
from portal.cases.signer import Signer
from portal.cases.tables import reports
from portal.desk.acts import ACTS
from portal.policy import statement
from tests.actors import Researcher
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report that arrived."""
    return str(researcher.send().json["report"])


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """Somebody who handles reports to the example program."""
    return hire("Ada", example="handler")


def log(someone: Colleague, **question: str) -> list[dict[str, Any]]:
    """Return what somebody sees."""
    answer = someone.get("/staff/api/audit", **question)
    assert answer.status_code == 200, answer.text
    return list(answer.json["entries"])


def test_an_entry_says_who_what_when_and_why(report: str, ada: Colleague) -> None:
    """In plain words, with names; what the act carried stands beside it."""
    assigned = ada.post(f"/staff/api/reports/{report}/assign", {"to": ada.id})
    assert assigned.status_code == 200
    entry = log(ada)[0]
    assert entry["actor"] == {"key": ada.id, "name": "Ada"}
    assert entry["words"] == "assigned the report"
    assert entry["at"].startswith("2026-11-22T09:30")
    assert entry["subject"] == {"kind": "report", "key": report, "name": report}
    assert {"label": "Assigned to", "value": "Ada"} in entry["details"]
    assert {"label": "Before", "value": "nobody"} in entry["details"]


def test_nobody_sees_what_is_not_theirs(report: str, ada: Colleague, hire: Hire) -> None:
    """Reports, policies and people of other programs are not there; one's own sign-in is."""
    eve = hire("Eve", elsewhere="admin")
    assert [entry["words"] for entry in log(eve)] == ["signed in"]
    assert log(eve, subject=report) == []
    assert log(eve, program="example") == []
    assert log(eve, actor=ada.id) == []
    mine = [entry for entry in log(ada) if entry["words"] == "signed in"]
    assert [entry["actor"]["name"] for entry in mine] == ["Ada"]


def test_a_report_of_another_program_stays_unnamed(
    report: str, ada: Colleague, stranger: Researcher, database: Database
) -> None:
    """What was linked as a duplicate of it says so, as on the report's page, without its name."""
    original = str(stranger.send().json["report"])
    linked = {"name": "duplicate", "data": {"of": original}}
    assert ada.post(f"/staff/api/reports/{report}/events", linked).status_code == 201
    assert original in str(log(ada, subject=report))
    with database.writing() as connection:
        moved = update(reports).where(reports.c.id == original)
        connection.execute(moved.values(program="elsewhere"))
    assert original not in str(log(ada))
    assert "a report of another program" in str(log(ada, subject=report))


def test_a_change_of_roles_is_seen_in_the_program_it_is_about(hire: Hire, ada: Colleague) -> None:
    """By everybody there, though it is about a person."""
    boss = hire("Bo", example="admin")
    eve = hire("Eve", elsewhere="admin")
    role = {"program": "example", "role": "reader"}
    assert boss.post(f"/staff/api/people/{ada.id}/role", role).status_code == 200
    assert "changed a role" in [entry["words"] for entry in log(ada, program="example")]
    assert "changed a role" not in [entry["words"] for entry in log(eve)]


def test_the_log_can_be_filtered(report: str, hire: Hire, clock: Clock) -> None:
    """By person, act, report, program and days, the last day included."""
    clock.advance(timedelta(days=1))
    ada = hire("Ada", example="handler")
    ada.post(f"/staff/api/reports/{report}/events", {"name": "acknowledge"})
    assert [one["words"] for one in log(ada, act="event acknowledged")] == ["confirmed receipt"]
    assert {one["actor"]["key"] for one in log(ada, actor="reporter")} == {"reporter"}
    assert {one["subject"]["key"] for one in log(ada, subject=report)} == {report}
    assert "signed in" not in [one["words"] for one in log(ada, program="example")]
    newest = [one["words"] for one in log(ada, since="2026-11-23")]
    assert newest == ["confirmed receipt", "signed in"]
    assert "confirmed receipt" not in [one["words"] for one in log(ada, until="2026-11-22")]
    assert "confirmed receipt" in [one["words"] for one in log(ada, until="2026-11-23")]


@pytest.mark.parametrize(
    "question",
    [
        {"act": "explode"},
        {"since": "yesterday"},
        {"after": "0"},
        {"after": "x"},
        {"limit": "201"},
        {"program": "../x"},
        {"colour": "red"},
        {"actor": "x" * 81},
        {"subject": "a\x00b"},
        {"until": "9999-12-31"},
    ],
)
def test_a_question_that_cannot_be_read_is_refused(
    question: dict[str, str], ada: Colleague
) -> None:
    """Leaving a filter out would show more than was asked for."""
    answer = ada.get("/staff/api/audit", **question)
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == "queue-refused"


def test_pages_follow_each_other(report: str, ada: Colleague) -> None:
    """Nothing twice, nothing left out, though entries are added meanwhile."""
    for _ in range(5):
        ada.post(f"/staff/api/reports/{report}/events", {"name": "update"})
    everything = [one["sequence"] for one in log(ada)]
    seen: list[int] = []
    question: dict[str, str] = {"limit": "2"}
    while True:
        answer = ada.get("/staff/api/audit", **question).json
        seen += [one["sequence"] for one in answer["entries"]]
        if answer["next"] is None:
            break
        ada.post(f"/staff/api/reports/{report}/events", {"name": "update"})
        question["after"] = str(answer["next"])
    assert seen == everything


def test_the_head_is_signed(ada: Colleague, signer: Signer) -> None:
    """By the receipt key, under a kind of its own."""
    answer = ada.get("/staff/api/audit/head").json
    key = signer.key.public_key()
    claims = statement.verify(answer["head"], key=key, typ=statement.AUDIT_HEAD)
    assert claims["sequence"] == answer["sequence"]
    assert claims["hash"] == answer["hash"]


def test_entries_can_be_kept(report: str, ada: Colleague) -> None:
    """What fits the filters, as it is hashed; taking it is an entry itself."""
    answer = ada.post("/staff/api/audit/export", {"subject": report})
    first, *entries = [json.loads(line) for line in answer.data.splitlines()]
    assert first["whole"] is False
    assert list(first["keysets"]) == ["example"]
    assert {entry["subject"] for entry in entries} == {report}
    assert list(chain.faults(entries, whole=False)) == []
    assert log(ada)[0]["words"] == "exported a part of this log"


def test_keeping_entries_takes_the_passkey(ada: Colleague, clock: Clock) -> None:
    """As any export; nothing is written down when it is refused."""
    clock.advance(timedelta(minutes=6))
    answer = ada.post("/staff/api/audit/export", {})
    assert answer.status_code == 403
    assert answer.json["error"]["code"] == "confirmation-needed"
    assert "exported a part of this log" not in [entry["words"] for entry in log(ada)]


def test_a_reader_reads_the_log_and_takes_none_of_it_away(hire: Any) -> None:
    """As with reports: exporting takes a handler."""
    eve = hire("Eve", example="reader")
    assert eve.get("/staff/api/audit").status_code == 200
    answer = eve.post("/staff/api/audit/export", {})
    assert answer.status_code == 403
    assert answer.json["error"]["code"] == "not-allowed"


def test_a_stranger_gets_nothing(client: Any, program: Any) -> None:
    """The page is a shell; the rest asks who is there."""
    assert client.get("/staff/audit").status_code == 200
    for path in ("/staff/api/audit", "/staff/api/audit/head", "/staff/api/audit/choices"):
        assert client.get(path).status_code == 401
    assert client.post("/staff/api/audit/export", json={}).status_code == 401


def test_what_can_be_chosen(ada: Colleague) -> None:
    """Every act in its words; people and programs that one shares."""
    answer = ada.get("/staff/api/audit/choices").json
    assert {one["act"] for one in answer["acts"]} == set(ACTS)
    assert [one["name"] for one in answer["people"]] == ["Ada"]
    assert [one["slug"] for one in answer["programs"]] == ["example"]
