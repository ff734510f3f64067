"""Dates that a portal states, as its pages write them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.offline import visible
from portal.policy.dates import moment

STATES: Mapping[str, str] = {
    "pending": "not started",
    "running": "running",
    "paused": "paused",
    "met": "done",
    "late": "late",
}


def when(stated: object, zone: object = None) -> str:
    """Write a time for people; what is no time with an offset is shown as it came.

    Args:
        stated: ISO 8601 with an offset, if the portal is what it should be.
        zone: IANA name to write it in; without one, it is written with its own offset.
    """
    try:
        at = datetime.fromisoformat(str(stated))
        if at.tzinfo is None:
            return visible.line(stated)
        return moment(at.astimezone(ZoneInfo(zone)) if isinstance(zone, str) else at)
    except (ValueError, KeyError, OSError, OverflowError):
        return visible.line(stated)


def told(stated: object, *, zone: object = None, now: bool = True) -> Iterator[str]:
    """Yield lines about promised dates.

    Args:
        stated: The list of them, as the portal gave it.
        zone: IANA name to write times in.
        now: Whether they are of this moment, so that their states are worth showing.
    """
    for one in objects(stated):
        parts = [_state(one)] * now
        parts += [f"by {when(one['due'], zone)}" if one.get("due") else "no date yet"]
        yield f"  {visible.line(one.get('label'))}: {', '.join(filter(None, parts))}"
        if one.get("explanation"):
            yield f"      {visible.line(one['explanation'])}"


def _state(one: Mapping[str, Any]) -> str:
    state = STATES.get(str(one.get("state")), visible.line(one.get("state") or ""))
    return f"{state} by {visible.line(one['late_by'])}" if one.get("late_by") else state


def objects(stated: object) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON objects of a list; anything else holds none."""
    for each in stated if isinstance(stated, list) else []:
        if isinstance(each, dict):
            yield each
