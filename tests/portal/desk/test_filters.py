"""Filters: what they take, what they refuse, and that they come back as they went in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.steps import STATES
from portal.desk.filters import RULINGS, Filters
from portal.errors import QueueRefused

VALUES = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["open", "ended", "any", *STATES]),
        "ruling": st.sampled_from(sorted(RULINGS)),
        "program": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
        "overdue": st.just("yes"),
        "unread": st.just("yes"),
        "assigned": st.sampled_from(["me", "nobody", "0123456789abcdef"]),
        "quiet": st.just("yes"),
        "kind": st.sampled_from(["report", "quick", "question"]),
        "urgent": st.just("yes"),
    },
)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_filters_come_back_as_they_went_in(given: dict[str, str]) -> None:
    """Written and read again they are the same, and what is no filter is not written."""
    read = Filters.parse(given)
    assert Filters.parse(read.plain) == read
    assert read.plain == {key: text for key, text in given.items() if text != "open"}


def test_an_empty_value_is_no_filter() -> None:
    """As a form sends what nobody chose."""
    assert Filters.parse({"state": "", "overdue": "", "program": None}) == Filters()


@pytest.mark.parametrize(
    "given",
    [
        {"sate": "open"},
        {"state": "asleep"},
        {"ruling": "IN"},
        {"program": "Example"},
        {"program": "a\n"},
        {"overdue": "no"},
        {"unread": True},
        {"assigned": "Ada"},
        {"assigned": "0" * 17},
        {"quiet": ["yes"]},
        {"kind": "letter"},
        {"urgent": "no"},
    ],
)
def test_what_is_no_filter_is_refused(given: dict[str, object]) -> None:
    """To leave it out in silence would show more than was asked for."""
    with pytest.raises(QueueRefused):
        Filters.parse(given)
