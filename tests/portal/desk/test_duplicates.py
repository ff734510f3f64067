"""What came after a report is found among the linked ones, not by reading every report."""

from typing import Any

from sqlalchemy import event

from portal.cases.database import Database
from portal.cases.store import Store
from portal.desk import duplicates
from portal.desk.member import Member, Role
from tests.actors import Researcher

ADA = Member("a" * 16, "Ada", {"example": Role.READER})


def test_the_search_follows_the_index_of_links(
    database: Database, store: Store, researcher: Researcher
) -> None:
    """So that the page of a report costs the same however many other reports there are."""
    asked: list[tuple[str, Any]] = []

    def note(_one: object, _two: object, statement: str, given: Any, *_more: object) -> None:
        asked.append((statement, given))

    report = store.report(researcher.send().json["report"])
    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as connection:
        duplicates.later(connection, report, ADA)
        statement, given = asked[-1]
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        steps = [str(row.detail) for row in found]
    assert steps[0].startswith("SCAN events USING INDEX ix_events_duplicate"), steps
    assert steps[1].startswith("SEARCH reports USING INDEX"), steps
