"""What an event may carry: dates, numbers, codes, names of reports; no text that tells of a report.

What each means together with the rest of the history, `portal.cases.gates` looks at.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from portal.cases import choices
from portal.cases.steps import STEPS, Step
from portal.errors import EventRefused

_REPORT: Final = re.compile(r"[0-9a-z]{5}-[0-9a-z]{5}")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")  # as packs and regimes write theirs
# One spelling: `fromisoformat` takes any character between day and time, a hidden one as well.
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_HIGHEST: Final = 10**6  # no thread and no history is as long
_YEARS: Final = range(2000, 3000)  # dates beyond are slips, and no zone can shift the outermost
_MOST: Final = 50  # factors of a reward


def check(event: str, data: Mapping[str, Any]) -> None:
    """Make sure that the data is what an event of this name carries, and nothing else.

    Every event may say by when a fix is expected.

    Raises:
        EventRefused: Something is missing, malformed, or does not belong there.
    """
    step = STEPS[event]
    _check_names(step, data)
    for name, value in data.items():
        codes = choices.of(event, name)
        if codes is None:
            _check_one(name, value)
        elif not isinstance(value, str) or value not in codes:
            raise EventRefused(
                f"“{str(value)[:40]}” is no {name} that “{step.verb}” can have.",
                hint=f"Give one of: {', '.join(codes)}.",
            )


def _check_names(step: Step, data: Mapping[str, Any]) -> None:
    missing = [name for name in step.needs if not data.get(name)]
    if missing:
        raise EventRefused(
            f"“{step.verb}” needs {' and '.join(missing)}.",
            hint=f"Give it, such as {missing[0]} {EXAMPLES[missing[0]]}.",
        )
    for name in data:
        if name not in {*step.needs, *step.takes, *_ANYWHERE}:
            raise EventRefused(
                f"“{step.verb}” does not take “{name[:40]}”.",
                hint="Words about a report belong into a sealed note or message.",
            )


def _check_one(name: str, value: object) -> None:
    try:
        sound = _SOUND[name](value)
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise EventRefused(
            f"The value of “{name}” cannot be one.", hint=f"Write it as {EXAMPLES[name]}."
        )


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    day = date.fromisoformat(value)
    return day.isoformat() == value and day.year in _YEARS


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    moment = datetime.fromisoformat(value)
    return moment.utcoffset() is not None and moment.year in _YEARS


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _HIGHEST


def _is_report(value: object) -> bool:
    return isinstance(value, str) and _REPORT.fullmatch(value) is not None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_weighing(value: object) -> bool:
    if not isinstance(value, dict) or not 0 < len(value) <= _MOST:
        return False
    return all(_is_id(name) and weight in choices.WEIGHTS for name, weight in value.items())


_SOUND: Final[Mapping[str, Callable[[object], bool]]] = {
    "at": _is_moment,
    "clock": _is_id,
    "date": _is_day,
    "despite_held": lambda value: value is True,
    "event": _is_number,
    "expected": _is_day,
    "factors": _is_weighing,
    "message": _is_number,
    "of": _is_report,
    "regime": _is_id,
    "stage": _is_id,
}
EXAMPLES: Final[Mapping[str, str]] = {
    "answer": "yes",
    "at": "2026-11-22T09:30+01:00",
    "basis": "consent",
    "clock": "ack",
    "date": "2027-01-31",
    "despite_held": "true",
    "event": "4",
    "expected": "2027-01-31",
    "factors": '{"value": "high"}',
    "message": "3",
    "of": "7k2m9-qx4dw",
    "reason": "waiting-for-reporter",
    "regime": "gdpr-33",
    "stage": "notification",
}
_ANYWHERE: Final = frozenset({"expected"})
