"""A report at the desk: its facts, its rule, its files; shown to those of its program alone."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select

from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.tables import audit, headers
from portal.policy.pack import Policy
from tests import letters
from tests.actors import DAY, Answer, Researcher, Staff, seal
from tests.colleagues import Colleague
from tests.conftest import START, Clock

Hire = Callable[..., Colleague]


def case(colleague: Colleague, report: str) -> Answer:
    """Look at a report."""
    return colleague.get(f"/staff/api/reports/{report}")


def test_a_report_is_shown_with_everything_but_its_contents(
    hire: Hire, researcher: Researcher, report: str, clock: Clock
) -> None:
    """Facts, history with names, dates, files and what may be recorded next."""
    clock.advance(DAY)
    ada = hire("Ada", example="handler")
    ada.post(f"/staff/api/reports/{report}/events", {"name": "acknowledge"})
    letters.write(researcher, 1)
    shown = case(ada, report).json
    assert (shown["id"], shown["program"], shown["state"]) == (report, "example", "acknowledged")
    assert [one["name"] for one in shown["events"]] == ["received", "acknowledged"]
    assert shown["events"][0]["actor"] == {"id": None, "name": "reporter"}
    assert shown["events"][1]["actor"] == {"id": ada.id, "name": "Ada"}
    assert [one["role"] for one in shown["envelopes"]] == ["report", "message-1"]
    assert {one["keyset_version"] for one in shown["envelopes"]} == {1}
    assert (shown["messages"], shown["keyset"], shown["role"]) == (1, {"version": 1}, "handler")
    assert shown["due_at"] in {one["due"] for one in shown["deadlines"]}
    actions = {one["verb"]: one for one in shown["actions"]}
    assert actions["assess"]["needs"] == ["expected"]
    assert [verb for verb, one in actions.items() if one["two_people"]] == ["decline"]
    assert "acknowledge" not in actions
    assert shown["verdict"] is None


def test_the_rule_is_told_as_it_was_when_it_ruled(
    hire: Hire, researcher: Researcher, catalogue: Catalogue, pack: Callable[[str], str]
) -> None:
    """A later version of the policy does not change what a verdict shows of its rule."""
    rule = researcher.program.policy.scope_rules.include[0]
    target = rule.pattern.replace("*.", "www.")
    receipt = researcher.check(target).json["receipt"]
    report = researcher.send(scope_receipt=receipt).json["report"]
    later = pack("example").replace(f'"{rule.pattern}"', '"elsewhere.example"')
    assert Policy.parse(later).sha256 != researcher.program.policy.sha256
    catalogue.publish_policy(later, actor="test", now=START)
    verdict = case(hire("Ada", example="reader"), report).json["verdict"]
    assert verdict["policy_version"] == 1
    assert verdict["rule"]["pattern"] == rule.pattern
    assert (verdict["rule"]["id"], verdict["rule"]["side"]) == (rule.id, "in")


def test_staff_fetch_the_file_with_its_newest_header(
    hire: Hire, researcher: Researcher, report: str, database: Database, staff: Staff
) -> None:
    """After a header was added, staff get that one; the reporter's file stays what was sent."""
    ada, address = hire("Ada", example="reader"), f"/staff/api/reports/{report}/envelopes/report"
    sent = researcher.fetch().data
    assert ada.get(address).data == sent
    (before,) = case(ada, report).json["envelopes"]
    with database.writing() as connection:
        row = connection.execute(select(headers)).mappings().one()
        added = row["header"].replace(b"\n--- ", b"\n-> x-grease\n\n--- ")
        new = {**row, "version": 2, "keyset_version": 7, "sha256": "e" * 64, "header": added}
        connection.execute(insert(headers).values(new))
    shared = ada.get(address)
    assert shared.data == added + sent[len(row["header"]) :]
    assert ada.get(address, header="1").data == added
    (after,) = case(ada, report).json["envelopes"]
    assert (after["header_version"], after["keyset_version"]) == (2, 7)
    assert after["length"] == len(shared.data)
    assert after["original_header_sha256"] == before["header_sha256"]
    assert researcher.fetch().data == sent


def test_a_large_file_comes_out_block_by_block(
    hire: Hire, researcher: Researcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks are read one at a time, so that no file is ever held whole."""
    monkeypatch.setattr("portal.cases.envelope.CHUNK", 32768)
    files = seal(bytes(300_000), researcher.recipients())
    report = researcher.send(researcher.sealed(), files).json["report"]
    ada = hire("Ada", example="reader")
    answer = ada.client.get(f"/staff/api/reports/{report}/envelopes/attachments")
    assert int(answer.headers["Content-Length"]) == len(files)
    sizes = [len(block) for block in answer.iter_encoded()]
    assert sum(sizes) == len(files)
    assert max(sizes) == 32768
    answer.close()


@pytest.mark.parametrize("role", ["attachments", "message-1", "note", "report%00", "..%2fnote"])
def test_what_a_report_does_not_have_is_not_there(hire: Hire, report: str, role: str) -> None:
    """A role leads to an envelope of this report, and to nothing else."""
    ada = hire("Ada", example="admin")
    assert ada.get(f"/staff/api/reports/{report}/envelopes/{role}").status_code == 404


def test_the_first_opening_is_an_event(
    hire: Hire, researcher: Researcher, report: str, database: Database
) -> None:
    """A reader may open; the first time shows to the reporter, later ones in the audit log."""
    rob, ada = hire("Rob", example="reader"), hire("Ada", example="handler")
    first = rob.post(f"/staff/api/reports/{report}/opened")
    again = ada.post(f"/staff/api/reports/{report}/opened")
    assert (first.json, again.json) == ({"first": True}, {"first": False})
    events = researcher.status().json["events"]
    assert [one["label"] for one in events][1:] == ["Staff opened your report"]
    with database.reading() as connection:
        acts = connection.execute(select(audit.c.act, audit.c.actor)).all()[-2:]
    assert acts == [("event opened", rob.id), ("opened again", ada.id)]


def test_taking_a_report_is_in_the_audit_log(hire: Hire, report: str, database: Database) -> None:
    """Who fetched the ciphertext of a report, and of which file, can be told later."""
    ada = hire("Ada", example="reader")
    ada.get(f"/staff/api/reports/{report}/envelopes/report")
    with database.reading() as connection:
        wanted = select(audit.c.actor, audit.c.data).where(audit.c.act == "file taken")
        assert connection.execute(wanted).all() == [(ada.id, {"role": "report"})]


ADDRESSES = ("", "/envelopes/report", "/messages", "/memos")
ACTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("/opened", {}),
    ("/events", {"name": "acknowledge"}),
    ("/approvals/0123456789abcdef", {"granted": True}),
    ("/memos", {"kind": "note", "sealed": ""}),
    ("/delete", {}),
)


def test_to_another_programs_staff_a_report_does_not_exist(
    hire: Hire, report: str, publish: Callable[[str, Staff], Program]
) -> None:
    """Whatever they try, the answer is that for a report that never was."""
    publish("unnamed", Staff("hybrid"))
    eve, absent = hire("Eve", unnamed="admin"), "00000-00000"
    for name in ADDRESSES:
        seen, none = (eve.get(f"/staff/api/reports/{one}{name}") for one in (report, absent))
        assert seen.status_code == 404
        assert seen.text.replace(report, absent) == none.text, name
    for name, body in ACTS:
        seen, none = (eve.post(f"/staff/api/reports/{one}{name}", body) for one in (report, absent))
        assert seen.status_code == 404
        assert seen.text.replace(report, absent) == none.text, name


def test_nobody_is_told_to_sign_in(researcher: Researcher, report: str) -> None:
    """Without a session there is neither report nor act."""
    client = researcher.client
    for name in ADDRESSES:
        assert client.get(f"/staff/api/reports/{report}{name}").status_code == 401
    for name, body in ACTS:
        assert client.post(f"/staff/api/reports/{report}{name}", json=body).status_code == 401
