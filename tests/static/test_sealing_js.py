"""Sealing in the browser: anyone's age opens it, nobody's mixture of keys is taken."""

import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal import age
from portal.age import header
from portal.intake.token import Token

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

KEYS = """
const { generateHybridIdentity, generateX25519Identity, identityToRecipient } =
    await load("vendor/age.js")
const make = input === "hybrid" ? generateHybridIdentity : generateX25519Identity
const identity = await make()
return { identity, recipient: await identityToRecipient(identity) }
"""
SEAL = """
const { sealReport } = await load("js/sealing-job.js")
const { reportDocument } = await load("js/report-document.js")
const document = reportDocument({
    program: "example", policy: { version: 1, sha256: "aa" }, keyset: { version: 1, root: "bb" },
    build: "b", kind: "report", flags: { exposed: false, exploited: false },
    target: { text: "x.org", normalised: "x.org", nonce: null, verdict: null,
    answers: {}, receipt: null }, fields: { title: "A find", steps: "one\\ntwo" },
    conduct: { attested: [], used: [] }, reporter: { recipient: null, signing_key: "k" },
    written_at: "2026-11-22T09:00:00Z" })
const words = { program: "Example", sections: [], clauses: {} }
const files = input.files.map(({ name, data }) => ({ name, blob: new Blob(
    [Buffer.from(data, "base64")], { type: "text/plain" }) }))
const told = []
const envelopes = await sealReport({ recipients: input.recipients, document, words, files,
    now: 1795338000 }, (done, total) => told.push([done, total]))
return { told, envelopes: await Promise.all(envelopes.map(async ({ blob, ...rest }) => (
    { ...rest, data: Buffer.from(await blob.arrayBuffer()).toString("base64") }))) }
"""
FILES = {"log.txt": b"line\n" * 30_000, "proof.py": b"print(1)\n"}


def keys(node: Node, kind: str) -> dict[str, str]:
    """Make an identity and its recipient with the browser's library."""
    return dict(node(KEYS, kind))


def sealed(node: Node, recipients: list[str], files: dict[str, bytes]) -> dict[str, Any]:
    """Seal a report with the job that the worker does."""
    listed = [
        {"name": name, "data": base64.b64encode(data).decode()} for name, data in files.items()
    ]
    return dict(node(SEAL, {"recipients": recipients, "files": listed}))


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Unpack an opened envelope."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


def by_python(data: bytes, identity: str) -> bytes:
    """Open an age file with Portico's own module."""
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(data), [identity], sink)
    return sink.getvalue()


def by_command(data: bytes, identity: str, folder: Path) -> bytes:
    """Open an age file with the `age` command."""
    program = shutil.which("age")
    if program is None:
        pytest.fail("the age command is needed for this test")
    (folder / "key.txt").write_text(identity + "\n", "utf-8")
    (folder / "report.age").write_bytes(data)
    command = [program, "-d", "-i", str(folder / "key.txt"), str(folder / "report.age")]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("kind", ["hybrid", "classic"])
def test_every_recipient_opens_what_was_sealed(node: Node, kind: str, tmp_path: Path) -> None:
    """Each of several recipients opens both envelopes, by Python and (classic) by age itself."""
    pairs = [keys(node, kind), keys(node, kind)]
    answer = sealed(node, [pair["recipient"] for pair in pairs], FILES)
    report, attachments = answer["envelopes"]
    assert (report["role"], attachments["role"]) == ("report", "attachments")
    for pair in pairs:
        archive = by_python(base64.b64decode(attachments["data"]), pair["identity"])
        assert unpacked(archive) == FILES
        opened = unpacked(by_python(base64.b64decode(report["data"]), pair["identity"]))
        assert list(opened) == ["report.json", "report.md"]
        named = json.loads(opened["report.json"])["attachments"]
        assert named["sha256"] == hashlib.sha256(archive).hexdigest()
        assert named["length"] == len(archive)
        assert [one["name"] for one in named["files"]] == list(FILES)
        if kind == "classic":
            raw = base64.b64decode(report["data"])
            assert unpacked(by_command(raw, pair["identity"], tmp_path)) == opened


def test_hashes_and_lengths_are_those_of_the_file(node: Node) -> None:
    """Whole file, header and payload have the announced length and SHA-256."""
    pair = keys(node, "hybrid")
    for envelope in sealed(node, [pair["recipient"]], FILES)["envelopes"]:
        data = base64.b64decode(envelope["data"])
        head = header.read(io.BytesIO(data)).raw
        assert envelope["length"] == len(data)
        assert envelope["sha256"] == hashlib.sha256(data).hexdigest()
        assert envelope["headerSha256"] == hashlib.sha256(head).hexdigest()
        assert envelope["payloadSha256"] == hashlib.sha256(data[len(head) :]).hexdigest()


def test_short_reports_all_have_one_size(node: Node) -> None:
    """A report without files is one envelope, and its size does not give its length away."""
    pair = keys(node, "hybrid")
    answer = sealed(node, [pair["recipient"]], {})
    (report,) = answer["envelopes"]
    payload = 16 + 16384 + 16
    assert report["length"] - payload == len(
        header.read(io.BytesIO(base64.b64decode(report["data"]))).raw
    )
    document = json.loads(
        unpacked(by_python(base64.b64decode(report["data"]), pair["identity"]))["report.json"]
    )
    assert document["attachments"] is None


def test_progress_ends_at_the_whole(node: Node) -> None:
    """Progress grows, and its last word is that everything is done."""
    told = sealed(node, [keys(node, "classic")["recipient"]], FILES)["told"]
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]


def test_bad_recipient_sets_are_refused(node: Node) -> None:
    """Nobody, mixtures, doubles, strangers and more than 64 keys are refused before sealing."""
    script = """
    const { seal } = await load("js/sealing.js")
    return await Promise.all(input.map(async (recipients) => {
        const stream = new Blob([new Uint8Array(16384)]).stream()
        return await seal({ length: 16384, stream }, recipients).then(
            () => "sealed", (error) => `${error.code}: ${error.message}`)
    }))
    """
    vectors = Path(__file__).resolve().parents[1] / "vectors" / "keysets" / "recipients.json"
    known = json.loads(vectors.read_text("utf-8"))
    hybrid, classic = known["hybrid"], known["classic"]
    answers = node(
        script,
        [
            hybrid,
            classic,
            [hybrid[0], classic[0]],
            [],
            [classic[0], classic[0]],
            [classic[0].upper()],
            [classic[0][:-1] + "q"],
            ["age1tag1qqqq"],
            [hybrid[0]] * 65,
        ],
    )
    assert answers[:2] == ["sealed", "sealed"]
    assert all(answer.startswith("sealing-refused: ") for answer in answers[2:]), answers
    assert "cannot be used together" in answers[2]


def test_the_reporter_opens_their_own_copy(node: Node) -> None:
    """A report sealed also to the token's reply key opens with the token, and no other does."""
    script = """
    const { identityToRecipient } = await load("vendor/age.js")
    const { Token } = await load("js/token.js")
    const { openEnvelope } = await load("js/opening.js")
    const { seal } = await load("js/sealing.js")
    const { archive } = await load("js/archive.js")
    const token = Token.parse(input.token)
    const other = Token.mint()
    const answers = []
    for (const kind of ["mlkem768x25519", "x25519"]) {
        const recipient = await identityToRecipient(token.replyIdentity(kind))
        const bytes = new TextEncoder().encode("mine")
        const entry = { name: "a.txt", size: 4, stream: () => new Blob([bytes]).stream() }
        const { stream } = await seal(archive([entry], { now: 0 }), [recipient])
        const envelope = await new Response(stream).blob()
        const [file] = await openEnvelope(envelope, token)
        answers.push(recipient, file.name, new TextDecoder().decode(file.bytes))
        answers.push(await openEnvelope(envelope, other).catch((error) => error.code))
        const cut = envelope.slice(0, envelope.size - 1)
        answers.push(await openEnvelope(cut, token).catch((error) => error.code))
    }
    const text = new Blob(["not an age file"])
    answers.push(await openEnvelope(text, token).catch((error) => error.code))
    return answers
    """
    token = Token.mint()
    answers = node(script, {"token": token.text})
    kept = ["a.txt", "mine", "identity-refused", "identity-refused"]
    assert answers[1:5] == kept
    assert answers[6:10] == kept
    assert answers[10] == "archive-refused"
    sink = io.BytesIO()
    age.encrypt(io.BytesIO(b"hello"), [answers[0]], sink)
    assert by_python(sink.getvalue(), token.reply_identity("mlkem768x25519")) == b"hello"


def test_the_browser_can_rehearse(node: Node) -> None:
    """The self-test that unlocks the form seals and opens a few bytes."""
    assert node('return await (await load("js/sealing-job.js")).rehearse()') is None


def test_large_files_take_constant_memory(node: Node) -> None:
    """Sealing 64 MB never holds a large part of it in script memory."""
    script = """
    const { archive } = await load("js/archive.js")
    const { seal, hashing } = await load("js/sealing.js")
    const { chunksOf, streamOf } = await load("js/streams.js")
    const size = 64 * 1024 * 1024
    async function* zeros() { for (let at = 0; at < size; at += 65536) yield new Uint8Array(65536) }
    const entry = { name: "big.bin", size, stream: () => streamOf(zeros()) }
    const { length, stream } = archive([entry], { now: 0 })
    const file = await seal({ length, stream: hashing(stream).stream }, input)
    const before = process.memoryUsage()
    let [sealedLength, peak, chunks] = [0, 0, 0]
    for await (const chunk of chunksOf(file.stream)) {
        sealedLength += chunk.length
        if ((chunks += 1) % 64 === 0) {
            const { arrayBuffers } = process.memoryUsage()
            peak = Math.max(peak, arrayBuffers - before.arrayBuffers)
        }
    }
    return { exact: sealedLength === file.length, peak }
    """
    answer = node(script, [keys(node, "hybrid")["recipient"]])
    assert answer["exact"]
    assert answer["peak"] < 32 * 2**20
