"""What an organisation promises a reporter, with its clocks."""

import re
from dataclasses import dataclass
from typing import Final

from portal.policy.advice import wrong
from portal.policy.clock_rules import ANCHORS, MILESTONES, NEWS, RECEIVED, ClockRule
from portal.policy.reading import Table
from portal.policy.spans import MAX_AMOUNT, UNITS, Span

_SPAN: Final = re.compile(rf"([0-9]{{1,9}}) ({'|'.join(UNITS.values())})s?")
ENDINGS: Final = tuple(name for name in MILESTONES if name != RECEIVED)
SPAN_HINT: Final = 'Write a number and a unit: "3 business days", "90 calendar days", "6 weeks".'

# Ids of the clocks that `portal.policy.disclosure` and `portal.policy.retention` make.
WINDOW_IDS: Final = ("disclosure-minimum", "disclosure-maximum")
RETENTION_ID: Final = "retention"


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing the organisation says it will do.

    Attributes:
        id: Stable name.
        text: The promise in words.
        clock: Its time limit; None when the policy gives no number.
    """

    id: str
    text: str
    clock: ClockRule | None = None


def read(pack: Table) -> tuple[Promise, ...]:
    """Return the promises of ``[[promise]]`` in their order."""
    taken = {*WINDOW_IDS, RETENTION_ID}
    return tuple(_promise(table, taken) for table in pack.tables("promise"))


def parse_span(text: str) -> Span:
    """Read a length of time as people write it: ``3 business days``.

    Raises:
        ValueError: It is none, or too long; a note on the error says how to write one.
    """
    found = _SPAN.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= MAX_AMOUNT:
        raise wrong(f"{text!r} is not a length of time", SPAN_HINT)
    units = {word: unit for unit, word in UNITS.items()}
    return Span(int(found[1]), units[found[2]])


def _promise(table: Table, taken: set[str]) -> Promise:
    """Read one promise; ``label`` is its short name beside a date."""
    with table:
        name, text = table.id(taken), table.prose("text")
        label = table.maybe_line("label")
        clock = table.table("clock")
        return Promise(name, text, _clock(clock, name, label or text) if clock else None)


def _clock(table: Table, name: str, label: str) -> ClockRule | None:
    """Read ``clock = { within, after, until, soft }``."""
    with table:
        span = table.made("within", parse_span, needed=True)
        anchor = table.choice("after", tuple(ANCHORS), RECEIVED)
        soft = table.flag("soft", default=False)
        met_by = table.maybe_choice("until", ENDINGS)
        if anchor == NEWS:
            _check_news(table, soft=soft)
        elif met_by is None and not soft:
            hint = 'Name the event that keeps it, as in until = "acknowledged", or say soft = true.'
            table.note(None, "Nothing could keep this promise in time.", hint)
        if met_by == anchor:
            table.note("until", "The clock starts and ends with the same event.", "Change one.")
        return ClockRule(name, label, span, anchor, soft, met_by) if span else None


def _check_news(table: Table, *, soft: bool) -> None:
    """Note what a clock of the last news cannot be: a promise, or one that an event keeps."""
    if not soft:
        hint = "Say soft = true, or count from an event that happens once."
        table.note("after", "News can be aimed at, and not promised by a date.", hint)
    if table.has("until"):
        table.note("until", "This clock runs until the problem is resolved.", "Take until out.")
