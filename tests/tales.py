"""Cases for tests: a small policy and a history, told day by day."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from portal.cases import gates
from portal.cases.case import Case
from portal.cases.events import Event, check
from portal.cases.report import Report
from portal.policy.calendars import Calendar
from portal.policy.pack import Policy
from tests.conftest import START

Happened = tuple[str, float] | tuple[str, float, Mapping[str, Any]]
Told = Callable[..., Case]
May = Callable[..., None]
PACK = """
[program]
slug = "small"
name = "Small"

[calendar]
zone = "Europe/Amsterdam"

[[promise]]
id = "ack"
label = "Confirmation of receipt"
text = "We confirm within three days."
clock = { within = "3 calendar days", until = "acknowledged" }
"""


def case(more: str, *events: Happened, day: float = 0, **report: Any) -> Case:
    """Tell a case: `case("[reward] …", ("acknowledged", 1), day=4)`; days count from the start.

    Args:
        more: A whole pack, or what the small one says besides.
        events: What happened: name, day, and what it carries.
        day: What day it is now.
        report: Facts of the report, where they differ from the usual.
    """
    policy = Policy.parse(more if "[program]" in more else PACK + more)
    history = (Event("received", START, "reporter"), *(_event(*one) for one in events))
    calendar = Calendar.of(policy.calendar, start=START.date()).frozen()
    return Case(_report(calendar, report), policy, history, START + timedelta(days=day))


def may(case: Case, name: str, **data: Any) -> None:
    """Make sure that an event may follow: `may(case, "published", date="2027-01-31")`.

    Raises:
        EventRefused: It may not.
    """
    event = Event(name, case.now, "ada", data)
    check(event, case.history)
    gates.check(event, case.history, policy=case.policy, report=case.report, now=case.now)


def _event(name: str, day: float, data: Mapping[str, Any] | None = None) -> Event:
    return Event(name, START + timedelta(days=day), "ada", data or {})


def _report(calendar: Mapping[str, Any], changes: Mapping[str, Any]) -> Report:
    facts: dict[str, Any] = {
        "id": "7k2m9-qx4dw",
        "program": "small",
        "stored_lookup": "0" * 64,
        "origin": "browser-token",
        "kind": "report",
        "policy_version": 1,
        "keyset_version": 1,
        "verdict": None,
        "received_at": START,
        "contents_sha256": "c" * 64,
        "calendar": calendar,
    }
    return Report(**{**facts, **changes})
