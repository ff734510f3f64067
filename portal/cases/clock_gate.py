"""When staff may stop a clock and let it go on: their own promises alone, while they run."""

from collections.abc import Iterable

from portal.cases.case import Case
from portal.cases.events import Event
from portal.cases.prospects import pauses, prospects
from portal.errors import EventRefused
from portal.policy.deadline import State


def stopped(history: Iterable[Event]) -> frozenset[str]:
    """Return the ids of the clocks that stand still."""
    return frozenset(pause.clock for pause in pauses(history) if pause.end is None)


def promised(case: Case) -> tuple[str, ...]:
    """Return the ids of the clocks of promises.

    The windows that the policy asks of the reporter are none of them: nobody stretches those alone.
    """
    if not case.report.has_clocks:
        return ()
    return tuple(promise.clock.id for promise in case.policy.promises if promise.clock)


def check_pause(event: Event, case: Case) -> None:
    """Make sure that a clock can be stopped.

    Raises:
        EventRefused: There is none of this id, it stands still already, or it is over: a pause
            takes back no promise that was missed.
    """
    clock = event.data["clock"]
    if clock not in promised(case):
        known = ", ".join(promised(case))
        raise EventRefused(
            f"“{clock}” is no clock that can be stopped.",
            hint=f"The clocks are: {known}." if known else "The policy promises nothing by a date.",
        )
    if clock in stopped(case.history):
        raise EventRefused("This clock stands still already.", hint="Let it go on with “resume”.")
    found = prospects(case.policy, case.history, case.report.calendar, now=case.now)
    if any(one.id == clock and one.state in {State.MET, State.LATE} for one in found):
        raise EventRefused("This clock has run out.", hint="What is over cannot be stopped.")


def check_resume(event: Event, case: Case) -> None:
    """Make sure that a clock stands still.

    Raises:
        EventRefused: It does not.
    """
    if event.data["clock"] not in stopped(case.history):
        raise EventRefused("This clock does not stand still.", hint="Nothing to do.")
