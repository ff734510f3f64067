"""Receipts as people keep them."""

import json
from typing import Any

import pytest

from portal.errors import StatementRefused
from portal.offline import kept
from portal.offline.kept import Kept

ANSWER: dict[str, Any] = {"receipt": "a.b.c\n", "nonce": "N", "verdict": {"target": "a.example"}}


def test_a_receipt_by_itself() -> None:
    """What stands round it is left out."""
    assert kept.read("\n a.b.c \n") == Kept("a.b.c")


def test_an_answer_with_all_that_came_with_it() -> None:
    """Receipt, code and target; the code is not shown by accident."""
    found = kept.read(json.dumps(ANSWER))
    assert found == Kept("a.b.c", "N", "a.example")
    assert "'N'" not in repr(found)


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": None},
        {"nonce": 7},
        {"verdict": None},
        {"verdict": []},
        {"verdict": {}},
        {"verdict": {"target": {}}},
    ],
)
def test_code_and_target_belong_together(change: dict[str, Any]) -> None:
    """One without the other shows nothing, so neither is taken."""
    assert kept.read(json.dumps(ANSWER | change)) == Kept("a.b.c")


@pytest.mark.parametrize("text", ["{", "{}", '{"receipt": 7}', '{"a":' * 99999])
def test_an_answer_without_a_receipt_is_refused(text: str) -> None:
    """An error of the portal is no proof, and neither is half a file."""
    with pytest.raises(StatementRefused, match="no receipt"):
        kept.read(text)
