"""Who is on the staff: rows of `staff` and `staff_roles` to members."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from portal.cases.tables import staff, staff_roles
from portal.desk.member import Member, Role


def member(
    connection: Connection, staff_id: str, *, confirmed_at: datetime | None = None
) -> Member | None:
    """Return somebody as they are now, with today's roles; None once they have left."""
    wanted = select(staff.c.name).where(staff.c.id == staff_id, staff.c.left_at.is_(None))
    name = connection.scalar(wanted)
    if name is None:
        return None
    held = connection.execute(
        select(staff_roles.c.program, staff_roles.c.role).where(staff_roles.c.staff == staff_id)
    )
    roles = {row.program: Role.named(row.role) for row in held}
    return Member(staff_id, name, roles, confirmed_at)


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of members of staff by their ids, of those who left too."""
    wanted = select(staff.c.id, staff.c.name).where(staff.c.id.in_(sorted(set(ids))))
    return {row.id: row.name for row in connection.execute(wanted)}
