"""The people page: admins see and change their own programs, after showing their passkey."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.desk.member import FRESH
from tests.colleagues import Colleague
from tests.conftest import Clock
from tests.newcomers import Newcomer

PEOPLE = "/staff/api/people"

Hire = Callable[..., Colleague]


def test_an_admin_sees_who_works_in_their_programs(
    ada: Newcomer, hire: Hire, invite: Callable[..., str], program: object
) -> None:
    """Names, roles here, passkeys, open links; nothing of programs that are not theirs."""
    hire("Bo", example="reader", other="admin")
    hire("Cy", other="admin")
    invite("Di", example="handler")
    told = ada.get("/people").json
    assert [one["name"] for one in told["people"]] == ["Ada", "Bo", "Di"]
    assert [one["roles"] for one in told["people"]] == [
        {"example": "admin"},
        {"example": "reader"},
        {"example": "handler"},
    ]
    assert [one["passkeys"] for one in told["people"]] == [1, 1, 0]
    assert told["people"][2]["invited_until"].startswith("2026-11-25T09:30")
    assert told["programs"] == [{"slug": "example", "name": "Example"}]
    assert told["me"] == ada.get("/me").json["id"]


def test_an_admin_invites(ada: Newcomer, newcomer: Callable[[], Newcomer]) -> None:
    """The link is shown once, carries its code behind the #, and opens their program."""
    body = {"name": "Bo", "role": "handler", "programs": ["example"]}
    answer = ada.post("/people", body)
    assert answer.status_code == 201
    url, _, code = answer.json["link"].partition("#")
    assert url == "http://portico.test/staff/enrol"
    bo = newcomer()
    assert bo.enrol(code).status_code == 201
    assert bo.get("/me").json["roles"] == {"example": "handler"}
    assert code not in ada.get("/people").text


def test_an_admin_changes_a_role_and_lets_go(
    ada: Newcomer, newcomer: Callable[[], Newcomer], invite: Callable[..., str]
) -> None:
    """Both hold from the next request on."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="reader"))
    who = bo.get("/me").json["id"]
    body = {"program": "example", "role": "handler"}
    assert ada.post(f"/people/{who}/role", body).status_code == 200
    assert bo.get("/me").json["roles"] == {"example": "handler"}
    back = ada.post(f"/people/{who}/invite", {"replace": True})
    assert back.status_code == 201
    assert not bo.signed_in()
    assert ada.post(f"/people/{who}/leave").status_code == 200
    code = back.json["link"].partition("#")[2]
    assert bo.post("/enrol/options", {"code": code}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "Bo", "role": "handler"},
        {"name": "Bo", "role": "emperor", "programs": ["example"]},
        {"name": "Bo", "role": "handler", "programs": []},
        {"name": "Bo", "role": "handler", "programs": ["other"]},
        {"name": "", "role": "handler", "programs": ["example"]},
        {"name": "Bo", "role": "handler", "programs": [7]},
    ],
)
def test_a_faulty_invitation_invites_nobody(ada: Newcomer, body: dict[str, object]) -> None:
    """It is refused with a reason, and nobody is on the staff for it."""
    assert ada.post("/people", body).status_code in {400, 403}
    assert [one["name"] for one in ada.get("/people").json["people"]] == ["Ada"]


@pytest.mark.parametrize("role", ["reader", "handler"])
def test_people_are_for_admins(hire: Hire, role: str) -> None:
    """Others neither see nor change who is there."""
    bo = hire("Bo", example=role)
    body = {"name": "Cy", "role": "reader", "programs": ["example"]}
    answers = [bo.get(PEOPLE), bo.post(PEOPLE, body), bo.post(f"{PEOPLE}/{bo.id}/leave")]
    promoted = {"program": "example", "role": "admin"}
    answers.append(bo.post(f"{PEOPLE}/{bo.id}/role", promoted))
    assert [one.status_code for one in answers] == [403] * 4
    assert bo.get("/staff/api/me").json["roles"] == {"example": role}


def test_every_change_of_people_takes_the_passkey(ada: Newcomer, clock: Clock) -> None:
    """An unlocked screen is not enough."""
    clock.advance(FRESH + timedelta(seconds=1))
    me = ada.get("/me").json["id"]
    for path in ("/people", f"/people/{me}/invite", f"/people/{me}/role", f"/people/{me}/leave"):
        assert ada.post(path).json["error"]["code"] == "confirmation-needed", path
    assert ada.get("/people").status_code == 200


def test_every_change_can_say_why(
    ada: Newcomer, newcomer: Callable[[], Newcomer], invite: Callable[..., str]
) -> None:
    """A link, a role and the end stand in the log with their reason; a made-up one changes none."""
    bo = newcomer()
    bo.enrol(invite("Bo", example="reader"))
    who = bo.get("/me").json["id"]
    wanted: dict[str, object] = {"name": "Di", "role": "reader", "programs": ["example"]}
    steps: list[tuple[str, dict[str, object], str]] = [
        ("", wanted, "joined"),
        (f"/{who}/invite", {}, "new-device"),
        (f"/{who}/role", {"program": "example", "role": "handler"}, "duties"),
        (f"/{who}/leave", {}, "left"),
    ]
    for path, body, reason in steps:
        refused = ada.post(f"/people{path}", {**body, "reason": "because"})
        assert (refused.status_code, refused.json["error"]["code"]) == (400, "reason-refused")
        assert ada.post(f"/people{path}", {**body, "reason": reason}).status_code in {200, 201}
    assert not bo.signed_in()
    told = {
        reason: [one["words"] for one in ada.get(f"/audit?why={reason}").json["entries"]]
        for _, _, reason in steps
    }
    assert told == {
        "joined": ["made a link to the desk", "changed a role"],
        "new-device": ["made a link to the desk"],
        "duties": ["changed a role"],
        "left": ["let somebody go, or left", "changed a role"],
    }
