"""Passkeys in the browser: the answer is written field by field, and holds no more than that."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.desk.credentials import Credential

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

# A browser that knows the PRF extension: its own `toJSON()` gives the output away.
FAKE = """
const { created, signed } = await load("js/desk/passkey.js")
const bytes = (...values) => new Uint8Array(values).buffer
const asked = []
const prf = { prf: { enabled: true, results: { first: bytes(1, 2, 3) } } }
const shared = {
    id: "AQID", rawId: bytes(1, 2, 3), type: "public-key", authenticatorAttachment: "platform",
    getClientExtensionResults: () => { throw new Error("looked at the extensions") },
    toJSON: () => { throw new Error("wrote down everything") },
    clientExtensionResults: prf,
}
const credentials = {
    async create(options) {
        asked.push(options.publicKey)
        return { ...shared, response: { clientDataJSON: bytes(123, 125),
            attestationObject: bytes(255, 254), getTransports: () => ["usb"] } }
    },
    async get(options) {
        asked.push(options.publicKey)
        return { ...shared, response: { clientDataJSON: bytes(123, 125),
            authenticatorData: bytes(4), signature: bytes(5), userHandle: bytes(6) } }
    },
}
"""
ANSWERS = (
    FAKE
    + """
const made = await created({ challenge: "AAEC", user: { id: "BBBB", name: "Ada" },
    excludeCredentials: [{ id: "AQID", type: "public-key" }] }, { credentials })
const again = await signed({ challenge: "AAEC", allowCredentials: [] }, { credentials })
const plain = (value) => value instanceof Uint8Array ? [...value] : value
return { made, again, asked: JSON.parse(JSON.stringify(asked, (_, value) => plain(value))) }
"""
)
FAULTS = """
const { signed } = await load("js/desk/passkey.js")
const fails = (name) => ({ async get() { throw Object.assign(new Error("no"), { name }) } })
const told = []
for (const name of input) {
    await signed({ challenge: "AA" }, name ? { credentials: fails(name) } : {})
        .catch(({ code, message, hint }) => told.push({ code, message, hint }))
}
return told
"""


def test_an_answer_holds_what_the_portal_reads(node: Node) -> None:
    """Every field is named here; the server takes it, and would refuse one more."""
    told = node(ANSWERS)
    assert told["made"] == {
        "id": "AQID",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "__4", "transports": ["usb"]},
        "clientExtensionResults": {},
    }
    assert told["again"]["response"] == {
        "clientDataJSON": "e30",
        "authenticatorData": "BA",
        "signature": "BQ",
        "userHandle": "Bg",
    }
    assert told["again"]["clientExtensionResults"] == {}
    Credential.created(told["made"])
    Credential.signed(told["again"])


def test_the_extensions_are_never_looked_at(node: Node) -> None:
    """The secret that PRF gives stays on the person's own machine; nothing asks for it, either."""
    told = node(ANSWERS)
    assert "prf" not in str(told)
    assert all("extensions" not in one for one in told["asked"])


def test_bytes_reach_the_browser_as_bytes(node: Node) -> None:
    """The challenge, the person's handle and the known passkeys."""
    first, second = node(ANSWERS)["asked"]
    assert first["challenge"] == second["challenge"] == [0, 1, 2]
    assert first["user"] == {"id": [4, 16, 65], "name": "Ada"}
    assert first["excludeCredentials"] == [{"id": [1, 2, 3], "type": "public-key"}]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NotAllowedError", "cancelled"),
        ("AbortError", "cancelled"),
        ("InvalidStateError", "already"),
        ("SecurityError", "this address"),
        ("TypeError", "this address"),
        ("", "this address"),
    ],
)
def test_what_the_browser_says_becomes_advice(node: Node, name: str, words: str) -> None:
    """Its own names for what went wrong help nobody."""
    (told,) = node(FAULTS, [name])
    assert told["code"] == "passkey-unavailable"
    assert words in told["message"]
    assert told["hint"]
