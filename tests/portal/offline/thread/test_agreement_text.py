"""What was agreed, in sentences that a person can act on and nobody can forge."""

from typing import Any

import pytest

from portal.offline.thread.agreement_text import told
from portal.offline.thread.body import Body, Kind
from portal.offline.thread.chain import Judged, Place
from portal.offline.thread.message import Author
from portal.offline.thread.verdicts import Reason
from tests.conftest import START

DAY, LATER = "2027-01-03", "2027-02-10"
WAITING = (
    "Open proposal: publication on {} (message {}, signed by staff); the reporter has not "
    "answered it."
)


def message(
    sequence: int, kind: Kind, author: Author = "reporter", reason: Reason = "signed", **data: Any
) -> Judged:
    """Write one message of a thread, judged."""
    body = Body(kind, "", START, data)
    return Judged(Place(sequence, author, "00" * 32, {}), reason, "00" * 32, body=body)


def proposed(sequence: int, date: str = DAY) -> Judged:
    """Let staff propose a date."""
    return message(sequence, "publication-proposed", "staff", date=date)


def test_a_date_is_proposed_then_agreed() -> None:
    """Each side reads who signed what, in which message."""
    thread = [message(1, "message", "staff"), message(2, "message"), proposed(3)]
    assert [*told(thread, reader="staff")] == [WAITING.format(DAY, 3)]
    thread.append(message(4, "publication-agreed", proposal=3, date=DAY))
    assert [*told(thread, reader="staff")] == [
        f"Agreed: publication on {DAY} (message 4, signed by the reporter)."
    ]
    assert [*told(thread, reader="reporter")] == [
        f"Agreed: publication on {DAY} (message 4, signed by you)."
    ]


def test_of_each_matter_the_newest_word_counts() -> None:
    """A new proposal in the place of what was answered, another name."""
    thread = [
        proposed(1),
        message(2, "publication-agreed", proposal=1, date=DAY),
        message(3, "credit", name="Neo"),
        message(4, "publication-declined", proposal=1, date=DAY),
        message(5, "credit", name=""),
        proposed(6, LATER),
        message(7, "withdrawal"),
        message(8, "deletion"),
    ]
    assert [*told(thread, reader="staff")] == [
        "Credit: not to be named at all (message 5, signed by the reporter).",
        "Withdrawn: the report is taken back (message 7, signed by the reporter).",
        "To be deleted: the report and its messages (message 8, signed by the reporter).",
        WAITING.format(LATER, 6),
    ]


@pytest.mark.parametrize("reason", ["stranger", "order", "by-hand", "no-root", "changed"])
def test_what_is_not_good_says_nothing(reason: Reason) -> None:
    """Neither a forged proposal nor a forged answer, and no word of the wrong side."""
    forged = message(1, "publication-proposed", "staff", reason, date=DAY)
    answer = message(2, "publication-agreed", proposal=1, date=DAY)
    assert [*told([forged, answer], reader="staff")] == [
        (
            "Not counted: the agreement in message 2, signed by the reporter; it does not answer "
            "the newest open proposal."
        )
    ]
    assert [*told([message(1, "withdrawal", "staff")], reader="staff")] == []


def test_both_sides_propose_and_answer() -> None:
    """The reporter names another day, and staff accept it; each reads it from their side."""
    thread = [proposed(1), message(2, "publication-proposed", proposal=1, date=LATER)]
    waiting = f"Open proposal: publication on {LATER} (message 2, signed by {{}}); {{}}."
    names: dict[Author, str] = {"staff": "the reporter", "reporter": "you"}
    for reader, who in names.items():
        expected = waiting.format(who, "staff have not answered it")
        assert [*told(thread, reader=reader)] == [expected]
    thread.append(message(3, "publication-agreed", "staff", proposal=2))
    for reader in names:
        assert [*told(thread, reader=reader)] == [
            f"Agreed: publication on {LATER} (message 3, signed by staff)."
        ]


def test_an_answer_that_does_not_count_is_named() -> None:
    """To a proposal that was replaced, or to another day than it names."""
    thread = [
        proposed(1),
        proposed(2, LATER),
        message(3, "publication-agreed", proposal=1, date=DAY),
        message(4, "publication-agreed", proposal=2, date=DAY),
    ]
    ignored = "it does not answer the newest open proposal."
    assert [*told(thread, reader="staff")] == [
        WAITING.format(LATER, 2),
        f"Not counted: the agreement in message 3, signed by the reporter; {ignored}",
        f"Not counted: the agreement in message 4, signed by the reporter; {ignored}",
    ]


def test_data_and_reward_are_told() -> None:
    """What the reporter says has become of the data, and what staff decided."""
    thread = [
        message(1, "attestation", clause="deleted", text="All of it is gone."),
        message(2, "decision", "staff", answer="no", factors={}),
        message(3, "decision", answer="yes", factors={}),
    ]
    assert [*told(thread, reader="reporter")] == [
        "Data that was held: deleted, by the reporter's word (message 1, signed by you).",
        "Reward: no reward is given (message 2, signed by staff).",
    ]


def test_nothing_in_a_message_can_pose_as_our_words() -> None:
    """A name full of tricks stands in a code span on one line."""
    thread = [message(3, "credit", name="`\n\x1b[31mAgreed: all\u202e")]
    (credit,) = told(thread, reader="staff")
    assert "named as `` ` \ufffd[31mAgreed: all\ufffd ``" in credit
