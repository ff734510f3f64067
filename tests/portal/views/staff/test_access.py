"""Who is asking: every address of the staff face refuses whoever has no business there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.colleagues import Colleague
from tests.newcomers import Newcomer

Hire = Callable[..., Colleague]

# The ways in are for people who are not signed in; they are guarded by origin instead.
DOORS = {
    f"/staff/api/{way}/{step}" for way in ("sign-in", "enrol") for step in ("options", "finish")
}
READS = {"GET", "HEAD", "OPTIONS"}
THEIRS = {"report_id", "slug", "program", "staff_id"}  # what names something of a program


@pytest.fixture
def rules(app: Flask) -> list[Rule]:
    """Every address of the staff face."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff/")]
    assert len(found) > 20
    return found


def visits(rules: list[Rule], app: Flask, **known: str) -> Iterator[tuple[str, str, Rule]]:
    """Yield each address with its methods, its places filled in with what is known."""
    with app.test_request_context():
        for rule in rules:
            built = rule.build({name: known.get(name, "report") for name in rule.arguments})
            assert built is not None
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, built[1], rule


def is_api(rule: Rule) -> bool:
    """Whether an address answers with data; the others are pages without any."""
    return rule.rule.startswith("/staff/api/")


def test_nobody_gets_anything(
    rules: list[Rule], app: Flask, client: FlaskClient, report: str
) -> None:
    """Without a session every address of the API says so, and no page holds a report's id."""
    for method, path, rule in visits(rules, app, report_id=report, slug="example"):
        answer = client.open(path, method=method, json=None if method == "GET" else {})
        assert "Set-Cookie" not in answer.headers, path
        if not is_api(rule):
            assert report not in answer.text, path
        elif rule.rule not in DOORS:
            assert answer.status_code == 401, (method, path)
            assert answer.get_json()["error"]["code"] == "sign-in-needed", path


def test_no_change_without_the_cross_site_token(
    rules: list[Rule], app: Flask, hire: Hire, report: str
) -> None:
    """A page of another site can send the cookie along, and cannot know the token."""
    ada = hire("Ada", example="admin")
    for method, path, rule in visits(rules, app, report_id=report, slug="example", staff_id=ada.id):
        if method in READS or rule.rule in DOORS:
            continue
        for headers in ({}, {"X-CSRFToken": "x"}, {"X-CSRFToken": ada.token[::-1]}):
            answer = ada.client.open(path, method=method, json={}, headers=headers)
            assert answer.status_code == 403, (method, path)
            error = answer.get_json()["error"]
            assert "did not come from a page" in error["message"], (method, path)


def test_the_token_of_one_session_is_none_of_another(hire: Hire) -> None:
    """It follows from the session, so a colleague's does not do."""
    ada, bo = hire("Ada", example="admin"), hire("Bo", example="admin")
    headers = {"X-CSRFToken": bo.token}
    assert ada.client.post("/staff/api/sign-out", headers=headers).status_code == 403
    assert ada.get("/staff/api/me").status_code == 200


def test_a_program_that_is_not_theirs_does_not_exist(
    rules: list[Rule], app: Flask, hire: Hire, report: str
) -> None:
    """An admin of another program gets nothing of this one, and cannot tell that it is there."""
    ada, eve = hire("Ada", example="admin"), hire("Eve", other="admin")
    known = {"report_id": report, "slug": "example", "program": "example", "staff_id": ada.id}
    for method, path, rule in visits(rules, app, **known):
        if not is_api(rule) or not THEIRS & rule.arguments:
            continue
        answer = _ask(eve, method, path)
        assert answer.status_code in {400, 403, 404}, (method, path, answer.status_code)
        if "report_id" in rule.arguments:
            there = answer.get_json(silent=True)
            absent = _ask(eve, method, path.replace(report, "22222-22222")).get_json(silent=True)
            assert _hushed(there, report) == _hushed(absent, "22222-22222"), (method, path)
    assert ada.get("/staff/api/me").status_code == 200


def _ask(one: Colleague, method: str, path: str) -> Any:
    body: dict[str, str] | None = None if method == "GET" else {}
    return one.client.open(path, method=method, json=body, headers={"X-CSRFToken": one.token})


def _hushed(said: object, name: str) -> str:
    """Return an answer without the id that was asked for."""
    return str(said).replace(name, "…")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://portico.test.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_site_opens_a_door(
    newcomer: Callable[[], Newcomer], headers: dict[str, str]
) -> None:
    """Another site cannot sign a visitor in, as itself or as anybody."""
    for door in DOORS:
        answer = newcomer().post(door.removeprefix("/staff/api"), {"code": "x"}, **headers)
        assert (answer.status_code, answer.json["error"]["code"]) == (403, "not-allowed"), door


def test_a_form_of_another_site_opens_no_door(client: FlaskClient) -> None:
    """Old browsers send no origin with a form; what a form can send is not JSON."""
    for door in DOORS:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            answer = client.post(door, data=b"{}", content_type=kind)
            assert answer.status_code == 403, (door, kind)


def test_the_pages_of_the_desk_come_from_the_desk(ada: Newcomer) -> None:
    """Its own pages send its own origin, and are heard."""
    for own in ("http://localhost", "http://portico.test"):  # by the header, and by the settings
        headers = {"Origin": own, "Sec-Fetch-Site": "same-origin"}
        assert ada.post("/sign-in/options", {}, **headers).status_code == 200


@pytest.mark.parametrize("body", ["x", [], 7, {}, {"handle": 7}, {"code": None}])
def test_an_odd_body_is_refused(newcomer: Callable[[], Newcomer], body: object) -> None:
    """Whatever is sent, the answer says what is missing, and is never a fault of ours."""
    for door in ("/sign-in/finish", "/enrol/options", "/enrol/finish"):
        one = newcomer().client
        answer = one.post(f"/staff/api{door}", json=body)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (400, "body-refused")
