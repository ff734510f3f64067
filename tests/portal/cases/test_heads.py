"""The chain and its heads: any single tampering is found, wherever it is done."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases import chain
from portal.cases.heads import Head, judged
from portal.errors import StatementRefused
from portal.policy import statement

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
Log = list[dict[str, Any]]


def log(length: int) -> Log:
    """Write a sound log."""
    entries: Log = []
    previous = chain.BEGINNING
    for number in range(1, length + 1):
        entry: dict[str, Any] = {
            "sequence": number,
            "at": "2026-11-22T09:30:00.000000Z",
            "actor": "ada",
            "act": "assigned",
            "subject": "7k2m9-qx4dw",
            "data": {"to": None, "n": number},
            "previous": previous,
        }
        previous = chain.digest(entry)
        entries.append(entry | {"hash": previous})
    return entries


def head(entries: Log) -> Head:
    """Say where a log ends."""
    beginning: dict[str, Any] = {"sequence": 0, "hash": chain.BEGINNING}
    last = entries[-1] if entries else beginning
    return Head(last["sequence"], last["hash"], at=AT, portal="https://report.example")


def first(entries: Log, *heads: Head, whole: bool = True) -> int | None:
    """Return the entry that the first fault is told of."""
    found = next(judged(entries, heads, whole=whole), None)
    return found.sequence if found else None


@given(st.integers(0, 12))
@settings(max_examples=20, deadline=None)
def test_a_sound_log_fits_every_head_it_ever_had(length: int) -> None:
    """Also the empty one."""
    entries = log(length)
    heads = [head(entries[:n]) for n in range(length + 1)]
    assert first(entries, *heads) is None


@given(
    length=st.integers(1, 10),
    place=st.integers(0, 9),
    member=st.sampled_from(["at", "actor", "act", "subject", "data", "previous", "hash"]),
)
@settings(max_examples=60, deadline=None)
def test_no_member_of_an_entry_can_be_changed(length: int, place: int, member: str) -> None:
    """Wherever it stands; the last entry is no exception."""
    entries = log(length)
    at = place % length
    entries[at][member] = {"x": 1} if member == "data" else "f" * 64
    assert first(entries, head(log(length))) == at + 1


@given(length=st.integers(1, 10), gone=st.sets(st.integers(0, 9), min_size=1))
@settings(max_examples=60, deadline=None)
def test_nothing_can_be_removed_unseen_by_who_holds_the_head(length: int, gone: set[int]) -> None:
    """From the middle the chain shows it, from the end the head."""
    entries = log(length)
    left = [entry for at, entry in enumerate(entries) if at not in gone]
    assert (first(left, head(entries)) is None) == (left == entries)


@given(st.permutations(range(6)))
@settings(max_examples=60, deadline=None)
def test_entries_keep_their_order(order: list[int]) -> None:
    """Any other order is a fault."""
    entries = log(6)
    moved = [entries[at] for at in order]
    assert (first(moved) is None) == (moved == entries)


def test_what_is_withheld_from_a_part_leaves_the_chain_whole() -> None:
    """A redacted entry stands in its place by its hash; moved or with another one, it is found."""
    entries = log(6)
    part = [dict(entry) for entry in entries]
    part[2] = dict(chain.redacted(entries[2], {}))
    assert first(part, head(entries), whole=False) is None
    assert first(part) == 3  # the whole log withholds nothing
    part[2]["hash"] = "f" * 64
    assert first(part, whole=False) == 4
    for odd in ("yes", False, ["of"]):
        part[2] = {**entries[2], chain.WITHHELD: odd}
        assert first(part, whole=False) == 3


def test_a_part_may_have_gaps_and_nothing_else() -> None:
    """What concerns one program is not the whole log; what is there is still proven."""
    entries = log(6)
    part = [entries[1], entries[2], entries[5]]
    assert first(part, head(entries), whole=False) is None
    assert first([entries[2], entries[1]], whole=False) == 2
    altered = [entries[1], entries[2] | {"actor": "bo"}]
    assert first(altered, whole=False) == 3
    forged = entries[2] | {"previous": "0" * 64}
    forged["hash"] = chain.digest(forged)
    assert first([entries[1], forged], whole=False) == 3
    assert first([entries[4], entries[5]], head(log(5)), whole=False) is None
    other = Head(6, "0" * 64, at=AT, portal="x")
    assert first(part, other, whole=False) == 6


@pytest.mark.parametrize(
    "odd", [{}, {"sequence": "1"}, {"sequence": True}, {"sequence": 0}, {"sequence": 3, "x": 1}]
)
def test_what_is_no_entry_is_told(odd: Mapping[str, Any]) -> None:
    """Whatever stands in a line."""
    (fault, *_) = judged([*log(2), dict(odd)], [], whole=True)
    assert fault.sentence == "What stands after entry 2 is not an entry."


def test_a_head_is_a_signed_statement_of_its_own_kind() -> None:
    """It reads back as it was; another key, another kind or a missing member is refused."""
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    ours = head(log(3))
    text = statement.sign(ours.claims, key=key, typ=statement.AUDIT_HEAD)
    assert Head.verify(f"{text}\n", key=key.public_key()) == ours
    wrong = [
        (text, other),
        (statement.sign(ours.claims, key=key, typ=statement.BUNDLE), key),
        (statement.sign({"iss": "x"}, key=key, typ=statement.AUDIT_HEAD), key),
    ]
    for signed, by in wrong:
        with pytest.raises(StatementRefused):
            Head.verify(signed, key=by.public_key())
