"""Saved views: filters of the queue to which somebody gave a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, insert, select, update

from portal.cases.database import Database
from portal.cases.tables import saved_views
from portal.desk.filters import Filters
from portal.desk.member import Member
from portal.errors import QueueRefused

NAME_LIMIT: Final = 40  # characters: a name is a button on the page
VIEWS_LIMIT: Final = 30  # per person: more would need a search of its own


@dataclass(frozen=True, slots=True)
class SavedView:
    """One of somebody's own views.

    Attributes:
        filters: By their names, as `Filters.parse` reads them.
    """

    name: str
    filters: Mapping[str, str]

    @classmethod
    def parse(cls, name: object, filters: object) -> "SavedView":
        """Read a view as it was sent.

        Raises:
            QueueRefused: The name is empty, long or not printable, or the filters are none.
        """
        shown = " ".join(name.split()) if isinstance(name, str) else ""
        if not 1 <= len(shown) <= NAME_LIMIT or not shown.isprintable():
            raise QueueRefused(
                "A view needs a name.", hint=f"One line of up to {NAME_LIMIT} characters."
            )
        if not isinstance(filters, dict):
            raise QueueRefused("A view needs filters.", hint="Choose them in the queue.")
        return cls(shown, Filters.parse(filters).plain)


@dataclass(frozen=True, slots=True)
class SavedViews:
    """Keeps each person's views; nobody else sees them."""

    database: Database

    def listed(self, member: Member) -> tuple[SavedView, ...]:
        """Return somebody's views, by name."""
        own = select(saved_views).where(saved_views.c.staff == member.id)
        with self.database.reading() as connection:
            found = connection.execute(own.order_by(saved_views.c.name)).all()
        return tuple(SavedView(row.name, row.filters) for row in found)

    def save(self, view: SavedView, *, by: Member) -> None:
        """Keep a view; one of the same name is replaced.

        Raises:
            QueueRefused: There are too many already.
        """
        row = {"staff": by.id, "name": view.name, "filters": dict(view.filters)}
        with self.database.writing() as connection:
            own = saved_views.c.staff == by.id
            same = update(saved_views).where(own, saved_views.c.name == view.name)
            if connection.execute(same.values(row)).rowcount:
                return
            kept = connection.scalar(select(func.count()).select_from(saved_views).where(own))
            if (kept or 0) >= VIEWS_LIMIT:
                raise QueueRefused(
                    f"You have {VIEWS_LIMIT} views already.", hint="Remove one, then save this one."
                )
            connection.execute(insert(saved_views).values(row))

    def remove(self, name: str, *, by: Member) -> None:
        """Remove a view; one that is not there is removed already."""
        wanted = delete(saved_views).where(saved_views.c.staff == by.id, saved_views.c.name == name)
        with self.database.writing() as connection:
            connection.execute(wanted)
