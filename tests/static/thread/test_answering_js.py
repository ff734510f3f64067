"""Sending a message in the browser: in its turn, once, and never lost."""

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal import age
from portal.age import header
from portal.age.identities import HybridIdentity, X25519Identity, recipient_of
from portal.intake.token import Token
from portal.offline.thread.chain import Ground, Place, judge
from portal.policy import statement
from tests.actors import archive, seal

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

LOOKUP = "8f636c01ba70c1fe77a79f64e277c7f1512933b943bf6fee7df9f0101303d879"

ANSWER = """
const { answer } = await load("js/thread/answering.js")
const { PortalRefused, MessageUnanswered } = await load("js/errors.js")
const fault = {
    unanswered: () => new MessageUnanswered(),
    turn: () => new PortalRefused("no", { code: "message-out-of-turn", hint: "", status: 409 }),
    keys: () => new PortalRefused("no", { code: "keyset-outdated", hint: "", status: 409 }),
    large: () => new PortalRefused("no", { code: "too-large", hint: "", status: 413 }),
    bug: () => new TypeError("oops"),
}
const thread = (links) => links.map((link, at) => ({ link, place: { sequence: at + 1 } }))
return Promise.all(input.map(async ({ sends, reloads }) => {
    const turns = []
    const found = await answer(thread(["a"]), "start", {
        seal: async (turn) => {
            turns.push([turn.sequence, turn.previous])
            return { ...turn, link: `own-${turns.length}`, keyset: 1, envelopes: [] }
        },
        send: async () => {
            const said = sends.shift()
            if (said !== "kept") throw fault[said]()
        },
        reload: async () => {
            const links = reloads.shift()
            if (!links) throw new TypeError("away")
            return thread(links)
        },
    }).catch((error) => error.code ?? error.message)
    return { turns, found }
}))
"""
TURNS: dict[str, tuple[list[str], list[list[str] | None], list[list[object]], object]] = {
    "kept": (["kept"], [], [[2, "a"]], {"sequence": 2, "link": "own-1"}),
    "another came in between": (
        ["turn", "kept"], [["a", "b"]], [[2, "a"], [3, "b"]], {"sequence": 3, "link": "own-2"},
    ),
    "the keys changed": (
        ["keys", "kept"], [["a"]], [[2, "a"], [2, "a"]], {"sequence": 2, "link": "own-2"},
    ),
    "no answer, and it was kept": (
        ["unanswered"], [["a", "own-1"]], [[2, "a"]], {"sequence": 2, "link": "own-1"},
    ),
    "out of turn, because it was kept": (
        ["turn"], [["a", "own-1"]], [[2, "a"]], {"sequence": 2, "link": "own-1"},
    ),
    "no answer, and it was not kept": (["unanswered"], [["a"]], [[2, "a"]], "portal-unreachable"),
    "no answer to anything": (["unanswered"], [None], [[2, "a"]], "portal-unreachable"),
    "always out of turn": (
        ["turn"] * 9, [["a"]] * 9, [[2, "a"]] * 4, "message-out-of-turn",
    ),
    "refused": (["large"], [], [[2, "a"]], "too-large"),
    "broken": (["bug"], [], [[2, "a"]], "oops"),
}  # fmt: skip


def test_a_message_is_sent_in_its_turn(node: Node) -> None:
    """Signed anew when another came first, recognised when it was kept, given up when refused."""
    cases = [{"sends": list(sends), "reloads": reloads} for sends, reloads, _, _ in TURNS.values()]
    for (name, (_, _, turns, found)), told in zip(TURNS.items(), node(ANSWER, cases), strict=True):
        assert told == {"turns": turns, "found": found}, name


SEND = """
const { sendLetter, askThread } = await load("js/thread/thread-client.js")
const sent = []
const send = async (address, form) => {
    sent.push([address, [...form.keys()]])
    const answer = input.answers.shift()
    if (!answer) throw new TypeError("offline")
    return answer
}
const envelope = (role) => ({ role, length: 3, sha256: "ab", blob: new Blob(["abc"]) })
const letter = { lookup: "00", sequence: 2, keyset: 3,
    envelopes: [envelope("message"), envelope("files")] }
const pauses = []
const told = await sendLetter("https://p.example/status", letter, () => undefined,
    { send, pause: async (time) => pauses.push(time) })
    .then(() => "kept", ({ name, code }) => `${name} ${code}`)
return { told, sent, pauses: pauses.length }
"""
NO = {"status": 409, "text": json.dumps({"error": {"code": "no", "message": "No.", "hint": ""}})}


@pytest.mark.parametrize(
    ("answers", "told", "times"),
    [
        ([{"status": 201, "text": "{}"}], "kept", 1),
        ([None, {"status": 200, "text": "{}"}], "kept", 2),
        ([{"status": 503, "text": ""}, {"status": 201, "text": ""}], "kept", 2),
        ([NO], "PortalRefused no", 1),
        ([None, NO], "PortalRefused no", 2),
        ([{"status": 500, "text": "oops"}], "MessageUnanswered portal-unreachable", 1),
        ([None] * 4, "MessageUnanswered portal-unreachable", 4),
    ],
)
def test_the_same_bytes_are_sent_until_they_are_kept(
    node: Node, answers: list[Any], told: str, times: int
) -> None:
    """A bad line is tried again, a refusal is passed on, and doubt is called doubt."""
    answer = node(SEND, {"answers": answers})
    assert answer["told"] == told
    assert len(answer["sent"]) == times
    address, fields = answer["sent"][0]
    assert address == "https://p.example/status/message"
    assert fields == [
        "lookup", "sequence", "keyset", "reply", "message_length", "message_sha256",
        "files_length", "files_sha256", "message", "files",
    ]  # fmt: skip


def test_an_odd_list_of_messages_is_not_understood(node: Node) -> None:
    """Nothing is concluded from it."""
    script = """
    const { askThread } = await load("js/thread/thread-client.js")
    return Promise.all(input.map((raw) => askThread("https://p.example/status", "00", {
        ask: async () => new Response(JSON.stringify(raw)) })
        .then(({ messages }) => messages.length, ({ code }) => code)))
    """
    one = {"sequence": 1, "author": "staff", "at": "2026-11-22T09:30:00Z", "roles": ["message-1"]}
    sound = {"keyset_version": 1, "messages": [one]}
    changes = ({"sequence": 0}, {"author": "me"}, {"at": "soon"}, {"roles": "x"})
    odd: list[Any] = [
        None,
        [],
        {},
        {"messages": {}},
        *({"messages": [one | each]} for each in changes),
    ]
    answers = node(script, [sound, {"keyset_version": None, "messages": []}, *odd])
    assert answers == [1, 0] + ["portal-unreachable"] * len(odd)


COMPOSE = """
const { sealMessage } = await load("js/thread/composing.js")
const { signer } = await load("js/thread/message.js")
const { Token } = await load("js/token.js")
const files = input.files.map((text, at) => ({ name: `log ${at}.txt`, blob: new Blob([text]) }))
const slot = { report: "7k2m9-qx4dw", author: "reporter", sequence: 1,
    previous: "ab".repeat(32), keyset: 1 }
const said = { kind: "message", text: input.text, data: {} }
const { envelopes, link } = await sealMessage({ recipients: input.recipients, slot, said, files,
    now: 1795338000 }, signer(Token.parse(input.token).signingSeed))
return { link, envelopes: await Promise.all(envelopes.map(async ({ blob, ...rest }) => ({ ...rest,
    data: Buffer.from(await blob.arrayBuffer()).toString("base64") }))) }
"""


def unpacked(sealed: bytes, identity: str) -> dict[str, bytes]:
    """Open an age file and return what is in its archive."""
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(sealed), [identity], plain)
    plain.seek(0)
    with tarfile.open(fileobj=plain) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


@pytest.mark.parametrize("make", [X25519Identity, HybridIdentity])
def test_what_the_browser_seals_python_verifies(
    node: Node, make: type[X25519Identity | HybridIdentity]
) -> None:
    """Text, signature, link and files, whatever characters are in them."""
    token, staff = Token.mint(), make.generate()
    text = 'Zoë 😀 \u2028 \x07 <b> \\ " half \ud800 end'
    asked = {
        "token": token.text, "text": text, "files": ["one", ""],
        "recipients": [str(staff.recipient)],
    }  # fmt: skip
    made = node(COMPOSE, asked)
    message, files = (base64.b64decode(one["data"]) for one in made["envelopes"])
    opened = unpacked(message, staff.text)
    place = Place(1, "reporter", "00" * 32, opened)
    key = Ed25519PrivateKey.from_private_bytes(token.signing_seed).public_key()
    ground = Ground("7k2m9-qx4dw", "ab" * 32, statement.key_text(key), None, 1)
    (judged,) = judge([place], ground=ground)
    assert (judged.verdict, judged.link) == ("good", made["link"])
    assert judged.body is not None
    assert judged.body.text == text.replace("\ud800", "\ufffd")
    assert judged.body.files is not None
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(files), [staff.text], plain)
    assert hashlib.sha256(plain.getvalue()).hexdigest() == judged.body.files.sha256
    assert unpacked(files, staff.text) == {"log 0.txt": b"one", "log 1.txt": b""}


OWN = """
const { ownCopy } = await load("js/thread/own-copy.js")
const { Token } = await load("js/token.js")
const blob = new Blob([Buffer.from(input.data, "base64")])
const { start, pin, doubt, files } = await ownCopy(blob, Token.parse(input.token), "example")
return { start, pin, doubt: doubt !== "", opened: files !== null }
"""


def copy_of(token: Token, **changes: Any) -> bytes:
    """Seal a report as its reporter keeps it."""
    key = Ed25519PrivateKey.from_private_bytes(token.signing_seed).public_key()
    document = {
        "format": "portico/report/v1",
        "program": "example",
        "keyset": {"version": 3, "root": "cd" * 32},
        "reporter": {"recipient": None, "signing_key": statement.key_text(key)},
    }
    own = str(recipient_of(token.reply_identity("x25519")))
    return seal(archive({"report.json": json.dumps(document | changes).encode()}), (own,))


def test_ones_own_copy_pins_the_root(node: Node) -> None:
    """Root and keyset version as they were sealed, if it is this token's report; else a doubt."""
    token, other = Token.mint(), Token.mint()
    sound = copy_of(token)

    def looked(data: bytes, holder: Token = token) -> Any:
        return node(OWN, {"data": base64.b64encode(data).decode(), "token": holder.text})

    head = header.read(io.BytesIO(sound)).raw
    assert looked(sound) == {
        "start": hashlib.sha256(sound[len(head) :]).hexdigest(),
        "pin": {"root": "cd" * 32, "sealedTo": 3},
        "doubt": False,
        "opened": True,
    }
    assert looked(sound, other)["opened"] is False
    for change in (
        {"program": "other"},
        {"format": "x"},
        {"keyset": {"version": 0, "root": "cd" * 32}},
        {"keyset": {"version": 3, "root": "CD" * 32}},
        {"keyset": None},
        {"reporter": {"signing_key": "x"}},
        {"reporter": None},
    ):
        told = looked(copy_of(token, **change))
        assert (told["pin"], told["doubt"], told["opened"]) == (None, True, True), change
    issued = looked(sound, Token.issue())
    assert (issued["pin"], issued["doubt"], issued["opened"]) == (None, True, False)
