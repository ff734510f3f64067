"""The token in the browser: the same answers as in Python, over the same vectors."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.errors import MalformedToken
from portal.intake.token import Token

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
VECTOR_FILE = Path(__file__).resolve().parents[1] / "vectors" / "token.json"
VECTORS: dict[str, Any] = json.loads(VECTOR_FILE.read_text("utf-8"))

READ = """
const { Token } = await load("js/token.js")
const kinds = ["mlkem768x25519", "x25519"]
const refusal = (act) => { try { return { value: act() } } catch (error) {
    return { name: error.name, code: error.code, reason: error.reason, group: error.group,
             hint: error.hint, message: error.message } } }
return input.map((text) => refusal(() => {
    const token = Token.parse(text)
    const keys = kinds.map((kind) => refusal(() => token.replyIdentity(kind)))
    const seed = refusal(() => Buffer.from(token.signingSeed).toString("hex"))
    return { text: token.text, version: token.version, lookup: token.lookup,
             stored: token.stored, keys, seed, printed: JSON.stringify(token) + String(token) }
}))
"""


def test_a_token_derives_the_same_in_both_languages(node: Node) -> None:
    """Text, lookup value, stored hash, identities and signing seed agree with the vectors."""
    rows = VECTORS["tokens"]
    for row, answer in zip(rows, node(READ, [row["text"] for row in rows]), strict=True):
        token = answer["value"]
        assert {key: token[key] for key in ("text", "version", "lookup", "stored")} == {
            key: row[key] for key in ("text", "version", "lookup", "stored")
        }
        assert row["secret"] not in token["printed"]
        if row["version"] == 0:
            assert [key["value"] for key in token["keys"]] == [
                row["reply_mlkem768x25519"]["identity"],
                row["reply_x25519"]["identity"],
            ]
            assert token["seed"]["value"] == row["signing_seed"]
        else:
            assert {key["code"] for key in [*token["keys"], token["seed"]]} == {"identity-refused"}


def test_a_token_is_read_as_people_type_it(node: Node) -> None:
    """Case, spaces, hyphens of any kind, and O, I and L for 0 and 1 make no difference."""
    answers = node(READ, [row["input"] for row in VECTORS["typed"]])
    assert [answer["value"]["text"] for answer in answers] == [
        row["text"] for row in VECTORS["typed"]
    ]


def test_mistakes_are_named_with_the_same_words(node: Node) -> None:
    """Reason, group, message and hint of every malformed token equal those of Python."""
    answers = node(READ, [row["input"] for row in VECTORS["malformed"]])
    for row, answer in zip(VECTORS["malformed"], answers, strict=True):
        with pytest.raises(MalformedToken) as refusal:
            Token.parse(row["input"])
        assert answer == {
            "name": "MalformedToken",
            "code": "malformed-token",
            "reason": row["reason"],
            "group": row["group"],
            "hint": row["hint"],
            "message": refusal.value.message,
        }, row["why"]


def test_the_secret_is_out_of_reach(node: Node) -> None:
    """A token in the browser shows its secret to no printer and no serialiser."""
    script = """
    const { Token } = await load("js/token.js")
    const { inspect } = await import("node:util")
    const token = Token.parse(input)
    return [JSON.stringify(token), inspect(token, { showHidden: true }), Object.keys(token)]
    """
    printed, inspected, keys = node(script, VECTORS["tokens"][0]["text"])
    assert keys == ["version"]
    assert printed == '{"version":0}'
    assert VECTORS["tokens"][0]["secret"] not in inspected


def test_fresh_tokens_differ_and_any_slip_is_caught(node: Node) -> None:
    """Minted tokens are random; one to four random slips never give another token."""
    script = """
    const { Token } = await load("js/token.js")
    const { ALPHABET } = await load("js/crockford.js")
    const { randomInt } = await import("node:crypto")
    const minted = new Set()
    let slipped = 0
    for (let round = 0; round < 400; round += 1) {
        const token = Token.mint()
        minted.add(token.text)
        const symbols = [...token.text.replaceAll("-", "")]
        for (let mistakes = 1 + (round % 4); mistakes > 0; mistakes -= 1) {
            const place = mistakes * 7 - randomInt(7)
            const value = ALPHABET.indexOf(symbols[place])
            symbols[place] = ALPHABET[(value + 1 + randomInt(31)) % 32]
        }
        try { Token.parse(symbols.join("")); slipped += 1 } catch { /* as promised */ }
    }
    return { minted: minted.size, slipped }
    """
    assert node(script) == {"minted": 400, "slipped": 0}
