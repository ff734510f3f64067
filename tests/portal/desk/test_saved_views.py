"""Saved views: one's own, by name, and nothing in them but filters."""

from collections.abc import Callable

import pytest

from portal.cases.database import Database
from portal.desk.member import Member
from portal.desk.saved_views import NAME_LIMIT, VIEWS_LIMIT, SavedView, SavedViews
from portal.errors import QueueRefused

Join = Callable[..., Member]


def names(database: Database, member: Member) -> list[tuple[str, dict[str, str]]]:
    """Return somebody's views."""
    return [(one.name, dict(one.filters)) for one in SavedViews(database).listed(member)]


def test_views_are_ones_own(join: Join, database: Database) -> None:
    """Kept, replaced and removed by their owner; nobody else sees them or loses theirs."""
    ada, bob = join("Ada"), join("Bob")
    for member, filters in ((ada, {"overdue": "yes"}), (bob, {}), (ada, {"unread": "yes"})):
        SavedViews(database).save(SavedView.parse(" My   view ", filters), by=member)
    assert names(database, ada) == [("My view", {"unread": "yes"})]
    SavedViews(database).remove("My view", by=ada)
    SavedViews(database).remove("My view", by=ada)
    assert (names(database, ada), names(database, bob)) == ([], [("My view", {})])


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME_LIMIT + 1), "a\x00b", "a\u202eb", 7, None])
def test_a_view_needs_a_name_of_one_line(name: object) -> None:
    """One that can be shown as a link."""
    with pytest.raises(QueueRefused):
        SavedView.parse(name, {})


@pytest.mark.parametrize("filters", [None, [], "overdue", {"owner": "me"}, {"state": "asleep"}])
def test_a_view_holds_filters_and_nothing_else(filters: object) -> None:
    """What the queue would not understand is refused before it is kept."""
    with pytest.raises(QueueRefused):
        SavedView.parse("a", filters)


def test_nobody_keeps_views_without_end(join: Join, database: Database) -> None:
    """The last one too many is refused, and an old one can still be replaced."""
    ada = join("Ada")
    for number in range(VIEWS_LIMIT):
        SavedViews(database).save(SavedView.parse(f"v{number}", {}), by=ada)
    with pytest.raises(QueueRefused):
        SavedViews(database).save(SavedView.parse("more", {}), by=ada)
    SavedViews(database).save(SavedView.parse("v0", {"overdue": "yes"}), by=ada)
    assert len(names(database, ada)) == VIEWS_LIMIT
