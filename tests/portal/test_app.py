"""The two faces: what the public one has never heard of, and what the staff one leaves to it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import Face, create_app
from portal.cases.database import Database
from portal.cases.program import Program
from portal.config import Config
from portal.views.staff.cookies import DeskCookies
from tests.conftest import URL, Clock
from tests.newcomers import Newcomer

SHARED = {"/healthz", "/readyz", "/static/<build>/<path:path>"}

MakeFace = Callable[[Face], Flask]


@pytest.fixture
def face(app: Flask, tmp_path: Path, database: Database, clock: Clock) -> MakeFace:
    """Makes one face over the same instance."""
    config = Config(tmp_path, URL, str(database.engine.url))
    return lambda which: create_app(config, face=which, clock=clock)


def addresses(app: Flask) -> set[str]:
    """Return every address an application knows."""
    return {rule.rule for rule in app.url_map.iter_rules()}


def visit(client: FlaskClient, rule: str, method: str = "GET") -> tuple[int, bool]:
    """Open an address of any shape; return the status, and whether a cookie came."""
    path = rule.replace("<slug:slug>", "example")
    path = path.replace("<build>/<path:path>", "x/css/base.css")
    with client.open(path.replace("<", "").replace(">", ""), method=method) as answer:
        return answer.status_code, "Set-Cookie" in answer.headers


def test_each_address_has_one_face(face: MakeFace, app: Flask) -> None:
    """The two share nothing but assets and health, and together they are the whole."""
    public, staff = addresses(face(Face.PUBLIC)), addresses(face(Face.STAFF))
    assert public & staff == SHARED
    assert public | staff == addresses(app)
    assert {one for one in public if one.startswith("/staff")} == set()
    assert {one for one in staff if not one.startswith("/staff/")} == SHARED


def test_the_public_face_knows_no_staff(face: MakeFace, program: Program, ada: Newcomer) -> None:
    """Every staff address is not there, even for somebody who holds a session."""
    client = face(Face.PUBLIC).test_client()
    cookie = ada.client.get_cookie("portico-desk", path="/staff")
    assert cookie
    client.set_cookie("portico-desk", cookie.value, path="/")
    for rule in addresses(face(Face.STAFF)) - SHARED:
        for method in ("GET", "POST", "DELETE"):
            status, _ = visit(client, rule, method)
            assert status in {404, 405}, rule
        assert visit(client, rule)[0] == 404, rule


def test_the_public_face_has_no_session(face: MakeFace, program: Program) -> None:
    """No key that could sign one, no cookie on any address, whoever asks for it."""
    app = face(Face.PUBLIC)
    assert app.secret_key is None
    assert not isinstance(app.session_interface, DeskCookies)
    for rule in addresses(app):
        assert visit(app.test_client(), rule)[1] is False, rule


def test_the_staff_face_knows_no_reporter(face: MakeFace, program: Program) -> None:
    """Where staff work, nobody reports, and no token is taken."""
    client = face(Face.STAFF).test_client()
    for rule in addresses(face(Face.PUBLIC)) - SHARED:
        assert visit(client, rule)[0] == 404, rule


def test_the_same_session_holds_in_every_process(face: MakeFace, ada: Newcomer) -> None:
    """What one process signed, another verifies: the keys follow from the instance."""
    other = face(Face.STAFF).test_client()
    cookie = ada.client.get_cookie("portico-desk", path="/staff")
    assert cookie
    other.set_cookie("portico-desk", cookie.value, path="/staff")
    token = ada.get("/me").json["token"]
    answer = other.post("/staff/api/sign-out", headers={"X-CSRFToken": token})
    assert answer.status_code == 200
