"""How the pages of the desk ask the portal: with a token, and never failing in silence."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

ASK = """
const api = await load("js/desk/api.js")
const asked = []
let left = null
globalThis.location = { assign: (address) => (left = address) }
globalThis.fetch = async (path, options) => {
    const headers = Object.fromEntries(options.headers)
    asked.push([options.method ?? "GET", path, headers["x-csrftoken"] ?? null])
    const found = (input.answers[path] ?? []).shift() ?? { status: 200, body: { path } }
    if (found === "broken") throw new TypeError("offline")
    return new Response(JSON.stringify(found.body), { status: found.status })
}
const answers = []
for (const [name, ...given] of input.calls) {
    const told = ({ code, message, hint }) => ({ code, message, hint })
    const answer = await api[name](...given).catch(told)
    answers.push(answer instanceof Blob ? await answer.text() : answer)
}
return { asked, answers, left }
"""
ME = {"status": 200, "body": {"id": "a", "name": "Ada", "roles": {}, "token": "tok"}}


def refused(status: int, code: str) -> dict[str, Any]:
    """Answer as the portal does when it says no."""
    error = {"code": code, "message": "No.", "hint": "Do this."}
    return {"status": status, "body": {"error": error}}


def run(node: Node, calls: list[Any], **answers: list[Any]) -> Any:
    """Make calls, one after the other; `answers` are by path, `me` first."""
    by_path = {f"/staff/api/{name}": found for name, found in ({"me": [ME]} | answers).items()}
    return node(ASK, {"calls": calls, "answers": by_path})


def test_a_change_carries_the_token(node: Node) -> None:
    """Asked for once per page; reading needs none."""
    calls = [["get", "/staff/api/a"], ["post", "/staff/api/a", {}], ["remove", "/staff/api/b"]]
    assert run(node, calls)["asked"] == [
        ["GET", "/staff/api/a", None],
        ["GET", "/staff/api/me", None],
        ["POST", "/staff/api/a", "tok"],
        ["DELETE", "/staff/api/b", "tok"],
    ]


def test_a_desk_key_needs_no_token(node: Node) -> None:
    """Where the portal gives none, none is sent."""
    without = {"status": 200, "body": {**ME["body"], "token": None}}  # type: ignore[dict-item]
    found = run(node, [["post", "/staff/api/a"]], me=[without])
    assert found["asked"][-1] == ["POST", "/staff/api/a", None]


def test_whoever_is_not_signed_in_is_led_to_the_door(node: Node) -> None:
    """And the caller hears why; a stranger's page stays where it is."""
    found = run(node, [["get", "/staff/api/a"]], a=[refused(401, "sign-in-needed")])
    assert (found["left"], found["answers"][0]["code"]) == ("/staff/sign-in", "sign-in-needed")
    stranger = ["post", "/staff/api/a", {}, {"stranger": True}]
    found = run(node, [stranger], a=[refused(401, "sign-in-needed")])
    assert (found["left"], len(found["asked"])) == (None, 1)


@pytest.mark.parametrize("call", [["get"], ["post"], ["remove"], ["fetchBlob"]])
def test_a_refusal_keeps_its_words(node: Node, call: list[Any]) -> None:
    """What the portal says reaches the page: what happened, and what to do next."""
    found = run(node, [[*call, "/staff/api/a"]], a=[refused(403, "not-allowed")])
    assert found["answers"] == [{"code": "not-allowed", "message": "No.", "hint": "Do this."}]


@pytest.mark.parametrize("answer", ["broken", {"status": 502, "body": "<html>"}])
def test_no_answer_is_said_to_be_none(node: Node, answer: object) -> None:
    """Neither a broken line nor somebody else's error page passes for an answer."""
    (said,) = run(node, [["get", "/staff/api/a"]], a=[answer])["answers"]
    assert said["code"] == "portal-unreachable"
    assert said["hint"]


def test_who_is_signed_in_is_asked_again_after_a_failure(node: Node) -> None:
    """A line that was down for a moment does not spoil the page."""
    found = run(node, [["me"], ["me"], ["me"]], me=["broken", ME])
    assert [one.get("name") for one in found["answers"]] == [None, "Ada", "Ada"]
    assert len(found["asked"]) == 2


def test_a_file_comes_as_it_is(node: Node) -> None:
    """Bytes, not JSON."""
    found = run(node, [["fetchBlob", "/staff/api/a"]], a=[{"status": 200, "body": "age"}])
    assert found["answers"] == ['"age"']
