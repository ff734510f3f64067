"""Asking about a target: nothing but scheme, host and port leaves the page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

CUT = """
const { sentTarget } = await load("js/sent-target.js")
return input.map(([text, usesPaths]) => {
    try { return sentTarget(text, { usesPaths }) } catch (error) { return { code: error.code } }
})
"""
ASK = """
const { checkTarget } = await load("js/scope-client.js")
const asked = []
const ask = async (address, options) => {
    asked.push([address, options])
    if (input === null) throw new TypeError("offline")
    if (input.cut) return { ok: true, text: () => Promise.reject(new TypeError("cut")) }
    return new Response(input.text, { status: input.status })
}
const question = { target: "x.org", answers: { a: true } }
const outcome = await checkTarget("/example/scope", question, { ask })
    .catch(({ code, message, hint }) => ({ code, message, hint }))
return { outcome, asked }
"""
CASES = {
    " https://shop.example.org/a/b?session=1#top ": (
        "https://shop.example.org",
        "https://shop.example.org/a/b",
    ),
    "shop.example.org:8443/a?b": ("shop.example.org:8443", "shop.example.org:8443/a"),
    "https://ada:secret@shop.example.org/a": (
        "https://shop.example.org",
        "https://shop.example.org/a",
    ),
    "https://shop.example.org@evil.example/a": ("https://evil.example", "https://evil.example/a"),
    "https://a@b@c.example": ("https://c.example", "https://c.example"),
    "https://shop.example.org\\a\\b": ("https://shop.example.org", "https://shop.example.org/a/b"),
    "HTTPS://Shop.Example.ORG?x": ("HTTPS://Shop.Example.ORG", "HTTPS://Shop.Example.ORG"),
    "http://[2001:db8::1]:80/x": ("http://[2001:db8::1]:80", "http://[2001:db8::1]:80/x"),
    "192.0.2.7#frag": ("192.0.2.7", "192.0.2.7"),
    "com.example.app": ("com.example.app", "com.example.app"),
    "android:com.example.app": ("android:com.example.app", "android:com.example.app"),
    "iOS:1234567": ("iOS:1234567", "iOS:1234567"),
    "https://apps.apple.com/us/app/shop/id1234567?l=nl": ("ios:1234567", "ios:1234567"),
    "https://play.google.com/store/apps/details?hl=nl&id=com.shop#x": (
        "android:com.shop",
        "android:com.shop",
    ),
    "https://play.google.com/store/apps/details?hl=nl": (
        "https://play.google.com",
        "https://play.google.com/store/apps/details",
    ),
    "bücher.example": ("bücher.example", "bücher.example"),
    "sftp://files.example:22/x": ("sftp://files.example:22", "sftp://files.example:22/x"),
}
UNCLEAR = ["", "  ", "?q=1", "/only/a/path", "a.example b.example", "my password is x",
           "x.org,y.org", "https://", "x" * 400, "data:text/html,<b>", "a=b", "x\ny"]  # fmt: skip
POLICY = {"version": 1, "sha256": "a" * 64}
VERDICT: dict[str, Any] = {
    "ruling": "in", "rule": None, "reason": "r", "code": "c", "target": "x.org", "questions": [],
    "nearest": [], "reward": None, "redirect": None,
}  # fmt: skip


def test_targets_are_cut_down_before_they_are_sent(node: Node) -> None:
    """User names, queries and fragments never leave the page; paths only where rules need them."""
    cut = node(CUT, [[text, paths] for text in CASES for paths in (False, True)])
    pairs = list(zip(cut[::2], cut[1::2], strict=True))
    assert pairs == list(CASES.values())


def test_what_is_not_one_address_is_not_sent(node: Node) -> None:
    """Sentences, lists and pasted data stay on the page."""
    answers = node(CUT, [[text, True] for text in UNCLEAR])
    assert answers == [{"code": "target-unclear"}] * len(UNCLEAR)


def test_secrets_in_a_target_stay_on_the_page(node: Node) -> None:
    """No user name, password, query or fragment of any address is ever part of what is sent."""
    words = st.text("abcdefghij0123456789", min_size=6, max_size=12)

    @settings(max_examples=4, phases=[Phase.generate], deadline=None)
    @given(st.lists(st.tuples(words, words, words), min_size=150, max_size=150))
    def law(rows: list[tuple[str, str, str]]) -> None:
        texts = [f"https://{a}Z:{b}Z@h.example/p?{c}Z=1#{a}Z" for a, b, c in rows]
        assert set(node(CUT, [[text, True] for text in texts])) == {"https://h.example/p"}

    law()


def test_a_verdict_comes_back(node: Node) -> None:
    """The question goes out as JSON without cookies or referrer, and the answer comes back."""
    body = {"verdict": VERDICT, "receipt": "a.b.c", "nonce": "bm8", "policy": POLICY}
    result = node(ASK, {"status": 200, "text": json.dumps(body)})
    assert result["outcome"] == body
    ((address, options),) = result["asked"]
    assert address == "/example/scope"
    assert json.loads(options["body"]) == {"target": "x.org", "answers": {"a": True}}
    assert options["method"] == "POST"
    assert options["credentials"] == "omit"
    assert options["referrerPolicy"] == "no-referrer"


@pytest.mark.parametrize(
    "change",
    [
        {"ruling": "maybe"},
        {"reason": None},
        {"questions": [{"id": 1, "text": "x"}]},
        {"questions": "none"},
        {"nearest": [1]},
        {"redirect": {"vendor": "V", "address": "javascript:alert(1)"}},
        {"redirect": {"vendor": "V", "address": "data:text/html,x"}},
        {"redirect": {"vendor": "V", "address": 1}},
        {"redirect": 1},
        {"rule": {"id": "r"}},
        {"rule": {"id": 1, "pattern": "x"}},
        {"rule": {"pattern": "x", "note": {}}},
    ],
)
def test_a_malformed_verdict_is_not_shown(node: Node, change: dict[str, Any]) -> None:
    """An answer of another shape, or a link that would run script, is refused."""
    body = {"verdict": VERDICT | change, "receipt": None, "nonce": None, "policy": POLICY}
    result = node(ASK, {"status": 200, "text": json.dumps(body)})
    assert result["outcome"]["code"] == "portal-unreachable"


@pytest.mark.parametrize(
    "change",
    [{"policy": None}, {"policy": {"version": "1", "sha256": "a"}}, {"verdict": None},
     {"policy": {"version": 1}}, {"receipt": 1}, {"nonce": {}}],
)  # fmt: skip
def test_an_answer_without_its_parts_is_not_shown(node: Node, change: dict[str, Any]) -> None:
    """Verdict, receipt, nonce and policy all have to be there, in their shapes."""
    body = {"verdict": VERDICT, "receipt": None, "nonce": None, "policy": POLICY} | change
    result = node(ASK, {"status": 200, "text": json.dumps(body)})
    assert result["outcome"]["code"] == "portal-unreachable"


def test_silence_and_errors_are_told_apart(node: Node) -> None:
    """No connection, an explained error and an unexplained one each get their own words."""
    assert node(ASK, None)["outcome"]["code"] == "portal-unreachable"
    assert node(ASK, {"cut": True})["outcome"]["code"] == "portal-unreachable"
    error = {"error": {"code": "slow-down", "message": "Too many.", "hint": "Wait."}}
    explained = node(ASK, {"status": 429, "text": json.dumps(error)})["outcome"]
    assert explained == error["error"]
    assert node(ASK, {"status": 500, "text": "oops"})["outcome"]["code"] == "portal-unreachable"
