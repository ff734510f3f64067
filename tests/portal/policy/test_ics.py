"""Calendar files: the promised dates, nothing else, and nothing that a calendar trips over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.policy.deadline import Deadline, State
from portal.policy.ics import calendar_file

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 25, 23, 59, 59, tzinfo=ZoneInfo("Europe/Amsterdam"))
ACK = Deadline("ack", "Confirmation of receipt", DUE, State.RUNNING, "Because of the calendar.")
URL = "https://portico.example/status"
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200
)


def written(*deadlines: Deadline, name: str = "Example") -> bytes:
    """Return the file for a report."""
    return calendar_file(deadlines, name=name, report="7k2m9-qx4dw", url=URL, now=NOW)


def test_it_holds_the_date_and_nothing_of_the_report() -> None:
    """Program, report, label, date and address: no explanation, no token."""
    assert written(ACK).decode().split("\r\n") == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Portico//Promised dates//EN"),
        *("METHOD:PUBLISH", "BEGIN:VEVENT"),
        "SUMMARY:Confirmation of receipt (Example\\, 7k2m9-qx4dw)",
        *("DTSTART:20261125T225959Z", "DTSTAMP:20261122T090000Z"),
        *("UID:7k2m9-qx4dw.ack@portico.example", "CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT"),
        f"URL:{URL}",
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "entries"),
    [
        ({}, 1),
        ({"state": State.LATE}, 1),
        ({"state": State.LATE, "done": NOW}, 0),
        ({"state": State.MET, "done": NOW}, 0),
        ({"state": State.PAUSED, "due": None}, 0),
        ({"state": State.PENDING, "due": None}, 0),
        ({"soft": True}, 1),
    ],
)
def test_only_open_dates_are_in_it(changes: dict[str, Any], entries: int) -> None:
    """What is kept, waits or stands still has no date to come."""
    calendar = Calendar.from_ical(written(replace(ACK, **changes)))
    assert len(calendar.events) == entries
    assert replace(ACK, **changes).has_open_date == bool(entries)


def test_a_date_that_moved_keeps_its_identity() -> None:
    """Taking in a newer file replaces the old entry instead of adding one."""
    moved = replace(ACK, due=DUE + timedelta(days=3))
    first, second = (Calendar.from_ical(written(one)).events[0] for one in (ACK, moved))
    assert first["UID"] == second["UID"]
    assert second.start - first.start == timedelta(days=3)


@given(label=TEXTS, name=TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_text_comes_back_and_no_line_is_too_long(label: str, name: str) -> None:
    """RFC 5545, 3.1 and 3.3.11: texts are escaped, lines folded at 75 bytes and ended by CRLF."""
    contents = written(replace(ACK, label=label), name=name)
    (event,) = Calendar.from_ical(contents).events
    assert str(event["SUMMARY"]) == f"{label} ({name}, 7k2m9-qx4dw)"
    lines = contents.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and line.decode() is not None for line in lines)


def test_a_label_cannot_add_lines() -> None:
    """A line break in a text stays inside it."""
    contents = written(replace(ACK, label="A\r\nATTENDEE:mailto:x@example.com\nB"))
    (event,) = Calendar.from_ical(contents).events
    assert "ATTENDEE" not in event
    assert b"\r\nATTENDEE" not in contents


@pytest.mark.parametrize("url", [f"{URL}?token=x", f"{URL}#x", "https://x@portico.example/"])
def test_an_address_that_could_carry_a_token_is_refused(url: str) -> None:
    """Only a plain address goes into a file that people share."""
    with pytest.raises(ValueError, match="more than a path"):
        calendar_file([ACK], name="Example", report="7k2m9-qx4dw", url=url, now=NOW)
