"""What the policy allows: every event that staff record passes here, whichever way it comes.

`events` looks at order and form. This looks at what the policy says that the report was made under,
and at what the two sides have said.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from portal.cases import clock_gate, held_data, law_gate, publication_gate
from portal.cases.case import Case
from portal.cases.events import REPORTER, Event, allowed
from portal.cases.publication import publication
from portal.cases.report import Report
from portal.cases.steps import STEPS
from portal.errors import EventRefused
from portal.policy.pack import Policy

Gate = Callable[[Event, Case], None]


def check(
    event: Event, history: Sequence[Event], *, policy: Policy, report: Report, now: datetime
) -> None:
    """Make sure that an event that fits its history is also right by the policy.

    Args:
        event: What somebody wants to record; `events.check` let it pass.
        history: What happened before, oldest first.
        policy: The version the report was made under.
        report: The report.
        now: Present time, aware.

    Raises:
        EventRefused: Something stands in the way; the message says what, the hint what to do.
    """
    case = Case(report, policy, tuple(history), now)
    for gate in _GATES.get(event.name, ()):
        gate(event, case)


def offered(case: Case) -> tuple[str, ...]:
    """Return the names of the events that staff may record next, whatever they carry."""
    found = publication(case.history)
    shut = {
        *(name for name in publication_gate.NAMES if not publication_gate.fits(name, found)),
        *(name for name in _DATA if not held_data.follows(name, case.history)),
        *(() if _rewards(case) else ("rewarded",)),
        *(() if clock_gate.promised(case) else ("clock_paused",)),
        *(() if clock_gate.stopped(case.history) else ("clock_resumed",)),
    }
    return tuple(name for name in allowed(case.history) if name not in shut)


def _check_data(event: Event, case: Case) -> None:
    if not held_data.follows(event.name, case.history):
        stands = held_data.FOR_STAFF[held_data.held_data(case.history)]
        raise EventRefused(
            f"“{STEPS[event.name].verb}” does not fit how the data stands.", hint=stands
        )


def _check_held(event: Event, case: Case) -> None:
    """Make sure that nobody ends a case over data that is still held without meaning to."""
    if held_data.is_held(case.history) and "despite_held" not in event.data:
        raise EventRefused(
            "The reporter still holds data.",
            hint="Ask them to delete it (ask-data-deletion) and wait for their confirmation, or "
            "say despite_held to end the case all the same.",
        )


def _check_reward(event: Event, case: Case) -> None:
    """Make sure that the policy knows rewards, and that each of its factors was weighed."""
    if not _rewards(case):
        raise EventRefused(
            "The policy speaks of no reward.", hint="Whatever you give, give it outside the case."
        )
    wanted = [factor.id for factor in case.policy.reward.factors] if case.policy.reward else []
    given = event.data.get("factors", {})
    if set(given) != set(wanted):
        raise EventRefused(
            "A decision about a reward weighs every factor of the policy, and nothing else.",
            hint=f"Weigh as low, medium or high: {', '.join(wanted)}."
            if wanted
            else "This policy names no factors: give none.",
        )


def _check_wish(event: Event, case: Case) -> None:
    """Make sure that a reporter who took their name off is named by a new wish alone."""
    words = [one for one in case.history if one.name in {"credited", "uncredited"}]
    if not words or words[-1].actor != REPORTER:
        return
    heard = max((one.data["message"] for one in words if one.name == "credited"), default=0)
    if event.data["message"] <= heard:
        raise EventRefused(
            "The reporter took their name off after that message.",
            hint=f"It takes a new wish of theirs, in a message after number {heard}.",
        )


def _check_credited(_event: Event, case: Case) -> None:
    named = [one.name for one in case.history if one.name in {"credited", "uncredited"}]
    if named[-1:] != ["credited"]:
        raise EventRefused("Nobody is named for this report.", hint="Nothing to do.")


def _rewards(case: Case) -> bool:
    return case.policy.reward is not None and case.policy.reward.kind != "none"


_DATA: Final = ("data_held", "data_deletion_asked", "data_deleted")
_END: Final = (law_gate.check_decided, _check_held)
_GATES: Final[Mapping[str, tuple[Gate, ...]]] = {
    **dict.fromkeys(publication_gate.NAMES, (publication_gate.check,)),
    **dict.fromkeys(_DATA, (_check_data,)),
    # However a case ends, the decision comes first: a case with exposure is not declined past it.
    **dict.fromkeys(("declined", "duplicate", "closed"), _END),
    "clock_paused": (clock_gate.check_pause,),
    "clock_resumed": (clock_gate.check_resume,),
    "aware": (law_gate.check_moment,),
    "measure_available": (law_gate.check_moment,),
    "material": (law_gate.check_moment,),
    "notified": (law_gate.check_moment, law_gate.check_regime, law_gate.check_stage),
    "reportable": (law_gate.check_regime,),
    "shared_with": (law_gate.check_sharing,),
    "rewarded": (_check_reward,),
    "credited": (_check_wish,),
    "uncredited": (_check_credited,),
}
