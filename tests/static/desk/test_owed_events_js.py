"""What the timeline still lacks of what was signed, with the number of the message filled in."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]
OWED = """
const { owedPublication, owedFor, nameToShow } = await load("js/desk/owed-events.js")
const { matters } = await load("js/thread/agreement-words.js")
return input.map(({ thread, events, state = "none" }) => {
    const recorded = { events, publication: { state } }
    const owed = matters(thread).map((word) => owedFor(thread, word, recorded))
    return { publication: owedPublication(thread, recorded), others: owed.filter(Boolean),
        name: nameToShow(thread, recorded) }
})
"""
DAY = "2027-01-31"


def message(sequence: int, author: str, kind: str, verdict: str = "good", **data: Any) -> Any:
    """Write one message of a judged thread."""
    place = {"sequence": sequence, "author": author}
    return {"verdict": verdict, "place": place, "body": {"kind": kind, "text": "", "data": data}}


def event(name: str, **data: Any) -> dict[str, Any]:
    """Write what the portal recorded."""
    return {"name": name, "data": data, "codes": {}}


def owed(node: Node, thread: list[Any], *events: dict[str, Any], state: str = "none") -> Any:
    """Return what is owed after a thread and the events that were recorded."""
    return node(OWED, [{"thread": thread, "events": list(events), "state": state}])[0]


def names(found: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the events that are owed, and what they carry."""
    return [(one["name"], one["data"]) for one in [*found["publication"], *found["others"]]]


PROPOSED = message(1, "staff", "publication-proposed", date=DAY)
AGREED = message(2, "reporter", "publication-agreed", proposal=1, date=DAY)


def test_an_answer_is_recorded_after_what_it_answers(node: Node) -> None:
    """Each once, in the order in which the portal takes them."""
    first = ("publication_proposed", {"date": DAY, "message": 1})
    second = ("publication_agreed", {"message": 2})
    found = owed(node, [PROPOSED, AGREED])
    assert names(found) == [first, second]
    assert found["publication"][1]["label"] == "Record that the reporter agreed (message 2)"
    kept = [event("publication_proposed", date=DAY, message=1)]
    assert names(owed(node, [PROPOSED, AGREED], *kept)) == [second]
    kept.append(event("publication_agreed", message=2))
    assert names(owed(node, [PROPOSED, AGREED], *kept)) == []


def test_a_proposal_that_was_recorded_without_its_number_is_known(node: Node) -> None:
    """A command may leave the number out; another day is another proposal."""
    assert names(owed(node, [PROPOSED], event("publication_proposed", date=DAY))) == []
    other = owed(node, [PROPOSED], event("publication_proposed", date="2027-02-01"))
    assert [name for name, _ in names(other)] == ["publication_proposed"]


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("publication-agreed", "publication_accepted"),
        ("publication-declined", "publication_refused"),
    ],
)
def test_staff_answer_the_reporter(node: Node, answer: str, name: str) -> None:
    """The event names the message of the reporter that is answered."""
    thread = [
        message(1, "reporter", "publication-proposed", date=DAY),
        message(2, "staff", answer, proposal=1, date=DAY),
    ]
    assert names(owed(node, thread)) == [
        ("publication_countered", {"date": DAY, "message": 1}),
        (name, {"message": 1}),
    ]


@pytest.mark.parametrize("verdict", ["forged", "broken", "unsigned", "unchecked"])
def test_nothing_is_owed_for_what_nobody_signed(node: Node, verdict: str) -> None:
    """S1-20: not for a forged answer, nor for one out of its place."""
    kept = event("publication_proposed", date=DAY, message=1)
    assert names(owed(node, [PROPOSED, {**AGREED, "verdict": verdict}], kept)) == []
    gone = message(1, "reporter", "attestation", verdict, clause="deleted", text="Gone.")
    assert names(owed(node, [gone])) == []


@pytest.mark.parametrize("state", ["published", "leaked"])
def test_nothing_is_agreed_about_what_is_public(node: Node, state: str) -> None:
    """There is nothing left to record."""
    assert names(owed(node, [PROPOSED, AGREED], state=state)) == []


def test_data_a_reward_and_a_name(node: Node) -> None:
    """S3-13, S3-14, S1-22: each with its message; the newest wish counts."""
    factors = {"value": "high", "effort": "low"}
    thread = [
        message(1, "reporter", "attestation", clause="deleted", text="Gone."),
        message(2, "staff", "decision", answer="yes", factors=factors),
        message(3, "reporter", "credit", name="Neo", form="handle"),
    ]
    assert names(owed(node, thread)) == [
        ("data_deleted", {"message": 1}),
        ("rewarded", {"answer": "yes", "factors": factors, "message": 2}),
        ("credited", {"message": 3}),
    ]
    credited = event("credited", message=3)
    found = owed(node, thread[2:], credited)
    assert (names(found), found["name"]) == ([], "Neo")
    changed = [*thread[2:], message(4, "reporter", "credit", name=None)]
    found = owed(node, changed, credited)
    assert (names(found), found["name"]) == ([("uncredited", {})], None)


def test_a_name_that_was_taken_off_needs_another_wish(node: Node) -> None:
    """S1-22: after the reporter took it off, the old message does not bring it back."""
    thread = [message(3, "reporter", "credit", name="Neo", form="handle")]
    found = owed(node, thread, event("credited", message=3), event("uncredited"))
    assert (names(found), found["name"]) == ([], None)
    again = [*thread, message(4, "reporter", "credit", name="Trinity", form="handle")]
    assert names(owed(node, again, event("credited", message=3), event("uncredited"))) == [
        ("credited", {"message": 4})
    ]
