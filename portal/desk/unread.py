"""How far each person has read each report."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from portal.cases.database import Database
from portal.cases.tables import queue, seen
from portal.desk.member import Member


@dataclass(frozen=True, slots=True)
class Unread:
    """Keeps the marks; they are one's own, and nobody else sees them.

    The audit log leaves them out: it notes that a report was opened, not a look at its row.
    """

    database: Database

    def mark(self, report_id: str, activity: int, *, by: Member) -> int:
        """Note that somebody has seen so much of what happened; 0 makes it unread again.

        Returns:
            What is noted: no more than has happened, so that the next thing is news.
        """
        with self.database.writing() as connection:
            happened = connection.scalar(
                select(queue.c.activity).where(queue.c.report == report_id)
            )
            noted = max(0, min(activity, happened or 0))
            own = update(seen).where(seen.c.staff == by.id, seen.c.report == report_id)
            if not connection.execute(own.values(activity=noted)).rowcount:
                row = {"staff": by.id, "report": report_id, "activity": noted}
                connection.execute(insert(seen).values(row))
        return noted
