"""The quiet list: the reports of an abusive sender, out of the way and still kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import queue
from portal.desk.member import Member


@dataclass(frozen=True, slots=True)
class QuietList:
    """Puts a report on the list, and takes it off.

    A report on it is not in the queue and is never unread, whatever its sender writes. Nothing is
    refused or deleted, its dates go on counting, and every other sender's door stays open.
    """

    database: Database

    def put(self, report_id: str, quiet: bool, *, by: Member, now: datetime) -> None:
        """Put a report on the list, or take it off; twice is once."""
        act = "put on the quiet list" if quiet else "taken off the quiet list"
        with self.database.writing() as connection:
            here = queue.c.report == report_id
            if connection.scalar(select(queue.c.quiet).where(here)) == quiet:
                return
            connection.execute(update(queue).where(here).values(quiet=quiet))
            audit.append(connection, act, report_id, {}, actor=by.id, now=now)
