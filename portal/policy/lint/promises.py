"""C-5: what is promised, by when, and whether a date can be worked out for it."""

import re
from collections.abc import Iterator
from typing import Final

from portal.policy.calendars import YEARS_AHEAD
from portal.policy.clock_rules import ANCHORS, ClockRule
from portal.policy.lint.silence import silent
from portal.policy.pack import Policy
from portal.policy.promises import Promise
from portal.policy.remarks import BOD, Found
from portal.policy.spans import Span

ACKNOWLEDGED: Final = "acknowledged"
# BOD 20-01 aims at an answer within this time; hours and days as people live them.
SWIFT: Final = {"business_days": 3, "calendar_days": 5, "hours": 5 * 24}
BEYOND: Final = YEARS_AHEAD * 250  # working days; a report's calendar knows no more
_NUMBER: Final = r"\d+|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty|sixty|ninety"
_TIME: Final = re.compile(
    rf"\b(?:within|in|after)\s+(?:{_NUMBER})\s+(?:(?:business|working|calendar)\s+)?"
    r"(?:hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)


def check(policy: Policy) -> Iterator[Found]:
    """Yield remarks on ``[[promise]]`` and the calendar that its clocks count by."""
    yield from _acknowledgement(policy)
    for number, promise in enumerate(policy.promises):
        yield from _clock(("promise", number), promise)
    counted = any(rule.span.unit == "business_days" for rule in policy.clock_rules)
    if counted and policy.calendar.country is None:
        yield Found(
            ("calendar",),
            "warning",
            "no-country",
            "Promises count business days, and no country says which days are holidays.",
            "On holidays your staff would be late without having been at work.",
            'Add country = "NL" (or yours) to [calendar].',
        )


def _acknowledgement(policy: Policy) -> Iterator[Found]:
    """C-5: reporters want to know when they hear back."""
    rules = [
        (number, promise.clock)
        for number, promise in enumerate(policy.promises)
        if promise.clock and promise.clock.met_by == ACKNOWLEDGED
    ]
    if not rules:
        yield silent(
            "promise",
            "no-acknowledgement-time",
            "when a report is acknowledged",
            "Who hears nothing gives up waiting, and publishes.",
            '[[promise]] with clock = { within = "3 business days", until = "acknowledged" }',
        )
    for number, rule in rules:
        if _slow(rule.span):
            yield Found(
                ("promise", number),
                "notice",
                "slow-acknowledgement",
                f"Receipt is confirmed within {rule.span}.",
                f"{BOD} aims at three business days.",
                'If you can keep it, write within = "3 business days".',
            )


def _slow(span: Span) -> bool:
    return span.amount > SWIFT.get(span.unit, 0)


def _clock(path: tuple[str, int], promise: Promise) -> Iterator[Found]:
    rule = promise.clock
    if rule is None:
        if found := _TIME.search(promise.text):
            yield Found(
                path,
                "warning",
                "promise-uncounted",
                f"The text says “{found[0]}”, and no clock counts it.",
                "Reporters see no date for it, and nobody is reminded.",
                'Add clock = { within = "…", after = "…", until = "…" } to this promise.',
            )
        return
    yield from _order(path, rule)
    if rule.span.unit == "business_days" and rule.span.amount > BEYOND:
        yield Found(
            (*path, "clock"),
            "warning",
            "beyond-calendar",
            f"{rule.span} reach further than holidays are known.",
            f"A report's calendar knows {YEARS_AHEAD} years; the date would be wrong.",
            "Write the time in calendar days or weeks.",
        )


def _order(path: tuple[str, int], rule: ClockRule) -> Iterator[Found]:
    """A clock that its own end comes before can never run."""
    course = list(ANCHORS)
    if rule.met_by and course.index(rule.met_by) < course.index(rule.anchor):
        yield Found(
            (*path, "clock"),
            "warning",
            "clock-backwards",
            f"This clock starts when {ANCHORS[rule.anchor]}, and ends when {ANCHORS[rule.met_by]}.",
            "The end comes first, so no date can ever be worked out.",
            f'Exchange the two: after = "{rule.met_by}", until = "{rule.anchor}".',
        )
