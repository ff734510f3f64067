"""The session's cookie: it goes to the staff face alone, and no script reads it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.cases.database import Database
from portal.config import Config
from tests.authenticator import Authenticator
from tests.conftest import Clock
from tests.newcomers import Newcomer

ATTRIBUTES = {"HttpOnly", "Path=/staff", "SameSite=Strict"}


def attributes(client: FlaskClient, newcomer: Newcomer, code: str) -> tuple[str, set[str]]:
    """Enrol, and return the name and the attributes of the cookie that comes with it."""
    asked = newcomer.asked("/enrol", {"code": code})
    credential = newcomer.passkey.create(asked["options"])
    body = {"code": code, "handle": asked["handle"], "credential": credential, "label": "Key"}
    (cookie,) = client.post("/staff/api/enrol/finish", json=body).headers.getlist("Set-Cookie")
    first, *rest = cookie.split("; ")
    return first.split("=")[0], set(rest)


@pytest.fixture
def code(invite: object) -> str:
    """A link's code."""
    assert callable(invite)
    return str(invite("Ada", example="reader"))


def test_on_plain_http_it_is_as_strict_as_it_can_be(client: FlaskClient, code: str) -> None:
    """A demo on one's own machine has no HTTPS to insist on."""
    name, found = attributes(client, Newcomer(client), code)
    assert (name, found) == ("portico-desk", ATTRIBUTES)


def test_on_https_it_is_never_sent_in_the_clear(
    client: FlaskClient, database: Database, tmp_path: Path, clock: Clock, code: str
) -> None:
    """The name itself makes browsers insist; what counts is the desk's own address."""
    url = "https://desk.portico.test"
    config = Config(tmp_path, "http://portico.test", str(database.engine.url), own_staff_url=url)
    secure = create_app(config, clock=clock).test_client()
    ada = Newcomer(secure, Authenticator(origin=url))
    name, found = attributes(secure, ada, code)
    assert (name, found) == ("__Secure-portico-desk", ATTRIBUTES | {"Secure"})


def test_it_holds_nothing_but_a_secret(ada: Newcomer) -> None:
    """No name, no role: whoever reads it learns nothing."""
    cookie = ada.client.get_cookie("portico-desk", path="/staff")
    assert cookie
    assert len(cookie.value) == 43
    assert ada.get("/me").json["id"] not in cookie.value


def test_reading_hands_out_no_cookie(ada: Newcomer) -> None:
    """It is set by signing in, and by nothing else."""
    for path in ("/staff/api/me", "/staff/api/account", "/staff/account", "/staff/sign-in"):
        assert "Set-Cookie" not in ada.client.get(path).headers
