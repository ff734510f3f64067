"""The vault: it holds an identity, opens, signs and seals with it, and never lets it out."""

import base64
import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from portal import age
from portal.offline import key_files
from portal.offline.identity import SIGNING_PREFIX, StaffIdentity, root_text, secret_text
from portal.policy import statement
from tests.actors import archive, seal

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WORKER = """
const said = []
let hear
globalThis.self = {
    addEventListener: (name, heard) => { hear = heard },
    postMessage: (message) => said.push(message),
}
await load("js/desk/vault-worker.js")
const blob = (text) => new Blob([Buffer.from(text, "base64")])
const order = async (data) => {
    await hear({ data: { id: 1, ...data } })
    const { kind, answer, code } = said.at(-1)
    return kind === "done" ? answer : code
}
const plain = async (value) => JSON.parse(JSON.stringify(value, (key, one) =>
    one instanceof Uint8Array ? Buffer.from(one).toString("base64") : one))
"""


def text(data: bytes) -> str:
    """Write bytes for JSON."""
    return base64.b64encode(data).decode()


def file_of(identity: StaffIdentity) -> str:
    """Return an identity file as the page would hand it in."""
    return text(identity.file_text(made=NOW).encode())


@pytest.mark.parametrize("classic", [True, False], ids=["classic", "hybrid"])
@pytest.mark.parametrize("passphrase", [None, "a b c"], ids=["plain", "locked"])
def test_an_identity_file_is_read_as_keygen_writes_it(
    node: Node, classic: bool, passphrase: str | None
) -> None:
    """Both kinds of keys, with and without a passphrase: the card of the command line comes out."""
    ada = StaffIdentity.generate("Ada", classic=classic)
    content = ada.file_text(made=NOW)
    file = key_files.locked(content, passphrase, work_factor=10) if passphrase else content.encode()
    script = (
        WORKER
        + """
    const first = await order({ kind: "unlock", file: blob(input.file), passphrase: null })
    if (input.passphrase === null) return [null, "none", first]
    const wrong = await order({ kind: "unlock", file: blob(input.file), passphrase: "x" })
    return [first, wrong, await order({ kind: "unlock", file: blob(input.file),
        passphrase: input.passphrase })]
    """
    )
    first, wrong, card = node(script, {"file": text(file), "passphrase": passphrase})
    assert first is None
    assert wrong == ("identity-refused" if passphrase else "none")
    expected = json.loads(ada.card_text())
    assert card == {name: expected[name] for name in ("name", "recipient", "signing")}


def test_what_is_no_identity_is_refused(node: Node) -> None:
    """A root key, two keys, a damaged key, a picture: none of them is taken for an identity."""
    ada = StaffIdentity.generate("Ada", classic=True)
    good = ada.file_text(made=NOW)
    root = root_text(ada.signing, made=NOW)
    files = {
        "root": root.encode(),
        "two": (good + ada.opening.text + "\n").encode(),
        "none": b"# nothing\n",
        "cut": good[:-6].encode(),
        "signing": good.replace(secret_text(SIGNING_PREFIX, ada.signing)[-8:], "QQQQQQQQ").encode(),
        "picture": b"\x89PNG\r\n\x1a\n\xff\xfe",
        "armour": b"-----BEGIN AGE ENCRYPTED FILE-----\nx\n",
        "large": b"#" * (1024 * 1024 + 1),
    }
    script = (
        WORKER
        + """
    const answers = {}
    for (const [name, file] of Object.entries(input)) {
        answers[name] = await order({ kind: "unlock", file: blob(file), passphrase: "x" })
    }
    return answers
    """
    )
    answers = node(script, {name: text(file) for name, file in files.items()})
    assert answers == dict.fromkeys(files, "identity-refused")


def test_nothing_of_an_identity_is_ever_posted(node: Node) -> None:
    """Opened, signed, sealed, shared, refused: no answer of the worker carries a secret."""
    ada = StaffIdentity.generate("Ada", classic=True)
    recipients = [str(ada.opening.recipient)]
    sealed = seal(archive({"report.json": b"{}", "report.md": b"Hello."}), tuple(recipients))
    script = (
        WORKER
        + """
    const { to } = input
    const job = { recipients: to, slot: { report: "aaaaa-bbbbb", author: "staff", sequence: 1,
        previous: "0".repeat(64), keyset: 1 }, said: { kind: "message", text: "Hi.", data: {} },
        files: [], now: 1795338000 }
    const memo = { report: "aaaaa-bbbbb", kind: "note", content: { text: "n" }, now: 1795338000 }
    const lines = new TextEncoder().encode("portico/message/v1\\nx\\n")
    const work = [
        { kind: "unlock", file: blob(input.file), passphrase: null },
        { kind: "open", file: blob(input.sealed) },
        { kind: "sign", lines },
        { kind: "sign", lines: new TextEncoder().encode("portico-keyset+jwt") },
        { kind: "seal-message", job },
        { kind: "seal-memo", memo, recipients: to },
        { kind: "share", job: { file: blob(input.sealed), role: "report", recipients: to } },
        { kind: "open", file: blob(input.other) },
        { kind: "open", file: new Blob(["nonsense"]) },
        { kind: "reveal" },
    ]
    for (const one of work) await order(one)
    const blobs = []
    const everything = JSON.stringify(said, (key, one) => {
        if (one instanceof Blob) blobs.push(one)
        return one instanceof Uint8Array ? Buffer.from(one).toString("hex") : one
    })
    const bytes = await Promise.all(blobs.map((one) => one.text()))
    return { kinds: said.filter(({ kind }) => kind !== "progress").map(({ kind }) => kind),
        told: everything + bytes.join("") }
    """
    )
    stranger = StaffIdentity.generate("Eve", classic=True)
    other = seal(b"x", (str(stranger.opening.recipient),))
    given = {
        "file": file_of(ada),
        "sealed": text(sealed),
        "other": text(other),
        "to": recipients,
    }
    answer = node(script, given)
    done, refused = "done", "refused"
    assert answer["kinds"] == [
        *(done, done, done, refused, done, done, done),
        *(refused, refused, refused),
    ]
    seed = ada.signing.private_bytes_raw()
    secrets = [
        ada.opening.text,
        secret_text(SIGNING_PREFIX, ada.signing),
        seed.hex(),
        base64.b64encode(seed).decode().rstrip("="),
        ",".join(str(byte) for byte in seed),
    ]
    assert "Hello." in answer["told"]
    for secret in secrets:
        assert secret.lower() not in answer["told"].lower()


def test_a_file_is_opened_and_hashed(node: Node) -> None:
    """Files, plaintext and payload come out as they went in; what is no archive stays whole."""
    ada = StaffIdentity.generate("Ada")
    plain = archive({"a.txt": b"one", "b.bin": b"\0" * 70_000})
    script = (
        WORKER
        + """
    await order({ kind: "unlock", file: blob(input.file), passphrase: null })
    const found = await order({ kind: "open", file: blob(input.sealed) })
    const raw = await order({ kind: "open", file: blob(input.raw) })
    return { sha256: found.sha256, payload: found.payloadSha256, size: found.plain.size,
        files: await Promise.all(found.files.map(async ({ name, blob }) => [name, blob.size])),
        raw: [raw.files, await raw.plain.text()],
        cut: await order({ kind: "open", file: blob(input.sealed).slice(0, -1) }) }
    """
    )
    to = (str(ada.opening.recipient),)
    sealed = seal(plain, to)
    given = {"file": file_of(ada), "sealed": text(sealed), "raw": text(seal(b"by hand", to))}
    answer = node(script, given)
    head = age.header.read(io.BytesIO(sealed)).raw
    assert answer["sha256"] == hashlib.sha256(plain).hexdigest()
    assert answer["payload"] == hashlib.sha256(sealed[len(head) :]).hexdigest()
    assert answer["size"] == len(plain)
    assert answer["files"] == [["a.txt", 3], ["b.bin", 70_000]]
    assert answer["raw"] == [None, "by hand"]
    assert answer["cut"] == "identity-refused"


def test_an_identity_without_signing_key_opens_and_signs_nothing(node: Node) -> None:
    """A key from `age-keygen` is enough to read."""
    ada = StaffIdentity.generate("Ada", classic=True)
    sealed = seal(archive({"a.txt": b"one"}), (str(ada.opening.recipient),))
    script = (
        WORKER
        + """
    const card = await order({ kind: "unlock", file: blob(input.file), passphrase: null })
    const lines = new TextEncoder().encode("portico/message/v1\\n")
    return [card.signing, (await order({ kind: "open", file: blob(input.sealed) })).files.length,
        await order({ kind: "sign", lines })]
    """
    )
    given = {"file": text(f"{ada.opening.text}\n".encode()), "sealed": text(sealed)}
    assert node(script, given) == [None, 1, "identity-refused"]


MEMO = """
const { memoBytes, readMemo } = await load("js/desk/memo.js")
const { signer } = await load("js/thread/message.js")
const { unarchive } = await load("js/unarchive.js")
"""


def test_a_memo_is_signed_and_belongs_to_its_report(node: Node) -> None:
    """Its author is known, for this report and kind alone; a changed word has no author."""
    ada = StaffIdentity.generate("Ada", classic=True)
    script = (
        MEMO
        + """
    const sealed = await memoBytes({ report: "aaaaa-bbbbb", kind: "note", content: { text: "Hi." },
        now: 1795338000 }, input.to, signer(Buffer.from(input.seed, "hex")))
    return Buffer.from(await sealed.arrayBuffer()).toString("base64")
    """
    )
    seed = ada.signing.private_bytes_raw().hex()
    sealed = node(script, {"to": [str(ada.opening.recipient)], "seed": seed})
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(base64.b64decode(sealed)), [ada.opening.text], sink)
    read = (
        MEMO
        + """
    const bytes = new Uint8Array(Buffer.from(input.plain, "base64"))
    const files = new Map(unarchive(bytes).map(({ name, bytes }) => [name, bytes]))
    const about = { report: "aaaaa-bbbbb", kind: "note" }
    const attempt = (about, change = files) => {
        try { return readMemo(change, about) } catch (error) { return error.code }
    }
    const changed = new Map(files).set("content.json", Buffer.from('{"text": "No."}'))
    return [attempt(about), attempt({ ...about, report: "ccccc-ddddd" }),
        attempt({ ...about, kind: "draft" }), attempt(about, changed).key, [...files.keys()]]
    """
    )
    memo, other, kind, changed, names = node(read, {"plain": text(sink.getvalue())})
    key = statement.key_text(ada.signing.public_key())
    assert memo == {"at": "2026-11-22T09:00:00Z", "content": {"text": "Hi."}, "key": key}
    assert (other, kind, changed) == ("archive-refused", "archive-refused", None)
    assert names == ["memo.json", "content.json", "memo.md"]


def test_slices_refuse_what_unarchive_refuses(node: Node) -> None:
    """The two readers of archives agree on good ones and on bad ones."""
    script = """
    const { unarchive } = await load("js/unarchive.js")
    const { slices } = await load("js/unpacking.js")
    return await Promise.all(input.map(async (data) => {
        const bytes = new Uint8Array(Buffer.from(data, "base64"))
        const whole = (() => { try { return unarchive(bytes).map(({ name }) => name) }
            catch (error) { return error.message } })()
        const cut = await slices(new Blob([bytes])).then(
            (files) => files.map(({ name }) => name), (error) => error.message)
        return [whole, cut]
    }))
    """
    good = archive({"a.txt": b"one", "b.txt": b"two" * 400})
    smuggled = bytearray(good)
    smuggled[600] = 1
    tail = bytearray(good)
    tail[-1] = 1
    cases = [good, good[:-1], good[:1024], bytes(smuggled), bytes(tail), b"", archive({"a/b": b""})]
    answers = node(script, [text(bytes(case)) for case in cases])
    assert answers[0] == [["a.txt", "b.txt"], ["a.txt", "b.txt"]]
    for whole, cut in answers[1:]:
        assert isinstance(whole, str)
        assert whole == cut


def test_picture_sizes_are_read_before_a_picture_is(node: Node) -> None:
    """PNG, GIF, JPEG and WebP say how large they are; other bytes say nothing."""
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20000).to_bytes(4, "big") * 2
    gif = b"GIF89a" + (300).to_bytes(2, "little") + (200).to_bytes(2, "little")
    frame = b"\xff\xc2\x00\x11\x08" + (480).to_bytes(2, "big") + (640).to_bytes(2, "big")
    jpeg = b"\xff\xd8" + b"\xff\xe1\x00\x06abcd" + b"\xff\xff\xc4\x00\x03x" + frame + b"\0" * 8
    vp8x = b"RIFF\0\0\0\0WEBPVP8X" + b"\0" * 8 + b"\x0f\0\0" + b"\x07\0\0"
    lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (9 | (4 << 14)).to_bytes(4, "little")
    lossy = b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 10 + b"\x20\x01\x10\x01"
    nothing = (
        b"",
        b"<svg/>",
        png[:20],
        b"\xff\xd8\xff",
        b"\xff\xd8nonsense",
        b"RIFF\0\0\0\0WEBPXXXX",
    )
    script = """
    const { pictureSize } = await load("js/desk/picture-size.js")
    return input.map((data) => {
        const size = pictureSize(new Uint8Array(Buffer.from(data, "base64")))
        return size && [size.width, size.height]
    })
    """
    sizes = node(script, [text(one) for one in (png, gif, jpeg, vp8x, lossless, lossy, *nothing)])
    known = [[20000, 20000], [300, 200], [640, 480], [16, 8], [10, 5], [0x120, 0x110]]
    assert sizes == known + [None] * len(nothing)


def test_a_page_that_rests_is_locked(node: Node) -> None:
    """After a quarter of an hour, or when it is left; a use just before starts it anew."""
    script = """
    const { lockWhenIdle, IDLE } = await load("js/desk/idle-lock.js")
    const locked = []
    const run = (steps) => {
        let [time, count] = [0, 0]
        const place = new EventTarget()
        const end = lockWhenIdle(() => (count += 1), { now: () => time, place })
        for (const [minutes, event] of steps) {
            time += minutes * 60_000
            place.dispatchEvent(new Event(event))
        }
        end()
        return count
    }
    return [IDLE, run([[14, "keydown"], [14, "pointerdown"], [14, "focus"]]),
        run([[15, "focus"]]), run([[16, "keydown"], [1, "keydown"], [20, "focus"]]),
        run([[1, "pagehide"], [30, "focus"]])]
    """
    assert node(script) == [15 * 60_000, 0, 1, 1, 1]
