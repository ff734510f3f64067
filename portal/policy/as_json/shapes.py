"""How single values are written: a day in ISO 8601, whatever has words by its words."""

from datetime import date
from typing import Any

Plain = dict[str, Any]


def day(when: date | None) -> str | None:
    """Return a day as ``2026-11-22``."""
    return when.isoformat() if when else None


def text(value: object | None) -> str | None:
    """Return a value as packs write it."""
    return None if value is None else str(value)
