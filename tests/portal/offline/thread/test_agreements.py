"""Publication takes both sides, in signed messages that stand in their places (S1-20)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.offline.thread import body_data
from portal.offline.thread.agreements import Accord, accord, agreed, unheeded
from portal.offline.thread.body import KINDS, Body, Kind
from portal.offline.thread.chain import Ground, Judged, Place, judge
from portal.offline.thread.message import Author
from portal.offline.thread.verdicts import Reason
from tests.conftest import START

VECTORS = json.loads(
    (Path(__file__).resolve().parents[3] / "vectors" / "agreements.json").read_text("utf-8")
)
PROPOSED: Final = "publication-proposed"
AGREED: Final = "publication-agreed"
DECLINED: Final = "publication-declined"
DAYS = ["2027-01-31", "2027-02-20"]
OTHER: Mapping[Author, Author] = {"staff": "reporter", "reporter": "staff"}


def placed(raw: Mapping[str, Any]) -> Place:
    """Read a place of a thread."""
    files = {name: text.encode() for name, text in raw["files"].items()}
    return Place(raw["sequence"], raw["author"], raw["payload_sha256"], files)


def plain(found: Accord) -> dict[str, Any]:
    """Write down where two sides stand, as the vectors do."""
    return {
        "state": found.state,
        "proposal": found.proposal.sequence if found.proposal else None,
        "answer": found.answer.sequence if found.answer else None,
        "date": found.proposal.value if found.proposal else None,
    }


@pytest.mark.parametrize("raw", VECTORS["threads"], ids=lambda raw: raw["name"])
def test_threads_lead_to_what_the_vectors_say(raw: dict[str, Any], ground: Ground) -> None:
    """S1-20: agreed by both, or not at all; forged, moved, stale and own answers say nothing."""
    thread = judge(map(placed, raw["places"]), ground=replace(ground, **raw["ground"]))
    assert [one.reason for one in thread] == raw["reasons"]
    assert plain(accord(thread)) == {name: raw[name] for name in plain(Accord())}
    assert [word.sequence for word in unheeded(thread)] == raw["unheeded"]


@pytest.mark.parametrize(
    "raw", VECTORS["data"], ids=lambda raw: f"{raw['kind']} {raw['data']}"[:70]
)
def test_each_kind_carries_exactly_this(raw: dict[str, Any]) -> None:
    """Nothing is missing, nothing is added, and everything has its bounds."""
    assert body_data.fits(raw["kind"], json.loads(raw["data"])) == raw["sound"]


def test_every_kind_has_a_shape() -> None:
    """A kind without one could carry anything."""
    sound = {raw["kind"] for raw in VECTORS["data"] if raw["sound"]}
    assert sound == KINDS.keys()


steps = st.tuples(
    st.sampled_from(["staff", "reporter"]),
    st.sampled_from([PROPOSED, AGREED, DECLINED, "message"]),
    st.integers(1, 6),
    st.sampled_from(DAYS),
    st.sampled_from(["signed", "signed", "signed", "stranger", "order", "by-hand", "no-root"]),
)


def written(steps: Sequence[tuple[Author, Kind, int, str, Reason]]) -> list[Judged]:
    """Write a thread, judged."""
    thread = []
    for sequence, (author, kind, number, day, reason) in enumerate(steps, 1):
        data: dict[str, Any] = {}
        if kind == PROPOSED:
            data = {"date": day}
        elif kind != "message":
            data = {"proposal": number}
        place = Place(sequence, author, "00" * 32, {})
        body = Body(kind, "", START, data)
        thread.append(Judged(place, reason, "00" * 32, body=body))
    return thread


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(steps, max_size=8))
def test_agreed_takes_two_good_messages(steps: list[Any]) -> None:
    """The proposal is the newest good one, and the answer is a good one of the other side."""
    thread = written(steps)
    found = accord(thread)
    good = {one.place.sequence: one for one in thread if one.verdict == "good"}
    proposals = [n for n, one in good.items() if one.body and one.body.kind == PROPOSED]
    assert (found.proposal.sequence if found.proposal else None) == max(proposals, default=None)
    if found.state != "agreed":
        return
    assert found.proposal
    assert found.answer
    answer = good[found.answer.sequence]
    assert answer.place.author == OTHER[found.proposal.author]
    assert answer.body
    assert answer.body.data["proposal"] == found.proposal.sequence < answer.place.sequence
    assert found.answer.sequence in [word.sequence for word in agreed(thread)]


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(steps, max_size=8), at=st.integers(0, 8))
def test_what_is_not_good_changes_nothing(steps: list[Any], at: int) -> None:
    """Whoever owns the database can add what they like: without a key it says nothing."""
    thread = written(steps)
    forged = [one for one in written(steps) if one.verdict != "good"]
    kept = [one for one in thread if one.verdict == "good"]
    mixed = [*kept[:at], *forged, *kept[at:]]
    assert accord(kept) == accord(mixed) == accord(thread)


@settings(max_examples=50, deadline=None)
@given(steps=st.lists(steps, max_size=8), day=st.sampled_from(DAYS))
def test_a_new_proposal_opens_the_question_again(steps: list[Any], day: str) -> None:
    """Whatever was agreed before it, and whoever makes it."""
    thread = written([*steps, ("reporter", PROPOSED, 1, day, "signed")])
    assert accord(thread).state == "proposed"
