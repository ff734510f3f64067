"""The modules of the status page: dates as on the server, and nothing but the lookup value sent."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.views.filters import when

Node = Callable[..., Any]
FIRST, LAST = 1_577_836_800, 2_208_988_800  # 2020 to 2040, in seconds since 1970
ZONES = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "UTC", "Pacific/Apia")
LOOKUP = "8f636c01ba70c1fe77a79f64e277c7f1512933b943bf6fee7df9f0101303d879"

DATES = """
const { when } = await load("js/dates.js")
return input.map(([moment, zone]) => when(moment, zone))
"""
ASK = """
const { askStatus, fetchEnvelope } = await load("js/status-client.js")
const page = "https://portal.example/status"
const sent = []
const ask = async (address, options) => {
    sent.push([address, options])
    if (input.status === null) throw new TypeError("offline")
    return new Response(input.text, { status: input.status })
}
const refused = ({ code, message, hint }) => ({ code, message, hint })
const status = await askStatus(page, input.lookup, { ask }).catch(refused)
const blob = await fetchEnvelope(page, input.lookup, "report", { ask })
    .then((blob) => blob.text()).catch(refused)
return { status, blob, sent }
"""
LETTER = """
const { readableReport } = await load("js/letter.js")
const file = ([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })
return input.map((files) => readableReport(files.map(file)))
"""
STATUS = {
    "report": "7k2m9-qx4dw",
    "program": "example",
    "program_name": "Example",
    "received_at": "2026-11-22T09:30:00+00:00",
    "state": "received",
    "state_label": "Received",
    "events": [],
    "deadlines": [],
    "envelopes": [],
    "zone": "UTC",
    "receipt": "a.b.c",
}


@settings(max_examples=5, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(FIRST, LAST), st.sampled_from(ZONES), st.sampled_from(ZONES)),
        min_size=40,
        max_size=40,
    )
)
def test_a_date_reads_the_same_in_script_and_without(
    node: Node, moments: list[tuple[int, str, str]]
) -> None:
    """Day, hour and zone, to the minute, wherever the moment was written and is shown."""
    asked = [
        (datetime.fromtimestamp(seconds, ZoneInfo(written)), shown)
        for seconds, written, shown in moments
    ]
    told = node(DATES, [(moment.isoformat(), zone) for moment, zone in asked])
    assert told == [when(moment, zone) for moment, zone in asked]


def test_only_the_lookup_value_is_sent(node: Node) -> None:
    """In the body of a POST, without cookie or referrer, and never in an address."""
    answer = node(ASK, {"lookup": LOOKUP, "status": 200, "text": json.dumps(STATUS)})
    assert answer["status"] == STATUS
    (address, first), (envelope, second) = answer["sent"]
    assert (address, envelope) == (
        "https://portal.example/status",
        "https://portal.example/status/envelope",
    )
    assert json.loads(first["body"]) == {"lookup": LOOKUP}
    assert json.loads(second["body"]) == {"lookup": LOOKUP, "role": "report"}
    for options in (first, second):
        assert options["method"] == "POST"
        assert options["credentials"] == "omit"
        assert options["referrerPolicy"] == "no-referrer"
        assert options["cache"] == "no-store"


def test_the_portals_own_words_are_passed_on(node: Node) -> None:
    """When the portal explains a refusal, the reporter reads that explanation."""
    error = {"code": "no-such-report", "message": "There is no report.", "hint": "Check it."}
    text = json.dumps({"error": error})
    answer = node(ASK, {"lookup": LOOKUP, "status": 404, "text": text})
    assert answer["status"] == answer["blob"] == error


@pytest.mark.parametrize("text", ["", "<html>", "[]", "{}", json.dumps(STATUS | {"events": None})])
def test_an_answer_that_is_not_a_status_is_refused(node: Node, text: str) -> None:
    """A page of a proxy in between is not taken for a report's state."""
    answer = node(ASK, {"lookup": LOOKUP, "status": 200, "text": text})
    assert answer["status"]["code"] == "portal-unreachable"


def test_no_connection_is_said(node: Node) -> None:
    """Instead of an error of the browser."""
    answer = node(ASK, {"lookup": LOOKUP, "status": None, "text": ""})
    assert answer["status"]["code"] == answer["blob"]["code"] == "portal-unreachable"


def test_the_readable_copy_is_shown_first(node: Node) -> None:
    """`report.md` when there is one, else the JSON, else nothing."""
    both = [["report.json", "{}"], ["report.md", "# Hello"]]
    assert node(LETTER, [both, both[:1], []]) == ["# Hello", "{}", ""]
