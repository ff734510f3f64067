"""The account page: one's own passkeys, sessions and keys, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.desk.member import FRESH
from tests.authenticator import Authenticator, to_text
from tests.conftest import Clock
from tests.newcomers import Newcomer

SECOND = timedelta(seconds=1)


def test_an_account_shows_what_opens_the_desk(ada: Newcomer) -> None:
    """Passkeys by their labels, sessions, keys; nothing that would open it for a reader."""
    ada.post("/desk-keys")
    told = ada.get("/account").json
    assert told["name"] == "Ada"
    assert [(one["label"], one["id"]) for one in told["passkeys"]] == [
        ("Blue key", to_text(ada.passkey.id))
    ]
    assert [one["current"] for one in told["sessions"]] == [True]
    assert set(told["desk_keys"][0]) == {"created_at", "expires_at", "used_at"}
    assert set(told["passkeys"][0]) == {"id", "label", "created_at", "used_at"}


def test_a_second_passkey_opens_the_desk_too(ada: Newcomer, clock: Clock) -> None:
    """Several for one person; the browser is told which ones there are already."""
    first, spare = ada.passkey, Authenticator()
    clock.advance(SECOND)
    assert ada.add(spare).status_code == 201
    listed = [one["id"] for one in ada.asked("/account/passkeys")["options"]["excludeCredentials"]]
    assert sorted(listed) == sorted([to_text(first.id), to_text(spare.id)])
    ada.post("/sign-out")
    ada.passkey = spare
    assert ada.sign_in().status_code == 200
    assert [one["label"] for one in ada.get("/account").json["passkeys"]] == [
        "Blue key",
        "Spare key",
    ]


def test_passkeys_change_after_a_confirmation_alone(ada: Newcomer, clock: Clock) -> None:
    """An unlocked screen neither adds nor removes one."""
    asked = ada.asked("/account/passkeys")
    clock.advance(FRESH + SECOND)
    refused = [
        ada.post("/account/passkeys/options"),
        ada.post(
            "/account/passkeys",
            {
                "handle": asked["handle"],
                "credential": Authenticator().create(asked["options"]),
                "label": "Key",
            },
        ),
        ada.delete(f"/account/passkeys/{to_text(ada.passkey.id)}"),
    ]
    assert {one.json["error"]["code"] for one in refused} == {"confirmation-needed"}


def test_nobody_removes_the_passkey_of_somebody_else(
    ada: Newcomer, newcomer: Callable[[], Newcomer], invite: Callable[..., str]
) -> None:
    """An id from elsewhere removes nothing."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="admin"))
    bo.add(Authenticator())
    theirs = to_text(bo.passkey.id)
    ada.add(Authenticator())
    assert ada.delete(f"/account/passkeys/{theirs}").status_code == 403
    assert bo.sign_in().status_code == 200


def test_desk_keys_go_with_a_passkey(ada: Newcomer) -> None:
    """Whoever had the passkey in hand may have made one; nobody knows which keys those were."""
    key = ada.post("/desk-keys").json["key"]
    lost, spare = ada.passkey, Authenticator()
    ada.add(spare)
    ada.passkey = spare
    assert ada.sign_in().status_code == 200
    assert ada.delete(f"/account/passkeys/{to_text(lost.id)}").status_code == 200
    assert ada.get("/account").json["desk_keys"] == []
    told = ada.get("/audit").json["entries"][0]
    assert told["words"] == "removed a passkey"
    assert {"label": "Desk keys", "value": "1"} in told["details"]
    assert (
        ada.client.application.test_client()
        .get("/staff/api/me", headers={"Authorization": f"Bearer {key}"})
        .status_code
        == 401
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [("account/sessions", "ended sessions"), ("desk-keys", "ended desk keys")],
)
def test_what_is_ended_can_say_why(ada: Newcomer, path: str, words: str) -> None:
    """With one of the list, or with nothing at all; never with free text."""
    token = ada.client.get("/staff/api/me").get_json()["token"]
    ada.post("/desk-keys")
    ada.client.application.test_client()
    assert Newcomer(ada.client.application.test_client(), ada.passkey).sign_in().status_code == 200
    for reason, status in (("somebody looked over my shoulder", 400), ("lost-device", 200)):
        answer = ada.client.delete(
            f"/staff/api/{path}", headers={"X-CSRFToken": token}, json={"reason": reason}
        )
        assert answer.status_code == status
    told = ada.get("/audit").json["entries"][0]
    assert told["words"] == words
    assert {"label": "Reason", "value": "Lost a device or passkey"} in told["details"]


def test_what_was_asked_of_one_person_adds_nothing_to_another(
    ada: Newcomer, newcomer: Callable[[], Newcomer], invite: Callable[..., str]
) -> None:
    """A challenge for a new passkey belongs to whoever asked for it."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="admin"))
    asked = bo.asked("/account/passkeys")
    credential = Authenticator().create(asked["options"])
    body = {"handle": asked["handle"], "credential": credential, "label": "Key"}
    assert ada.post("/account/passkeys", body).status_code == 403


@pytest.mark.parametrize("page", ["sign-in", "enrol", "account", "people"])
def test_a_page_is_the_same_for_everybody(client: FlaskClient, ada: Newcomer, page: str) -> None:
    """It holds no data, so `portico desk` can serve it from another machine."""
    assert client.get(f"/staff/{page}").data == ada.client.get(f"/staff/{page}").data
