"""A program that is paused or closed: the door is shut, and everything behind it goes on."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from portal.cases import program_states
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.program_states import State
from tests.actors import Researcher
from tests.conftest import Clock

Put = Callable[[State], bool]


@pytest.fixture
def put(database: Database, program: Program, clock: Clock) -> Put:
    """Puts the example program into a state."""
    return lambda state: program_states.put(
        database, program.slug, state, actor="operator", now=clock.now
    )


@pytest.mark.parametrize(
    ("state", "words", "status", "code"),
    [
        ("paused", "takes no new reports for now", 503, "program-paused"),
        ("closed", "takes no new reports any more", 410, "program-closed"),
    ],
)
def test_the_form_is_shut_in_plain_words(
    client: FlaskClient,
    researcher: Researcher,
    put: Put,
    state: State,
    words: str,
    status: int,
    code: str,
) -> None:
    """On the form, the policy page and in the answer to whoever sends all the same."""
    put(state)
    assert words in client.get("/example/report").text
    assert 'id="report"' not in client.get("/example/report").text
    policy = client.get("/example/").text
    assert words in policy
    assert "contacts below" in policy
    assert 'href="/example/report">Report a problem' not in policy
    refused = researcher.send()
    assert (refused.status_code, refused.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_tokens_go_on_working(
    client: FlaskClient, researcher: Researcher, put: Put, state: State
) -> None:
    """The status page answers, and targets can be checked; nothing that was kept is lost."""
    sent = researcher.send()
    assert sent.status_code == 201
    put(state)
    assert researcher.status().json["report"] == sent.json["report"]
    assert researcher.check("www.shop.example.com").json["verdict"]["ruling"] == "in"


def test_whoever_lost_the_answer_still_gets_the_receipt(researcher: Researcher, put: Put) -> None:
    """The same delivery sent again after the door was shut was kept, and is told so."""
    report = researcher.sealed()
    sent = researcher.send(report)
    put("paused")
    again = researcher.send(report)
    assert (again.status_code, again.json["receipt"]) == (200, sent.json["receipt"])
    assert researcher.send(researcher.sealed("Another one.")).status_code == 409


def test_a_program_can_be_opened_again(researcher: Researcher, put: Put) -> None:
    """Each change happens once; the same state again changes nothing."""
    assert [put("paused"), put("paused"), put("open"), put("open")] == [True, False, True, False]
    assert researcher.send().status_code == 201


def test_a_shut_program_is_not_offered(client: FlaskClient, put: Put) -> None:
    """Its file names the other contacts, and no form."""
    put("closed")
    said = client.get("/example/security.txt").text
    assert "/example/report" not in said
    assert "Contact: mailto:security@example.com" in said
