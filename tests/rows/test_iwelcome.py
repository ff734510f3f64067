"""iWelcome's policy, as its pack alone runs it: who reads, when to publish, what is earned."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.age import header
from portal.cases.tables import audit
from portal.errors import KeysetRefused
from tests import letters
from tests.actors import DAY, Staff, seal
from tests.towns import Place, Town, pack, record, status

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
Found = Callable[..., Town]
Faults = Callable[[Place, dict[str, str]], dict[str, str]]
TARGET = "login.iwelcome.com"
ROLES = ("support", "security officer on duty", "CISO", "CEO")
FACTORS = {"value": "high", "prevented-exposure": "medium", "effort": "low"}


@pytest.fixture
def iwelcome(town: Town) -> Place:
    """The program, on the day it was published."""
    return town.at("iwelcome")


@pytest.fixture
def alone(found: Found) -> Place:
    """The program on an instance of its own, where time may pass."""
    return found("iwelcome").at("iwelcome")


def test_a_find_is_reported_at_once(iwelcome: Place, submit: Submit) -> None:
    """S3-1: two answers are enough; the form comes first and the mailbox second."""
    assert "as soon as you notice it" in iwelcome.part("conduct")
    assert submit(iwelcome, TARGET, [], "--kind", "quick").document.kind == "quick"
    lines = iwelcome.page("security.txt").splitlines()
    assert [line for line in lines if line.startswith("Contact:")] == [
        "Contact: http://portico.test/iwelcome/report",
        "Contact: mailto:security@iwelcome.com",
    ]


def test_what_is_done_is_told_and_no_date_is_made_up(alone: Place) -> None:
    """S3-2, S3-17: taken up, worked on and fixed, each read by token; no clock for any of it."""
    reporter, report = alone.sent()
    assert "in the measure of its severity" in alone.part("promises")
    for verb, told in (
        ("acknowledge", "Staff confirmed receipt"),
        ("accept", "Staff accepted it"),
        ("update", "Staff worked on it"),
        ("resolve", "The problem is fixed"),
    ):
        assert alone.act(report, verb).status_code == 201
        assert told in status(reporter)
    seen = reporter.status().json
    assert [one["id"] for one in seen["deadlines"]] == ["disclosure-maximum"]
    assert seen["not_promised"] == ["confirmation of receipt", "assessment", "fix"]


def test_every_report_is_sealed_to_four_roles_at_least(alone: Place) -> None:
    """S3-3: the page names them, each can open it, and who took it is in the log."""
    for role in ROLES:
        assert role in alone.part("readers")
    assert alone.program.keyset
    reporter, report = alone.sent()
    found = header.read(io.BytesIO(reporter.fetch().data))
    keys = {entry.role for entry in alone.program.keyset.entries}
    assert set(ROLES) < keys
    assert len(found.stanzas) == len(keys) + 1  # and the reporter's own
    for role in ROLES:
        assert alone.staff.read(reporter.fetch().data, role=role)["report.md"]
    handler = alone.handler()
    handler.post(f"/staff/api/reports/{report}/opened")
    with alone.town.database.reading() as connection:
        logged = connection.execute(select(audit.c.act, audit.c.actor)).all()
    assert ("event opened", handler.id) in logged


@pytest.mark.parametrize("missing", ROLES)
def test_without_a_key_for_each_role_nothing_is_published(found: Found, missing: str) -> None:
    """S3-3: neither a first keyset, nor a later one, that leaves one of the four out."""
    town = found()
    town.catalogue.publish_policy(pack("iwelcome"), actor="test", now=town.clock.now)
    roles = ("handler", "recovery", *(role for role in ROLES if role != missing))
    text = Staff(roles=roles).keyset("iwelcome", town.key, now=town.clock.now)
    with pytest.raises(KeysetRefused) as refused:
        town.catalogue.publish_keyset(text, "iwelcome", actor="test", now=town.clock.now)
    assert missing in f"{refused.value} {refused.value.hint}"
    assert "The form is closed" in town.client.get("/iwelcome/").text


def test_an_acronym_is_name_enough(iwelcome: Place, submit: Submit, faults: Faults) -> None:
    """S3-10, S3-22: neither a name nor an address is needed; the form says what that means."""
    assert faults(iwelcome, {"handle": "ACR"}) == {}
    made = submit(iwelcome, TARGET, [], "--field", "handle=ACR")
    assert made.document.fields["handle"] == "ACR"
    assert "contact_email" not in made.document.fields
    assert "full_name" not in iwelcome.asked
    address = iwelcome.asked["contact_email"]
    assert address["strength"] == "requested"
    assert "Without one, your tracking token is the only way to reach you." in address["note"]
    assert faults(iwelcome, {"contact_email": "ACR"}) != {}


def test_a_reward_is_weighed_by_three_factors(alone: Place) -> None:
    """S3-14: all of them, and nothing else; the letter is a message of staff."""
    for words in ("What the discovery is worth", "it prevented", "time and effort"):
        assert words in alone.part("reward")
    assert alone.asked["effort_hours"]["strength"] == "optional"
    reporter, report = alone.sent()
    for name in FACTORS:
        some = {one: weight for one, weight in FACTORS.items() if one != name}
        assert alone.act(report, "reward", answer="yes", factors=some).status_code == 409
    more = FACTORS | {"luck": "high"}
    assert alone.act(report, "reward", answer="yes", factors=more).status_code == 409
    handler = alone.handler()
    letters.reply(handler, report, 1, letters.sealed(reporter))
    letter = record(handler, report, "reward", answer="yes", factors=FACTORS, message=1)
    assert letter.status_code == 201
    assert handler.get(f"/staff/api/reports/{report}").json["reward"]["answer"] == "yes"
    assert "They decided to give one." in status(reporter)


def test_the_platform_earns_and_the_brand_does_not(iwelcome: Place) -> None:
    """S3-15, S3-16: both are in; what the page says of a reward follows from the rule."""
    rulings = {host: iwelcome.check(host) for host in (TARGET, "www.iwelcome.com")}
    said = [(one["verdict"]["ruling"], one["verdict"]["reward"]) for one in rulings.values()]
    assert said == [("in", True), ("in", False)]
    assert "can be considered for a reward" in iwelcome.ruled(TARGET)
    assert "No reward is offered for this target." in iwelcome.ruled("www.iwelcome.com")
    assert "No reward" not in iwelcome.ruled(TARGET)
    assert "identity platform has to be central" in iwelcome.part("reward")
    assert "no reward is offered here" in iwelcome.part("scope")
    for checked in rulings.values():
        assert iwelcome.reporter().send(scope_receipt=checked["receipt"]).status_code == 201


def test_after_six_weeks_the_reporter_is_free(alone: Place) -> None:
    """S3-18: from 2026-11-22 to 2027-01-03, whatever staff do meanwhile; nobody is late."""
    reporter, report = alone.sent()
    window = reporter.status().json["publication"]
    assert (window["earliest"], window["latest"]) == (None, "2027-01-03T23:59:59+01:00")
    assert "at most until Sunday 3 January 2027, 24:00" in status(reporter)
    assert window["free"] is False
    assert (
        alone.act(report, "pause", clock="disclosure-maximum", reason="legal-hold").status_code
        == 409
    )
    alone.act(report, "propose-publication", date="2027-06-01")
    alone.town.clock.advance(43 * DAY)
    seen = reporter.status().json
    assert seen["publication"]["free"] is True
    assert "You are free to publish." in status(reporter)
    assert "This promise" not in status(reporter)


def test_all_that_helps_to_reproduce_is_taken(iwelcome: Place, submit: Submit) -> None:
    """S3-19, S3-21: steps, files and advice; each is welcome and none is required."""
    assert {name: iwelcome.asked[name]["strength"] for name in ("steps", "advice")} == {
        "steps": "requested",
        "advice": "optional",
    }
    made = submit(iwelcome, TARGET, [], "--field", "steps=1. Push", "--field", "advice=Add a lock.")
    assert "### Advice\n\n```text\nAdd a lock.\n```" in made.text
    assert "### Steps to reproduce\n\n```text\n1. Push\n```" in made.text
    reporter = iwelcome.reporter()
    files = seal(b"evidence", reporter.recipients())
    assert reporter.send(None, files).status_code == 201


def test_there_are_keys_for_those_who_write_mail(iwelcome: Place) -> None:
    """S3-20: the keys as a file, and the fingerprint to compare; a report is never sent open."""
    keyset = iwelcome.program.keyset
    assert keyset
    listed = iwelcome.page("recipients.txt").splitlines()
    assert tuple(line for line in listed if not line.startswith("#")) == keyset.recipients
    shown = "".join(iwelcome.words("keys").split())
    assert keyset.fingerprint in shown
    refused = iwelcome.reporter().send(b"I found a door that is open." * 1000)
    assert refused.json["error"]["code"] == "envelope-refused"
