"""The modules of the status page: dates as on the server, and nothing but the lookup value sent."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.prospects import plain
from portal.policy.deadline import Deadline, State
from portal.views.filters import when

pytestmark = pytest.mark.thorough

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
OPEN_DATES = """
const { hasOpenDate } = await load("js/standing.js")
return input.map(hasOpenDate)
"""
LETTER = """
const { readableReport } = await load("js/letter.js")
const file = ([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })
return input.map((files) => readableReport(files.map(file)))
"""
EVENT: dict[str, Any] = {
    "name": "received",
    "label": "Received",
    "at": "2026-11-22T09:30:00+00:00",
    "note": None,
}
DEADLINE: dict[str, Any] = {
    "id": "first", "label": "An answer", "due": "2026-11-26T17:00:00.250000+01:00",
    "state": "running", "explanation": "Three working days.",
}  # fmt: skip
ENVELOPE: dict[str, Any] = {"role": "report", "length": 16384, "payload_sha256": "5" * 64}
STATUS: dict[str, Any] = {
    "report": "7k2m9-qx4dw",
    "program": "example",
    "program_name": "Example",
    "kind": "report",
    "exposed": False,
    "exploited": False,
    "policy_version": 1,
    "received_at": "2026-11-22T09:30:00+00:00",
    "state": "received",
    "state_label": "Received",
    "events": [EVENT, EVENT | {"note": "Staff expect it to be fixed soon."}],
    "deadlines": [DEADLINE, DEADLINE | {"due": None, "state": "pending", "explanation": None}],
    "not_promised": ["assessment"],
    "publication": {"state": "none", "told": ["Nobody has proposed a date."]},
    "data": {"state": "none", "told": [], "statement": None},
    "envelopes": [ENVELOPE, ENVELOPE | {"role": "attachments"}],
    "zone": "Europe/Amsterdam",
    "receipt": "a.b.c",
}


def test_the_page_offers_a_calendar_when_the_server_would_fill_it(node: Node) -> None:
    """A date that is open has an entry, by the same rule on both sides."""
    due = datetime(2026, 11, 26, tzinfo=ZoneInfo("UTC"))
    cases = [
        Deadline("first", "An answer", when, state, "", done=done)
        for when, state, done in product((due, None), State, (due, None))
    ]
    assert node(OPEN_DATES, [plain(one) for one in cases]) == [one.has_open_date for one in cases]


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


@pytest.mark.parametrize("text", ["", "<html>", "[]", "{}", "null", '"status"', "[null]"])
def test_an_answer_that_is_not_a_status_is_refused(node: Node, text: str) -> None:
    """A page of a proxy in between is not taken for a report's state."""
    answer = node(ASK, {"lookup": LOOKUP, "status": 200, "text": text})
    assert answer["status"]["code"] == "portal-unreachable"


# The odd values that are none.
SOUND = [
    ("not_promised", ["text"]),
    ("exposed", True),
    ("exploited", True),
    ("policy_version", 7),
]


def odd_statuses() -> Iterator[dict[str, Any]]:
    """A status with each of its parts, great and small, replaced by something else."""
    odds: list[object] = [None, 7, True, {}, [None], [[]], ["text"]]
    for name in STATUS:
        yield {key: value for key, value in STATUS.items() if key != name}
        yield from (STATUS | {name: odd} for odd in odds if (name, odd) not in SOUND)
    for name in ("publication", "data"):
        for change in ({"state": 7}, {"told": "text"}, {"told": [None]}):
            yield STATUS | {name: STATUS[name] | change}
    yield STATUS | {"data": STATUS["data"] | {"statement": 7}}
    for name, whole in {"events": EVENT, "deadlines": DEADLINE, "envelopes": ENVELOPE}.items():
        for member, sound in whole.items():
            yield STATUS | {name: [{k: v for k, v in whole.items() if k != member}]}
            for odd in (*odds[2:4], 7.5 if isinstance(sound, int) else 7):
                yield STATUS | {name: [whole | {member: odd}]}
    for zone in ("Mars/Base", "", "Europe/Amsterdam\0", "../UTC"):
        yield STATUS | {"zone": zone}
    for moment in ("", "soon", "2026-13-45T00:00:00Z", "2026-11-22", "+275760-09-14T00:00:00Z"):
        yield STATUS | {"received_at": moment}
        yield STATUS | {"events": [EVENT | {"at": moment}]}
        yield STATUS | {"deadlines": [DEADLINE | {"due": moment}]}
    for state in ("unheard-of", "", "constructor", "Met"):
        yield STATUS | {"deadlines": [DEADLINE | {"state": state}]}
    for change in ({"late_by": 7}, {"done": "soon"}):
        yield STATUS | {"deadlines": [DEADLINE | change]}
    for length in (-1, 0.5, 2**60):
        yield STATUS | {"envelopes": [ENVELOPE | {"length": length}]}


def test_an_odd_status_is_not_understood(node: Node) -> None:
    """Whatever is odd about it, it is said in plain words, and no page is built from it."""
    script = """
    const { askStatus } = await load("js/status-client.js")
    return Promise.all(input.map((status) => askStatus("https://portal.example/status", "00", {
        ask: async () => new Response(JSON.stringify(status)),
    }).then(() => null, ({ code, message, hint }) => ({ code, message, hint }))))
    """
    odd = list(odd_statuses())
    for status, told in zip(odd, node(script, odd), strict=True):
        assert told is not None, status
        assert told["code"] == "portal-unreachable"
        assert told["message"] == "The portal's answer was not understood."
        assert told["hint"]


def test_a_line_that_breaks_in_the_middle_is_said(node: Node) -> None:
    """As when no answer came at all."""
    script = """
    const { askStatus, fetchEnvelope } = await load("js/status-client.js")
    const ask = async () => ({ ok: true, blob: () => Promise.reject(new TypeError("cut")) })
    const told = (promise) => promise.catch(({ code }) => code)
    return Promise.all([told(askStatus("https://p.example/status", "00", { ask })),
                        told(fetchEnvelope("https://p.example/status", "00", "report", { ask }))])
    """
    assert node(script) == ["portal-unreachable"] * 2


def test_no_connection_is_said(node: Node) -> None:
    """Instead of an error of the browser."""
    answer = node(ASK, {"lookup": LOOKUP, "status": None, "text": ""})
    assert answer["status"]["code"] == answer["blob"]["code"] == "portal-unreachable"


def test_the_readable_copy_is_shown_first(node: Node) -> None:
    """`report.md` when there is one, else the JSON, else nothing."""
    both = [["report.json", "{}"], ["report.md", "# Hello"]]
    assert node(LETTER, [both, both[:1], []]) == ["# Hello", "{}", ""]
