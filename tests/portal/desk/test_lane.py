"""A lane is read in the order of an index: nothing is sorted, nothing is read in vain."""

import pytest
from sqlalchemy import Select

from portal.cases.database import Database
from portal.cases.kinds import Urgency
from portal.desk.filters import Filters
from portal.desk.lane import lanes
from portal.desk.member import Member, Role
from portal.desk.place import Place
from tests.conftest import START

ADA = Member("a" * 16, "Ada", {"example": Role.READER, "other": Role.READER})
PLACE = Place(Urgency.DATED, START, START, "-" * 11)
QUESTIONS = [
    {},
    {"state": "any"},
    {"state": "acknowledged"},
    {"ruling": "in"},
    {"state": "acknowledged", "ruling": "in"},
    {"assigned": "me"},
    {"assigned": "nobody"},
    {"overdue": "yes"},
    {"unread": "yes"},
    {"quiet": "yes"},
    {"urgent": "yes"},
    {"kind": "quick"},
    {"kind": "question", "overdue": "yes"},
    {"assigned": "me", "overdue": "yes", "unread": "yes", "program": "other"},
]


def plan(database: Database, question: Select[tuple[int]]) -> list[str]:
    """Return the steps that SQLite takes."""
    text = question.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.reading() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
        return [str(row.detail) for row in found]


@pytest.mark.parametrize("given", QUESTIONS, ids=lambda given: " ".join(given) or "all")
def test_every_question_follows_an_index(database: Database, given: dict[str, str]) -> None:
    """A page, a later page and a count: each searches an index of the queue and sorts nothing."""
    for lane in lanes(ADA, Filters.parse(given), now=START):
        for question in (
            lane.listed(limit=51),
            lane.listed(after=PLACE, limit=51),
            lane.counted(limit=1001),
        ):
            steps = plan(database, question)
            assert not [step for step in steps if "B-TREE" in step], steps
            queue = [step for step in steps if " queue " in f"{step} "]
            assert queue, steps
            assert all(
                step.startswith(("SEARCH queue USING INDEX ix_queue_",
                                 "SEARCH queue USING COVERING INDEX ix_queue_"))
                for step in queue
            ), steps  # fmt: skip


def test_a_later_page_does_not_read_the_ones_before(database: Database) -> None:
    """The place is a part of the search, not a filter over what was read."""
    lane = next(one for one in lanes(ADA, Filters(), now=START) if one.urgency == PLACE.urgency)
    (search, *_) = plan(database, lane.listed(after=PLACE, limit=51))
    assert "(due_at,received_at,report)>(?,?,?)" in search


@pytest.mark.parametrize(
    ("given", "urgencies"),
    [
        ({}, [*Urgency]),
        ({"urgent": "yes"}, [Urgency.NOW]),
        ({"kind": "question"}, [Urgency.UNDATED]),
        ({"kind": "quick"}, [Urgency.NOW, Urgency.DATED]),
        ({"kind": "question", "urgent": "yes"}, [Urgency.NOW]),
    ],
    ids=str,
)
def test_only_the_lanes_that_can_hold_it_are_asked(
    given: dict[str, str], urgencies: list[Urgency]
) -> None:
    """The most urgent first; what can be in none of a lane's rows is not looked for there."""
    asked = list(lanes(ADA, Filters.parse({**given, "program": "example"}), now=START))
    assert [lane.urgency for lane in asked] == urgencies


def test_what_is_unread_is_looked_for_in_the_index(database: Database) -> None:
    """Counting reads no row of the table itself."""
    (lane, *_) = lanes(ADA, Filters(unread=True), now=START)
    steps = plan(database, lane.counted(limit=1001))
    assert [step for step in steps if "COVERING INDEX ix_queue_order" in step], steps
