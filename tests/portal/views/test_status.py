"""Following a report: the bearer of the token sees it, and nobody else."""

import pytest
from flask.testing import FlaskClient

from portal.cases.events import Event
from portal.cases.program import Program
from portal.cases.store import Store
from portal.intake import check_symbols, crockford, token
from portal.intake.token import Token
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
