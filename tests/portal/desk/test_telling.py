"""What happened, as staff read it."""

import re

from sqlalchemy import event

from portal.cases.database import Database
from portal.cases.steps import STEPS
from portal.desk.member import Member
from portal.desk.telling import Teller, label


def test_staff_are_not_spoken_to_as_the_reporter() -> None:
    """The timeline of the reporter says “you”; that of the staff says who is meant."""
    for name in STEPS:
        assert not re.search(r"\byour?\b", label(name), re.IGNORECASE), name


def test_where_no_report_is_named_none_is_looked_for(database: Database) -> None:
    """SQLite answers a question about no reports by reading all of them."""
    asked: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *given: asked.append(str(given[2]))
    )
    with database.reading() as connection:
        told = Teller.to(Member("a" * 16, "Ada", {}), connection)
    assert told.hidden == {}
    assert not [statement for statement in asked if "FROM reports" in statement], asked
