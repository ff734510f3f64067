"""The thread in the browser: the same bytes and the same verdicts as in Python."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.age.identities import HybridIdentity, X25519Identity
from portal.intake.by_hand import OWN_KEY
from portal.offline.thread import agreement_text, verdicts
from portal.offline.thread.body import Body
from portal.offline.thread.chain import Ground, Place, judge
from portal.offline.thread.message import Author
from portal.offline.thread.own_key import own_key
from portal.policy.keyset import Keyset

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors" / "messages.json").read_text("utf-8")
)

AGREEMENTS = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors" / "agreements.json").read_text("utf-8")
)

SIGN = """
const { signedLines, linkOf, messageJson, parseMessage, isSigned, signer } =
    await load("js/thread/message.js")
const text = (bytes) => new TextDecoder().decode(bytes)
return input.map(({ heading, seed }) => {
    const signed = signer(Buffer.from(seed, "hex"))(signedLines(heading))
    const json = messageJson({ heading, ...signed })
    return { lines: text(signedLines(heading)), link: linkOf(heading), ...signed,
        message_json: text(json), whole: isSigned(parseMessage(json)) }
})
"""
BODIES = """
const { bodyJson, bodyHash, parseBody } = await load("js/thread/body.js")
return input.map((text) => {
    try {
        const bytes = new TextEncoder().encode(text)
        const body = parseBody(bytes)
        return { content: new TextDecoder().decode(bodyJson(body)), sha256: bodyHash(bytes) }
    } catch (error) {
        return error.code ?? String(error)
    }
})
"""
JUDGE = """
const { judge } = await load("js/thread/chain.js")
const { accord, agreed, unheeded } = await load("js/thread/agreements.js")
const { told } = await load("js/thread/agreement-words.js")
const { quoted } = await load("js/markdown.js")
const { headline, DETAILS } = await load("js/thread/verdicts.js")
const { readKeyset } = await load("js/keyset.js")
const { root, program, ground } = input.vectors
const keysets = new Map(Object.values(input.vectors.keysets).map((text) => {
    const keyset = readKeyset(text, { root, program })
    return [keyset.version, keyset]
}))
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"))
return input.threads.map((thread) => {
    const places = thread.places.map(({ sequence, author, payload_sha256, files }) => ({
        sequence, author, payloadSha256: payload_sha256, files: files &&
            new Map(Object.entries(files).map(([name, data]) => [name, bytes(data)])) }))
    const { sealed_to, ...known } = { ...ground, ...thread.ground }
    const judged = judge(places, { keysets, ...known, sealedTo: sealed_to })
    return {
        reasons: judged.map(({ reason }) => reason),
        verdicts: judged.map(({ verdict }) => verdict),
        agreed: agreed(judged),
        unheeded: unheeded(judged),
        told: ["staff", "reporter"].map((reader) =>
            told(judged, reader, { day: (date) => date, name: quoted })),
        accord: accord(judged),
        words: judged.map(({ reason, place, signer }) => ["reporter", "staff"].map((reader) =>
            headline(reason, { author: place.author, role: signer?.role ?? null, reader }))
            .concat(DETAILS[reason])),
    }
})
"""
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


KEYSETS_KNOWN = VECTORS["keysets"].items()


def placed(raw: dict[str, Any]) -> Place:
    """Read a place of a thread for Python."""
    files = raw["files"] and {name: text.encode() for name, text in raw["files"].items()}
    return Place(raw["sequence"], raw["author"], raw["payload_sha256"], files)


def in_base64(thread: dict[str, Any]) -> dict[str, Any]:
    """Write the files of a thread so that any bytes fit into JSON."""
    from base64 import b64encode

    def written(text: str | bytes) -> str:
        return b64encode(text if isinstance(text, bytes) else text.encode()).decode()

    places = [
        place | {"files": place["files"] and {n: written(t) for n, t in place["files"].items()}}
        for place in thread["places"]
    ]
    return thread | {"places": places}


def judged(node: Node, threads: list[dict[str, Any]]) -> Any:
    """Judge threads with the browser's modules."""
    known = {name: VECTORS[name] for name in ("root", "program", "ground", "keysets")}
    return node(JUDGE, {"vectors": known, "threads": [in_base64(one) for one in threads]})


def test_headings_are_signed_as_in_the_vectors(node: Node) -> None:
    """Lines, link, signature and file, byte for byte."""
    for found, one in zip(node(SIGN, VECTORS["signing"]), VECTORS["signing"], strict=True):
        assert found.pop("whole") is True
        assert found == {name: one[name] for name in found}


def test_bodies_are_written_as_in_the_vectors(node: Node) -> None:
    """Byte for byte, and hashed alike."""
    texts = [one["content"] for one in VECTORS["bodies"]]
    expected = [{"content": one["content"], "sha256": one["sha256"]} for one in VECTORS["bodies"]]
    assert node(BODIES, texts) == expected


def test_odd_bodies_are_refused(node: Node) -> None:
    """Signed or not: what cannot be understood is not shown as if it were."""
    sound = json.loads(Body("message", "Hello.", AT).content)
    changes: list[dict[str, Any]] = [
        {"format": "portico/message-body/v2"},
        {"kind": "poke"},
        {"kind": ["message"]},
        {"kind": "constructor"},
        {"text": None},
        {"at": "2026-11-22"},
        {"at": "2026-02-30T09:30:00Z"},
        {"at": "2026-11-22T24:00:00Z"},
        {"data": []},
        {"files": {}},
        {"files": {"length": 0, "sha256": "ab" * 32, "files": []}},
        {"files": {"length": 1, "sha256": "ab" * 32, "files": [{"name": "a"}]}},
        {"files": {"length": 1, "sha256": "no", "files": []}},
        {"more": 1},
    ]
    odd = [json.dumps(sound | change) for change in changes] + ["", "[]", "3", "[" * 5000]
    assert node(BODIES, odd) == ["archive-refused"] * len(odd)


def test_threads_are_judged_as_in_the_vectors(node: Node) -> None:
    """Forged, missing, moved, wrong author, no such key, retired key; and what was agreed."""
    for found, raw in zip(judged(node, VECTORS["threads"]), VECTORS["threads"], strict=True):
        told = {name: found[name] for name in ("reasons", "agreed", "unheeded", "accord")}
        assert told == {name: raw[name] for name in told}, raw["name"]
        expected = [verdicts.VERDICTS[reason] for reason in raw["reasons"]]
        assert found["verdicts"] == expected


def test_two_sides_agree_as_in_the_vectors(node: Node) -> None:
    """S1-20: forged, moved, stale and own answers say nothing, in the browser as in Python."""
    threads = AGREEMENTS["threads"]
    assert len(threads) > 30
    for found, raw in zip(judged(node, threads), threads, strict=True):
        assert found["reasons"] == raw["reasons"], raw["name"]
        asked, answer = found["accord"]["proposal"], found["accord"]["answer"]
        told = {
            "state": found["accord"]["state"],
            "proposal": asked and asked["sequence"],
            "answer": answer and answer["sequence"],
            "date": asked and asked["value"],
            "unheeded": [word["sequence"] for word in found["unheeded"]],
        }
        assert told == {name: raw[name] for name in told}, raw["name"]


def test_what_was_agreed_is_told_in_the_same_words(node: Node) -> None:
    """On the pages and at a terminal, to either side."""
    threads = [*AGREEMENTS["threads"], *VECTORS["threads"]]
    known = {int(n): Keyset.read(text, root=VECTORS["root"]) for n, text in KEYSETS_KNOWN}
    for found, raw in zip(judged(node, threads), threads, strict=True):
        ground = Ground(**{"keysets": known, **VECTORS["ground"], **raw["ground"]})
        thread = judge(map(placed, raw["places"]), ground=ground)
        sides: tuple[Author, ...] = ("staff", "reporter")
        expected = [list(agreement_text.told(thread, reader=side)) for side in sides]
        assert found["told"] == expected, raw["name"]


def test_a_message_of_a_kind_is_named_above_its_text(node: Node) -> None:
    """What is not theirs to say is said to count for nothing; whatever they wrote is text."""
    script = """
    const { kindWords } = await load("js/thread/agreement-words.js")
    return input.map(([author, kind, data]) =>
        kindWords({ place: { author }, body: { kind, data } }))
    """
    told = node(
        script,
        [
            ["staff", "message", {}],
            ["reporter", "publication-proposed", {"date": "2027-01-31", "proposal": 3}],
            ["staff", "publication-agreed", {"proposal": 4}],
            ["reporter", "credit", {"name": "a\u202eb"}],
            ["reporter", "credit", {"name": None}],
            ["reporter", "attestation", {"clause": "purged", "text": "Gone."}],
            ["staff", "decision", {"answer": "no", "factors": {}}],
            ["reporter", "completion", {"fields": {}}],
            ["staff", "withdrawal", {}],
            ["reporter", "decision", {"answer": "yes", "factors": {}}],
        ],
    )
    nothing = "not theirs to say, so it counts for nothing"
    assert told == [
        None,
        "Proposal to publish: Sunday 31 January 2027",
        "Publication agreed: as message 4 proposes",
        "How to be named: a<U+202E>b",
        "How to be named: not at all",
        "What has become of the data: it is purged",
        "Decision about a reward: no reward is given",
        "More answers to the form",
        f"The report is withdrawn: {nothing}",
        f"Decision about a reward: {nothing}",
    ]


def test_each_kind_carries_exactly_this(node: Node) -> None:
    """The same members, bounds and days as in Python."""
    script = """
    const { fits } = await load("js/thread/body-data.js")
    return input.map(({ kind, data }) => fits(kind, JSON.parse(data)))
    """
    found = node(script, AGREEMENTS["data"])
    wrong = [
        raw for raw, sound in zip(AGREEMENTS["data"], found, strict=True) if sound != raw["sound"]
    ]
    assert wrong == []


def test_the_words_are_those_of_python(node: Node) -> None:
    """Whoever reads, in the browser or at a terminal."""
    roles = {1: "Security officer", 2: "handler"}
    for found, raw in zip(judged(node, VECTORS["threads"]), VECTORS["threads"], strict=True):
        for place, reason, words in zip(raw["places"], raw["reasons"], found["words"], strict=True):
            role = next((one for one in roles.values() if f"({one})" in words[0]), None)
            readers = ("reporter", "staff")
            expected = [
                verdicts.headline(reason, author=place["author"], role=role, reader=reader)  # type: ignore[arg-type]
                for reader in readers
            ]
            assert words == [*expected, verdicts.DETAILS[reason]]


@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_any_changed_byte_is_found(node: Node, data: st.DataObject) -> None:
    """One byte of one file of one message, whichever and however it is changed."""
    sound = VECTORS["threads"][0]
    changed, spots = [], []
    for _ in range(25):
        places = [dict(one) for one in sound["places"]]
        at = data.draw(st.integers(0, len(places) - 1))
        name = data.draw(st.sampled_from(sorted(places[at]["files"])))
        content = bytearray(places[at]["files"][name].encode())
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        places[at] = places[at] | {"files": places[at]["files"] | {name: bytes(content)}}
        changed.append(sound | {"places": places})
        spots.append(at)
    for found, at in zip(judged(node, changed), spots, strict=True):
        assert found["verdicts"][at] == "forged"


def test_a_thread_that_goes_back_in_time_is_noticed(node: Node) -> None:
    """Fewer messages than before, or another last one; a longer thread is only news."""
    script = """
    const { ThreadMemory } = await load("js/thread/memory.js")
    const thread = (links) => links.map((link, at) => ({ link, place: { sequence: at + 1 } }))
    return input.map((visits) => {
        const memory = new ThreadMemory()
        return visits.map(([report, links]) => memory.lost(report, thread(links)))
    })
    """
    visits = [
        [["r", ["a", "b"]], ["r", ["a", "b"]], ["r", ["a", "b", "c"]]],
        [["r", ["a", "b"]], ["r", ["a"]], ["r", ["a", "b"]]],
        [["r", ["a", "b"]], ["r", ["a", "x"]], ["s", ["y"]]],
        [["r", ["a"]], ["r", []]],
    ]
    assert node(script, visits) == [
        [False, False, False],
        [False, True, False],
        [False, True, False],
        [False, True],
    ]


KEYSETS = """
const { keysetsOf } = await load("js/thread/keysets.js")
const { PortalRefused, PortalUnreachable } = await load("js/errors.js")
const fetched = async (address) => {
    const answer = input.answers[address]
    if (answer === undefined) throw new PortalUnreachable("away")
    if (typeof answer === "number") {
        throw new PortalRefused("no", { code: "no", hint: "", status: answer })
    }
    return answer
}
const pinned = { program: "example", root: input.root, keysetAddress: "/k" }
return keysetsOf(input.versions, pinned, fetched)
    .then((found) => [...found.keys()], ({ code }) => code)
"""


@pytest.mark.parametrize(
    ("answers", "versions", "expected"),
    [
        ({"/k?version=1": "1", "/k?version=2": "2"}, [2, 1, 2], [2, 1]),
        ({"/k?version=1": "1", "/k?version=2": 404}, [1, 2], [1]),
        ({"/k?version=1": "2"}, [1], []),
        ({"/k?version=1": "forged"}, [1], []),
        ({"/k?version=1": "1"}, [1, 2], "portal-unreachable"),
        ({"/k?version=1": 503}, [1], "no"),
    ],
)
def test_only_keysets_of_the_pinned_root_count(
    node: Node, answers: dict[str, Any], versions: list[int], expected: object
) -> None:
    """A missing or foreign one is left out; a portal that is away proves nothing and is said."""
    texts = {**VECTORS["keysets"], "forged": "a.b.c"}
    served = {at: texts[one] if isinstance(one, str) else one for at, one in answers.items()}
    asked = {"answers": served, "versions": versions, "root": VECTORS["root"]}
    assert node(KEYSETS, asked) == expected
    if expected == [2, 1]:
        assert node(KEYSETS, asked | {"root": "00" * 32}) == []


def test_the_key_to_answer_to_is_found_as_in_python(node: Node) -> None:
    """In a report that was sealed by hand; a doubtful one is not used."""
    keys = [str(make.generate().recipient) for make in (X25519Identity, HybridIdentity)]
    texts = [
        *(f"x\n{OWN_KEY} {key}\ny" for key in keys),
        *(f"{OWN_KEY}\n\n`{key}`" for key in keys),
        OWN_KEY,
        f"{OWN_KEY} {keys[0][:-1]}q",
        f"{OWN_KEY} {keys[0]}\n{OWN_KEY} {keys[1]}",
        keys[0],
        "",
    ]
    script = 'const { ownKey } = await load("js/thread/own-key.js"); return input.map(ownKey)'
    assert node(script, texts) == [own_key(text) for text in texts]
