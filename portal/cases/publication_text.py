"""How publication stands, in sentences: for the reporter and for staff, in the same order."""

from collections.abc import Iterator, Mapping
from typing import Final

from portal.cases.case import Case
from portal.cases.embargo import Embargo
from portal.cases.publication import Publication, State, publication
from portal.cases.steps import Side
from portal.policy.dates import day, moment

# What was said last, to each side; `{day}` is the day it is about.
_SAID: Final[Mapping[Side, Mapping[State, str]]] = {
    "reporter": {
        "none": "Nobody has proposed a date for publication.",
        "proposed": "Staff propose to publish on {day}. Your answer is open.",
        "countered": "You propose to publish on {day}. The answer of staff is open.",
        "agreed": "You and staff agreed to publish on {day}.",
        "declined": "There is no agreement: the proposal to publish on {day} was declined.",
        "published": "It was published on {day}.",
        "leaked": "It became public on {day}, before its time. Nothing binds you to silence now.",
    },
    "staff": {
        "none": "Nobody has proposed a date for publication.",
        "proposed": "Staff propose to publish on {day}. The reporter has not answered.",
        "countered": "The reporter proposes to publish on {day}. Staff have not answered.",
        "agreed": "The reporter and staff agreed to publish on {day}.",
        "declined": "There is no agreement: the proposal to publish on {day} was declined.",
        "published": "It was published on {day}.",
        "leaked": "It became public on {day}, before its time. The embargo is over for both sides.",
    },
}
_UNTIL: Final[Mapping[str, str]] = {
    "acknowledged": "receipt is confirmed",
    "assessed": "the report is assessed",
    "accepted": "the report is accepted",
    "fixing": "work on a fix begins",
    "resolved": "the problem is fixed",
    "published": "the organisation publishes",
    "closed": "the case is closed",
    "deleted": "the report is deleted",
}
_FREE: Final[Mapping[Side, str]] = {
    "reporter": "You are free to publish.",
    "staff": "The reporter is free to publish.",
}


def sentences(case: Case, *, to: Side) -> tuple[str, ...]:
    """Return how publication stands: what was said, then what the policy asks and until when."""
    found = publication(case.history)
    return (_said(found, to), *(() if found.over else _asked(case, to)))


def _said(found: Publication, to: Side) -> str:
    return _SAID[to][found.state].format(day=day(found.day) if found.day else "")


def _asked(case: Case, to: Side) -> Iterator[str]:
    """Yield what the policy asks for, and whether it still does."""
    asked = case.policy.disclosure
    if asked is None:
        yield "The policy does not say anything about publication."
        return
    embargo = Embargo.of(case)
    if embargo.together:
        yield "The policy leaves it to both sides together whether and how to publish."
    if asked.not_before and not case.has(asked.not_before):
        yield f"Staff publish nothing before {_UNTIL[asked.not_before]}."
    yield from _shortest(embargo)
    yield from _longest(embargo, to)
    if embargo.endless:
        yield f"Silence is asked for until {_UNTIL[asked.until or '']}. There is no date for that."
    if embargo.free and not embargo.outlasted:
        yield f"The time that the policy asks for is over. {_FREE[to]}"


def _shortest(embargo: Embargo) -> Iterator[str]:
    if embargo.earliest and embargo.waiting:
        until = moment(embargo.earliest)
        yield f"The policy asks for silence at least until {until}, unless both sides agree."


def _longest(embargo: Embargo, to: Side) -> Iterator[str]:
    if embargo.latest is None:
        return
    until = moment(embargo.latest)
    if embargo.outlasted:
        yield f"The policy asked for silence at most until {until}. {_FREE[to]}"
    elif not embargo.free:
        then = "After that you are" if to == "reporter" else "After that the reporter is"
        yield f"The policy asks for silence at most until {until}. {then} free to publish."
