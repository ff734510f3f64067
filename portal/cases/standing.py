"""How a report stands: everything the bearer of its token may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.cases.catalogue import Catalogue
from portal.cases.envelope import DELIVERED, Envelope
from portal.cases.events import STATES, STEPS, Event, state
from portal.cases.prospects import plain, prospects
from portal.cases.report import Report
from portal.cases.store import Store
from portal.policy.clocks import Deadline
from portal.policy.dates import day
from portal.policy.pack import Policy


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the reporter reads it: who recorded it stays with the staff."""

    name: str
    label: str
    at: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A report, its history and its promised dates.

    Attributes:
        report: The report.
        policy: The version it was made under.
        state: A key of `STATES`.
        events: Oldest first.
        deadlines: Where each promise stands.
        envelopes: The facts of each sealed file of the report itself; its messages have a list.
        zone: IANA name of the zone dates are shown in.
    """

    report: Report
    policy: Policy
    state: str
    events: tuple[Happening, ...]
    deadlines: tuple[Deadline, ...]
    envelopes: tuple[Envelope, ...]
    zone: str

    @property
    def state_label(self) -> str:
        """The state in plain words."""
        return STATES[self.state]


def standing(report: Report, *, store: Store, catalogue: Catalogue, now: datetime) -> Standing:
    """Return how a report stands now."""
    policy = catalogue.policy(report.program, report.policy_version)
    events = store.events(report.id)
    return Standing(
        report=report,
        policy=policy,
        state=state(events),
        events=tuple(_happening(event, report.calendar["zone"]) for event in events),
        deadlines=prospects(policy, events, report.calendar, now=now),
        envelopes=tuple(one for _, one in store.envelopes(report.id) if one.role in DELIVERED),
        zone=report.calendar["zone"],
    )


def _happening(event: Event, zone: str) -> Happening:
    return Happening(event.name, STEPS[event.name].label, event.at, _note(event, zone))


def _note(event: Event, zone: str) -> str | None:
    """Say what an event carries; of another report no more than the day it was received."""
    if event.name == "duplicate":
        received = datetime.fromisoformat(event.data["received_at"]).astimezone(ZoneInfo(zone))
        return f"That report was received on {day(received.date())}."
    if event.name == "publication_proposed":
        return f"The date is {day(date.fromisoformat(event.data['date']))}."
    expected = event.data.get("expected")
    return f"Staff expect it to be fixed by {expected}." if expected else None


def plain_standing(found: Standing) -> dict[str, Any]:
    """Return a standing as JSON-ready data, for the status page's script and `portico status`."""
    report = found.report
    return {
        "report": report.id,
        "program": report.program,
        "program_name": found.policy.name,
        "kind": report.kind,
        "received_at": report.received_at.isoformat(),
        "state": found.state,
        "state_label": found.state_label,
        "events": [
            {"name": one.name, "label": one.label, "at": one.at.isoformat(), "note": one.note}
            for one in found.events
        ],
        "deadlines": [plain(deadline) for deadline in found.deadlines],
        "envelopes": [
            {"role": one.role, "length": one.length, "payload_sha256": one.payload_sha256}
            for one in found.envelopes
        ],
        "zone": found.zone,
        "receipt": report.receipt,
        "keyset_version": report.keyset_version,
    }
