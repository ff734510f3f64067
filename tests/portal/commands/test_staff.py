"""`portico staff`: the operator invites, lists, changes roles and lets people go."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.tables import audit
from portal.commands import staff
from tests.conftest import START, URL
from tests.newcomers import Newcomer

pytestmark = pytest.mark.thorough

Portico = Callable[..., Any]

DESK = "https://desk.portico.test"


@pytest.fixture(autouse=True)
def instance(app: Flask, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's own folder, which the commands are about."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    monkeypatch.setenv("PORTICO_STAFF_URL", DESK)
    monkeypatch.setattr(staff, "utc_now", lambda: START)
    return tmp_path


@pytest.fixture
def code(portico: Portico) -> Callable[..., str]:
    """Invites somebody, and gives the code of the link that was printed."""

    def invited(name: str, *words: str) -> str:
        said = portico("staff", "invite", name, *words)
        assert said.code == 0, said.err
        link, sentence = said.out.splitlines()
        assert sentence.startswith(f"Send it to {name} alone.")
        found = re.fullmatch(rf"{DESK}/staff/enrol#([\w-]{{43}})", link)
        assert found, link
        return found[1]

    return invited


def test_a_link_is_printed_and_opens_the_desk(
    code: Callable[..., str], newcomer: Callable[[], Newcomer]
) -> None:
    """Its code stands behind the #, so no log of a server ever holds it."""
    ada = newcomer()
    found = code("Ada", "--role", "admin", "--program", "example")
    assert ada.enrol(found).status_code == 201
    assert ada.get("/me").json["roles"] == {"example": "admin"}


def test_a_known_name_gets_a_way_back_in(
    code: Callable[..., str], newcomer: Callable[[], Newcomer]
) -> None:
    """No role is needed; with --replace what opened the desk before opens it no more."""
    ada = newcomer()
    ada.enrol(code("Ada", "--role", "admin", "--program", "example"))
    first = code("Ada")
    assert ada.signed_in()
    second = code("Ada", "--replace")
    assert not ada.signed_in()
    assert ada.post("/enrol/options", {"code": first}).status_code == 403
    ada.passkey = type(ada.passkey)()
    assert ada.enrol(second).status_code == 201


def test_the_list_shows_who_is_there(
    portico: Portico, code: Callable[..., str], newcomer: Callable[[], Newcomer]
) -> None:
    """Names, roles, passkeys, open links and when they were last seen."""
    assert portico("staff", "list").out.startswith("Nobody yet.")
    newcomer().enrol(code("Ada", "--role", "admin", "--program", "example"))
    code("Bo", "--role", "reader", "--program", "example")
    assert portico("staff", "list").out.splitlines() == [
        "Ada  admin of example  1 passkey  last seen 2026-11-22 09:30 UTC",
        "Bo  reader of example  no passkey  link open until 2026-11-25 09:30 UTC",
    ]


def test_roles_change_and_people_leave(
    portico: Portico, code: Callable[..., str], newcomer: Callable[[], Newcomer]
) -> None:
    """Both hold at once, and the operator is told what else there is to do."""
    bo = newcomer()
    bo.enrol(code("Bo", "--role", "reader", "--program", "example"))
    said = portico("staff", "role", "Bo", "handler", "--program", "example")
    assert said.out == "Bo: handler of example.\n"
    assert bo.get("/me").json["roles"] == {"example": "handler"}
    said = portico("staff", "leave", "Bo")
    assert "keyset remove" in said.out
    assert not bo.signed_in()
    assert portico("staff", "list").out.startswith("Nobody yet.")


def test_a_command_can_say_why(
    portico: Portico, code: Callable[..., str], database: Database
) -> None:
    """And need not; what is none of the list is refused, with the list."""
    code("Ada", "--role", "admin", "--program", "example")
    code("Bo", "--role", "reader", "--program", "example", "--reason", "stand-in")
    said = portico("staff", "leave", "Bo", "--reason", "because")
    assert said.code == 1
    assert "lost-device" in said.err
    assert portico("staff", "leave", "Bo", "--reason", "left").code == 0
    with database.reading() as connection:
        entries = connection.execute(select(audit.c.act, audit.c.data)).all()
    told = [(act, data.get("reason")) for act, data in entries if act in {"invited", "left"}]
    assert told == [("invited", None), ("invited", "stand-in"), ("left", "left")]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("invite", "Bo"), "role in at least one program"),
        (("invite", "Bo", "--role", "reader"), "belongs to a program"),
        (("invite", "Bo", "--program", "example"), "belongs to a program"),
        (("invite", "Bo", "--role", "reader", "--program", "absent"), "absent"),
        (("invite", "", "--role", "reader", "--program", "example"), "name"),
        (("role", "Nobody", "reader", "--program", "example"), "Nobody"),
        (("role", "Ada", "reader", "--program", "absent"), "absent"),
        (("role", "Ada", "reader", "--program", "example"), "Nobody else is an admin"),
        (("leave", "Nobody"), "Nobody"),
        (("leave", "Ada"), "Nobody else is an admin"),
    ],
)
def test_what_cannot_be_done_is_said(
    portico: Portico,
    code: Callable[..., str],
    newcomer: Callable[[], Newcomer],
    words: tuple[str, ...],
    named: str,
) -> None:
    """With a reason and a hint, and nothing is changed."""
    newcomer().enrol(code("Ada", "--role", "admin", "--program", "example"))
    before = portico("staff", "list").out
    said = portico("staff", *words)
    assert said.code == 1
    assert named in said.err
    assert portico("staff", "list").out == before


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://[::1]", "http://portico.test"])
def test_no_link_where_browsers_make_no_passkeys(
    portico: Portico, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """The operator learns it now, not the colleague in front of a page that cannot work."""
    monkeypatch.setenv("PORTICO_STAFF_URL", url)
    said = portico("staff", "invite", "Ada", "--role", "admin", "--program", "example")
    assert said.code == 1
    assert "make no passkeys" in said.err
    assert portico("staff", "list").out.startswith("Nobody yet.")
