"""Days off: how a policy names the days it adds and takes away."""

import pytest

from portal.policy import days_off


@pytest.mark.parametrize(
    ("text", "named", "good"),
    [
        ("2026-05-05", False, True),
        ("05-05", False, True),
        ("02-29", False, True),
        ("02-30", False, False),
        ("13-01", False, False),
        ("2026-13-01", False, False),
        ("yesterday", False, False),
        ("Good Friday", False, False),
        ("Good Friday", True, True),
        ("Good Fryday", True, False),
        ("", True, False),
        ("12-25", True, True),
    ],
)
def test_days_off_are_days(text: str, named: bool, good: bool) -> None:
    """A date or a day of every year counts; a holiday's name only where holidays are removed."""
    if good:
        days_off.check_day(text, country="NL", named=named)
    else:
        with pytest.raises(ValueError):
            days_off.check_day(text, country="NL", named=named)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12-24", "24 December"),
        ("2026-12-24", "Thursday 24 December 2026"),
        ("Good Friday", "Good Friday"),
    ],
)
def test_a_day_is_said_as_people_say_it(text: str, words: str) -> None:
    """Sentences have no numbers for months."""
    assert days_off.said(text) == words
