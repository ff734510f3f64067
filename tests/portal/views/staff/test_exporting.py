"""Exports at the desk: a bundle of what was chosen, by those who may, after the passkey."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.cases.program import Program
from portal.desk.exports import LISTED
from portal.offline import audited
from portal.offline.bundle import Bundle
from portal.policy.succession import Succession
from tests.actors import Answer, Researcher, Staff
from tests.colleagues import Colleague
from tests.conftest import Clock

Hire = Callable[..., Colleague]


@pytest.fixture
def ada(hire: Hire) -> Colleague:
    """Somebody who handles reports to the example program."""
    return hire("Ada", example="handler")


def export(someone: Colleague, *reports: str) -> Answer:
    """Ask for a bundle."""
    return someone.post("/staff/api/export", {"reports": list(reports), "reason": "tracker"})


def test_a_bundle_is_streamed(report: str, stranger: Researcher, ada: Colleague) -> None:
    """What was chosen and nothing else, signed, as `portico open` reads it."""
    other = stranger.send().json["report"]
    answer = export(ada, report, report)
    assert answer.status_code == 200
    bundle = Bundle.read(io.BytesIO(answer.data))
    assert [case.report for case in bundle.cases] == [report]
    keysets = Succession.read(bundle.keysets["example"], root=None)
    bundle.verify(keysets.newest)
    (filed,) = bundle.cases[0].files
    assert b"".join(bundle.content(filed)).startswith(b"age-encryption.org/v1\n")
    assert other.encode() not in answer.data


def test_the_log_in_it_is_about_these_reports_alone(
    report: str, stranger: Researcher, ada: Colleague
) -> None:
    """What colleagues did elsewhere is not theirs to take away."""
    stranger.send()
    with zipfile.ZipFile(io.BytesIO(export(ada, report).data)) as opened:
        first, *entries = [json.loads(line) for line in opened.read("audit.jsonl").splitlines()]
    assert first["whole"] is False
    assert {entry["subject"] for entry in entries} == {report}


def test_it_is_written_down(report: str, ada: Colleague) -> None:
    """Who took which reports; before the first byte is sent."""
    export(ada, report)
    (entry,) = ada.get("/staff/api/audit", act="reports exported").json["entries"]
    assert entry["actor"]["name"] == "Ada"
    assert {"label": "Reports", "value": report} in entry["details"]
    assert {"label": "Reason", "value": "Hand-over to a tracker"} in entry["details"]


@pytest.mark.parametrize("reason", [None, "", "for Grace", 5])
def test_it_takes_a_reason(reason: object, report: str, ada: Colleague) -> None:
    """One of the list, which the refusal names; nothing is handed out or written down."""
    refused = ada.post("/staff/api/export", {"reports": [report], "reason": reason})
    assert (refused.status_code, refused.json["error"]["code"]) == (400, "reason-refused")
    assert "backup" in refused.json["error"]["hint"]
    assert ada.get("/staff/api/audit", act="reports exported").json["entries"] == []


def test_the_original_in_another_program_is_not_taken_along(
    report: str, ada: Colleague, hire: Hire, publish: Callable[[str, Staff], Program]
) -> None:
    """As on the page: its name is in no file of the bundle, and what opens it says so."""
    theirs = Researcher(ada.client, publish("unnamed", Staff("hybrid"))).send().json["report"]
    both = hire("Cem", example="handler", unnamed="reader")
    linked = {"name": "duplicate", "data": {"of": theirs}}
    assert both.post(f"/staff/api/reports/{report}/events", linked).status_code == 201
    data = export(ada, report).data
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert theirs.encode() not in everything
    bundle = Bundle.read(io.BytesIO(data))
    keysets = Succession.read(bundle.keysets["example"], root=None)
    told = list(audited.told(bundle, {"example": keysets}))
    assert not [line for line in told if line.startswith("WARNING")]
    assert "the name was withheld" in told[1]
    assert theirs.encode() in export(both, report).data


def test_it_takes_the_passkey(report: str, ada: Colleague, clock: Clock) -> None:
    """And nothing is written down when it is refused."""
    clock.advance(timedelta(minutes=6))
    answer = export(ada, report)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "confirmation-needed")
    assert ada.get("/staff/api/audit", act="reports exported").json["entries"] == []


def test_it_is_for_handlers_of_the_program(report: str, hire: Hire, client: FlaskClient) -> None:
    """A reader may not, somebody else's report does not exist, a stranger is not signed in."""
    assert export(hire("Ron", example="reader"), report).status_code == 403
    assert export(hire("Eve", elsewhere="admin"), report).status_code == 404
    assert client.post("/staff/api/export", json={"reports": [report]}).status_code == 401


@pytest.mark.parametrize(
    "reports", [None, "x", [], [1], ["x"], [str(number) for number in range(LISTED + 1)]]
)
def test_a_choice_that_cannot_be_read_is_refused(reports: object, ada: Colleague) -> None:
    """Nothing chosen, too much, or what is no list of names."""
    assert ada.post("/staff/api/export", {"reports": reports}).status_code in {400, 404}
