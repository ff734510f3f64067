"""From a filled-in form to a delivery, and back from the portal's receipt."""

import base64
import io
import json
import tarfile
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal import age
from portal.age.identities import recipient_of
from portal.intake.token import Token
from portal.offline.archive import Archive, Member
from portal.offline.document import Document
from portal.policy import statement

Node = Callable[..., Any]

PAGE = {
    "program": "example",
    "programName": "Example",
    "build": "c0ffee",
    "policyVersion": "4",
    "policySha256": "a" * 64,
    "root": "b" * 64,
    "onOut": "take",
    "usesPaths": "false",
    "zone": "Europe/Amsterdam",
    "limit": str(64 * 2**20),
    "scopeAddress": "/example/scope",
    "keysetAddress": "/example/keyset.jws",
    "reportAddress": "/example/report",
    "datesAddress": "/example/report/dates.json",
}
PARCEL = """
const { pageFacts } = await load("js/page-facts.js")
const { parcelOf } = await load("js/draft.js")
const { sealReport } = await load("js/sealing-job.js")
const { generateHybridIdentity, generateX25519Identity, identityToRecipient } =
    await load("vendor/age.js")
const kind = input.kind
const identity = await (kind === "hybrid" ? generateHybridIdentity : generateX25519Identity)()
const recipients = [await identityToRecipient(identity)]
const keyset = { kind, recipients, version: 2, fingerprint: "b".repeat(64) }
const draft = { kind: "quick", flags: { exposed: true, exploited: false },
    target: { text: "x.org/a?b", normalised: "x.org", nonce: "bm8", verdict: null,
    answers: {}, receipt: "s.c.r" }, fields: { title: "A find" },
    conduct: { attested: ["c1"], used: ["m1"] }, files: [], reply: input.reply,
    words: { program: "Example", sections: [], clauses: { c1: "One", m1: "Two" } } }
const circumstances = { page: pageFacts(input.page), keyset, now: 1795338000 }
const { token, delivery } = await parcelOf(draft, circumstances, (job) => sealReport(job))
const [{ blob, ...envelope }] = delivery.envelopes
return { identity, token: token.text, delivery: { ...delivery, envelopes: [envelope] },
         data: Buffer.from(await blob.arrayBuffer()).toString("base64") }
"""


def parcel(node: Node, kind: str, *, reply: bool) -> dict[str, Any]:
    """Seal a draft as the form does."""
    return dict(node(PARCEL, {"kind": kind, "reply": reply, "page": PAGE}))


def opened(data: str, identity: str) -> dict[str, bytes]:
    """Open a sealed report."""
    sink = io.BytesIO()
    age.decrypt(io.BytesIO(base64.b64decode(data)), [identity], sink)
    with tarfile.open(fileobj=io.BytesIO(sink.getvalue())) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


@pytest.mark.parametrize(
    ("kind", "reply_kind"), [("hybrid", "mlkem768x25519"), ("classic", "x25519")]
)
def test_staff_and_reporter_read_the_same_report(node: Node, kind: str, reply_kind: str) -> None:
    """The staff's key and the token's key open it, and it names where answers can be sealed."""
    made = parcel(node, kind, reply=True)
    token = Token.parse(made["token"])
    own = token.reply_identity(reply_kind)
    files = opened(made["data"], made["identity"])
    assert opened(made["data"], own) == files
    document = Document.parse(files["report.json"])
    assert document.recipient == str(recipient_of(own))
    key = Ed25519PrivateKey.from_private_bytes(token.signing_seed)
    assert document.signing_key == statement.key_text(key.public_key())
    assert (document.policy_version, document.keyset_version) == (4, 2)
    assert document.target.text == "x.org/a?b"
    assert document.attested == ("c1",)
    assert (document.kind, document.urgent) == ("quick", ("exposed",))
    assert json.loads(files["report.json"])["conduct"]["used"] == ["m1"]
    assert document.written_at == "2026-11-22T09:00:00Z"


def test_the_delivery_tells_the_portal_no_more_than_it_must(node: Node) -> None:
    """Lookup value, versions, receipt and hashes go out; secret, title and target do not."""
    made = parcel(node, "classic", reply=True)
    token = Token.parse(made["token"])
    delivery = made["delivery"]
    assert delivery["lookup"] == token.lookup
    assert (delivery["policy"], delivery["keyset"], delivery["reply"]) == (4, 2, True)
    assert delivery["scopeReceipt"] == "s.c.r"
    assert (delivery["kind"], delivery["flags"]) == (
        "quick",
        {"exposed": True, "exploited": False},
    )
    sent = json.dumps(delivery) + base64.b64decode(made["data"]).decode("latin-1")
    for secret in (made["token"], token.secret.hex(), "A find", "x.org"):
        assert secret not in sent


def test_a_reporter_may_leave_no_way_back(node: Node) -> None:
    """Without the wish for answers, only the staff's keys open it."""
    made = parcel(node, "classic", reply=False)
    token = Token.parse(made["token"])
    with pytest.raises(age.AgeError):
        opened(made["data"], token.reply_identity("x25519"))
    assert made["delivery"]["reply"] is False
    document = Document.parse(opened(made["data"], made["identity"])["report.json"])
    assert document.recipient is None


def test_a_page_that_lacks_a_fact_is_not_used(node: Node) -> None:
    """A page whose data does not fit its script never opens its form."""
    script = """
    const { pageFacts } = await load("js/page-facts.js")
    return input.map((data) => { try { return pageFacts(data) } catch (e) { return e.name } })
    """
    broken = [{k: v for k, v in PAGE.items() if k != missing} for missing in PAGE]
    broken += [PAGE | {"root": "no hash"}, PAGE | {"limit": "0"}, PAGE | {"policyVersion": "1.5"}]
    assert node(script, broken) == ["TypeError"] * len(broken)
    assert node(script, [PAGE])[0]["policy"] == {"version": 4, "sha256": "a" * 64}


SENT = {"kind": "quick", "flags": {"exposed": True, "exploited": False}}
DEADLINE = {
    "id": "d", "label": "An answer", "due": None, "state": "pending", "explanation": None,
}  # fmt: skip
PROVEN = """
const { proven } = await load("js/receipt.js")
const key = new Uint8Array(Buffer.from(input.key, "base64url"))
const envelopes = [{ role: "report", length: 7, headerSha256: "0".repeat(64),
                     payloadSha256: "5".repeat(64) }]
return input.receipts.map((receipt) => {
    try { return proven(receipt, { ...input.sent, key, program: "example", envelopes }) }
    catch (error) { return error.code }
})
"""


def test_a_receipt_must_be_about_what_was_sent(node: Node) -> None:
    """A receipt counts only when the keyset's key signed it over what was sent and ticked."""
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    envelope = {"role": "report", "length": 7, "header_sha256": "0" * 64}
    envelope["payload_sha256"] = "5" * 64
    claims = {"program": "example", "report": "r1", "iat": 1795338000, "deadlines": []}
    claims |= {"envelopes": [envelope], "kind": "quick", "exposed": True, "exploited": False}

    def signed(
        by: Ed25519PrivateKey = key, typ: str = statement.REPORT_RECEIPT, **more: Any
    ) -> str:
        return statement.sign(claims | more, key=by, typ=typ)

    answers = node(
        PROVEN,
        {
            "key": statement.key_text(key.public_key()),
            "sent": SENT,
            "receipts": [
                signed(),
                signed(by=other),
                signed(typ=statement.SCOPE_RECEIPT),
                signed(program="other"),
                signed(envelopes=[envelope | {"payload_sha256": "6" * 64}]),
                signed(envelopes=[envelope | {"header_sha256": "1" * 64}]),
                signed(envelopes=[{k: v for k, v in envelope.items() if k != "header_sha256"}]),
                signed(envelopes=[envelope | {"length": 8}]),
                signed(envelopes=[envelope | {"role": "attachments"}]),
                signed(envelopes=[]),
                signed(envelopes=[None]),
                signed(envelopes=None),
                signed(envelopes=[envelope, envelope]),
                signed(report=7),
                signed(iat=1e300),
                signed(deadlines=None),
                signed(deadlines=[None]),
                signed(deadlines=[DEADLINE | {"state": "odd"}]),
                signed(kind="question"),
                signed(exposed=False),
                signed(exploited=True),
                signed(exposed=None),
            ],
        },
    )
    assert answers[0] == {"report": "r1", "receivedAt": 1795338000, "deadlines": []}
    assert answers[1:3] == ["statement-refused"] * 2
    assert answers[3:] == ["portal-unreachable"] * 19


def test_an_odd_receipt_is_shown_with_a_doubt(node: Node) -> None:
    """Whatever the claims are, what can be shown is shown, and nothing fails."""
    script = """
    const { judged } = await load("js/receipt.js")
    const flags = { exposed: false, exploited: false }
    const sent = { kind: "report", flags, envelopes: [] }
    const expected = { key: new Uint8Array(32), program: "example", ...sent }
    return input.map((claims) => judged({ receipt: "a.b.c", claims }, expected))
    """
    odd = [{}, {"report": 7, "iat": "now", "deadlines": {}}, {"iat": 1e300, "deadlines": [None, 1]}]
    odd += [{"report": "r1", "iat": 5, "deadlines": [DEADLINE, DEADLINE | {"due": "soon"}]}]
    answers = node(script, odd)
    assert [answer["facts"] for answer in answers[:3]] == [
        {"report": "", "receivedAt": 0, "deadlines": []}
    ] * 3
    assert answers[3]["facts"] == {"report": "r1", "receivedAt": 5, "deadlines": [DEADLINE]}
    assert all("staff" in answer["doubt"] for answer in answers)


def test_both_languages_pack_the_same_bytes(node: Node) -> None:
    """The browser and the command line write one archive, byte for byte."""
    script = """
    const { archive } = await load("js/archive.js")
    const { bytesOf } = await load("js/streams.js")
    const entries = input.map(([name, text]) => { const blob = new Blob([text])
        return { name, size: blob.size, stream: () => blob.stream() } })
    const bytes = await bytesOf(archive(entries, { now: 1795338000 }).stream)
    return Buffer.from(bytes).toString("base64")
    """
    files = {"report.json": "{}\n", "report.md": "# A\n" * 9000, "é.txt": ""}
    members = [Member.of_bytes(name, text.encode()) for name, text in files.items()]
    expected = b"".join(Archive(members, mtime=1795338000).pieces())
    assert base64.b64decode(node(script, list(files.items()))) == expected


def test_the_private_card_and_the_shareable_receipt_differ(node: Node) -> None:
    """The card holds token and status code; file names hold neither, whatever the portal says."""
    script = """
    const { privateCard, keepsakeName, isGroup } = await load("js/keepsakes.js")
    const { Token } = await load("js/token.js")
    const token = Token.parse(input)
    const card = privateCard({ token, program: "Example", report: "r1", received: "today",
                               statusAddress: "https://portico.test/status" })
    const [, , third] = token.text.split("-")
    const low = ` ${third.toLowerCase()} `
    const typed = [[3, third], [3, low], [2, third], [3, ""], [3, third + "0"]]
    return { card, name: keepsakeName("receipt", "../r/1\\u202e", "jws"),
             groups: typed.map(([number, text]) => isGroup(token, number, text)) }
    """
    token = Token(bytes(range(16)))
    answer = node(script, token.text)
    assert token.text in answer["card"]
    assert token.lookup in answer["card"]
    assert answer["name"] == "portico-receipt-r1.jws"
    assert answer["groups"] == [True, True, False, False, False]


def test_sizes_are_said_before_they_are_too_large(node: Node) -> None:
    """The estimate of a delivery is never below what is really sent, and close to it."""
    script = """
    const { deliveryLength, sizeText } = await load("js/sizes.js")
    return { lengths: input.map((sizes) => deliveryLength(sizes, 3)),
             texts: [0, 999, 16384, 2516582, 67108864].map(sizeText) }
    """
    answer = node(script, [[], [1], [60 * 2**20], [2**20] * 50])
    assert answer["lengths"][0] < 2**20
    assert 60 * 2**20 < answer["lengths"][2] < 64 * 2**20
    assert answer["lengths"][3] > 50 * 2**20
    assert answer["texts"] == ["0 bytes", "999 bytes", "16 KB", "2.4 MB", "64 MB"]


def test_some_verdicts_stop_a_report(node: Node) -> None:
    """A vendor's target always stops it, an excluded one where the policy refuses; no other."""
    script = """
    const { stopOf } = await load("js/target-view.js")
    return input.map(([verdict, refusesOut]) => stopOf(verdict, { refusesOut }))
    """
    rulings = ["in", "unknown", "partial", "review", "invalid", "out"]
    plain = [{"ruling": ruling, "reason": "Because.", "redirect": None} for ruling in rulings]
    vendor = {"vendor": "Acme", "address": "mailto:sec@acme.example"}
    sent_on = {"ruling": "out", "reason": "Theirs.", "redirect": vendor}
    cases = [[verdict, True] for verdict in plain] + [[plain[-1], False], [None, True]]
    cases += [[sent_on, False]]
    answers = node(script, cases)
    assert answers[:5] == [None] * 5
    assert "Because." in answers[5]
    assert answers[6:8] == [None, None]
    assert "Acme" in answers[8]
    assert answers[8].endswith("sec@acme.example")
