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
from portal.desk import reasons
from portal.desk.accounts import Accounts
from portal.desk.acts import ACTS
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.policy import statement
from tests.actors import Researcher
from tests.colleagues import Colleague
from tests.conftest import Clock
from tests.newcomers import Newcomer

Hire = Callable[..., Colleague]


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
    lines = ada.post("/staff/api/audit/export", {"subject": report}).data.splitlines()[1:]
    assert original not in str(lines)
    kept = [json.loads(line) for line in lines]
    assert [one["act"] for one in kept if chain.is_redacted(one)] == ["event duplicate"]
    assert list(chain.faults(kept, whole=False)) == []


def test_a_change_of_roles_is_seen_in_the_program_it_is_about(hire: Hire, ada: Colleague) -> None:
    """By everybody there, though it is about a person."""
    boss = hire("Bo", example="admin")
    eve = hire("Eve", elsewhere="admin")
    role = {"program": "example", "role": "reader"}
    assert boss.post(f"/staff/api/people/{ada.id}/role", role).status_code == 200
    assert "changed a role" in [entry["words"] for entry in log(ada, program="example")]
    assert "changed a role" not in [entry["words"] for entry in log(eve)]


@pytest.fixture
def come(newcomer: Callable[[], Newcomer], invite: Callable[..., str]) -> Callable[..., Newcomer]:
    """Lets somebody come with a link, as in life: `come("Bo", example="admin")`."""

    def came(name: str, **roles: str) -> Newcomer:
        person = newcomer()
        assert person.enrol(invite(name, **roles)).status_code == 201
        return person

    return came


def told(someone: Newcomer, **question: str) -> list[str]:
    """Return what somebody sees of accounts, as who did what, oldest first."""
    query = "&".join(f"{name}={value}" for name, value in question.items())
    entries = someone.get(f"/audit?{query}").json["entries"]
    of_people = {act.words for act in ACTS.values() if act.theme == "People"}
    found = [f"{one['actor']['name']} {one['words']}" for one in entries]
    return [
        line
        for line, one in zip(found, entries, strict=True)
        if one["words"] in of_people and one["words"] != "changed a role"
    ][::-1]


def test_an_admin_sees_how_the_accounts_of_colleagues_changed(
    come: Callable[..., Newcomer],
) -> None:
    """From the link to the end; the colleague sees their own, and other colleagues none of it."""
    boss, bo, cy = (
        come("Ann", example="admin"),
        come("Bo", example="handler"),
        come("Cy", example="handler"),
    )
    bo_id = bo.get("/me").json["id"]
    bo.post("/desk-keys")
    bo.delete("/desk-keys")
    bo.post("/sign-out")
    body = {"reason": "misuse"}
    assert boss.post(f"/people/{bo_id}/leave", body).status_code == 200
    entry = boss.get(f"/audit?actor={bo_id}&limit=1").json["entries"][0]
    assert entry["words"] == "signed out"
    assert told(boss, subject=bo_id) == [
        "operator made a link to the desk",
        "Bo added a passkey",
        "Bo signed in",
        "Bo made a desk key",
        "Bo ended desk keys",
        "Bo signed out",
        "Ann let somebody go, or left",
    ]
    assert told(boss, subject=bo_id, program="example") == told(boss, subject=bo_id)
    assert told(boss, subject=bo_id, why="misuse") == ["Ann let somebody go, or left"]
    assert not [line for line in told(cy) if line.startswith("Bo")]


def test_an_account_is_an_admins_business_as_long_as_there_is_a_role(
    come: Callable[..., Newcomer], accounts: Accounts, clock: Clock
) -> None:
    """What was before, what comes after, and what an admin of elsewhere sees: nothing of it."""
    boss = come("Ann", example="admin")
    eve = come("Eve", elsewhere="admin")
    bo = come("Bo", other="handler")
    bo_id = bo.get("/me").json["id"]
    assert told(boss, subject=bo_id) == []
    clock.advance(timedelta(minutes=1))
    accounts.assign(bo_id, "example", Role.READER, by=Authority("operator"), now=clock())
    bo.post("/desk-keys")
    clock.advance(timedelta(minutes=1))
    assert boss.post(f"/people/{bo_id}/role", {"program": "example", "role": ""}).status_code == 200
    bo.delete("/desk-keys")
    assert told(boss, subject=bo_id) == ["Bo made a desk key"]
    assert told(eve, subject=bo_id) == []
    clock.advance(timedelta(minutes=1))
    accounts.let_go(bo_id, by=Authority("operator"), now=clock())
    assert told(boss, subject=bo_id) == ["Bo made a desk key"]


def test_an_admin_sees_who_took_the_log_along(
    report: str, come: Callable[..., Newcomer], stranger: Researcher, database: Database
) -> None:
    """And why; what it was narrowed to, if that is not theirs, stays unnamed."""
    theirs = str(stranger.send().json["report"])
    with database.writing() as connection:
        moved = update(reports).where(reports.c.id == theirs)
        connection.execute(moved.values(program="elsewhere"))
    boss, bo = come("Ann", example="admin"), come("Bo", example="handler", elsewhere="handler")
    asked = {"subject": theirs, "program": "elsewhere", "why": "spam", "reason": "authority"}
    assert bo.post("/audit/export", asked).status_code == 200
    (entry,) = boss.get("/audit?act=audit exported").json["entries"]
    assert theirs not in str(entry)
    assert "elsewhere" not in str(entry)
    details = {one["label"]: one["value"] for one in entry["details"]}
    assert details == {
        "About": "a report of another program",
        "Program": "another program",
        "Only with the reason": "Advertising, or nothing to do with security",
        "Reason": "Request of an authority",
    }
    lines = boss.post("/audit/export", {"act": "audit exported"}).data.splitlines()[1:]
    kept = [json.loads(line) for line in lines]
    assert [chain.is_redacted(one) for one in kept] == [True, False]
    assert theirs not in str(kept)
    assert list(chain.faults(kept, whole=False)) == []


def test_the_log_can_be_filtered_by_reason(report: str, ada: Colleague) -> None:
    """The entry says it in plain words; whatever the act, the same reason is found."""
    ada.post(f"/staff/api/reports/{report}/quiet", {"quiet": True, "reason": "unreadable"})
    ada.post(f"/staff/api/reports/{report}/quiet", {"quiet": False})
    (entry,) = log(ada, why="unreadable")
    assert entry["words"] == "put the report on the quiet list"
    assert entry["details"] == [{"label": "Reason", "value": "Nobody can make sense of it"}]
    assert log(ada, why="spam") == []


def test_what_two_people_decide_is_named(report: str, ada: Colleague) -> None:
    """In the sentence, not by a code beside it."""
    ada.post(f"/staff/api/reports/{report}/events", {"name": "acknowledge"})
    body = {"name": "decline", "reason": "intended"}
    assert ada.post(f"/staff/api/reports/{report}/events", body).status_code == 202
    entry = log(ada)[0]
    assert entry["words"] == "asked a second person to decline the report"
    assert {one["label"]: one["value"] for one in entry["details"]}.keys() == {"Approval", "Reason"}


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
        {"why": "because"},
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
    assert {one["code"]: one["words"] for one in answer["reasons"]} == reasons.WORDS


def test_the_lists_of_reasons(ada: Colleague, client: Any) -> None:
    """For the pages: every list, and whether something of it has to be chosen."""
    lists = ada.get("/staff/api/reasons").json
    assert lists.keys() == reasons.CHOICES.keys()
    assert lists["quiet"]["required"] is True
    assert lists["person"]["required"] is False
    assert lists["unquiet"]["choices"][0] == {"code": "settled", "words": "It has stopped"}
    assert client.get("/staff/api/reasons").status_code == 401
