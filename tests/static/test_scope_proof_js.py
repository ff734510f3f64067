"""A ruling counts only as the portal signed it, for the target it names."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.cases.report import Verdict
from portal.cases.signer import Signer, target_hash
from portal.policy import statement

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
Change = dict[str, Any]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NONCE = bytes(range(16))
NONCE_TEXT = base64.urlsafe_b64encode(NONCE).decode().rstrip("=")
POLICY = {"version": 4, "sha256": "a" * 64}
TARGET = "https://b\u00fccher.example"
RULE = {"id": "shop", "pattern": "*.shop.example", "line": 3, "note": None}
VERDICT: dict[str, Any] = {
    "ruling": "in", "rule": RULE, "reason": "r", "code": "included", "target": TARGET,
    "questions": [], "nearest": [], "reward": None, "redirect": None,
}  # fmt: skip
INVALID = VERDICT | {"ruling": "invalid", "rule": None, "code": "empty", "target": ""}
CLAIMS: dict[str, Any] = {
    "iss": "https://portal.example", "iat": 1, "program": "example",
    "target_hash": target_hash(NONCE, TARGET), "ruling": "in", "rule": "shop",
    "code": "included", "policy": POLICY,
}  # fmt: skip

PROVE = """
const { Prover } = await load("js/scope-proof.js")
const { KeysetRefused } = await load("js/errors.js")
const key = (text) => new Uint8Array(Buffer.from(text, "base64url"))
const outcomes = []
for (const { keys, answers } of input) {
    let fetched = 0
    const prover = new Prover(async () => {
        const text = keys[Math.min(fetched++, keys.length - 1)]
        if (text === null) throw new KeysetRefused("it is old")
        return { receiptKey: key(text), program: "example" }
    })
    const told = []
    for (const answer of answers) {
        const refused = ({ code, message, hint }) => ({ code, message, hint })
        told.push(await prover.prove(answer).then((same) => same === answer, refused))
    }
    outcomes.push({ told, fetched })
}
return outcomes
"""


def key_text(key: Ed25519PrivateKey) -> str:
    """The public half, as keysets carry it."""
    return statement.key_text(key.public_key())


def receipt(by: Ed25519PrivateKey = KEY, typ: str = statement.SCOPE_RECEIPT, **more: object) -> str:
    """Sign a scope receipt after a change to its claims."""
    return statement.sign(CLAIMS | more, key=by, typ=typ)


def answer(change: Change | None = None, **verdict: object) -> dict[str, Any]:
    """What the checker answers, after a change to it or to the verdict in it."""
    plain = {"receipt": receipt(), "nonce": NONCE_TEXT, "policy": POLICY}
    return plain | {"verdict": VERDICT | verdict} | (change or {})


def proved(node: Node, *answers: dict[str, Any]) -> list[Any]:
    """Hold answers against the receipt key, one after the other."""
    (outcome,) = node(PROVE, [{"keys": [key_text(KEY)], "answers": answers}])
    return list(outcome["told"])


def test_what_the_server_signs_is_proven(node: Node) -> None:
    """The server's own receipt fits its own answer, with a rule and without one."""
    program = SimpleNamespace(
        slug="example", policy_version=4, policy=SimpleNamespace(sha256=POLICY["sha256"])
    )
    signer = Signer(KEY, issuer="https://portal.example")
    ruled = [Verdict("in", "shop", "included", 4), Verdict("unknown", None, "unmentioned", 4)]
    by_server = [
        signer.scope_receipt(
            cast("Any", program),
            target=TARGET,
            verdict=verdict,
            nonce=NONCE,
            now=datetime(2026, 11, 22, tzinfo=UTC),
        )
        for verdict in ruled
    ]
    first = answer({"receipt": by_server[0]})
    second = answer({"receipt": by_server[1]}, ruling="unknown", rule=None, code="unmentioned")
    assert proved(node, first, second) == [True, True]


ALTERED = [
    answer(ruling="out"),
    answer(ruling="invalid"),
    answer(rule=None),
    answer(rule=RULE | {"id": "other"}),
    answer(code="other"),
    answer(target="https://evil.example"),
    answer({"policy": POLICY | {"version": 5}}),
    answer({"policy": POLICY | {"sha256": "b" * 64}}),
    answer({"nonce": NONCE_TEXT[:-1] + "A"}),
    answer({"nonce": "?"}),
    answer({"nonce": None}),
    answer({"receipt": None}),
    answer({"receipt": None, "nonce": None}),
    answer({"receipt": "a.b.c"}),
    answer({"receipt": receipt()[:-2] + "AA"}),
    answer({"receipt": receipt(by=OTHER)}),
    answer({"receipt": receipt(typ=statement.REPORT_RECEIPT)}),
    answer({"receipt": receipt(program="other")}),
    answer({"receipt": receipt(policy=None)}),
    answer({"receipt": receipt(policy="4")}),
    answer({"receipt": receipt(target_hash=target_hash(b"", TARGET)), "nonce": ""}),
    {"verdict": INVALID | {"rule": RULE}, "receipt": None, "nonce": None, "policy": POLICY},
    {
        "verdict": INVALID | {"redirect": {"vendor": "V", "address": "mailto:v@v.example"}},
        "receipt": None,
        "nonce": None,
        "policy": POLICY,
    },
    answer(redirect={"vendor": "V", "address": "mailto:v@v.example"}),
]


def test_an_answer_that_was_not_signed_so_is_not_trusted(node: Node) -> None:
    """Another ruling, rule, code, target, policy, program or key: the page says so."""
    for altered, told in zip(ALTERED, proved(node, *ALTERED), strict=True):
        assert told is not True, altered
        assert told["code"] == "verdict-unproven"
        assert "could not be trusted" in told["message"]
        assert told["hint"]


def test_what_names_no_target_needs_no_signature(node: Node) -> None:
    """An invalid target has no receipt, and no keyset is fetched for it."""
    bare = {"verdict": INVALID, "receipt": None, "nonce": None, "policy": POLICY}
    (outcome,) = node(PROVE, [{"keys": [None], "answers": [bare]}])
    assert outcome == {"told": [True], "fetched": 0}


def test_the_keyset_is_fetched_when_it_is_needed(node: Node) -> None:
    """Once for many answers, again when a receipt has a new key, and its faults are passed on."""
    old, new = answer(), answer({"receipt": receipt(by=OTHER)})
    cases: list[dict[str, Any]] = [
        {"keys": [key_text(KEY)], "answers": [old, old, old]},
        {"keys": [key_text(KEY), key_text(OTHER)], "answers": [old, new, new]},
        {"keys": [key_text(KEY)], "answers": [old, new]},
        {"keys": [key_text(KEY)], "answers": [new]},
        {"keys": [None], "answers": [old]},
    ]
    many, renewed, foreign, forged, none = node(PROVE, cases)
    assert many == {"told": [True, True, True], "fetched": 1}
    assert renewed == {"told": [True, True, True], "fetched": 2}
    assert foreign["told"][1]["code"] == "verdict-unproven"
    assert forged["fetched"] == 1
    assert none["told"][0]["code"] == "keyset-refused"
