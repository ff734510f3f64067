"""Sessions: over after half an hour of rest, after ten hours in any case, or when told so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal.cases.database import Database
from portal.cases.tables import sessions
from portal.desk import secrets
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.member import FRESH, Role
from portal.desk.sessions import ABSOLUTE, IDLE
from tests.authenticator import Authenticator, to_text
from tests.colleagues import Colleague
from tests.conftest import Clock
from tests.newcomers import Newcomer

SECOND = timedelta(seconds=1)


def alive(one: Colleague) -> bool:
    """Whether the portal still knows somebody."""
    return one.get("/staff/api/me").status_code == 200


def test_a_session_rests_half_an_hour_at_most(hire: Callable[..., Colleague], clock: Clock) -> None:
    """A use within it keeps it; longer without one ends it."""
    ada = hire("Ada", example="reader")
    for _ in range(3):
        clock.advance(IDLE - SECOND)
        assert alive(ada)
    clock.advance(IDLE)
    assert not alive(ada)


def test_a_session_lasts_a_working_day_at_most(
    hire: Callable[..., Colleague], clock: Clock
) -> None:
    """However busy somebody is, the passkey is asked for again."""
    ada = hire("Ada", example="reader")
    for _ in range(int(ABSOLUTE / (IDLE / 2)) - 1):
        clock.advance(IDLE / 2)
        assert alive(ada)
    clock.advance(IDLE / 2)
    assert not alive(ada)


def test_a_session_has_the_roles_of_today(
    hire: Callable[..., Colleague], accounts: Accounts, clock: Clock
) -> None:
    """A change holds from the next request on, without signing in again."""
    ada = hire("Ada", example="reader")
    by = Authority("operator")
    accounts.assign(ada.id, "example", Role.ADMIN, by=by, now=clock())
    assert ada.get("/staff/api/me").json["roles"] == {"example": "admin"}


def test_reading_pages_does_not_write(
    hire: Callable[..., Colleague], app: Flask, clock: Clock
) -> None:
    """A session's use is noted once a minute: a queue that is looked at costs no disk."""
    ada = hire("Ada", example="reader")
    written: list[str] = []

    @event.listens_for(app.extensions["portico"].store.database.engine, "before_cursor_execute")
    def _note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.startswith(("UPDATE", "INSERT")):
            written.append(statement)

    for _ in range(5):
        clock.advance(SECOND)
        assert alive(ada)
    assert written == []
    clock.advance(SECOND * 60)
    assert alive(ada)
    assert len(written) == 1


def test_signing_out_ends_the_session(hire: Callable[..., Colleague]) -> None:
    """The cookie goes, what the browser remembers goes, and the secret opens nothing."""
    ada = hire("Ada", example="reader")
    answer = ada.client.post("/staff/api/sign-out", headers={"X-CSRFToken": ada.token})
    assert "portico-desk=;" in answer.headers["Set-Cookie"]
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not alive(ada)


def test_a_stolen_secret_is_worth_nothing_after_signing_out(
    ada: Newcomer, newcomer: Callable[[], Newcomer], acts: Callable[[], list[str]]
) -> None:
    """It is the server that forgets, not only the browser."""
    cookie = ada.client.get_cookie("portico-desk", path="/staff")
    assert cookie
    thief = newcomer()
    thief.client.set_cookie("portico-desk", cookie.value, path="/staff")
    assert thief.signed_in()
    ada.post("/sign-out")
    assert not thief.signed_in()
    assert acts()[-1] == "signed out"


@pytest.mark.parametrize("odd", ["", "x", "A" * 43, "A" * 44, "ä" * 43, "None"])
def test_an_odd_cookie_is_nobody(newcomer: Callable[[], Newcomer], odd: str) -> None:
    """Whatever stands in it, it is no session, and no fault."""
    stranger = newcomer()
    stranger.client.set_cookie("portico-desk", odd, path="/staff")
    assert not stranger.signed_in()


def test_a_confirmation_counts_for_minutes(ada: Newcomer, clock: Clock) -> None:
    """A grave act right after it is done; later it asks again."""
    assert ada.post("/desk-keys").status_code == 201
    clock.advance(FRESH + SECOND)
    refused = ada.post("/desk-keys")
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "confirmation-needed")
    assert ada.confirm().status_code == 200
    assert ada.post("/desk-keys").status_code == 201


def test_one_confirmation_does_not_count_for_another_session(
    ada: Newcomer, newcomer: Callable[[], Newcomer], clock: Clock
) -> None:
    """Who found an unlocked screen elsewhere gains nothing from it."""
    other = newcomer()
    other.passkey = ada.passkey
    other.sign_in()
    clock.advance(FRESH + SECOND)
    ada.confirm()
    assert other.post("/desk-keys").json["error"]["code"] == "confirmation-needed"


def test_sessions_are_listed_and_ended(
    ada: Newcomer, newcomer: Callable[[], Newcomer], acts: Callable[[], list[str]]
) -> None:
    """One sees where one is signed in, ends another session, and it is over at once."""
    other = newcomer()
    other.passkey = ada.passkey
    other.sign_in()
    listed = ada.get("/account").json["sessions"]
    assert sorted(one["current"] for one in listed) == [False, True]
    (theirs,) = (one["id"] for one in listed if not one["current"])
    assert ada.delete(f"/account/sessions/{theirs}").json == {"ended": 1}
    assert (ada.signed_in(), other.signed_in()) == (True, False)
    assert acts()[-1] == "sessions ended"
    other.sign_in()
    assert ada.delete("/account/sessions").json == {"ended": 1}
    assert (ada.signed_in(), other.signed_in()) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(
    ada: Newcomer, hire: Callable[..., Colleague], database: Database
) -> None:
    """An id from elsewhere ends nothing."""
    bo = hire("Bo", example="reader")
    with database.reading() as connection:
        wanted = select(sessions.c.sha256).where(sessions.c.staff == bo.id)
        theirs = connection.scalar(wanted)
    assert ada.delete(f"/account/sessions/{theirs}").json == {"ended": 0}
    assert alive(bo)


def test_a_removed_passkey_ends_what_it_started(
    ada: Newcomer, newcomer: Callable[[], Newcomer]
) -> None:
    """A lost device is out with its passkey; the only passkey cannot be removed."""
    lost = newcomer()
    lost.passkey = Authenticator()
    name = to_text(lost.passkey.id)
    only = ada.delete(f"/account/passkeys/{to_text(ada.passkey.id)}")
    assert (only.status_code, only.json["error"]["code"]) == (403, "not-allowed")
    ada.add(lost.passkey)
    lost.sign_in()
    assert lost.signed_in()
    assert ada.delete(f"/account/passkeys/{name}").status_code == 200
    assert (ada.signed_in(), lost.signed_in()) == (True, False)
    assert ada.delete(f"/account/passkeys/{name}").status_code == 403


def test_a_secret_is_kept_as_its_hash(ada: Newcomer, database: Database) -> None:
    """Who reads the table finds nothing to sign in with."""
    cookie = ada.client.get_cookie("portico-desk", path="/staff")
    assert cookie
    with database.reading() as connection:
        kept = set(connection.scalars(select(sessions.c.sha256)))
    assert kept == {secrets.stored(cookie.value)}
