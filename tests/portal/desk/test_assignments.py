"""Assignment: to people of the program, noted in the audit log, news to whom it concerns."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from portal.cases.database import Database
from portal.cases.tables import audit, queue, seen, staff
from portal.desk.assignments import Assignments
from portal.desk.member import Member
from portal.desk.unread import Unread
from portal.errors import QueueRefused
from tests.conftest import START

Join = Callable[..., Member]
Queued = Callable[..., str]


def test_colleagues_are_those_of_ones_own_programs(join: Join, database: Database) -> None:
    """By name, oneself included, with the shared programs only; who left is gone."""
    ada = join("Ada", example="admin", other="reader")
    join("Bob", example="reader", third="admin")
    join("Strange", third="admin")
    gone = join("Gone", example="handler")
    with database.writing() as connection:
        connection.execute(update(staff).where(staff.c.id == gone.id).values(left_at=START))
    found = Assignments(database).colleagues(ada)
    assert [(one.name, dict(one.programs)) for one in found] == [
        ("Ada", {"example": "admin", "other": "reader"}),
        ("Bob", {"example": "reader"}),
    ]


def test_an_assignment_is_kept_and_audited(join: Join, queued: Queued, database: Database) -> None:
    """With whom it was taken from; to do it twice is to do it once."""
    ada, bob, report = join("Ada", example="handler"), join("Bob", example="reader"), queued("a")
    for to in (bob.id, bob.id, None):
        Assignments(database).assign(report, to, by=ada, now=START)
    with database.reading() as connection:
        assert connection.scalar(select(queue.c.assigned)) is None
        noted = connection.execute(select(audit.c.actor, audit.c.subject, audit.c.data)).all()
    assert noted == [
        (ada.id, report, {"to": bob.id, "from": None}),
        (ada.id, report, {"to": None, "from": bob.id}),
    ]


def test_it_is_news_to_the_one_it_concerns(join: Join, queued: Queued, database: Database) -> None:
    """The report is unread again for the new handler; for whoever assigned it nothing changes."""
    ada, bob, report = join("Ada", example="handler"), join("Bob", example="handler"), queued("a")
    for one in (ada, bob):
        Unread(database).mark(report, 1, by=one)
    Assignments(database).assign(report, bob.id, by=ada, now=START)
    with database.reading() as connection:
        marks = connection.execute(select(seen.c.staff, seen.c.activity)).all()
    assert dict(marks) == {ada.id: 1, bob.id: 0}
    Unread(database).mark(report, 1, by=bob)
    Assignments(database).assign(report, ada.id, by=ada, now=START)
    with database.reading() as connection:
        assert set(connection.scalars(select(seen.c.activity))) == {1}


@pytest.mark.parametrize("who", ["elsewhere", "left", "unknown"])
def test_only_people_of_the_program_get_its_reports(
    join: Join, queued: Queued, database: Database, who: str
) -> None:
    """Nobody of another program, nobody who left, nobody who never was."""
    ada, report = join("Ada", example="handler"), queued("a")
    to = join("Bob", **({"other": "admin"} if who == "elsewhere" else {"example": "handler"})).id
    with database.writing() as connection:
        if who == "left":
            connection.execute(update(staff).where(staff.c.id == to).values(left_at=START))
    with pytest.raises(QueueRefused):
        Assignments(database).assign(
            report, "f" * 16 if who == "unknown" else to, by=ada, now=START
        )
    with database.reading() as connection:
        assert connection.scalar(select(queue.c.assigned)) is None
        assert connection.execute(select(audit)).all() == []
