"""Promised dates as a calendar file (RFC 5545), for people who want them beside their own.

Calendars are shared and copied to servers of others, so the file says as little as it can: the
program, the report's name, what is promised and when. Nothing of the report is in it, and no token.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from portal.policy.deadline import Deadline

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_MAKER: Final = "-//Portico//Promised dates//EN"


def calendar_file(
    deadlines: Iterable[Deadline], *, name: str, report: str, url: str, now: datetime
) -> bytes:
    """Return a calendar with every date that is still open; without one it has no entries.

    A date keeps its identity when it moves: taking in a newer file replaces the entries of an
    older one.

    Args:
        deadlines: Where the promises stand.
        name: The program's name.
        report: Name of the report.
        url: Where the reporter can look; the same for all reporters.
        now: Present time, aware.

    Raises:
        ValueError: The address has a query or a fragment, which could carry a token.
    """
    place = urlsplit(url)
    if place.query or place.fragment or "@" in place.netloc:
        raise ValueError("the address of the status page has more than a path")
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in deadlines:
        if one.due and one.has_open_date:
            entry = _entry(f"{one.label} ({name}, {report})", one.due, now)
            entry.add("uid", f"{report}.{one.id}@{place.hostname or 'portico'}")
            entry.add("url", url)
            calendar.add_component(entry)
    contents: bytes = calendar.to_ical()
    return contents


def _entry(summary: str, due: datetime, now: datetime) -> Event:
    """Return an entry at one moment, which takes up no time of the day."""
    event = Event()
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", due.astimezone(UTC))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    return event
