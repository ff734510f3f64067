"""What the law demands for a case: the facts that staff recorded, and the dates that follow."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from portal.cases.events import Event
from portal.policy import legal as law
from portal.policy.legal import Facts, LegalDeadline
from portal.policy.pack import Policy

# The targets of BOD 20-01 are met by what staff do for the reporter; nobody submits anything.
_TARGETS: Final[Mapping[str, tuple[str, str]]] = {
    "acknowledged": ("bod-20-01", "acknowledgement"),
    "assessed": ("bod-20-01", "assessment"),
    "resolved": ("bod-20-01", "resolution"),
}


def legal(
    policy: Policy, events: Iterable[Event], calendar: Mapping[str, Any], *, now: datetime
) -> tuple[LegalDeadline, ...]:
    """Return the duties under the laws that a policy names; none when it names none.

    A law for which staff decided that nothing has to be notified is left out; the decision stays
    in the history. The end of a case ends no duty.

    Args:
        policy: The version the report was made under.
        events: The report's history, oldest first.
        calendar: The working days frozen when the report arrived, for their zone.
        now: Present time, aware.
    """
    history = tuple(events)
    if policy.authorities is None or not any(event.name == "received" for event in history):
        return ()
    found, zone = facts(history), ZoneInfo(calendar["zone"])
    return law.reckon(
        [one for one in policy.authorities.regimes if one not in _ruled_out(history)],
        found,
        on=(found.aware or now).astimezone(zone).date(),
        zone=zone.key,
        now=now,
        country=policy.calendar.country,
    )


def facts(events: Iterable[Event]) -> Facts:
    """Return what a history says that laws count from.

    What staff record about awareness, a measure, materiality or a notice can be put right by
    recording it again: what was recorded last counts, and the history keeps both.

    Args:
        events: Oldest first; the first is the receipt.
    """
    history = tuple(events)
    return Facts(
        received=next(event.at for event in history if event.name == "received"),
        first_opened=next((event.at for event in history if event.name == "opened"), None),
        aware=_said(history, "aware"),
        measure_available=_said(history, "measure_available"),
        material=_said(history, "material"),
        notified=_notified(history),
    )


def plain_duty(duty: LegalDeadline) -> dict[str, Any]:
    """Return a duty as JSON-ready data; times are ISO 8601 with their offset."""
    return {
        "regime": duty.regime,
        "name": duty.name,
        "stage": duty.stage,
        "label": duty.label,
        "state": str(duty.state),
        "due": _iso(duty.due),
        "worst_case": _iso(duty.worst_case),
        "explanation": duty.explanation,
        "source": duty.source,
        "note": duty.note,
        "done": _iso(duty.done),
        "late_by": duty.late_by,
    }


def _said(history: Iterable[Event], name: str) -> datetime | None:
    """Return the time that the last event of a name carries."""
    times = [event.data["at"] for event in history if event.name == name]
    return datetime.fromisoformat(times[-1]) if times else None


def _notified(history: Iterable[Event]) -> dict[tuple[str, str], datetime]:
    """Return when each stage was submitted, or its target reached."""
    found: dict[tuple[str, str], datetime] = {}
    for event in history:
        if event.name == "notified":
            stage = (event.data["regime"], event.data["stage"])
            found[stage] = datetime.fromisoformat(event.data["at"])
        elif event.name in _TARGETS:
            found.setdefault(_TARGETS[event.name], event.at)
    return found


def _ruled_out(history: Iterable[Event]) -> frozenset[str]:
    """Return the laws for which the last decision says that nothing has to be notified."""
    decided = {
        event.data["regime"]: event.data["answer"]
        for event in history
        if event.name == "reportable"
    }
    return frozenset(regime for regime, answer in decided.items() if answer == "no")


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
