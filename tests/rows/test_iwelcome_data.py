"""iWelcome's policy on data and authorities, as its pack alone runs it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import letters
from tests.towns import Place, Town, record, status

pytestmark = pytest.mark.thorough

Submit = Callable[..., Any]
Found = Callable[..., Town]
PassOn = Callable[..., tuple[str, str]]
TARGET = "login.iwelcome.com"


@pytest.fixture
def iwelcome(town: Town) -> Place:
    """The program, on the day it was published."""
    return town.at("iwelcome")


@pytest.fixture
def alone(found: Found) -> Place:
    """The program on an instance of its own, where time may pass."""
    return found("iwelcome").at("iwelcome")


def test_with_data_exposed_somebody_decides_before_the_end(alone: Place) -> None:
    """S3-7: whether to notify; by whom, why and when stays on record, and not with the reporter."""
    reporter, report = alone.sent(exposed="yes")
    early = alone.act(report, "close")
    assert "nobody has decided whether to notify" in early.json["error"]["message"]
    handler = alone.handler()
    decision = {"regime": "gdpr-33", "answer": "no", "reason": "unlikely-risk"}
    assert record(handler, report, "decide-reportable", regime="gdpr-33").status_code == 409
    assert record(handler, report, "decide-reportable", **decision).status_code == 201
    (kept,) = handler.get(f"/staff/api/reports/{report}").json["events"][1:]
    assert (kept["actor"]["id"], kept["data"], bool(kept["at"])) == (handler.id, decision, True)
    assert record(handler, report, "close").status_code == 201
    assert "gdpr" not in reporter.status().text


def test_without_exposure_a_case_closes(alone: Place) -> None:
    """S3-7: the decision is asked for where data was exposed, also when staff find that out."""
    _, first = alone.sent()
    assert alone.act(first, "close").status_code == 201
    _, second = alone.sent()
    assert alone.act(second, "note-exposure").status_code == 201
    assert alone.act(second, "close").status_code == 409


def test_a_wish_to_stay_anonymous_towards_authorities_is_sealed(
    iwelcome: Place, submit: Submit
) -> None:
    """S3-8, S3-9: staff read it; the form warns those whom nobody could answer."""
    assert 'id="out-of-reach"' in iwelcome.form
    made = submit(iwelcome, TARGET, [], "--field", "anonymous_to_authorities=yes")
    assert "### Stay anonymous to authorities\n\n`yes`" in made.text
    assert "anonymous" not in made.reporter.status().text


@pytest.mark.parametrize("basis", [(), ("--basis", "law"), ("--basis", "court")])
def test_a_copy_for_authorities_carries_the_wish_and_no_name(
    iwelcome: Place, submit: Submit, pass_on: PassOn, basis: tuple[str, ...]
) -> None:
    """S3-8: whatever would allow it otherwise, the wish is printed and the name is not."""
    named = ["--field", "handle=Fox-4711"]
    hidden = submit(iwelcome, TARGET, [], *named, "--field", "anonymous_to_authorities=yes")
    said, copy = pass_on(iwelcome, hidden, "authorities", *basis)
    assert "The reporter asked to stay anonymous to authorities." in said
    assert "The reporter asked to stay anonymous to authorities." in copy
    assert "Fox-4711" not in copy


def test_without_the_wish_a_law_names_the_reporter(
    iwelcome: Place, submit: Submit, pass_on: PassOn
) -> None:
    """S3-8: so that the test above can fail; nothing but the wish kept the name back."""
    named = submit(iwelcome, TARGET, [], "--field", "handle=Fox-4711")
    _, copy = pass_on(iwelcome, named, "authorities", "--basis", "law")
    assert "Fox-4711" in copy


def test_data_stays_encrypted_until_it_is_asked_to_be_deleted(alone: Place) -> None:
    """S3-11, S3-12, S3-13: told on the receipt; then held, asked, deleted, in this order alone."""
    assert "it stays encrypted the whole time" in alone.by_hand()
    reporter, report = alone.sent()
    told = "It may be needed while the problem is being solved."
    assert told in reporter.status().json["data"]["told"][0]
    assert alone.act(report, "note-data-held").status_code == 201
    assert reporter.status().json["data"]["state"] == "held"
    assert alone.act(report, "note-data-held").status_code == 409
    assert alone.act(report, "ask-data-deletion").status_code == 201
    assert "Staff wait for your confirmation" in status(reporter)
    assert alone.act(report, "note-data-held").status_code == 409
    assert alone.act(report, "close").status_code == 409
    assert alone.act(report, "confirm-data-deletion").status_code == 409
    letters.write(reporter, 1)
    assert alone.act(report, "confirm-data-deletion", message=1).status_code == 201
    assert "You confirmed that the data is gone." in status(reporter)
    assert alone.act(report, "close").status_code == 201


def test_a_case_is_closed_over_held_data_only_on_purpose(alone: Place) -> None:
    """S3-13: the end warns; it takes a word more to end it all the same."""
    _, report = alone.sent()
    alone.act(report, "note-data-held")
    warned = alone.act(report, "close")
    assert warned.json["error"]["message"] == "The reporter still holds data."
    assert alone.act(report, "close", despite_held=True).status_code == 201
