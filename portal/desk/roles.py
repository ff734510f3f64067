"""Roles: who holds which, changed so that every program keeps an admin who can sign in."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select, update

from portal.cases import audit
from portal.cases.tables import passkeys, queue, staff, staff_roles
from portal.desk import reasons
from portal.desk.member import Role
from portal.errors import LastAdmin


def held(connection: Connection, staff_id: str) -> dict[str, Role]:
    """Return what somebody does, by program."""
    wanted = select(staff_roles.c.program, staff_roles.c.role).where(
        staff_roles.c.staff == staff_id
    )
    rows = connection.execute(wanted.order_by(staff_roles.c.program))
    return {row.program: Role.named(row.role) for row in rows}


def admins(connection: Connection, program: str) -> set[str]:
    """Return the ids of those who care for a program and have a passkey to do it with."""
    able = exists().where(passkeys.c.staff == staff.c.id, passkeys.c.removed_at.is_(None))
    wanted = (
        select(staff.c.id)
        .join(staff_roles, staff_roles.c.staff == staff.c.id)
        .where(staff_roles.c.program == program, staff_roles.c.role == str(Role.ADMIN))
        .where(staff.c.left_at.is_(None), able)
    )
    return set(connection.scalars(wanted))


def give(
    connection: Connection,
    staff_id: str,
    wanted: Mapping[str, Role | None],
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Give somebody roles by program, inside the caller's transaction; None takes one away.

    Args:
        connection: The transaction.
        staff_id: Whose roles.
        wanted: The roles, by program.
        actor: Who does it, as the audit log names them.
        now: The present.
        reason: Why, as a code.

    Raises:
        LastAdmin: A program would be left without an admin.
    """
    before = held(connection, staff_id)
    changed = {slug: role for slug, role in wanted.items() if before.get(slug) != role}
    _keep_an_admin(connection, staff_id, (p for p in changed if changed[p] is not Role.ADMIN))
    for program, role in changed.items():
        _put(connection, staff_id, program, role)
        acted = {"program": program, "before": _word(before.get(program)), "after": _word(role)}
        told = reasons.noted(acted, reason)
        audit.append(connection, "role changed", staff_id, told, actor=actor, now=now)


def _put(connection: Connection, staff_id: str, program: str, role: Role | None) -> None:
    row = (staff_roles.c.staff == staff_id, staff_roles.c.program == program)
    connection.execute(delete(staff_roles).where(*row))
    if role is None:
        _hand_back(connection, staff_id, program)
    else:
        given = {"staff": staff_id, "program": program, "role": str(role)}
        connection.execute(insert(staff_roles).values(**given))


def _hand_back(connection: Connection, staff_id: str, program: str) -> None:
    """Let the reports that somebody had in a program be nobody's, so that another takes them."""
    theirs = update(queue).where(queue.c.assigned == staff_id, queue.c.program == program)
    connection.execute(theirs.values(assigned=None))


def _word(role: Role | None) -> str | None:
    return None if role is None else str(role)


def _keep_an_admin(connection: Connection, staff_id: str, programs: Iterable[str]) -> None:
    for program in programs:
        if admins(connection, program) == {staff_id}:
            raise LastAdmin(
                f"Nobody else is an admin of {program}.",
                hint="Invite another admin, wait until they have a passkey, and then do this.",
            )
