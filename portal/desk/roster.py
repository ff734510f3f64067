"""The roster: who is on the staff, read only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from portal.cases.database import Database
from portal.cases.tables import invitations, passkeys, sessions, staff
from portal.desk import names, roles
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.errors import NoSuchColleague


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the staff as an admin sees them.

    Attributes:
        roles: In the programs that the admin cares for, and in no other.
        passkeys: How many they have; with none they cannot sign in.
        seen_at: When they last used a session, at most.
        invited_until: When their open link expires, if they have one.
    """

    id: str
    name: str
    roles: Mapping[str, Role]
    passkeys: int
    seen_at: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Lists people."""

    database: Database

    def listed(self, to: Authority, *, now: datetime) -> Sequence[Colleague]:
        """Return who works in the programs that somebody cares for, by name."""
        with self.database.reading() as connection:
            rows = connection.execute(
                select(staff.c.id, staff.c.name)
                .where(staff.c.left_at.is_(None))
                .order_by(staff.c.name)
            )
            found = [_colleague(connection, row.id, row.name, to, now) for row in rows.all()]
        return [one for one in found if one.roles or to.over_all]

    def called(self, name: str) -> str:
        """Return the id of somebody by their name.

        Raises:
            NoSuchColleague: Nobody of that name works here.
        """
        wanted = select(staff.c.id).where(
            staff.c.name == names.parse(name), staff.c.left_at.is_(None)
        )
        with self.database.reading() as connection:
            found = connection.scalar(wanted)
        if found is None:
            raise NoSuchColleague(
                f"Nobody called “{name}” is on the staff.",
                hint="`portico staff list` shows who is.",
            )
        return str(found)


def _colleague(
    connection: Connection, staff_id: str, name: str, to: Authority, now: datetime
) -> Colleague:
    held = {slug: role for slug, role in roles.held(connection, staff_id).items() if to.over(slug)}
    kept = select(func.count()).where(passkeys.c.staff == staff_id, passkeys.c.removed_at.is_(None))
    seen = select(func.max(sessions.c.seen_at)).where(sessions.c.staff == staff_id)
    until = select(func.max(invitations.c.expires_at)).where(
        invitations.c.staff == staff_id,
        invitations.c.used_at.is_(None),
        invitations.c.expires_at > now,
    )
    return Colleague(
        staff_id,
        name,
        held,
        connection.scalar(kept) or 0,
        connection.scalar(seen),
        connection.scalar(until),
    )
