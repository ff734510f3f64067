"""How pages write dates, hashes and sizes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from portal.policy.clock_rules import ANCHORS
from portal.policy.dates import day, moment

_STEP = 1024


def when(instant: datetime, zone: str = "UTC") -> str:
    """Write a moment with its day, hour and zone; promises are only worth something dated."""
    return moment(instant.astimezone(ZoneInfo(zone)))


def groups(text: str, size: int = 4) -> str:
    """Break a long hash into groups that an eye can follow."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def size(count: int) -> str:
    """Write a number of bytes: ``16 KiB``."""
    amount, unit = float(count), "bytes"
    for larger in ("KiB", "MiB", "GiB"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    return f"{amount:.0f} {unit}" if amount >= 10 or unit == "bytes" else f"{amount:.1f} {unit}"


def happened(event: str) -> str:
    """Write the event a clock starts at, as in “3 business days after the report was received”."""
    return ANCHORS[event]


FILTERS: Mapping[str, Callable[..., str]] = {
    "when": when,
    "day": day,
    "groups": groups,
    "size": size,
    "happened": happened,
}
