"""How a report stands: everything the bearer of its token may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from portal.cases.case import Case
from portal.cases.catalogue import Catalogue
from portal.cases.envelope import DELIVERED, Envelope
from portal.cases.events import state
from portal.cases.outlook import DataOutlook, PublicationOutlook, Recognition
from portal.cases.prospects import plain, prospects
from portal.cases.report import Report
from portal.cases.steps import STATES
from portal.cases.store import Store
from portal.cases.thanks import Thanks
from portal.cases.timeline import Happening, timeline
from portal.policy.deadline import Deadline
from portal.policy.pack import Policy

# What policies usually promise by a date, by the event that keeps it.
_USUAL: Final[Mapping[str, str]] = {
    "acknowledged": "confirmation of receipt",
    "assessed": "assessment",
    "resolved": "fix",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A report, its history and its promised dates.

    Attributes:
        report: The report.
        policy: The version it was made under.
        state: A key of `STATES`.
        events: Oldest first.
        deadlines: Where each promise stands.
        not_promised: What policies usually promise by a date, and this one does not.
        publication: What was said about publication, and what the policy asks.
        data: How data stands that the reporter came to hold.
        recognition: How the reporter can be named, and whether they are.
        envelopes: The facts of each sealed file of the report itself; its messages have a list.
        zone: IANA name of the zone dates are shown in.
    """

    report: Report
    policy: Policy
    state: str
    events: tuple[Happening, ...]
    deadlines: tuple[Deadline, ...]
    not_promised: tuple[str, ...]
    publication: PublicationOutlook
    data: DataOutlook
    recognition: Recognition
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
    case = Case(report, policy, events, now)
    return Standing(
        report=report,
        policy=policy,
        state=state(events),
        events=timeline(case),
        deadlines=(
            prospects(policy, events, report.calendar, now=now) if report.has_clocks else ()
        ),
        not_promised=_not_promised(case),
        publication=PublicationOutlook.of(case, to="reporter"),
        data=DataOutlook.of(case, to="reporter"),
        recognition=Recognition.of(case, name=Thanks(store.database).name_of(report)),
        envelopes=tuple(one for _, one in store.envelopes(report.id) if one.role in DELIVERED),
        zone=report.calendar["zone"],
    )


def _not_promised(case: Case) -> tuple[str, ...]:
    """Return what policies usually promise by a date, where this one names none."""
    if not case.report.has_clocks:
        return ()
    kept_by = {promise.clock.met_by for promise in case.policy.promises if promise.clock}
    return tuple(label for name, label in _USUAL.items() if name not in kept_by)


def plain_standing(found: Standing) -> dict[str, Any]:
    """Return a standing as JSON-ready data, for the status page's script and `portico status`."""
    report = found.report
    return {
        "report": report.id,
        "program": report.program,
        "program_name": found.policy.name,
        "kind": report.kind,
        "policy_version": report.policy_version,
        "exposed": report.exposed,
        "exploited": report.exploited,
        "received_at": report.received_at.isoformat(),
        "state": found.state,
        "state_label": found.state_label,
        "events": [
            {"name": one.name, "label": one.label, "at": one.at.isoformat(), "note": one.note}
            for one in found.events
        ],
        "deadlines": [plain(deadline) for deadline in found.deadlines],
        "not_promised": list(found.not_promised),
        "publication": found.publication.plain(),
        "data": found.data.plain(),
        "recognition": found.recognition.plain(),
        "envelopes": [
            {"role": one.role, "length": one.length, "payload_sha256": one.payload_sha256}
            for one in found.envelopes
        ],
        "zone": found.zone,
        "receipt": report.receipt,
        "keyset_version": report.keyset_version,
    }
