"""Upkeep: what opened the desk once, and opens it no more, does not stay for ever.

A session, link, key or challenge is a row that names a hash, a person and moments. That they were
made, used and ended stands in the audit log, which is not touched here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Table, and_, delete, func, select

from portal.cases.database import Database
from portal.cases.tables import desk_keys, invitations, sessions
from portal.desk.challenges import Challenges
from portal.desk.sessions import ABSOLUTE

# Whoever looks into a misuse wants to know which passkey a session was started with, and when a
# link or a key was last used; the log does not say. Three months cover a case that is found late.
KEPT: Final = timedelta(days=90)
BATCH: Final = 500  # rows in one transaction: nobody who writes meanwhile waits long


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was removed.

    Attributes:
        sessions: Over for `KEPT`, and not their owner's last one.
        invitations: Links that expired as long ago, used or not.
        desk_keys: Expired as long ago, ended before or not.
        challenges: Expired; nobody can answer them any more.
    """

    sessions: int
    invitations: int
    desk_keys: int
    challenges: int

    @property
    def total(self) -> int:
        """How many rows that is."""
        return self.sessions + self.invitations + self.desk_keys + self.challenges


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Removes what is over."""

    database: Database

    def tidy(self, *, now: datetime) -> Tidied:
        """Remove what has been over for `KEPT`, and challenges as soon as they are."""
        before = now - KEPT
        return Tidied(
            sessions=self._remove(sessions, _sessions_over(before)),
            invitations=self._remove(invitations, invitations.c.expires_at < before),
            desk_keys=self._remove(desk_keys, desk_keys.c.expires_at < before),
            challenges=Challenges(self.database).sweep(now=now),
        )

    def _remove(self, table: Table, over: ColumnElement[bool]) -> int:
        removed = 0
        while hashes := self._some(table, over):
            with self.database.writing() as connection:
                gone = delete(table).where(table.c.sha256.in_(hashes), over)
                removed += connection.execute(gone).rowcount
        return removed

    def _some(self, table: Table, over: ColumnElement[bool]) -> Sequence[str]:
        with self.database.reading() as connection:
            return connection.scalars(select(table.c.sha256).where(over).limit(BATCH)).all()


# Whatever was used or ended before its time is over soon after in any case: none of these lives
# longer than three days. So one date decides for each, and an open one never fits.
def _sessions_over(before: datetime) -> ColumnElement[bool]:
    """All but the last one of each person: admins see by it when a colleague was here."""
    others = sessions.alias("others")
    last = (
        select(func.max(others.c.seen_at))
        .where(others.c.staff == sessions.c.staff)
        .scalar_subquery()
    )
    return and_(sessions.c.started_at < before - ABSOLUTE, sessions.c.seen_at < last)
