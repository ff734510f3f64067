"""Desk keys: what `portico desk` works with instead of a session; short-lived, made at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import desk_keys
from portal.desk import passkeys, reasons, secrets
from portal.desk.directory import member
from portal.desk.member import Member

LIFE = timedelta(hours=10)  # a working day, as long as a session
_TOUCH = timedelta(minutes=1)  # a use is noted at most this often


@dataclass(frozen=True, slots=True)
class OpenDeskKey:
    """A key as its owner sees it in the list."""

    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Issues, finds and ends desk keys."""

    database: Database

    def issue(self, owner: Member, *, now: datetime) -> str:
        """Make a key for somebody who just confirmed with their passkey; return the secret.

        Raises:
            ConfirmationNeeded: They did not.
            PasskeyRefused: They were shut out meanwhile.
        """
        owner.require_fresh(now=now)
        secret = secrets.mint()
        row = {"sha256": secrets.stored(secret), "staff": owner.id}
        with self.database.writing() as connection:
            passkeys.require_any(connection, owner.id)
            connection.execute(
                insert(desk_keys).values(**row, created_at=now, expires_at=now + LIFE)
            )
            audit.append(connection, "desk key made", owner.id, {}, actor=owner.id, now=now)
        return secret

    def member(self, secret: str, *, now: datetime) -> Member | None:
        """Return whose key this is, with the roles of today; None when it is none any more."""
        stored = secrets.stored(secret)
        live = select(desk_keys).where(
            desk_keys.c.sha256 == stored,
            desk_keys.c.ended_at.is_(None),
            desk_keys.c.expires_at > now,
        )
        with self.database.reading() as connection:
            row = connection.execute(live).first()
            found = row and member(connection, row.staff)
        if row is not None and (row.used_at is None or now - row.used_at > _TOUCH):
            with self.database.writing() as connection:
                used = update(desk_keys).where(desk_keys.c.sha256 == stored)
                connection.execute(used.values(used_at=now))
        return found or None

    def listed(self, staff_id: str, *, now: datetime) -> Sequence[OpenDeskKey]:
        """Return somebody's keys that still work, the newest first."""
        live = select(desk_keys).where(
            desk_keys.c.staff == staff_id,
            desk_keys.c.ended_at.is_(None),
            desk_keys.c.expires_at > now,
        )
        with self.database.reading() as connection:
            return [
                OpenDeskKey(row.created_at, row.expires_at, row.used_at)
                for row in connection.execute(live.order_by(desk_keys.c.created_at.desc()))
            ]

    def end(self, staff_id: str, *, actor: str, now: datetime, reason: str | None = None) -> int:
        """End all of somebody's keys; return how many there were."""
        open_keys = update(desk_keys).where(
            desk_keys.c.staff == staff_id, desk_keys.c.ended_at.is_(None)
        )
        with self.database.writing() as connection:
            count = connection.execute(open_keys.values(ended_at=now)).rowcount
            if count:
                acted = reasons.noted({"desk_keys": count}, reason)
                audit.append(connection, "desk keys ended", staff_id, acted, actor=actor, now=now)
        return int(count)
