"""Leaving: every way in that somebody has ends at once."""

from datetime import datetime

from sqlalchemy import Connection, update

from portal.cases import audit
from portal.cases.tables import desk_keys, sessions, staff
from portal.desk import invitations, passkeys, reasons


def close(
    connection: Connection,
    staff_id: str,
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Close the account of somebody without a role left; the name stays, for the audit log."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(left_at=now))
    lock_out(connection, staff_id, now=now)
    invitations.end(connection, staff_id, now=now)
    told = reasons.noted({}, reason)
    audit.append(connection, "left", staff_id, told, actor=actor, now=now)


def lock_out(connection: Connection, staff_id: str, *, now: datetime) -> None:
    """End somebody's passkeys, sessions and desk keys, inside the caller's transaction."""
    passkeys.remove_all(connection, staff_id, now=now)
    for table in (sessions, desk_keys):
        live = update(table).where(table.c.staff == staff_id, table.c.ended_at.is_(None))
        connection.execute(live.values(ended_at=now))
