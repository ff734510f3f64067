"""The modules of the queue's page: dates in words, filters in addresses, sentences about lists."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.filters import Filters

Node = Callable[..., Any]

WORDS = """
const { dueIn, overdueBy } = await load("js/desk/due-words.js")
const now = Date.parse("2026-11-22T09:30:00Z")
return input.map(([due, late]) => (late ? overdueBy : dueIn)(due, now))
"""
ADDRESSES = """
const { address, fromAddress, question } = await load("js/desk/queue-filters.js")
return input.map((filters) => [
    fromAddress(address(filters).slice("/staff/".length)),
    question("/q", filters),
    question("/q", filters, "abc="),
])
"""
SENTENCES = """
const { counted, nothing, shownOf } = await load("js/desk/queue-words.js")
return {
    counts: input.counts.map(([count, more]) => counted({ count, more })),
    shown: input.shown.map(([rows, count, more]) => shownOf(rows, { count, more })),
    nothing: input.nothing.map((filters) => nothing(filters)[0]),
}
"""


def test_a_date_is_said_in_words(node: Node) -> None:
    """In whole units that have passed: nobody is told of two days after 47 hours."""
    dates = [
        ["2026-11-20T09:30:00Z", True],
        ["2026-11-20T09:30:01Z", True],
        ["2026-11-22T08:30:00+00:00", True],
        ["2026-11-22T10:29:59+01:00", True],
        ["2026-11-22T10:29:59Z", False],
        ["2026-11-22T12:30:00Z", False],
        ["2026-11-23T09:30:00Z", False],
        ["2026-11-29T09:29:59Z", False],
    ]
    assert node(WORDS, dates) == [
        "overdue by 2 days",
        "overdue by 1 day",
        "overdue by 1 hour",
        "overdue by less than an hour",
        "due in less than an hour",
        "due in 3 hours",
        "due in 1 day",
        "due in 6 days",
    ]


CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["ended", "any", "received"]),
        "ruling": st.sampled_from(["in", "not checked"]),
        "program": st.just("example"),
        "overdue": st.just("yes"),
        "assigned": st.just("me"),
    },
)


@settings(max_examples=3, deadline=None)
@given(st.lists(CHOSEN, min_size=20, max_size=30))
def test_filters_survive_the_address(node: Node, chosen: list[dict[str, str]]) -> None:
    """Page and portal read the same ones, and a place is asked for beside them."""
    for filters, (back, asked, later) in zip(chosen, node(ADDRESSES, chosen), strict=True):
        assert back == filters == Filters.parse(filters).plain
        assert asked.startswith("/q?") == bool(filters)
        assert later.endswith("after=abc%3D")


def test_what_is_no_filter_stays_out_of_the_question(node: Node) -> None:
    """An address that somebody made up asks for nothing that the page does not show."""
    body = 'return (await load("js/desk/queue-filters.js")).fromAddress(input)'
    assert node(body, "?overdue=yes&after=xyz&evil=1&state=") == {"overdue": "yes"}


def test_lists_are_spoken_of_plainly(node: Node) -> None:
    """How many there are, how many are shown, and what it means that there are none."""
    said = node(
        SENTENCES,
        {
            "counts": [[0, False], [12, False], [1000, True], [7, True], [0, True]],
            "shown": [[0, 0, False], [1, 1, False], [50, 60, False], [50, 1000, True]],
            "nothing": [{}, {"overdue": "yes"}, {"state": "any"}, {"state": "any", "quiet": "yes"}],
        },
    )
    assert said["counts"] == ["0", "12", "1,000+", "7+", ""]
    assert said["shown"] == ["0 reports", "1 report", "50 of 60 reports", "50 of 1,000+ reports"]
    assert said["nothing"] == [
        "No open reports.",
        "Nothing is overdue.",
        "No report fits this filter.",
        "No report fits all these filters.",
    ]


@pytest.mark.parametrize("name", ["queue", "frame"])
def test_no_module_writes_markup(name: str) -> None:
    """What the portal answers goes into the page as text."""
    from portal import house

    for path in (house.folder("static") / "js" / "desk").glob(f"{name}*.js"):
        text = path.read_text(encoding="utf-8")
        assert "innerHTML" not in text
        assert "insertAdjacentHTML" not in text
