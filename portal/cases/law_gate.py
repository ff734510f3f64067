"""What staff record because of the law: moments that were, regimes there are, decisions made."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from portal.cases.case import Case
from portal.cases.events import Event
from portal.errors import EventRefused
from portal.policy.authorities import REGIMES
from portal.policy.legal import rulebook

_HINT: Final = "Record “decide-reportable” with regime, answer and reason."


def check_moment(event: Event, case: Case) -> None:
    """Make sure that a moment is not still to come.

    Raises:
        EventRefused: It is.
    """
    if datetime.fromisoformat(event.data["at"]) > case.now:
        raise EventRefused("That moment is still to come.", hint="Record it once it has happened.")


def check_regime(event: Event, _case: Case) -> None:
    """Make sure that the portal knows a regime.

    Raises:
        EventRefused: It does not.
    """
    regime = event.data["regime"]
    if regime not in REGIMES:
        raise EventRefused(
            f"“{regime}” is no regime that is known here.", hint=f"Known: {', '.join(REGIMES)}."
        )


def check_stage(event: Event, _case: Case) -> None:
    """Make sure that a regime has a stage.

    Raises:
        EventRefused: It has not; the hint names those it has.
    """
    regime, stage = event.data["regime"], event.data["stage"]
    stages = rulebook().stages(regime)
    if stage not in stages:
        raise EventRefused(
            f"“{stage}” is no stage of {regime}.", hint=f"Its stages are: {', '.join(stages)}."
        )


def check_sharing(event: Event, _case: Case) -> None:
    """Make sure that consent can be pointed at.

    Raises:
        EventRefused: It was said to be the reason, and no message of the reporter is named.
    """
    if event.data["basis"] == "consent" and "message" not in event.data:
        raise EventRefused(
            "Consent is something that the reporter wrote.",
            hint="Give the number of the message in which they agree.",
        )


def check_decided(_event: Event, case: Case) -> None:
    """Make sure that a case with exposure ends only after somebody decided what to notify.

    Where the policy names regimes, each of them takes a decision.

    Raises:
        EventRefused: A decision that the policy demands is missing.
    """
    asked = case.policy.authorities
    if asked is None or not asked.decision or not case.exposed:
        return
    decided = set(decisions(case.history))
    missing = [regime for regime in asked.regimes if regime not in decided]
    if missing or not decided:
        named = f" under {' and '.join(missing)}" if missing else ""
        raise EventRefused(
            f"Data was exposed, and nobody has decided whether to notify{named}.", hint=_HINT
        )


def decisions(history: Iterable[Event]) -> dict[str, Event]:
    """Return the newest decision for each regime."""
    return {event.data["regime"]: event for event in history if event.name == "reportable"}
