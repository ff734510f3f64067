"""Answers for a first pack: read generously, and refused with what to write instead."""

from datetime import date
from typing import Any

import pytest

from portal.policy.questions import QUESTIONS, read, slug_of

TODAY = date(2026, 11, 22)
BY_KEY = {question.key: question for question in QUESTIONS}


@pytest.mark.parametrize(
    ("key", "line", "expected"),
    [
        ("contacts", " a@shop.com, https://shop.com/s ", ("a@shop.com", "https://shop.com/s")),
        ("scope", "shop.com,*.shop.com,", ("shop.com", "*.shop.com")),
        ("acknowledge", "3", "3 business days"),
        ("acknowledge", "1", "1 business day"),
        ("acknowledge", "2 weeks", "2 weeks"),
        ("disclosure", "90", "90 calendar days"),
        ("country", "nl", "NL"),
        ("anonymous", "Y", True),
        ("harbour", "no", False),
        ("issued", "today", "2026-11-22"),
        ("issued", "2027-01-31", "2027-01-31"),
    ],
)
def test_an_answer_is_read_as_people_write_it(key: str, line: str, expected: Any) -> None:
    """A bare number counts days, several things have commas between them."""
    assert read(BY_KEY[key], line, today=TODAY) == expected


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("slug", "My Shop"),
        ("slug", "staff"),
        ("contacts", "nobody"),
        ("contacts", "http://shop.com"),
        ("scope", "everything we own"),
        ("acknowledge", "soon"),
        ("acknowledge", "0"),
        ("country", "XX"),
        ("anonymous", "perhaps"),
        ("disclosure", "forever"),
        ("issued", "22/11/2026"),
        ("name", "two\nlines"),
    ],
)
def test_what_no_pack_can_hold_is_refused(key: str, line: str) -> None:
    """The error says what is wrong, and its note what to write."""
    with pytest.raises(ValueError, match=r"\w") as refused:
        read(BY_KEY[key], line, today=TODAY)
    assert refused.value.__notes__


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Example Shop", "example-shop"),
        ("Träger & Co.", "trager-co"),
        ("日本", ""),
        ("A" * 60, "a" * 40),
    ],
)
def test_an_address_is_proposed(name: str, slug: str) -> None:
    """From the name, as far as it has letters for it."""
    assert slug_of(name) == slug


def test_every_example_is_an_answer() -> None:
    """What the questions show as examples can be typed as it stands."""
    for question in QUESTIONS:
        assert read(question, question.example, today=TODAY) is not None
