"""Invitations: links that let somebody add a passkey, once, within three days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from portal.cases.database import Database
from portal.cases.tables import invitations, staff
from portal.desk import secrets
from portal.errors import InvitationRefused

LIFE = timedelta(hours=72)  # a long weekend


def link(url: str, code: str) -> str:
    """Return what the invited person opens; the code is in the fragment, which no log sees."""
    return f"{url}/staff/enrol#{code}"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an invitation is for."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Invitations:
    """Reads invitations that somebody shows."""

    database: Database

    def invitee(self, code: str, *, now: datetime) -> Invitee:
        """Return whom a code invites; it stays good.

        Raises:
            InvitationRefused: It was used, has expired, was replaced, or never was one.
        """
        wanted = (
            select(staff.c.id, staff.c.name)
            .join(invitations, invitations.c.staff == staff.c.id)
            .where(
                invitations.c.sha256 == secrets.stored(code),
                invitations.c.used_at.is_(None),
                invitations.c.expires_at > now,
                staff.c.left_at.is_(None),
            )
        )
        with self.database.reading() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            raise _refused()
        return Invitee(row.id, row.name)


def make(connection: Connection, staff_id: str, *, now: datetime) -> str:
    """Invite somebody inside the caller's transaction; return the code. Older ones end."""
    end(connection, staff_id, now=now)
    code = secrets.mint()
    row = {"sha256": secrets.stored(code), "staff": staff_id}
    connection.execute(insert(invitations).values(**row, created_at=now, expires_at=now + LIFE))
    return code


def spend(connection: Connection, code: str, *, now: datetime) -> None:
    """Use an invitation up, inside the caller's transaction.

    Raises:
        InvitationRefused: Somebody was quicker, or it ended meanwhile.
    """
    live = update(invitations).where(
        invitations.c.sha256 == secrets.stored(code),
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > now,
    )
    if connection.execute(live.values(used_at=now)).rowcount != 1:
        raise _refused()


def end(connection: Connection, staff_id: str, *, now: datetime) -> int:
    """End somebody's open invitations, inside the caller's transaction; return how many."""
    live = update(invitations).where(
        invitations.c.staff == staff_id,
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > now,
    )
    return int(connection.execute(live.values(expires_at=now)).rowcount)


def _refused() -> InvitationRefused:
    return InvitationRefused(
        "This link opens nothing: it was used, has expired, or was replaced by another.",
        hint="Ask whoever sent it for a new one. If you did not use it, tell them so.",
    )
