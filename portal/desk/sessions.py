"""Sessions: who is signed in, kept on the server, ended by time or by the person.

An admin ends no single session: whoever lets somebody go, or shuts out their passkeys, ends all of
theirs with it (`leaving`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import passkeys, sessions
from portal.desk import reasons, secrets
from portal.desk.directory import member
from portal.desk.member import Member

IDLE = timedelta(minutes=30)  # without a request, a session ends
ABSOLUTE = timedelta(hours=10)  # a working day; then the passkey is asked for again
_TOUCH = timedelta(minutes=1)  # a use is noted at most this often: reading pages should not write


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it in the list.

    Attributes:
        id: Its hash, which names it and opens nothing.
        passkey: Label of the passkey it was started with.
    """

    id: str
    passkey: str
    started_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Sessions:
    """Starts, finds and ends sessions."""

    database: Database

    def start(self, staff_id: str, *, passkey: str, now: datetime) -> str:
        """Start a session for somebody whose passkey was just verified; return its secret."""
        secret = secrets.mint()
        row = {"sha256": secrets.stored(secret), "staff": staff_id, "passkey": passkey}
        moments = {"started_at": now, "seen_at": now, "confirmed_at": now}
        with self.database.writing() as connection:
            connection.execute(insert(sessions).values(**row, **moments))
            audit.append(connection, "signed in", staff_id, {}, actor=staff_id, now=now)
        return secret

    def member(self, secret: str, *, now: datetime) -> Member | None:
        """Return who a session belongs to, with the roles of today; None when it is over."""
        stored = secrets.stored(secret)
        live = _open(now).where(sessions.c.sha256 == stored)
        with self.database.reading() as connection:
            row = connection.execute(live).first()
            found = row and member(connection, row.staff, confirmed_at=row.confirmed_at)
        if row is not None and now - row.seen_at > _TOUCH:
            self._note(str(stored), seen_at=now)
        return found or None

    def confirm(self, secret: str, *, now: datetime) -> None:
        """Note that a passkey confirmed its owner's presence within this session."""
        self._note(str(secrets.stored(secret)), confirmed_at=now, seen_at=now)

    def listed(self, staff_id: str, *, now: datetime) -> Sequence[OpenSession]:
        """Return somebody's open sessions, the newest first."""
        wanted = _open(now).where(sessions.c.staff == staff_id)
        with self.database.reading() as connection:
            return [
                OpenSession(row.sha256, row.label, row.started_at, row.seen_at)
                for row in connection.execute(wanted.order_by(sessions.c.started_at.desc()))
            ]

    def end(self, secret: str, *, now: datetime) -> None:
        """End one's own session, if there is one."""
        own = (sessions.c.sha256 == secrets.stored(secret), sessions.c.ended_at.is_(None))
        with self.database.writing() as connection:
            staff_id = connection.scalar(select(sessions.c.staff).where(*own))
            if staff_id is not None:
                connection.execute(update(sessions).where(*own).values(ended_at=now))
                audit.append(connection, "signed out", staff_id, {}, actor=staff_id, now=now)

    def revoke(
        self,
        staff_id: str,
        *,
        actor: str,
        now: datetime,
        only: str | None = None,
        but: str | None = None,
        reason: str | None = None,
    ) -> int:
        """End somebody's sessions: all, the one of this id, or all but this one; return how many.

        Args:
            staff_id: Whose.
            actor: Who does it, as the audit log names them.
            now: The present.
            only: Id of the one to end.
            but: Id of the one to keep.
            reason: Why, as a code.
        """
        wanted = update(sessions).where(sessions.c.staff == staff_id, sessions.c.ended_at.is_(None))
        if only is not None:
            wanted = wanted.where(sessions.c.sha256 == only)
        if but is not None:
            wanted = wanted.where(sessions.c.sha256 != but)
        with self.database.writing() as connection:
            count = connection.execute(wanted.values(ended_at=now)).rowcount
            if count:
                acted = reasons.noted({"sessions": count}, reason)
                audit.append(connection, "sessions ended", staff_id, acted, actor=actor, now=now)
        return int(count)

    def _note(self, stored: str, **moments: datetime) -> None:
        with self.database.writing() as connection:
            connection.execute(
                update(sessions).where(sessions.c.sha256 == stored).values(**moments)
            )


def _open(now: datetime) -> Select[Any]:
    """Return the sessions that are not over; each lives no longer than its passkey."""
    begun = select(sessions, passkeys.c.label).join(passkeys, passkeys.c.id == sessions.c.passkey)
    return begun.where(
        passkeys.c.removed_at.is_(None),
        sessions.c.ended_at.is_(None),
        sessions.c.seen_at > now - IDLE,
        sessions.c.started_at > now - ABSOLUTE,
    )
