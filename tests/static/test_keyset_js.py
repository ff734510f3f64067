"""The keyset in the browser: it refuses whatever the command line refuses."""

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import KeysetRefused
from portal.policy import statement
from portal.policy.keyset import Keyset

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
Change = Callable[[dict[str, Any]], object]

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
RECIPIENTS = json.loads((VECTORS / "keysets" / "recipients.json").read_text("utf-8"))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
START = int(NOW.timestamp())
ROOT = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SERVER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
FINGERPRINT = statement.fingerprint(ROOT.public_key())

VERIFY = """
const { verifyKeyset } = await load("js/keyset.js")
return input.map(([text, expected]) => {
    try {
        const { receiptKey, ...keyset } = verifyKeyset(text, expected)
        return { ...keyset, receiptKey: Buffer.from(receiptKey).toString("base64url") }
    } catch (error) {
        return { code: error.code, message: error.message, hint: error.hint }
    }
})
"""


def claims() -> dict[str, Any]:
    """The claims of a keyset in perfect order."""
    key = statement.key_text(SERVER.public_key())
    return {
        "iss": "urn:portico:root:" + FINGERPRINT,
        "program": "example",
        "version": 3,
        "iat": START,
        "exp": START + 30 * 86400,
        "previous": "ab" * 32,
        "kind": "hybrid",
        "entries": [
            {"name": "Ada", "role": "lead", "recipient": RECIPIENTS["hybrid"][0], "signing": key},
            {"name": "The safe", "role": "recovery", "recipient": RECIPIENTS["hybrid"][1]},
        ],
        "receipt_key": {
            "kid": statement.fingerprint(SERVER.public_key()),
            "key": key,
            "iat": START,
            "exp": START + 30 * 86400,
        },
    }


def signed(change: Change = lambda _: None, *, root: Ed25519PrivateKey = ROOT) -> str:
    """Sign the claims after a change to them."""
    changed = copy.deepcopy(claims())
    change(changed)
    return statement.sign(changed, key=root, typ=statement.KEYSET, with_key=True)


def entry(place: int, **members: object) -> Change:
    """Change members of one entry; None takes a member away."""

    def change(raw: dict[str, Any]) -> None:
        raw["entries"][place].update(members)
        for name in [name for name, value in members.items() if value is None]:
            del raw["entries"][place][name]

    return change


def many(raw: dict[str, Any]) -> None:
    """List 65 recipients, more than one file may have."""
    raw["entries"] += [raw["entries"][0]] * 63


def written(before: str, after: str) -> str:
    """Sign the claims in another spelling of JSON, which no library would choose."""
    head = signed().split(".")[0]
    spelled = json.dumps(claims(), separators=(",", ":"))
    assert before in spelled
    raw = spelled.replace(before, after, 1).encode()
    signing = f"{head}.{base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}"
    signature = base64.urlsafe_b64encode(ROOT.sign(signing.encode())).rstrip(b"=").decode()
    return f"{signing}.{signature}"


def tampered(text: str) -> str:
    """Change one claim without signing again."""
    head, body, tail = text.split(".")
    inside = json.loads(base64.urlsafe_b64decode(body + "==")) | {"version": 4}
    raw = base64.urlsafe_b64encode(json.dumps(inside).encode()).rstrip(b"=").decode()
    return f"{head}.{raw}.{tail}"


def with_header(**members: object) -> str:
    """Give the statement another header under its old signature."""
    head, body, tail = signed().split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "==")) | members
    raw = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    return f"{raw}.{body}.{tail}"


KEYS = RECIPIENTS["hybrid"]
CLASSIC = RECIPIENTS["classic"]
FAULTS: dict[str, str] = {
    "empty": "",
    "not a statement": "{}",
    "unsigned": ".".join(signed().split(".")[:2]) + ".",
    "algorithm none": with_header(alg="none"),
    "another kind of statement": with_header(typ=statement.SCOPE_RECEIPT),
    "critical extension": with_header(crit=["exp"]),
    "another kid": with_header(kid="00" * 32),
    "a private key in the header": with_header(jwk={"kty": "OKP", "crv": "Ed25519", "x": "AA"}),
    "no key in the header": statement.sign(claims(), key=ROOT, typ=statement.KEYSET),
    "altered after signing": tampered(signed()),
    "cut signature": signed()[:-2],
    "another root than pinned": signed(
        lambda raw: raw.update(iss="urn:portico:root:" + statement.fingerprint(OTHER.public_key())),
        root=OTHER,
    ),
    "another issuer": signed(lambda raw: raw.update(iss="urn:portico:root:" + "0" * 64)),
    "another program": signed(lambda raw: raw.update(program="other")),
    "expired": signed(lambda raw: raw.update(iat=START - 86400, exp=START)),
    "from the future": signed(lambda raw: raw.update(iat=START + 601, exp=START + 700)),
    "lives too long": signed(lambda raw: raw.update(exp=START + 30 * 86400 + 1)),
    "expires before it starts": signed(lambda raw: raw.update(iat=START + 60, exp=START + 30)),
    "a date with a fraction": signed(lambda raw: raw.update(exp=START + 0.5)),
    "older than seen": signed(lambda raw: raw.update(version=2)),
    "version zero": signed(lambda raw: raw.update(version=0)),
    "version in text": signed(lambda raw: raw.update(version="3")),
    "version true": signed(lambda raw: raw.update(version=True)),
    "version with a point": written('"version":3', '"version":3.0'),
    "version with an exponent": written('"version":3', '"version":3e0'),
    "version with a capital exponent": written('"version":3', '"version":30E-1'),
    "version beyond what databases count": signed(lambda raw: raw.update(version=2**31)),
    "version beyond every number": signed(lambda raw: raw.update(version=10**400)),
    "version not a number": written('"version":3', '"version":NaN'),
    "a date with a point": written(f'"iat":{START}', f'"iat":{START}.0'),
    "a date with an exponent": written(f'"iat":{START}', f'"iat":{START}e0'),
    "a date beyond the calendar": signed(lambda raw: raw["receipt_key"].update(exp=253402300800)),
    "a receipt key's date with a point": written(
        f'"iat":{START},"exp":{START + 30 * 86400}}}',
        f'"iat":{START}.0,"exp":{START + 30 * 86400}}}',
    ),
    "mixed kinds": signed(entry(1, recipient=CLASSIC[0])),
    "states another kind": signed(lambda raw: raw.update(kind="classic")),
    "too many recipients": signed(many),
    "no recipients": signed(lambda raw: raw.update(entries=[])),
    "entries no list": signed(lambda raw: raw.update(entries={})),
    "no recovery": signed(entry(1, role="lead", signing=claims()["entries"][0]["signing"])),
    "a recipient twice": signed(entry(1, recipient=KEYS[0])),
    "a recipient in capitals": signed(entry(0, recipient=KEYS[0].upper())),
    "a recipient with a typing mistake": signed(entry(0, recipient=KEYS[0][:-1] + "q")),
    "an identity for a recipient": signed(entry(0, recipient="AGE-SECRET-KEY-1QQ")),
    "no signing key": signed(entry(0, signing=None)),
    "a short signing key": signed(entry(0, signing="AAAA")),
    "padded signing key": signed(entry(0, signing=claims()["receipt_key"]["key"] + "=")),
    "a name of two lines": signed(entry(0, name="Ada\nEve")),
    "a name with a no-break space": signed(entry(0, name="Ada\u00a0Eve")),
    "an empty role": signed(entry(0, role="")),
    "a long name": signed(entry(0, name="x" * 81)),
    "unknown member": signed(lambda raw: raw.update(more=1)),
    "missing member": signed(lambda raw: raw.pop("previous")),
    "unknown member of an entry": signed(entry(0, note="x")),
    "previous is no hash": signed(lambda raw: raw.update(previous="AB" * 32)),
    "receipt key under another kid": signed(lambda raw: raw["receipt_key"].update(kid="0" * 64)),
    "receipt key ends early": signed(lambda raw: raw["receipt_key"].update(exp=START)),
    "no receipt key": signed(lambda raw: raw.update(receipt_key=None)),
}
EXPECTED = {"root": FINGERPRINT, "program": "example", "now": START, "newestSeen": 3}


def test_a_good_keyset_is_read(node: Node) -> None:
    """Recipients, kind, version, fingerprint and receipt key come out as Python reads them."""
    text = signed()
    classic = signed(
        lambda raw: raw.update(
            kind="classic",
            previous=None,
            entries=[one | {"recipient": CLASSIC[at]} for at, one in enumerate(raw["entries"])],
        )
    )
    high = signed(lambda raw: raw.update(version=2**31 - 1))
    dotted = signed(entry(0, name='Ada 1.5 "2.0" \\ 3e5'))  # in a name these are no numbers
    spelled = written('"version":3', '"version" : 3')
    pins = {text: EXPECTED, classic: EXPECTED | {"root": None}}
    pins |= dict.fromkeys((high, dotted, spelled), EXPECTED)
    answers = node(VERIFY, [[f"\n{published}\n", expected] for published, expected in pins.items()])
    for answer, published in zip(answers, pins, strict=True):
        keyset = Keyset.verify(published, root=FINGERPRINT, program="example", now=NOW)
        assert answer["recipients"] == list(keyset.recipients)
        assert answer["kind"] == keyset.kind
        assert answer["version"] == keyset.version
        assert answer["fingerprint"] == keyset.fingerprint
        assert answer["sha256"] == hashlib.sha256(published.encode()).hexdigest()
        assert answer["receiptKey"] == statement.key_text(keyset.receipt_public_key)


def test_both_languages_refuse_the_same(node: Node) -> None:
    """Every fault is refused in the browser and on the command line."""
    answers = node(VERIFY, [[text, EXPECTED] for text in FAULTS.values()])
    for (fault, text), answer in zip(FAULTS.items(), answers, strict=True):
        assert answer.get("code") == "keyset-refused", fault
        assert answer["message"], fault
        assert answer["hint"], fault
        with pytest.raises(KeysetRefused):
            Keyset.verify(text, root=FINGERPRINT, program="example", now=NOW, newest_seen=3)


def test_a_keyset_lives_to_its_last_second(node: Node) -> None:
    """It is taken until the second before it expires, and by clocks up to ten minutes slow."""
    times = [-601, -600, 0, 30 * 86400 - 1, 30 * 86400]
    cases = [[signed(), EXPECTED | {"now": START + seconds}] for seconds in times]
    taken = ["version" in answer for answer in node(VERIFY, cases)]
    assert taken == [False, True, True, True, False]
    with pytest.raises(KeysetRefused):
        Keyset.verify(signed(), root=None, program="example", now=NOW - timedelta(seconds=601))


def test_a_tab_remembers_root_and_newest_version(node: Node) -> None:
    """Versions only go up, per program; a browser without storage, or with a torn one, works."""
    script = """
    const { lastSeen, remember, tabStorage } = await load("js/newest-seen.js")
    const kept = new Map()
    const storage = { getItem: (name) => kept.get(name) ?? null,
                      setItem: (name, value) => kept.set(name, value) }
    const broken = { getItem() { throw new Error("denied") }, setItem() { throw new Error("no") } }
    const keyset = (version, root) => ({ program: "a", fingerprint: root.repeat(64), version })
    const first = lastSeen(storage, "a")
    for (const version of [7, 5]) remember(storage, keyset(version, "b"))
    remember(storage, keyset(9, "c"))
    remember(broken, keyset(7, "b"))
    remember(null, keyset(7, "b"))
    kept.set("portico/keyset/torn", "7")
    return { first, then: lastSeen(storage, "a"), storage: tabStorage(),
             none: [lastSeen(storage, "torn"), lastSeen(storage, "other"), lastSeen(broken, "a"),
                    lastSeen(null, "a")] }
    """
    nothing = {"root": None, "version": 0}
    answer = node(script)
    assert answer["first"] == nothing
    assert answer["then"] == {"root": "b" * 64, "version": 7}
    assert answer["none"] == [nothing] * 4
    assert answer["storage"] is None


TAB = """
const kept = new Map()
globalThis.sessionStorage = { getItem: (name) => kept.get(name) ?? null,
                              setItem: (name, value) => kept.set(name, value) }
let served = ""
globalThis.fetch = async () => {
    if (served === null) throw new TypeError("offline")
    if (served === "cut") return { ok: true, text: () => Promise.reject(new TypeError("cut")) }
    return new Response(served, { status: served.startsWith("{") ? 503 : 200 })
}
const { currentKeyset } = await load("js/keyset-client.js")
const outcomes = []
for (const [root, text] of input.visits) {
    served = text
    const page = { program: "example", root, keysetAddress: "https://portal.example/keyset.jws" }
    outcomes.push(await currentKeyset(page, input.now)
        .then(({ version }) => version, ({ code, message, hint }) => ({ code, message, hint })))
}
return outcomes
"""


def test_a_tab_takes_no_other_root_and_no_older_version(node: Node) -> None:
    """Whichever page met the program first: another root is refused, in words that name both."""
    other = statement.fingerprint(OTHER.public_key())
    foreign = signed(lambda raw: raw.update(iss="urn:portico:root:" + other, version=9), root=OTHER)
    newer = signed(lambda raw: raw.update(version=4))
    visits = [[None, signed()], [FINGERPRINT, newer], [other, foreign], [None, foreign],
              [FINGERPRINT, signed()], [FINGERPRINT, newer]]  # fmt: skip
    first, second, changed, swapped, older, last = node(TAB, {"visits": visits, "now": START})
    assert (first, second, last) == (3, 4, 4)
    for refused in (changed, swapped, older):
        assert refused["code"] == "keyset-refused"
    assert FINGERPRINT[:16] in changed["message"]
    assert other[:16] in changed["message"]
    assert "version 4 was seen before" in older["message"]


def test_a_keyset_that_does_not_come_is_said(node: Node) -> None:
    """No line, a line that breaks, and the portal's own words are told apart."""
    error = {"code": "no-valid-keys", "message": "No keys.", "hint": "Ask."}
    visits = [[None, None], [None, "cut"], [None, json.dumps({"error": error})]]
    offline, cut, explained = node(TAB, {"visits": visits, "now": START})
    assert offline["code"] == cut["code"] == "portal-unreachable"
    assert explained == error


def test_a_receipt_is_no_keyset_and_the_reverse(node: Node) -> None:
    """A statement is taken only as the kind that its header names."""
    script = """
    const { verify, REPORT_RECEIPT, SCOPE_RECEIPT } = await load("js/statement.js")
    const key = new Uint8Array(Buffer.from(input.key, "base64url"))
    return [REPORT_RECEIPT, SCOPE_RECEIPT].map((typ) => {
        try { return verify(input.text, { key, typ }) } catch (error) { return error.code }
    })
    """
    text = statement.sign({"report": "r1"}, key=SERVER, typ=statement.REPORT_RECEIPT)
    key = statement.key_text(SERVER.public_key())
    assert node(script, {"text": text, "key": key}) == [{"report": "r1"}, "statement-refused"]
    other = statement.key_text(OTHER.public_key())
    assert node(script, {"text": text, "key": other}) == ["statement-refused"] * 2
