"""What an event may carry: dates, numbers and names of reports; no text that tells of a report."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from portal.errors import EventRefused

_REPORT: Final = re.compile(r"[0-9a-z]{5}-[0-9a-z]{5}")
_HIGHEST: Final = 10**6  # no thread and no history is as long


def check(
    data: Mapping[str, Any], *, verb: str, needs: Sequence[str], takes: Sequence[str] = ()
) -> None:
    """Make sure that the data is what an event of this kind carries, and nothing else.

    Args:
        data: What came with the event.
        verb: How staff call the event.
        needs: What it must carry.
        takes: What it may carry besides; every event may say what date is expected.

    Raises:
        EventRefused: Something is missing, malformed, or does not belong there.
    """
    missing = [name for name in needs if not data.get(name)]
    if missing:
        example = _EXAMPLES[missing[0]]
        raise EventRefused(
            f"“{verb}” needs {' and '.join(missing)}.",
            hint=f"Give it, such as {missing[0]} {example}.",
        )
    for name, value in data.items():
        if name not in {*needs, *takes, *_ANYWHERE}:
            raise EventRefused(
                f"“{verb}” does not take “{name[:40]}”.",
                hint="Words about a report belong into a sealed note or message.",
            )
        _check_one(name, value)


def _check_one(name: str, value: object) -> None:
    try:
        sound = _SOUND[name](value)
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise EventRefused(
            f"The value of “{name}” cannot be one.", hint=f"Write it as {_EXAMPLES[name]}."
        )


def _is_day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _HIGHEST


def _is_report(value: object) -> bool:
    return isinstance(value, str) and _REPORT.fullmatch(value) is not None


_SOUND: Final[Mapping[str, Callable[[object], bool]]] = {
    "expected": _is_day,
    "date": _is_day,
    "message": _is_number,
    "event": _is_number,
    "of": _is_report,
}
_EXAMPLES: Final = {
    "expected": "2027-01-31",
    "date": "2027-01-31",
    "message": "3",
    "event": "4",
    "of": "7k2m9-qx4dw",
}
_ANYWHERE: Final = frozenset({"expected"})
