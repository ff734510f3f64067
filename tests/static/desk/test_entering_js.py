"""Entering a mail: its moment, what is sealed of it, and what its sender is told."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.offline.document import Document

Node = Callable[..., Any]

MOMENT = """
process.env.TZ = "Europe/Berlin"
const { momentOf } = await load("js/desk/received-moment.js")
return input.clocks.map((clock) => momentOf(clock, input.now))
"""
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def moments(node: Node, *clocks: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Read clocks on a machine in Berlin."""
    named = [dict(zip(("date", "time", "zone"), clock, strict=True)) for clock in clocks]
    found = node(MOMENT, {"clocks": named, "now": NOW.timestamp() * 1000})
    assert isinstance(found, list)
    return found


def test_a_moment_has_its_zone(node: Node) -> None:
    """As the mail says it, or by this machine's clock, in winter and in summer."""
    found = moments(
        node,
        ("2026-11-20", "14:05", "+01:00"),
        ("2026-11-20", "14:05", "-09:30"),
        ("2026-11-20", "14:05", "here"),
        ("2026-07-01", "14:05:59", "here"),
    )
    assert [one["fault"] for one in found] == [None] * 4
    assert [one["moment"] for one in found] == [
        "2026-11-20T14:05+01:00",
        "2026-11-20T14:05-09:30",
        "2026-11-20T14:05+01:00",
        "2026-07-01T14:05+02:00",
    ]
    assert all(datetime.fromisoformat(one["moment"]).tzinfo for one in found)


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (("2026-11-22", "10:31", "+01:00"), "in the future"),
        (("2026-11-22", "09:31", "+00:00"), "in the future"),
        (("2025-11-21", "09:30", "+00:00"), "more than a year"),
        (("", "10:00", "+01:00"), "a date and a time"),
        (("2026-11-20", "", "here"), "a date and a time"),
        (("2026-11-20", "10:00", "soon"), "zone"),
    ],
)
def test_a_time_that_cannot_be_is_said(node: Node, clock: tuple[str, str, str], words: str) -> None:
    """As the portal would refuse it, and before anything is sealed."""
    (found,) = moments(node, clock)
    assert found["moment"] == ""
    assert words in found["fault"]


def test_every_offset_of_a_mail_can_be_chosen(node: Node) -> None:
    """From west to east, the odd ones among them, each one that Python reads, too."""
    script = 'return (await load("js/desk/received-moment.js")).offsets()'
    found = node(script)
    spans = [datetime.fromisoformat(f"2026-11-20T00:00{one}").utcoffset() for one in found]
    assert spans == sorted(spans, key=lambda one: one or timedelta())
    assert {"+00:00", "-12:00", "+14:00", "+05:45", "-03:30"} <= set(found)
    assert len(set(found)) == len(found)


SEALED = """
const { jobOf } = await load("js/desk/mail-report.js")
const { reportFiles } = await load("js/report-document.js")
const job = jobOf(input.mail, input.circumstances)
const files = reportFiles(job.document, job.words)
return [job.recipients, files.map(({ bytes }) => new TextDecoder().decode(bytes))]
"""


def test_what_is_sealed_is_a_report_without_a_key(node: Node) -> None:
    """The command line reads it like any other: fields, target, when it came; no key, no policy."""
    mail = {
        "receivedAt": "2026-11-20T14:05+01:00",
        "target": "https://a.example/`x",
        "fields": {"title": "Door", "steps": "# Open\n```\n<b>", "contact_email": ""},
        "files": [],
        "flags": {"exposed": True, "exploited": False},
    }
    keyset = {"version": 3, "fingerprint": "ab" * 32, "recipients": ["age1x", "age1y"]}
    circumstances = {
        "program": "example",
        "programName": "Example",
        "build": "b",
        "keyset": keyset,
        "now": 1_795_339_800,
    }
    recipients, (raw, readable) = node(SEALED, {"mail": mail, "circumstances": circumstances})
    document = Document.parse(raw.encode())
    assert recipients == keyset["recipients"]
    assert document.fields == {"title": "Door", "steps": "# Open\n```\n<b>"}
    assert (document.program, document.keyset_version) == ("example", 3)
    assert (document.recipient, document.signing_key, document.policy_version) == (None,) * 3
    assert document.came_by_mail == "2026-11-20T14:05+01:00"
    assert json.loads(raw)["exposed"] is True
    assert "by mail at `2026-11-20T14:05+01:00`, entered by staff" in readable
    assert "\n# Open" not in readable.partition("````text")[0]
    assert "signing key" not in readable


def test_the_sender_is_told_dates_and_nothing_they_could_be_known_by(node: Node) -> None:
    """What has a date is promised with hour and zone; the check is named where it is known."""
    script = """
    const { senderNote } = await load("js/desk/sender-note.js")
    return [senderNote(input), senderNote({ ...input, portal: null, deadlines: [] })]
    """
    known = {
        "report": "abcde-fghjk",
        "program": "Example",
        "receivedAt": "2026-11-20T14:05+01:00",
        "deadlines": [
            {"label": "Confirmation", "due": "2026-11-25T22:59:59+00:00"},
            {"label": "Fix", "due": None},
        ],
        "zone": "Europe/Amsterdam",
        "portal": "https://report.example.org",
    }
    told, bare = node(script, known)
    assert "mail of Friday 20 November 2026, 14:05 Europe/Amsterdam to Example" in told
    assert "- Confirmation: Wednesday 25 November 2026, 24:00 Europe/Amsterdam" in told
    assert "Fix" not in told
    assert "report abcde-fghjk" in told
    assert "https://report.example.org/verify" in told
    assert "verify" not in bare
    assert "dates" not in bare
