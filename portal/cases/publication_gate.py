"""What may be said and done about publication: by the two sides' words, and by the policy."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from portal.cases.case import Case
from portal.cases.embargo import Embargo
from portal.cases.events import Event
from portal.cases.publication import Publication, publication
from portal.cases.steps import STEPS
from portal.errors import EventRefused
from portal.policy.clock_rules import ANCHORS
from portal.policy.dates import day, last_second, moment
from portal.policy.deadline import passed

_PROPOSALS: Final = frozenset({"publication_proposed", "publication_countered"})
# Answers, and whose proposal each of them answers.
_ANSWERS: Final[Mapping[str, str]] = {
    "publication_agreed": "staff",
    "publication_declined": "staff",
    "publication_accepted": "reporter",
    "publication_refused": "reporter",
}
_CONSENTS: Final = frozenset({"publication_agreed", "publication_accepted"})
_BY_REPORTER: Final = frozenset({"publication_agreed", "publication_declined"})
NAMES: Final = _PROPOSALS | _ANSWERS.keys() | {"published", "leaked"}


def fits(name: str, found: Publication) -> bool:
    """Tell whether an event about publication may come next, by what was said so far."""
    if found.over:
        return found.state == "leaked" and name == "published"
    if name not in _ANSWERS:
        return True
    # Whoever declined comes to agree by a new proposal alone, as in the thread.
    answered = name in _CONSENTS and found.state in {"agreed", "declined"}
    return _ANSWERS[name] == found.proposer and not answered


def check(event: Event, case: Case) -> None:
    """Make sure that the words of both sides and the policy allow an event about publication.

    Raises:
        EventRefused: They do not; the message says what stands in the way.
    """
    found = publication(case.history)
    if not fits(event.name, found):
        raise _misfit(event.name, found)
    if event.name == "publication_proposed" and _day(event) < case.today:
        raise EventRefused("That day is over.", hint="Propose today or a later day.")
    if event.name == "publication_accepted" and event.data["message"] != found.message:
        raise EventRefused(
            "The newest proposal of the reporter is in another message.",
            hint=f"Read message {found.message}, and accept that one.",
        )
    if event.name in _BY_REPORTER and event.data["message"] < (found.message or 0):
        raise EventRefused(
            "That message is older than the proposal, so it does not answer it.",
            hint=f"Give one that was written after message {found.message}.",
        )
    if event.name in {"published", "leaked"}:
        _check_past(_day(event), case)
    if event.name == "published" and found.state != "leaked":
        _check_publication(_day(event), found, case)


def _check_past(when: date, case: Case) -> None:
    if when > case.today:
        raise EventRefused(
            f"{day(when)} is still to come.", hint="Record it on the day, or propose that date."
        )


def _check_publication(when: date, found: Publication, case: Case) -> None:
    """Make sure that publication on a day keeps what the policy and the two sides said."""
    _check_order(when, case)
    if found.state == "agreed":
        _check_agreed(when, found)
        return  # what both sides agreed on may be sooner than what one asks of the other
    embargo = Embargo.of(case)
    if embargo.together:
        raise EventRefused(
            "The policy leaves publication to both sides together, and they have not agreed.",
            hint="Propose a date, and record that the reporter agreed.",
        )
    if embargo.earliest and not passed(embargo.earliest, _latest(when, case)):
        raise EventRefused(
            f"The policy asks for silence until {moment(embargo.earliest)}.",
            hint="Wait until then, or propose a date that the reporter agrees to.",
        )


def _check_order(when: date, case: Case) -> None:
    """Make sure that what has to come before publication did."""
    asked = case.policy.disclosure
    if asked is None or asked.not_before is None:
        return
    first = case.first(asked.not_before)
    if first is None or when < first.astimezone(case.zone).date():
        raise EventRefused(
            f"By the policy nothing is published before {ANCHORS[asked.not_before]}.",
            hint=f"Record “{STEPS[asked.not_before].verb}” first, once that is so.",
        )


def _check_agreed(when: date, found: Publication) -> None:
    if found.day and when < found.day:
        raise EventRefused(
            f"Both sides agreed on {day(found.day)}.",
            hint="To publish sooner, propose another date.",
        )


def _latest(when: date, case: Case) -> datetime:
    """Return the latest moment of a day that can be meant: its end, or now when it is today."""
    return min(case.now, last_second(when, case.zone))


def _day(event: Event) -> date:
    return date.fromisoformat(event.data["date"])


def _misfit(name: str, found: Publication) -> EventRefused:
    if found.state == "published":
        return EventRefused("It is published already.", hint="Nothing to do.")
    if found.state == "leaked":
        return EventRefused(
            "It is public, so there is nothing to agree on any more.",
            hint="Record “publish” once the program has published.",
        )
    if _ANSWERS[name] == found.proposer:
        return EventRefused(
            "The newest proposal was answered already.",
            hint="Once somebody has proposed a date again, record the answer to that.",
        )
    whose = {"staff": "staff", "reporter": "the reporter"}[_ANSWERS[name]]
    return EventRefused(
        f"“{STEPS[name].verb}” answers a proposal of {whose}, and that is not the newest one.",
        hint="Look at the newest proposal, and answer that one.",
    )
