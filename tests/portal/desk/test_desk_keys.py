"""Desk keys: what `portico desk` works with, for a day, and for nothing that takes a passkey."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.cases.database import Database
from portal.cases.tables import desk_keys
from portal.desk import secrets
from portal.desk.desk_keys import LIFE
from tests.actors import Answer
from tests.conftest import Clock
from tests.newcomers import Newcomer

Use = Callable[..., Answer]


@pytest.fixture
def key(ada: Newcomer) -> str:
    """A desk key of Ada's."""
    return str(ada.post("/desk-keys").json["key"])


@pytest.fixture
def use(client: FlaskClient, key: str) -> Use:
    """Asks with the key, from a machine without cookies."""

    def asked(path: str, *, method: str = "GET", word: str = "Bearer") -> Answer:
        headers = {"Authorization": f"{word} {key}"}
        body: dict[str, str] | None = None if method == "GET" else {}
        answer = client.open(f"/staff/api{path}", method=method, headers=headers, json=body)
        return Answer.of(answer)

    return asked


def test_a_key_stands_for_its_owner(use: Use) -> None:
    """It needs no cross-site token: no other site can send the header."""
    me = use("/me").json
    assert (me["name"], me["roles"], me["token"]) == ("Ada", {"example": "admin"}, None)
    assert use("/account/sessions", method="DELETE").status_code == 200


@pytest.mark.parametrize("path", ["/desk-keys", "/account/passkeys/options", "/people"])
def test_a_key_does_nothing_grave(use: Use, path: str) -> None:
    """It makes no further key, adds no passkey and invites nobody: nobody showed a passkey."""
    assert use(path, method="POST").json["error"]["code"] == "confirmation-needed"


def test_a_key_cannot_confirm(use: Use) -> None:
    """The answer says where that is done instead."""
    error = use("/confirm/options", method="POST").json["error"]
    assert error["code"] == "not-allowed"
    assert "http://portico.test/staff/" in error["hint"]


def test_a_key_lasts_a_working_day(use: Use, clock: Clock) -> None:
    """Then it is nobody's."""
    clock.advance(LIFE - timedelta(seconds=1))
    assert use("/me").status_code == 200
    clock.advance(timedelta(seconds=1))
    assert use("/me").status_code == 401


def test_keys_are_listed_and_ended(
    ada: Newcomer, use: Use, key: str, acts: Callable[[], list[str]]
) -> None:
    """One sees how many there are and when they were used, and ends them all."""
    use("/me")
    (listed,) = ada.get("/account").json["desk_keys"]
    assert listed["used_at"]
    assert key not in str(listed)
    assert ada.delete("/desk-keys").json == {"ended": 1}
    assert use("/me").status_code == 401
    assert acts()[-2:] == ["desk key made", "desk keys ended"]


@pytest.mark.parametrize("word", ["Basic", "bearer", ""])
def test_only_a_bearer_is_heard(use: Use, word: str) -> None:
    """Another scheme is nobody."""
    assert use("/me", word=word).status_code == 401


def test_a_key_is_kept_as_its_hash(key: str, database: Database) -> None:
    """Who reads the table finds nothing to work with."""
    with database.reading() as connection:
        (row,) = connection.execute(desk_keys.select()).all()
    assert row.sha256 == secrets.stored(key)
    assert key not in str(row)
