"""What each kind of message carries beside its text: exactly this, and nothing more.

`static/js/thread/body-data.js` reads the same; the vectors hold both to it. What carries more, or
something else, is no message of Portico's, whoever signed it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MAX_NAME: Final = 200  # characters of how somebody wants to be named
MAX_STATEMENT: Final = 20_000  # characters: as long as a paragraph of a policy may be
MAX_ANSWER: Final = 100_000  # characters of one answer to the form
MAX_FIELDS: Final = 100  # far more than a policy asks
MAX_CLAUSES: Final = 500
MAX_FACTORS: Final = 50  # as many as an event weighs
_HIGHEST: Final = 10**6  # no thread is as long

# As both languages match them: ASCII alone. A calendar of four digits keeps both to the same days.
_DAY: Final = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

Test = Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class Shape:
    """The members of one kind.

    Attributes:
        needs: By name: what has to be there.
        takes: By name: what may be there.
    """

    needs: Mapping[str, Test]
    takes: Mapping[str, Test]

    def fits(self, data: Mapping[str, Any]) -> bool:
        """Tell whether these are the members, all of them sound."""
        known = {**self.needs, **self.takes}
        whole = self.needs.keys() <= data.keys() <= known.keys()
        return whole and all(known[name](value) for name, value in data.items())


def fits(kind: str, data: Mapping[str, Any]) -> bool:
    """Tell whether a message of this kind may carry this."""
    return kind in _SHAPES and _SHAPES[kind].fits(data)


def number(value: object) -> int | None:
    """Return the number of a message; None for what is none.

    JSON knows one kind of number: ``3.0`` is 3, as it is in the browser.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return int(value) if 0 < value < _HIGHEST else None


def _is_number(value: object) -> bool:
    return number(value) is not None


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_name(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= MAX_NAME)


def _is_statement(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_STATEMENT


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _one_of(*codes: str) -> Test:
    return lambda value: isinstance(value, str) and value in codes


def _table(most: int, test: Test) -> Test:
    """Return the test for a table of ids, each with something that passes a test."""

    def is_table(value: object) -> bool:
        if not isinstance(value, dict) or len(value) > most:
            return False
        return all(_is_id(name) and test(each) for name, each in value.items())

    return is_table


def _is_answer(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_ANSWER


def _is_clauses(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MAX_CLAUSES and all(map(_is_id, value))


def _is_conduct(value: object) -> bool:
    lists = isinstance(value, dict) and value.keys() == {"attested", "used"}
    return lists and all(_is_clauses(one) for one in value.values())  # type: ignore[attr-defined]


_NOTHING: Final = Shape({}, {})
# The day is said again by whoever answers: what they saw is signed, too.
_ANSWER: Final = Shape({"proposal": _is_number}, {"date": _is_day})
_SHAPES: Final[Mapping[str, Shape]] = {
    "message": _NOTHING,
    "publication-proposed": Shape({"date": _is_day}, {"proposal": _is_number}),
    "publication-agreed": _ANSWER,
    "publication-declined": _ANSWER,
    "credit": Shape({"name": _is_name}, {"form": _one_of("handle", "name")}),
    "withdrawal": _NOTHING,
    "deletion": _NOTHING,
    "attestation": Shape(
        {"clause": _one_of("purged", "deleted"), "text": _is_statement},
        {},
    ),
    "completion": Shape({"fields": _table(MAX_FIELDS, _is_answer)}, {"conduct": _is_conduct}),
    "decision": Shape(
        {
            "answer": _one_of("yes", "no"),
            "factors": _table(MAX_FACTORS, _one_of("low", "medium", "high")),
        },
        {},
    ),
}
