"""Following a report: the bearer of the token sees it, and nobody else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases.events import Event
from portal.cases.program import Program
from portal.cases.store import Store
from portal.intake import check_symbols, crockford, token
from portal.intake.token import Token
from portal.policy.pack import Policy
from tests.actors import DAY, Researcher, Staff
from tests.conftest import Clock


def written(version: int) -> str:
    """Write a token of any version, checked as it should be."""
    data = [version << 3, *([0] * 25)]
    return crockford.write(token._masked(check_symbols.extend(data)))


def test_the_bearer_sees_how_it_stands(researcher: Researcher, store: Store, clock: Clock) -> None:
    """State, history and promised dates, with the zone they are counted in."""
    report = researcher.send().json["report"]
    clock.advance(DAY)
    store.append(report, Event("acknowledged", clock(), "ada"))
    seen = researcher.status().json
    assert seen["report"] == report
    assert seen["state"] == "acknowledged"
    assert [event["name"] for event in seen["events"]] == ["received", "acknowledged"]
    assert seen["zone"]
    assert all(one["explanation"] for one in seen["deadlines"])
    assert "ada" not in str(seen)


def test_own_report_can_be_read_again(researcher: Researcher, staff: Staff) -> None:
    """What comes back is the file that was sent, and the reporter's own key opens it."""
    sent = researcher.sealed("As I wrote it.")
    researcher.send(sent)
    assert researcher.fetch().data == sent
    assert researcher.fetch("attachments").status_code == 404


def test_a_stranger_learns_nothing(researcher: Researcher, stranger: Researcher) -> None:
    """A wrong token and a deleted report get the same page."""
    researcher.send()
    wrong = stranger.status()
    researcher.client.post("/status/delete", json={"lookup": researcher.token.lookup})
    deleted = researcher.status()
    assert (wrong.status_code, wrong.data) == (deleted.status_code, deleted.data)
    assert wrong.status_code == 404
    assert stranger.fetch().status_code == 404


# A sound token of version 2, which nobody issues: all but its version and check symbols are zero.
UNKNOWN_VERSION = written(2)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Please enter"),
        ("00041", "30 letters"),
        ("U" * 30, "without the letter U"),
        ("00041-06105-0R3GG-28A1C-60T3G-F4CQC", "group 6"),
        ("00041-06105-0R3GG-28A1C-60T3G-F4CQB", "exposed"),
        (UNKNOWN_VERSION, "version"),
    ],
)
def test_a_malformed_token_is_explained(
    client: FlaskClient, program: Program, typed: str, words: str
) -> None:
    """Each way of mistyping gets its own advice; a reporter's own token is never looked up."""
    answer = client.post("/status", data={"token": typed})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)


def test_a_status_code_works_without_script(researcher: Researcher) -> None:
    """The code on the private card shows the state to a browser without script."""
    report = researcher.send().json["report"]
    page = researcher.client.post("/status", data={"token": researcher.token.lookup})
    assert report in page.get_data(as_text=True)


def test_nobody_without_a_token_gets_in(client: FlaskClient, program: Program) -> None:
    """The page asks for a token and shows nothing else."""
    assert client.get("/status").status_code == 200
    assert client.post("/status", json={}).status_code == 400
    assert client.post("/status", data={"token": Token.issue().text}).status_code == 404


def test_dates_move_with_time(researcher: Researcher, clock: Clock) -> None:
    """A promise runs while it can be kept, and is called late once it cannot."""
    researcher.send()
    states = {one["id"]: one["state"] for one in researcher.status().json["deadlines"]}
    assert "running" in states.values()
    clock.advance(60 * DAY)
    late = {one["id"]: one["state"] for one in researcher.status().json["deadlines"]}
    assert "late" in late.values()


def test_dates_come_as_a_calendar_file(researcher: Researcher, stranger: Researcher) -> None:
    """By script and without: every open date, and neither token nor status code in it."""
    report = researcher.send().json["report"]
    body = {"lookup": researcher.token.lookup}
    by_script = researcher.client.post("/status/dates.ics", json=body)
    by_hand = researcher.client.post("/status/dates.ics", data={"token": body["lookup"]})
    assert (by_script.status_code, by_script.data) == (200, by_hand.data)
    assert by_script.content_type == "text/calendar; charset=utf-8"
    assert by_script.headers["Content-Disposition"] == f'attachment; filename="{report}.ics"'
    text = by_script.text.replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "Confirmation of receipt" in text
    assert body["lookup"] not in text
    assert researcher.token.text not in text
    unknown = stranger.client.post("/status/dates.ics", json={"lookup": stranger.token.lookup})
    assert unknown.status_code == 404
    assert researcher.client.post("/status/dates.ics", json={"lookup": "soon"}).status_code == 400


def test_a_calendar_is_offered_only_while_a_date_is_open(
    client: FlaskClient, publish: Callable[[str, Staff], Program], store: Store, clock: Clock
) -> None:
    """Once every promise is kept, the file would have no entries."""
    reporter = Researcher(client, publish("unnamed", Staff(roles=("handler", "recovery"))))
    report = reporter.send().json["report"]
    store.append(report, Event("acknowledged", clock(), "ada"))
    assert "calendar file" in page(reporter)
    store.append(report, Event("assessed", clock(), "ada", {"expected": "2027-01-01"}))
    assert reporter.status().json["deadlines"]
    assert "calendar file" not in page(reporter)


def page(researcher: Researcher) -> str:
    """The page without script."""
    return researcher.client.post("/status", data={"token": researcher.token.lookup}).text


def test_a_missed_promise_is_said_plainly(
    researcher: Researcher, store: Store, clock: Clock
) -> None:
    """Late, with by how much; kept late stays late, and both sides can see it."""
    report = researcher.send().json["report"]
    assert "This promise" not in page(researcher)
    clock.advance(10 * DAY)
    assert "This promise is broken." in page(researcher)
    first = researcher.status().json["deadlines"][0]
    assert (first["state"], first["done"]) == ("late", None)
    assert f"late by {first['late_by']}" in page(researcher)
    store.append(report, Event("acknowledged", clock(), "ada"))
    assert "This promise was kept, but late." in page(researcher)


def test_a_clock_that_stands_still_says_why(
    researcher: Researcher, store: Store, clock: Clock
) -> None:
    """Paused is a state of its own, with its reason on the page and in the timeline."""
    report = researcher.send().json["report"]
    data = {"clock": "ack", "reason": "waiting-for-reporter"}
    store.append(report, Event("clock_paused", clock(), "ada", data))
    seen = researcher.status().json
    assert seen["deadlines"][0]["state"] == "paused"
    assert seen["deadlines"][0]["paused"] == "waiting-for-reporter"
    assert seen["events"][-1]["note"] == "Confirmation of receipt: waiting for you."
    assert 'data-state="paused"' in page(researcher)
    clock.advance(10 * DAY)
    assert "This promise" not in page(researcher)


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("integratpark", ["The policy does not say anything about publication."], ["at most"]),
        ("unnamed", ["There is no date for that.", "both sides together"], ["at least", "at most"]),
        ("onefactory", ["at least until Saturday 20 February 2027, 24:00"], ["at most"]),
        ("iwelcome", ["at most until Sunday 3 January 2027, 24:00"], ["at least"]),
    ],
)
def test_each_policy_says_what_it_says(
    client: FlaskClient,
    publish: Callable[[str, Staff], Program],
    pack: Callable[[str], str],
    name: str,
    said: list[str],
    unsaid: list[str],
) -> None:
    """S0-19, S1-2, S2-15, S3-18: the same report under four policies, each with its own words."""
    readers = Policy.parse(pack(name)).readers
    reporter = Researcher(client, publish(name, Staff(roles=("handler", "recovery", *readers))))
    reporter.send()
    shown = page(reporter)
    told = " ".join(reporter.status().json["publication"]["told"])
    for words in said:
        assert words in told
        assert words in shown
    for words in unsaid:
        assert words not in told


def test_what_is_not_promised_is_named(
    client: FlaskClient, publish: Callable[[str, Staff], Program]
) -> None:
    """S0-19: where a policy names no date, the page says for what, and shows no clock."""
    reporter = Researcher(client, publish("integratpark", Staff()))
    reporter.send()
    seen = reporter.status().json
    assert seen["deadlines"] == []
    assert seen["not_promised"] == ["confirmation of receipt", "assessment", "fix"]
    assert "confirmation of receipt, assessment, fix" in page(reporter)


def test_staffs_own_matters_are_on_no_page_of_a_reporter(
    researcher: Researcher, store: Store, clock: Clock
) -> None:
    """Awareness, decisions by law and exposure that staff noted stay with them."""
    report = researcher.send().json["report"]
    at = {"at": clock().isoformat(), "reason": "clear-evidence"}
    store.append(report, Event("exposure_noted", clock(), "ada"))
    store.append(report, Event("aware", clock(), "ada", at))
    decision = {"regime": "gdpr-33", "answer": "yes", "reason": "likely-risk"}
    store.append(report, Event("reportable", clock(), "ada", decision))
    seen = researcher.status()
    assert [one["name"] for one in seen.json["events"]] == ["received"]
    for text in (seen.text, page(researcher)):
        assert "gdpr" not in text
        assert "aware" not in text
