"""Who cares for a report, and who could."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import queue, seen, staff, staff_roles
from portal.desk.member import Member
from portal.errors import QueueRefused


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role in a program that one shares.

    Attributes:
        programs: The shared ones, by slug, with the name of the role.
    """

    id: str
    name: str
    programs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Assignments:
    """Gives reports to people."""

    database: Database

    def colleagues(self, member: Member) -> tuple[Colleague, ...]:
        """Return everybody in somebody's programs, themselves included, by name."""
        wanted = (
            select(staff.c.id, staff.c.name, staff_roles.c.program, staff_roles.c.role)
            .join(staff_roles, staff_roles.c.staff == staff.c.id)
            .where(staff.c.left_at.is_(None), staff_roles.c.program.in_(member.roles))
            .order_by(staff.c.name, staff.c.id, staff_roles.c.program)
        )
        found: dict[str, tuple[str, dict[str, str]]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(wanted):
                found.setdefault(row.id, (row.name, {}))[1][row.program] = row.role
        return tuple(Colleague(id_, name, roles) for id_, (name, roles) in found.items())

    def assign(self, report_id: str, to: str | None, *, by: Member, now: datetime) -> None:
        """Give a report to somebody, or to nobody; it is news to them, and to nobody else.

        Args:
            report_id: A report of a program in which `by` may do this.
            to: Id of a member of staff; None for nobody.
            by: Who does it.
            now: Present time, aware.

        Raises:
            QueueRefused: `to` is nobody with a role in the report's program.
        """
        with self.database.writing() as connection:
            row = connection.execute(select(queue).where(queue.c.report == report_id)).one()
            if row.assigned == to:
                return
            if to is not None:
                _check(connection, to, row.program)
            here = update(queue).where(queue.c.report == report_id)
            connection.execute(here.values(assigned=to))
            if to not in {None, by.id}:
                theirs = update(seen).where(seen.c.staff == to, seen.c.report == report_id)
                connection.execute(theirs.values(activity=0))
            changed = {"to": to, "from": row.assigned}
            audit.append(connection, "assigned", report_id, changed, actor=by.id, now=now)


def _check(connection: Connection, staff_id: str, program: str) -> None:
    working = (
        select(staff.c.id)
        .join(staff_roles, staff_roles.c.staff == staff.c.id)
        .where(staff.c.id == staff_id, staff.c.left_at.is_(None), staff_roles.c.program == program)
    )
    if connection.execute(working).first() is None:
        raise QueueRefused(
            "That person has no role in this report's program.",
            hint="Choose somebody of the list, or ask an admin to give them a role.",
        )
