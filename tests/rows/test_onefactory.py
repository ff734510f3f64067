"""1factory's policy, as its pack alone runs it: what it asks for, and what it answers."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from portal.policy.lint import lint
from tests import letters
from tests.actors import DAY, seal
from tests.towns import Place, Town, status

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
Found = Callable[..., Town]
Faults = Callable[[Place, dict[str, str]], dict[str, str]]
TARGET = "www.1factory.com"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@pytest.fixture
def onefactory(town: Town) -> Place:
    """The program, on the day it was published."""
    return town.at("onefactory")


@pytest.fixture
def alone(found: Found) -> Place:
    """The program on an instance of its own, where time may pass."""
    return found("onefactory").at("onefactory")


def test_what_is_not_listed_is_asked_about_first(onefactory: Place) -> None:
    """S2-1: website and systems are in; another host is unknown, and leads to a question."""
    for target in ("1factory.com", "https://www.1factory.com/login"):
        assert onefactory.check(target)["verdict"]["ruling"] == "in"
    asked = onefactory.town.client.post("/1factory/scope", data={"target": "1factory.example"})
    assert 'data-ruling="unknown"' in asked.text
    assert "ask there before you test it" in asked.text
    assert 'href="/1factory/report#question"' in asked.text


def test_the_form_comes_first_and_the_mailbox_second(onefactory: Place) -> None:
    """S2-2: in security.txt, beside the page of thanks."""
    lines = onefactory.page("security.txt").splitlines()
    assert [line for line in lines if line.startswith("Contact:")] == [
        "Contact: http://portico.test/1factory/report",
        "Contact: mailto:security@1factory.com",
    ]


@pytest.mark.parametrize(
    ("field", "answer", "read"),
    [
        ("weakness", "A door without a lock", "### Type of weakness\n\n`A door without a lock`"),
        ("weakness", "CWE-79", "`CWE-79`"),
        ("steps", "1. Push", "### Steps to reproduce\n\n```text\n1. Push\n```"),
        ("impact", "Anyone walks in", "### Impact\n\n```text\nAnyone walks in\n```"),
        ("cvss", VECTOR, f"`{VECTOR}`"),
    ],
)
def test_what_helps_is_asked_for_and_reaches_staff(
    onefactory: Place, submit: Submit, field: str, answer: str, read: str
) -> None:
    """S2-3, S2-4, S2-5: type in one's own words or by number, steps, impact, and a vector."""
    assert read in submit(onefactory, TARGET, [], "--field", f"{field}={answer}").text


def test_nothing_of_it_is_required(onefactory: Place, faults: Faults) -> None:
    """S2-3, S2-4, S2-5, S2-7: all is asked for; a vector that is none is refused beside it."""
    assert faults(onefactory, {}) == {}
    assert faults(onefactory, {"weakness": "anything <at> all", "cvss": VECTOR}) == {}
    assert faults(onefactory, {"cvss": "9.8"}) == {
        "cvss": "A vector starts with CVSS:3.1/ or CVSS:4.0/."
    }
    for name in ("weakness", "steps", "impact", "full_name", "company"):
        assert onefactory.asked[name]["strength"] == "requested"


def test_evidence_is_sealed_up_to_a_limit(alone: Place) -> None:
    """S2-6: files travel sealed beside the report; beyond what the server takes, none is kept."""
    files = alone.control("f-files")
    assert "multiple" in files
    assert "Pictures lose their hidden data" in alone.words("report")
    reporter = alone.reporter()
    evidence = seal(b"evidence" * 3000, reporter.recipients())
    assert reporter.send(None, evidence).status_code == 201
    assert alone.staff.open(reporter.fetch("attachments").data) == b"evidence" * 3000
    services = alone.town.app.extensions["portico"]
    small = replace(services.config, max_delivery=2**15)
    alone.town.app.extensions["portico"] = replace(services, config=small)
    too_much = alone.reporter()
    refused = too_much.send(None, seal(bytes(2**16), too_much.recipients()))
    assert (refused.status_code, refused.json["error"]["code"]) == (413, "too-large")
    assert too_much.status().status_code == 404


def test_a_name_is_asked_for_and_not_needed(onefactory: Place, submit: Submit) -> None:
    """S2-7: left empty it is sent, the form says that the token works too, and the lint objects."""
    assert "company" in onefactory.asked
    assert "your tracking token works too" in onefactory.asked["full_name"]["note"]
    assert "You can stay anonymous" in onefactory.words("report")
    made = submit(onefactory, TARGET, [])
    assert not {"full_name", "company", "contact_email"} & set(made.document.fields)
    codes = {one.code: one.message + one.why for one in lint(onefactory.policy)}
    assert "BOD 20-01" in codes["identity-requested"]


def test_receipt_is_acknowledged_within_five_american_business_days(alone: Place) -> None:
    """S2-8: Thanksgiving, on the Thursday, does not count; nor do Saturday and Sunday."""
    reporter, report = alone.sent()
    (ack,) = (one for one in reporter.status().json["deadlines"] if one["id"] == "ack")
    assert ack["due"] == "2026-11-30T23:59:59-08:00"
    assert "United States" in ack["explanation"] or "US" in ack["calendar"]
    alone.town.clock.advance(9 * DAY)
    assert "This promise is broken." in status(reporter)
    assert alone.act(report, "acknowledge").status_code == 201
    assert "This promise was kept, but late." in status(reporter)


def test_the_work_is_told_without_a_date(alone: Place) -> None:
    """S2-9, S2-10: confirmed, assessed, accepted, fixing, fixed, each read by token; no clock."""
    reporter, report = alone.sent()
    for verb, state in (
        ("acknowledge", "Confirmed by staff"),
        ("update", "Staff worked on it"),
        ("accept", "Accepted"),
        ("fix", "Being fixed"),
        ("resolve", "Fixed"),
    ):
        assert alone.act(report, verb).status_code == 201
        assert state in status(reporter)
        clocks = [one["id"] for one in reporter.status().json["deadlines"]]
        assert clocks == ["ack", "disclosure-minimum"]
    assert reporter.status().json["not_promised"] == ["assessment", "fix"]


def test_a_changed_date_is_told_with_the_one_before(alone: Place) -> None:
    """S2-11: both stand in what happened, oldest first."""
    reporter, report = alone.sent()
    alone.act(report, "acknowledge")
    assert alone.act(report, "assess", expected="2027-01-31").status_code == 201
    assert alone.act(report, "update", expected="2027-02-28").status_code == 201
    notes = [one["note"] for one in reporter.status().json["events"]]
    assert notes[-2:] == [
        "Staff expect it to be fixed by 2027-01-31.",
        "Staff expect it to be fixed by 2027-02-28; before, it was 2027-01-31.",
    ]
    assert notes[-1] in status(reporter)


def test_ninety_days_pass_before_publication(alone: Place) -> None:
    """S2-15: from 2026-11-22 to 2027-02-20; sooner only by agreement of both sides."""
    reporter, report = alone.sent()
    window = reporter.status().json["publication"]
    assert (window["earliest"], window["latest"]) == ("2027-02-20T23:59:59-08:00", None)
    assert "at least until Saturday 20 February 2027, 24:00" in status(reporter)
    early = alone.act(report, "publish", date="2026-11-22")
    assert "silence until Saturday 20 February 2027" in early.json["error"]["message"]
    assert alone.act(report, "propose-publication", date="2026-11-22").status_code == 201
    assert alone.act(report, "publish", date="2026-11-22").status_code == 409
    letters.write(reporter, 1)
    alone.act(report, "agree-publication", message=1)
    assert alone.act(report, "publish", date="2026-11-22").status_code == 201


def test_a_later_date_takes_the_reporters_word(alone: Place) -> None:
    """S2-15: the window grows with nothing that staff alone record, a pause included."""
    _, report = alone.sent()
    paused = alone.act(report, "pause", clock="disclosure-minimum", reason="legal-hold")
    assert paused.status_code == 409
    alone.act(report, "propose-publication", date="2027-06-01")
    alone.town.clock.advance(92 * DAY)
    assert alone.act(report, "publish", date="2027-02-21").status_code == 201


@pytest.mark.parametrize("host", ["www.linked-site.example", "api.vendor.example"])
def test_the_systems_of_others_are_sent_to_them(onefactory: Place, host: str) -> None:
    """S2-24, S2-25: out, with an address; a report about them is refused and not kept."""
    said = onefactory.check(host)
    assert said["verdict"]["ruling"] == "out"
    address = said["verdict"]["redirect"]["address"]
    page = onefactory.town.client.post("/1factory/scope", data={"target": host})
    assert address.removeprefix("mailto:") in page.text
    reporter = onefactory.reporter()
    refused = reporter.send(scope_receipt=said["receipt"])
    assert address in refused.json["error"]["hint"]
    assert reporter.status().status_code == 404


def test_there_is_thanks_and_no_money(onefactory: Place) -> None:
    """S2-26: the page says so, a reward cannot be recorded, and nobody asks for hours."""
    assert "At this time there is no bounty in money." in onefactory.part("reward")
    assert "has its gratitude" in onefactory.part("recognition")
    assert 'href="/1factory/thanks"' in onefactory.page()
    assert "has its gratitude" in onefactory.words("thanks")
    assert "effort_hours" not in onefactory.asked
    _, report = onefactory.sent()
    refused = onefactory.act(report, "reward", answer="yes")
    assert refused.json["error"]["message"] == "The policy speaks of no reward."
    assert "In scope" in onefactory.ruled(TARGET)
    assert "reward" not in onefactory.ruled(TARGET)


def test_a_question_is_no_report(alone: Place) -> None:
    """S2-27: it starts no clock, is never late, and stands behind every report in the queue."""
    asking = alone.reporter()
    assert 'data-kind-of="question"' in alone.form
    question = asking.send(kind="question")
    assert question.json["claims"]["deadlines"] == []
    _, report = alone.sent()
    alone.town.clock.advance(20 * DAY)
    seen = asking.status().json
    assert (seen["deadlines"], seen["not_promised"]) == ([], [])
    assert "A question starts no clock." in status(asking)
    assert "This promise" not in status(asking)
    listed = alone.handler().get("/staff/api/queue").json["reports"]
    assert [(one["id"], bool(one["due_at"])) for one in listed] == [
        (report, True),
        (question.json["report"], False),
    ]


def test_a_question_can_be_asked_by_hand(onefactory: Place) -> None:
    """S2-27: with the program's own sheet to fill in."""
    assert "# Question to 1factory" in onefactory.page("question.md")
    sealed = {"sealed": (io.BytesIO(onefactory.reporter().sealed(reply=False)), "question.age")}
    answer = onefactory.town.client.post("/1factory/report", data=sealed | {"kind": "question"})
    assert answer.status_code == 201
