"""The queue's rows: they follow from what happened, and keep what staff decided."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from portal.cases import queue as room
from portal.cases.catalogue import Catalogue
from portal.cases.events import Event
from portal.cases.prospects import next_due
from portal.cases.queue import NOT_CHECKED, NOTHING_DUE, fill, refresh
from portal.cases.standing import standing
from portal.cases.store import Store
from portal.cases.tables import queue, seen, staff
from portal.errors import EventRefused
from tests.actors import DAY, Researcher
from tests.conftest import START

ADA = "0" * 15 + "a"


@pytest.fixture
def report(researcher: Researcher, store: Store) -> str:
    """A report that has just arrived, and a member of staff."""
    with store.database.writing() as connection:
        connection.execute(insert(staff).values(id=ADA, name="Ada", created_at=START))
    return str(researcher.send().json["report"])


@pytest.fixture
def row(store: Store, report: str) -> Callable[[], dict[str, Any]]:
    """Read the report's row."""

    def read() -> dict[str, Any]:
        with store.database.reading() as connection:
            return dict(connection.execute(select(queue)).mappings().one())

    return read


def test_a_report_stands_in_the_queue_as_soon_as_it_is_kept(
    report: str, row: Callable[[], dict[str, Any]], store: Store, catalogue: Catalogue
) -> None:
    """With the date the reporter is shown, as something nobody has seen."""
    found = standing(store.report(report), store=store, catalogue=catalogue, now=START)
    assert row() == {
        "report": report,
        "program": "example",
        "state": "received",
        "ended": False,
        "ruling": NOT_CHECKED,
        "due_at": next_due(found.deadlines),
        "received_at": START,
        "activity": 1,
        "quiet": False,
        "assigned": None,
        "kind": "report",
        "urgency": 1,
    }


@pytest.mark.parametrize(
    ("sent", "kind", "urgency", "dated"),
    [
        ({"exploited": "yes"}, "report", 0, True),
        ({"kind": "quick", "exposed": "yes"}, "quick", 0, True),
        ({"kind": "quick"}, "quick", 1, True),
        ({"kind": "question"}, "question", 2, False),
    ],
    ids=str,
)
def test_kind_and_ticks_decide_how_urgent_it_is(
    researcher: Researcher,
    store: Store,
    sent: dict[str, str],
    kind: str,
    urgency: int,
    dated: bool,
) -> None:
    """What lies open comes first, and a question is due never."""
    another = Researcher(researcher.client, researcher.program)
    name = another.send(**sent).json["report"]
    with store.database.reading() as connection:
        found = connection.execute(select(queue).where(queue.c.report == name)).mappings().one()
    assert (found["kind"], found["urgency"]) == (kind, urgency)
    assert (found["due_at"] < NOTHING_DUE) is dated


def test_a_row_follows_the_events(
    report: str, row: Callable[[], dict[str, Any]], store: Store
) -> None:
    """State, date and end change with what is recorded; after the end, the deletion is due."""
    first = row()["due_at"]
    store.append(report, Event("acknowledged", START + DAY, "ada"))
    found = row()
    assert (found["state"], found["ended"], found["activity"]) == ("acknowledged", False, 2)
    assert found["due_at"] != first
    store.append(report, Event("closed", START + DAY, "ada"))
    found = row()
    assert (found["state"], found["ended"], found["activity"]) == ("closed", True, 3)
    assert f"{found['due_at']:%Y-%m-%d %H:%M}" == "2028-11-23 22:59"  # 24 months, in UTC


def test_what_staff_decided_about_a_row_stays(
    report: str, row: Callable[[], dict[str, Any]], store: Store
) -> None:
    """An event neither takes a report from its handler nor from the quiet list."""
    with store.database.writing() as connection:
        connection.execute(update(queue).values(quiet=True, assigned=ADA))
    store.append(report, Event("acknowledged", START, "ada"))
    assert (row()["quiet"], row()["assigned"]) == (True, ADA)


def test_a_refused_event_changes_nothing(
    report: str, row: Callable[[], dict[str, Any]], store: Store
) -> None:
    """The row is written with the event, or not at all."""
    before = row()
    with pytest.raises(EventRefused):
        store.append(report, Event("resolved", START, "ada"))
    assert row() == before


@pytest.mark.parametrize(("had_seen", "then"), [(1, 2), (0, 0)])
def test_what_one_did_oneself_is_no_news(
    report: str, store: Store, had_seen: int, then: int
) -> None:
    """Whoever was up to date stays so by their own act; what they had not seen stays unseen."""
    with store.database.writing() as connection:
        connection.execute(insert(seen).values(staff=ADA, report=report, activity=had_seen))
        refresh(connection, report, by=ADA)
        assert connection.scalar(select(seen.c.activity)) == then
        assert connection.scalar(select(queue.c.activity)) == 2


def test_what_is_no_news_does_not_count(
    report: str, row: Callable[[], dict[str, Any]], store: Store
) -> None:
    """A row can be brought up to date without asking anybody to look."""
    before = row()
    with store.database.writing() as connection:
        refresh(connection, report, news=False)
    assert row() == before


def test_reports_from_before_the_queue_are_filled_in(
    researcher: Researcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each as it stands, batch after batch; and then there is nothing left to do."""
    monkeypatch.setattr(room, "_BATCH", 2)
    for number in range(5):
        another = Researcher(researcher.client, researcher.program)
        kept = another.send().json["report"]
        if number % 2:
            store.append(kept, Event("acknowledged", START, "ada"))
    with store.database.writing() as connection:
        before = connection.execute(select(queue).order_by(queue.c.report)).all()
        connection.execute(delete(queue))
    assert (fill(store.database), fill(store.database)) == (5, 0)
    with store.database.reading() as connection:
        assert connection.execute(select(queue).order_by(queue.c.report)).all() == before
