"""What happens next, by the policy's own words and clocks: said before anything is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from portal.cases.events import Event
from portal.cases.prospects import prospects
from portal.policy.calendars import Calendar
from portal.policy.deadline import Deadline
from portal.policy.pack import Policy
from portal.policy.promises import Promise

# What a reporter waits for, in the order it comes, and the events that bring it.
_WAITED_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "Staff confirm that they have it": ("acknowledged",),
    "Staff assess it": ("assessed", "accepted"),
    "The problem is fixed": ("resolved",),
}
_MORE: Final = "What else is promised"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a reporter waits for.

    Attributes:
        title: What it is.
        promises: What the policy says about it; empty when it does not say.
    """

    title: str
    promises: tuple[Promise, ...]


def ahead(policy: Policy) -> tuple[Step, ...]:
    """Return what a reporter waits for, each with what this policy promises about it.

    Anonymous reports and named ones have the same ahead of them: no name is asked here.
    """
    steps = [
        Step(title, tuple(one for one in policy.promises if _kept_by(one) in events))
        for title, events in _WAITED_FOR.items()
    ]
    told = {promise.id for step in steps for promise in step.promises}
    more = tuple(promise for promise in policy.promises if promise.id not in told)
    return (*steps, Step(_MORE, more)) if more else tuple(steps)


def _kept_by(promise: Promise) -> str | None:
    return promise.clock.met_by if promise.clock else None


def if_received(policy: Policy, *, at: datetime) -> tuple[Deadline, ...]:
    """Return the dates of a report that came in at a moment, aware."""
    start = at.astimezone(ZoneInfo(policy.calendar.zone)).date()
    return on_receipt(policy, Calendar.of(policy.calendar, start=start).frozen(), at=at)


def on_receipt(
    policy: Policy, calendar: Mapping[str, Any], *, at: datetime
) -> tuple[Deadline, ...]:
    """Return the dates of a report that has just come in, by the working days frozen for it."""
    return prospects(policy, (Event("received", at, "reporter"),), calendar, now=at)
