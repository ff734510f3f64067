"""A thread is judged by its signatures and links: forged, changed, moved and missing all show."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.offline.thread.agreements import accord, agreed, unheeded
from portal.offline.thread.chain import Ground, Judged, Place, judge

Threads = Mapping[str, tuple[Place, ...]]

FLAGGED = {"forged", "broken", "unsigned"}


def verdicts(thread: Sequence[Judged]) -> list[str]:
    """Return the verdict of each message."""
    return [one.verdict for one in thread]


def test_threads_are_judged_as_in_the_vectors(
    vectors: dict[str, Any], threads: Threads, ground: Ground
) -> None:
    """Forged, missing, moved, wrong author, no such key, retired key; and what was agreed."""
    for raw in vectors["threads"]:
        judged = judge(threads[raw["name"]], ground=replace(ground, **raw["ground"]))
        assert [one.reason for one in judged] == raw["reasons"], raw["name"]
        assert [asdict(word) for word in agreed(judged)] == raw["agreed"], raw["name"]
        assert [asdict(word) for word in unheeded(judged)] == raw["unheeded"], raw["name"]
        assert asdict(accord(judged)) == raw["accord"], raw["name"]


def test_the_words_say_what_it_means(threads: Threads, ground: Ground) -> None:
    """The role of whoever signed, a plain warning, and that something is missing."""
    forged = judge(threads["a staff message by whoever owns the database"], ground=ground)
    assert [one.headline("reporter") for one in forged] == [
        "Signed by the program's staff (Security officer).",
        "Signed with your token.",
        "This message was not signed by the program's staff. Do not trust it.",
    ]
    assert forged[1].headline("staff") == "Signed with the reporter's token."
    missing = judge(threads["the second is missing"], ground=ground)
    assert missing[1].headline("reporter") == "A message is missing or was moved."


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_changed_byte_is_found(data: st.DataObject, threads: Threads, ground: Ground) -> None:
    """One byte of one file of one message, whichever and however it is changed."""
    places = list(threads["in perfect order"])
    at = data.draw(st.integers(0, len(places) - 1))
    files = dict(places[at].files or {})
    name = data.draw(st.sampled_from(sorted(files)))
    spot = data.draw(st.integers(0, len(files[name]) - 1))
    other = data.draw(st.integers(1, 255))
    changed = bytearray(files[name])
    changed[spot] ^= other
    places[at] = replace(places[at], files=files | {name: bytes(changed)})
    assert judge(places, ground=ground)[at].verdict == "forged"


@settings(max_examples=100, deadline=None)
@given(order=st.permutations(range(3)), renumbered=st.booleans())
def test_any_other_order_is_found(
    order: list[int], renumbered: bool, threads: Threads, ground: Ground
) -> None:
    """Whether or not the portal gives the messages new numbers."""
    sound = threads["in perfect order"]
    moved = [sound[index] for index in order]
    if renumbered:
        moved = [replace(one, sequence=at + 1) for at, one in enumerate(moved)]
    found = verdicts(judge(moved, ground=ground))
    assert (found == ["good"] * 3) == (order == [0, 1, 2])
    assert set(found) <= {"good", "broken"}


@settings(max_examples=30, deadline=None)
@given(kept=st.lists(st.booleans(), min_size=3, max_size=3), renumbered=st.booleans())
def test_any_message_left_out_is_found(
    kept: list[bool], renumbered: bool, threads: Threads, ground: Ground
) -> None:
    """Save for those at the end: what never came cannot be missed by who never saw it."""
    sound = threads["in perfect order"]
    left = [one for one, stays in zip(sound, kept, strict=True) if stays]
    if renumbered:
        left = [replace(one, sequence=at + 1) for at, one in enumerate(left)]
    whole_start = left == list(sound[: len(left)])
    assert ("broken" not in verdicts(judge(left, ground=ground))) == whole_start


@settings(max_examples=50, deadline=None)
@given(junk=st.dictionaries(st.sampled_from(["message.json", "body.json"]), st.binary(max_size=99)))
def test_junk_is_never_good(junk: dict[str, bytes], ground: Ground) -> None:
    """And never an exception either: a hostile message must not keep the others from being read."""
    place = Place(1, "staff", "00" * 32, junk)
    assert verdicts(judge([place], ground=ground))[0] in FLAGGED
