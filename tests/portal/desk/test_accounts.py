"""Accounts: nobody gains, and nobody touches, more than the programs they care for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import staff
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.desk_keys import DeskKeys
from portal.desk.door import Door
from portal.desk.member import Member, Role
from portal.desk.relying_party import RelyingParty
from portal.desk.roster import Roster
from portal.desk.sessions import Sessions
from portal.errors import (
    ConfirmationNeeded,
    InvitationRefused,
    LastAdmin,
    NameRefused,
    NoSuchColleague,
    NotAllowed,
    PasskeyRefused,
)
from tests.actors import Researcher
from tests.authenticator import Authenticator, to_text
from tests.colleagues import Colleague
from tests.conftest import Clock
from tests.newcomers import Newcomer

OPERATOR = Authority("operator")
OF_EXAMPLE = Authority("ada", frozenset({"example"}))
HANDLER, ADMIN, READER = Role.HANDLER, Role.ADMIN, Role.READER

Come = Callable[..., str]


@pytest.fixture
def now(clock: Clock) -> datetime:
    """The present."""
    return clock()


@pytest.fixture
def come(newcomer: Callable[[], Newcomer], invite: Callable[..., str]) -> Come:
    """Invites somebody who comes at once; gives their id."""

    def came(name: str, **roles: str) -> str:
        one = newcomer()
        assert one.enrol(invite(name, **roles)).status_code == 201
        return str(one.get("/me").json["id"])

    return came


Act = Callable[[], object]


def roles(database: Database, now: datetime) -> dict[str, dict[str, str]]:
    """Return who does what."""
    found = Roster(database).listed(OPERATOR, now=now)
    return {one.name: {slug: str(role) for slug, role in one.roles.items()} for one in found}


def test_an_admin_invites_to_their_own_programs_alone(
    accounts: Accounts, database: Database, now: datetime
) -> None:
    """A role elsewhere is refused, and with it the whole invitation."""
    accounts.invite("Bo", {"example": ADMIN}, by=OF_EXAMPLE, now=now)
    with pytest.raises(NotAllowed):
        accounts.invite("Cy", {"example": READER, "other": READER}, by=OF_EXAMPLE, now=now)
    assert roles(database, now) == {"Bo": {"example": "admin"}}


def test_a_link_never_opens_more_than_its_maker_may(
    accounts: Accounts, come: Come, now: datetime
) -> None:
    """Whoever makes a link could use it: a colleague with roles elsewhere is out of reach."""
    both = come("Bo", example="reader", other="admin")
    attempts: tuple[Act, ...] = (
        lambda: accounts.invite("Bo", {"example": READER}, by=OF_EXAMPLE, now=now),
        lambda: accounts.invite("Bo", {}, by=OF_EXAMPLE, now=now),
        lambda: accounts.invite_back(both, by=OF_EXAMPLE, now=now),
        lambda: accounts.invite_back(both, by=OF_EXAMPLE, now=now, replace=True),
    )
    for refused in attempts:
        with pytest.raises(NotAllowed):
            refused()


def test_a_link_gives_what_was_held_when_it_was_made(
    accounts: Accounts, newcomer: Callable[[], Newcomer], now: datetime
) -> None:
    """An admin keeps a link back; once its owner gets a role elsewhere, it opens nothing."""
    bo = accounts.invite("Bo", {"example": READER}, by=OF_EXAMPLE, now=now)
    accounts.assign(bo.id, "other", ADMIN, by=OPERATOR, now=now)
    assert newcomer().post("/enrol/options", {"code": bo.code}).status_code == 403


def test_an_admin_changes_roles_in_their_own_programs_alone(
    accounts: Accounts, come: Come, database: Database, now: datetime
) -> None:
    """Elsewhere they neither give nor take; whom they do not know is not there for them."""
    bo, cy = come("Bo", example="reader", other="reader"), come("Cy", other="reader")
    accounts.assign(bo, "example", HANDLER, by=OF_EXAMPLE, now=now)
    with pytest.raises(NotAllowed):
        accounts.assign(bo, "other", ADMIN, by=OF_EXAMPLE, now=now)
    for stranger in (cy, "0123456789abcdef"):
        with pytest.raises(NoSuchColleague):
            accounts.assign(stranger, "example", HANDLER, by=OF_EXAMPLE, now=now)
        with pytest.raises(NoSuchColleague):
            accounts.let_go(stranger, by=OF_EXAMPLE, now=now)
        with pytest.raises(NoSuchColleague):
            accounts.invite_back(stranger, by=OF_EXAMPLE, now=now)
    assert roles(database, now) == {
        "Bo": {"example": "handler", "other": "reader"},
        "Cy": {"other": "reader"},
    }


def test_the_last_admin_stays(accounts: Accounts, come: Come, now: datetime) -> None:
    """Not even the operator removes them; an admin who never came does not count as another."""
    ada = come("Ada", example="admin")
    accounts.invite("Bo", {"example": ADMIN}, by=OPERATOR, now=now)
    attempts: tuple[Act, ...] = (
        lambda: accounts.let_go(ada, by=OPERATOR, now=now),
        lambda: accounts.assign(ada, "example", HANDLER, by=OF_EXAMPLE, now=now),
        lambda: accounts.assign(ada, "example", None, by=OPERATOR, now=now),
        lambda: accounts.invite("Ada", {"example": READER}, by=OPERATOR, now=now),
    )
    for refused in attempts:
        with pytest.raises(LastAdmin):
            refused()
    come("Cy", example="admin")
    assert accounts.let_go(ada, by=OF_EXAMPLE, now=now)


def test_whoever_leaves_is_out_at_once(
    ada: Newcomer, accounts: Accounts, database: Database, come: Come, now: datetime
) -> None:
    """Sessions, desk keys, passkeys and open links end with it; the name may come back later."""
    come("Bo", example="admin")
    me = ada.get("/me").json["id"]
    key = ada.post("/desk-keys").json["key"]
    desk_keys = DeskKeys(database)
    assert desk_keys.member(key, now=now)
    link = accounts.invite_back(me, by=OPERATOR, now=now)
    accounts.let_go(me, by=OPERATOR, now=now)
    assert not ada.signed_in()
    assert desk_keys.member(key, now=now) is None
    assert ada.sign_in().status_code == 403
    assert ada.post("/enrol/options", {"code": link.code}).status_code == 403
    again = accounts.invite("Ada", {"example": READER}, by=OPERATOR, now=now)
    assert again.id == me
    assert desk_keys.member(key, now=now) is None
    assert ada.sign_in().status_code == 403


def test_leaving_one_program_leaves_the_others(
    accounts: Accounts, come: Come, database: Database, now: datetime
) -> None:
    """An admin lets go of somebody in their own programs; what they do elsewhere goes on."""
    bo = come("Bo", example="handler", other="handler")
    assert not accounts.let_go(bo, by=OF_EXAMPLE, now=now)
    assert roles(database, now) == {"Bo": {"other": "handler"}}


def test_only_the_operator_brings_somebody_back(
    accounts: Accounts, come: Come, now: datetime
) -> None:
    """What somebody did elsewhere is kept under their name; an admin cannot give it to another."""
    bo = come("Bo", other="handler")
    accounts.let_go(bo, by=OPERATOR, now=now)
    with pytest.raises(NotAllowed):
        accounts.invite("Bo", {"example": READER}, by=OF_EXAMPLE, now=now)
    assert accounts.invite("Bo", {"example": READER}, by=OPERATOR, now=now).id == bo


def test_whoever_loses_the_last_role_has_left(
    accounts: Accounts, come: Come, database: Database, now: datetime
) -> None:
    """Nobody keeps a session for nothing."""
    bo = come("Bo", example="handler")
    accounts.assign(bo, "example", None, by=OF_EXAMPLE, now=now)
    with database.reading() as connection:
        assert connection.scalar(select(staff.c.left_at).where(staff.c.id == bo)) == now


def test_a_stolen_passkey_is_shut_out(ada: Newcomer, accounts: Accounts, now: datetime) -> None:
    """With `replace`, what opened the desk opens it no more, and the new link does."""
    me = ada.get("/me").json["id"]
    ada.confirm()
    key = ada.post("/desk-keys").json["key"]
    back = accounts.invite_back(me, by=OPERATOR, now=now, replace=True)
    assert not ada.signed_in()
    assert ada.sign_in().status_code == 403
    assert (
        ada.client.get("/staff/api/me", headers={"Authorization": f"Bearer {key}"}).status_code
        == 401
    )
    ada.passkey.id = b"another passkey, just bought one"
    assert ada.enrol(back.code).status_code == 201
    assert ada.get("/me").json["id"] == me


def test_nobody_slips_back_in_while_being_shut_out(
    ada: Newcomer, accounts: Accounts, database: Database, now: datetime
) -> None:
    """A thief whose request was under way when the door shut gets no session, key or passkey."""
    me = ada.get("/me").json["id"]
    thief = Member(me, "Ada", {"example": ADMIN}, confirmed_at=now)
    door = Door(database, RelyingParty.at("http://portico.test"))
    asked, another = door.ask_another(thief, now=now), Authenticator()
    accounts.invite_back(me, by=OPERATOR, now=now, replace=True)
    session = Sessions(database).start(me, passkey=to_text(ada.passkey.id), now=now)
    assert Sessions(database).member(session, now=now) is None
    with pytest.raises(PasskeyRefused):
        DeskKeys(database).issue(thief, now=now)
    with pytest.raises(PasskeyRefused):
        door.add(thief, asked.handle, another.create(asked.options), label="Key", now=now)


@pytest.mark.parametrize("elsewhere", [{}, {"other": "handler"}])
def test_whoever_leaves_hands_back_their_reports(
    accounts: Accounts,
    hire: Callable[..., Colleague],
    researcher: Researcher,
    now: datetime,
    elsewhere: dict[str, str],
) -> None:
    """What was theirs stands in the queue as nobody's, whether or not they stay elsewhere."""
    report = researcher.send().json["report"]
    ada, bo = hire("Ada", example="handler"), hire("Bo", example="handler", **elsewhere)
    ada.post(f"/staff/api/reports/{report}/assign", {"to": bo.id})
    (mine,) = ada.get("/staff/api/queue").json["reports"]
    assert mine["assigned"]["id"] == bo.id
    accounts.let_go(bo.id, by=OF_EXAMPLE, now=now)
    (mine,) = ada.get("/staff/api/queue").json["reports"]
    assert mine["assigned"] is None


def test_a_lost_passkey_is_not_a_stolen_one(
    ada: Newcomer, accounts: Accounts, now: datetime
) -> None:
    """Without `replace`, the ones that are left still open the desk."""
    accounts.invite_back(ada.get("/me").json["id"], by=OPERATOR, now=now)
    assert ada.signed_in()
    assert ada.sign_in().status_code == 200


def test_a_newcomer_needs_a_role(accounts: Accounts, database: Database, now: datetime) -> None:
    """Nobody is on the staff for nothing."""
    with pytest.raises(NotAllowed):
        accounts.invite("Bo", {}, by=OPERATOR, now=now)
    assert roles(database, now) == {}


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\nb", "a\x00b", "Ad\u200ba"])
def test_a_name_is_one_visible_line(accounts: Accounts, now: datetime, name: str) -> None:
    """A name that looks like another, or like nothing, is refused."""
    with pytest.raises(NameRefused):
        accounts.invite(name, {"example": READER}, by=OPERATOR, now=now)


def test_a_name_is_the_same_however_it_is_typed(
    accounts: Accounts, database: Database, now: datetime
) -> None:
    """Blanks and composed letters make no second person."""
    first = accounts.invite("Zoë  Q", {"example": READER}, by=OPERATOR, now=now)
    second = accounts.invite(" Zoe\u0308 Q", {"example": READER}, by=OPERATOR, now=now)
    assert first.id == second.id
    assert Roster(database).called("Zoë Q") == first.id


def test_every_change_of_people_is_written_down(
    accounts: Accounts, come: Come, acts: Callable[[], list[str]], now: datetime
) -> None:
    """Invitation, roles, passkey, leaving: each has its entry."""
    bo = come("Bo", example="handler")
    accounts.assign(bo, "example", READER, by=OPERATOR, now=now)
    accounts.let_go(bo, by=OPERATOR, now=now)
    assert acts() == [
        *("role changed", "invited", "passkey added", "signed in"),
        *("role changed", "role changed", "left"),
    ]


def test_authority_is_that_of_an_admin_who_is_there(now: datetime) -> None:
    """Other roles have none, and an admin must have confirmed just now."""
    mixed: dict[str, Any] = {"example": ADMIN, "other": HANDLER}
    asking = Member("ada", "Ada", mixed, now)
    assert Authority.of(asking, now=now).programs == frozenset({"example"})
    with pytest.raises(ConfirmationNeeded):
        Authority.of(asking, now=now + timedelta(minutes=6))
    with pytest.raises(NotAllowed):
        Authority.of(Member("bo", "Bo", {"other": HANDLER}, now), now=now)


def test_an_invitation_that_ended_meanwhile_is_not_used(
    database: Database, accounts: Accounts, now: datetime
) -> None:
    """Between the look and the use, somebody may have replaced it."""
    from portal.desk import invitations

    first = accounts.invite("Bo", {"example": READER}, by=OPERATOR, now=now)
    accounts.invite("Bo", {}, by=OPERATOR, now=now + timedelta(seconds=1))
    with database.writing() as connection, pytest.raises(InvitationRefused):
        invitations.spend(connection, first.code, now=now + timedelta(seconds=1))
