"""The quiet list: the reports of an abusive sender, out of the way and still kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import queue
from portal.desk import reasons
from portal.desk.member import Member


@dataclass(frozen=True, slots=True)
class QuietList:
    """Puts a report on the list, and takes it off.

    A report on it is not in the queue and is never unread, whatever its sender writes. Nothing is
    refused or deleted, its dates go on counting, and every other sender's door stays open.
    """

    database: Database

    def put(
        self,
        report_id: str,
        quiet: bool,
        *,
        by: Member,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        """Put a report on the list, or take it off; twice is once.

        Args:
            report_id: A report of a program in which `by` may do this.
            quiet: Whether it shall be on the list.
            by: Who does it.
            now: Present time, aware.
            reason: Why, as a code.
        """
        act = "put on the quiet list" if quiet else "taken off the quiet list"
        with self.database.writing() as connection:
            here = queue.c.report == report_id
            if connection.scalar(select(queue.c.quiet).where(here)) == quiet:
                return
            connection.execute(update(queue).where(here).values(quiet=quiet))
            told = reasons.noted({}, reason)
            audit.append(connection, act, report_id, told, actor=by.id, now=now)
