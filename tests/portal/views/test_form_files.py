"""What goes with the form: templates, keys, dates and the form's questions as data."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.cases.program import Program
from portal.intake.form import Form
from tests.actors import Researcher, Staff
from tests.conftest import Clock

Publish = Callable[[str, Staff], Program]


def test_dates_are_those_of_a_report_that_comes_now(
    researcher: Researcher, client: FlaskClient
) -> None:
    """What is said before sending is what the receipt says afterwards."""
    said = client.get("/example/report/dates.json").get_json()["deadlines"]
    assert said == researcher.send().json["claims"]["deadlines"]


def test_dates_are_the_same_for_everyone(
    client: FlaskClient, program: Program, clock: Clock
) -> None:
    """They depend on the time alone, and nobody keeps them."""
    answers = [client.get("/example/report/dates.json", headers={"User-Agent": a}) for a in "ab"]
    assert answers[0].data == answers[1].data
    assert answers[0].headers["Cache-Control"] == "no-store"
    clock.advance(timedelta(days=1))
    assert client.get("/example/report/dates.json").data != answers[0].data


def test_the_forms_questions_come_as_data(client: FlaskClient, program: Program) -> None:
    """All that the policy asks, with its words; title and files have been sent or go otherwise."""
    found = client.get("/example/report/form.json?version=1").get_json()
    given = [field for section in found["sections"] for field in section["fields"]]
    form = Form.of(program.policy)
    assert [one["id"] for one in given] == [
        one.field.id for one in form.fields if one.field.id not in {"title", "files"}
    ]
    assert [one["id"] for one in found["statements"]] == [one.id for one in form.statements]
    assert [one["id"] for one in found["methods"]] == [one.id for one in form.methods]
    assert "Before you send" not in [one["title"] for one in found["sections"]]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/example/report/form.json?version=x", "version-refused"),
        ("/example/report/form.json?version=9", "no-such-version"),
        ("/nobody/report/form.json", "no-such-program"),
        ("/nobody/report/dates.json", "no-such-program"),
        ("/nobody/question.md", "no-such-program"),
    ],
)
def test_what_is_not_there_is_said(
    client: FlaskClient, program: Program, address: str, code: str
) -> None:
    """With the same errors as everywhere."""
    answer = client.get(address, headers={"Accept": "application/json"})
    assert answer.get_json()["error"]["code"] == code


def test_a_question_is_handed_out_where_it_is_taken(client: FlaskClient, publish: Publish) -> None:
    """To fill in by hand; other policies say that they take none."""
    publish("example", Staff())
    publish("unnamed", Staff("hybrid"))
    text = client.get("/example/question.md").get_data(as_text=True)
    assert text.startswith("# Question to Example")
    assert "starts no clock" in text
    refused = client.get("/unnamed/question.md")
    assert refused.status_code == 400
    assert "takes no questions" in refused.get_data(as_text=True)


def test_the_template_asks_about_what_cannot_wait(client: FlaskClient, program: Program) -> None:
    """The same questions as on the page, for those who seal by hand."""
    text = client.get("/example/report.md").get_data(as_text=True)
    for label in ("What data lies open", "Is it still open?", "What shows that it is exploited"):
        assert f"### {label}" in text
