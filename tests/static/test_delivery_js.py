"""Delivery: the same bytes again until they are kept, and every refusal in its own words."""

import json
from collections.abc import Callable, Sequence
from typing import Any

Node = Callable[..., Any]

DELIVER = """
const { deliver } = await load("js/delivery.js")
const envelope = (role, text) => ({ role, blob: new Blob([text]), length: text.length,
    sha256: "5".repeat(64) })
const delivery = { lookup: "1".repeat(64), policy: 4, keyset: 2, scopeReceipt: null, reply: true,
    kind: "quick", flags: { exposed: true, exploited: false },
    envelopes: [envelope("report", "sealed"), envelope("attachments", "more")] }
const told = async (answers) => {
    const [sent, pauses] = [[], []]
    const send = async (address, form) => {
        const fields = {}
        for (const [name, value] of form) {
            fields[name] = typeof value === "string" ? value : [value.name, await value.text()]
        }
        sent.push([address, fields])
        const answer = answers.shift()
        if (answer === null) throw new Error("connection lost")
        return answer
    }
    const pause = async (milliseconds) => { pauses.push(milliseconds) }
    const outcome = await deliver("/example/report", delivery, () => undefined, { send, pause })
        .catch(({ name, code, message, hint, status }) => ({ name, code, message, hint, status }))
    return { outcome, sent, pauses }
}
return await Promise.all(input.map(told))
"""
KEPT = {"report": "R1", "receipt": "a.b.c", "claims": {"report": "R1"}}


def answer(status: int, body: object) -> dict[str, Any]:
    """An answer of the portal."""
    return {"status": status, "text": body if isinstance(body, str) else json.dumps(body)}


def delivered(node: Node, *stories: Sequence[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """Deliver a report to each of several portals, given as their answers; None is silence."""
    return list(node(DELIVER, stories))


def test_a_kept_report_gives_its_receipt(node: Node) -> None:
    """One request with every field the portal must know, and the receipt comes back."""
    (result,) = delivered(node, [answer(201, KEPT)])
    assert result["outcome"] == KEPT
    ((address, fields),) = result["sent"]
    assert address == "/example/report"
    assert fields == {
        "lookup": "1" * 64,
        "policy": "4",
        "keyset": "2",
        "kind": "quick",
        "exposed": "yes",
        "scope_receipt": "",
        "reply": "yes",
        "report_length": "6",
        "report_sha256": "5" * 64,
        "attachments_length": "4",
        "attachments_sha256": "5" * 64,
        "report": ["report.age", "sealed"],
        "attachments": ["attachments.age", "more"],
    }


def test_a_bad_connection_is_tried_again_with_the_same_bytes(node: Node) -> None:
    """A lost connection and a busy portal are waited out, more patiently each time."""
    (result,) = delivered(node, [None, answer(503, ""), answer(200, KEPT)])
    assert result["outcome"] == KEPT
    assert result["sent"][0] == result["sent"][1] == result["sent"][2]
    assert result["pauses"] == sorted(result["pauses"])
    assert len(result["pauses"]) == 2


def test_a_dead_connection_is_admitted(node: Node) -> None:
    """After four attempts nobody knows whether the report was kept, and the page says just that."""
    (result,) = delivered(node, [None, None, None, None])
    assert len(result["sent"]) == 4
    assert result["outcome"]["name"] == "Unanswered"
    assert "did not answer" in result["outcome"]["message"]
    assert "may have been kept" in result["outcome"]["message"]
    assert "Keep this token" in result["outcome"]["hint"]


def test_a_no_after_silence_settles_nothing(node: Node) -> None:
    """The first attempt may have been kept, whatever is said to the second; and so it is told."""
    error = {"code": "delivery-refused", "message": "These keys have expired.", "hint": "Wait."}
    (result,) = delivered(node, [None, answer(422, {"error": error})])
    assert len(result["sent"]) == 2
    assert result["outcome"]["name"] == "Unanswered"
    assert "These keys have expired. Your report may have been kept" in result["outcome"]["message"]


def test_a_server_that_fails_settles_nothing(node: Node) -> None:
    """A 5xx can come after the report was kept; only the portal's own 503 says that it was not."""
    error = {"code": "store-unavailable", "message": "The database is away.", "hint": "Wait."}
    own, other = answer(503, {"error": error}), answer(503, "<html>")
    open_ends = [other] * 4, [answer(504, "")] * 4, [answer(500, {"error": error})]
    known, *unknown = delivered(node, [own] * 4, *open_ends)
    assert known["outcome"]["code"] == "store-unavailable"
    assert [each["outcome"]["name"] for each in unknown] == ["Unanswered"] * 3


def test_a_refusal_comes_in_the_portals_words(node: Node) -> None:
    """Code, message and hint of the portal reach the page, and a refusal is not repeated."""
    error = {"code": "out-of-scope", "message": "Refused.", "hint": "Ask first."}
    (result,) = delivered(node, [answer(422, {"error": error})])
    assert len(result["sent"]) == 1
    assert result["outcome"] == error | {"name": "PortalRefused", "status": 422}


def test_answers_that_are_not_understood_are_no_receipt(node: Node) -> None:
    """A page, half a receipt or an odd status never counts as kept."""
    odd = (
        answer(200, "<html>hello"),
        answer(201, {"report": "R1"}),
        answer(201, []),
        answer(201, KEPT | {"claims": None}),
        answer(302, ""),
        answer(500, "oops"),
        answer(400, {"error": "text"}),
    )
    results = delivered(node, *([each] for each in odd))
    for each, outcome in zip(odd, (result["outcome"] for result in results), strict=True):
        assert outcome["code"] == "portal-unreachable"
        assert (outcome["name"] == "Unanswered") == (each["status"] not in {302, 400})


def test_a_proxy_that_refuses_the_size_is_understood(node: Node) -> None:
    """A bare 413 from something in front of the portal is explained."""
    (result,) = delivered(node, [answer(413, "<html>")])
    assert result["outcome"]["code"] == "too-large"
