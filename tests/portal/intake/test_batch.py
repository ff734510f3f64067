"""A program's questions about targets: read strictly, within bounds."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import InquiryRefused, TooLarge
from portal.intake.batch import MOST_TARGETS, MOST_VALUES, Batch
from scope import Facts

pytestmark = pytest.mark.thorough


def read(body: Any) -> Batch:
    """Read a question as it is sent."""
    return Batch.read(json.dumps(body).encode())


def test_one_target_is_asked_about_with_a_receipt() -> None:
    """Nothing else has to be said."""
    batch = read({"target": "shop.example"})
    assert (batch.many, batch.receipts) == (False, True)
    assert [inquiry.target for inquiry in batch.inquiries] == ["shop.example"]


def test_many_targets_share_what_is_said_once() -> None:
    """Answers hold for all of them, facts too, unless a target has its own."""
    batch = read(
        {
            "targets": ["a.example", {"target": "b.example", "facts": {"ips": []}}],
            "answers": {"q": True},
            "facts": {"ips": ["192.0.2.1"], "date": "2026-11-22"},
        }
    )
    first, second = batch.inquiries
    assert (batch.many, batch.receipts) == (True, False)
    assert (first.answers, second.answers) == ({"q": True}, {"q": True})
    assert (first.facts.ips, second.facts.ips) == (("192.0.2.1",), ())
    assert first.facts.date == second.facts.date is not None
    assert read({"target": "a"}).inquiries[0].facts == Facts()


ODD: list[tuple[Any, str]] = [
    ([], "The document is not an object"),
    ({}, "either target or targets"),
    ({"target": "a", "targets": ["a"]}, "either target or targets"),
    ({"target": 5}, "target is not a text"),
    ({"target": {"target": "a", "answer": {}}}, "target.answer is not known"),
    ({"targets": "a"}, "targets is not a list"),
    ({"targets": []}, "targets is empty"),
    ({"targets": ["a", None]}, "targets[1] is not a text"),
    ({"targets": [{"facts": {}}]}, "targets[0] has no target"),
    ({"targets": [{"target": "a", "fact": {}}]}, "targets[0].fact is not known"),
    ({"target": "a", "receipt": True}, "receipt is not known"),
    ({"target": "a", "receipts": "yes"}, "receipts is not true or false"),
    ({"target": "a", "answers": {"q": "yes"}}, "answers.q is not true or false"),
    ({"target": "a", "answers": {"Q\n": True}}, "not a question's id"),
    ({"target": "a", "answers": {f"q{n}": True for n in range(101)}}, "more answers"),
    ({"target": "a", "facts": {"ips": "192.0.2.1"}}, "facts.ips is not a list"),
    ({"target": "a", "facts": {"ips": ["example.com"]}}, "facts cannot be used"),
    ({"target": "a", "facts": {"tags": ["t"] * 101}}, "facts.tags is longer"),
    ({"target": "a", "facts": {"tags": ["t" * 300]}}, "facts.tags is longer"),
    ({"target": "a", "facts": {"date": "soon"}}, "facts.date is not a day"),
    ({"target": "a", "facts": {"port": 80}}, "facts.port is not known"),
]


@pytest.mark.parametrize(("body", "said"), ODD, ids=[said for _, said in ODD])
def test_a_slip_is_named_by_its_place(body: Any, said: str) -> None:
    """A misspelt question is not answered as if it had not been asked."""
    with pytest.raises(InquiryRefused) as refused:
        read(body)
    assert said in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 60_000,
        b'{"target": "' + b"9" * 5_000,
        b'{"target": "a", "target": "b"}',
        b'{"target": "\\ud800"}',
        b"9" * 5_000,
    ],
    ids=["empty", "cut", "latin", "deep", "unclosed", "twice", "half", "number"],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    """Whatever is sent, it is refused with words."""
    with pytest.raises(InquiryRefused):
        Batch.read(body)


def test_there_is_an_end_to_what_is_read() -> None:
    """A list that is too long, or that holds what no list of targets holds, is not built."""
    assert len(read({"targets": ["a"] * MOST_TARGETS}).inquiries) == MOST_TARGETS
    with pytest.raises(TooLarge):
        read({"targets": ["a"] * (MOST_TARGETS + 1)})
    for lists in (b'{"targets":[' + b"[]," * MOST_VALUES, b'{"target":' + b"[" * MOST_VALUES):
        with pytest.raises(TooLarge):  # before it is found to be no JSON
            Batch.read(lists)


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists))
@settings(max_examples=100, deadline=None)
def test_nothing_odd_gets_through(raw: object) -> None:
    """Whatever stands where a target, facts or answers belong, it is read or refused."""
    for body in ({"target": raw}, {"targets": raw}, {"target": "a", "facts": raw}, raw):
        try:
            batch = read(body)
        except (InquiryRefused, TooLarge):
            continue
        assert all(isinstance(inquiry.target, str) for inquiry in batch.inquiries)


def test_nothing_known_of_a_target_shows_in_a_value() -> None:
    """What is printed by accident, in a trace or a debugger, names no target and no fact."""
    body = {"targets": [{"target": "secret.example", "facts": {"ips": ["192.0.2.99"]}}]}
    batch = Batch.read(json.dumps(body).encode())
    for shown in (repr(batch), repr(batch.inquiries[0]), repr(replace(batch, receipts=True))):
        assert "secret" not in shown
        assert "192.0.2.99" not in shown
