"""Who works here: inviting people, changing what they may do, letting them go.

Whoever does it has authority over some programs; nothing they do reaches beyond those, and no
program is left without an admin who can sign in.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import staff
from portal.desk import invitations, leaving, names, reasons
from portal.desk import roles as roles_of
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.errors import NoSuchColleague, NotAllowed

ID_BYTES = 8  # random, so that an id says nothing about who came when


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody with a link to come.

    Attributes:
        id: Theirs.
        code: What their link ends in; shown once, to whoever invites.
    """

    id: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Changes who is on the staff."""

    database: Database

    def invite(
        self,
        name: str,
        roles: Mapping[str, Role],
        *,
        by: Authority,
        now: datetime,
        replace: bool = False,
        reason: str | None = None,
    ) -> Invited:
        """Invite somebody, new or known by that name; links that are still open end.

        Args:
            name: As colleagues know them.
            roles: By program, added to what they hold; a newcomer needs at least one.
            by: On whose authority.
            now: The present.
            replace: Take away the passkeys, sessions and desk keys that they have.
            reason: Why, as a code.

        Raises:
            NotAllowed: The link would open programs beyond that authority, or none at all.
            LastAdmin: The new roles would leave a program without an admin.
            NameRefused: The name is not one line of visible text.
        """
        called = names.parse(name)
        for program in roles:
            by.require(program)
        with self.database.writing() as connection:
            staff_id = _called(connection, called, by) or _hire(connection, called, now)
            held = _require_within(connection, staff_id, by)
            if not held and not roles:
                raise _no_role()
            roles_of.give(connection, staff_id, roles, actor=by.actor, now=now, reason=reason)
            return _invited(connection, staff_id, replace=replace, by=by, now=now, reason=reason)

    def invite_back(
        self,
        staff_id: str,
        *,
        by: Authority,
        now: datetime,
        replace: bool = False,
        reason: str | None = None,
    ) -> Invited:
        """Make a link for somebody who lost a passkey.

        Args:
            staff_id: Who it is for.
            by: On whose authority.
            now: The present.
            replace: Take away the passkeys, sessions and desk keys that they have.
            reason: Why, as a code.

        Raises:
            NotAllowed: The link would open programs beyond that authority.
            NoSuchColleague: Nobody of that id works in a program of theirs.
        """
        with self.database.writing() as connection:
            _require_colleague(connection, staff_id, by)
            _require_within(connection, staff_id, by)
            return _invited(connection, staff_id, replace=replace, by=by, now=now, reason=reason)

    def assign(
        self,
        staff_id: str,
        program: str,
        role: Role | None,
        *,
        by: Authority,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        """Give somebody another role in a program; None takes it away.

        Whoever loses the last one has left, as after `let_go`.
        Links that are still open end: they were made for what the person held before.

        Raises:
            NotAllowed: The program is not theirs to change.
            NoSuchColleague: Nobody of that id works in a program of theirs.
            LastAdmin: Nobody else cares for the program.
        """
        by.require(program)
        with self.database.writing() as connection:
            _require_colleague(connection, staff_id, by)
            roles_of.give(
                connection, staff_id, {program: role}, actor=by.actor, now=now, reason=reason
            )
            invitations.end(connection, staff_id, now=now)
            if not roles_of.held(connection, staff_id):
                leaving.close(connection, staff_id, actor=by.actor, now=now, reason=reason)

    def let_go(
        self, staff_id: str, *, by: Authority, now: datetime, reason: str | None = None
    ) -> bool:
        """Take somebody off all programs within reach; return whether that was all they had.

        If so, they have left: sessions, desk keys, passkeys and links end at once.

        Raises:
            NoSuchColleague: Nobody of that id works in a program of theirs.
            LastAdmin: Nobody else cares for one of the programs.
        """
        with self.database.writing() as connection:
            _require_colleague(connection, staff_id, by)
            held = roles_of.held(connection, staff_id)
            within = {program: None for program in held if by.over(program)}
            roles_of.give(connection, staff_id, within, actor=by.actor, now=now, reason=reason)
            left = len(within) == len(held)
            if left:
                leaving.close(connection, staff_id, actor=by.actor, now=now, reason=reason)
            return left


def _invited(
    connection: Connection,
    staff_id: str,
    *,
    replace: bool,
    by: Authority,
    now: datetime,
    reason: str | None,
) -> Invited:
    if replace:
        leaving.lock_out(connection, staff_id, now=now)
    acted = reasons.noted({"passkeys_removed": replace}, reason)
    audit.append(connection, "invited", staff_id, acted, actor=by.actor, now=now)
    return Invited(staff_id, invitations.make(connection, staff_id, now=now))


def _require_within(connection: Connection, staff_id: str, by: Authority) -> Mapping[str, Role]:
    """Return what somebody holds, if it is all within reach of whoever makes a link for them.

    Whoever makes a link could use it, so it must open nothing that they do not rule anyway.
    """
    held = roles_of.held(connection, staff_id)
    if not all(by.over(program) for program in held):
        raise _not_from_here()
    return held


def _called(connection: Connection, name: str, by: Authority) -> str | None:
    """Return the id of whoever has this name; somebody who left comes back with it.

    What they did in every program is kept under that id, so only the operator brings them back.
    """
    found = connection.execute(select(staff.c.id, staff.c.left_at).where(staff.c.name == name))
    known = found.first()
    if known is None:
        return None
    if known.left_at is not None:
        if not by.over_all:
            raise _not_from_here()
        connection.execute(update(staff).where(staff.c.id == known.id).values(left_at=None))
    return str(known.id)


def _hire(connection: Connection, name: str, now: datetime) -> str:
    staff_id = secrets.token_hex(ID_BYTES)
    connection.execute(insert(staff).values(id=staff_id, name=name, created_at=now))
    return staff_id


def _require_colleague(connection: Connection, staff_id: str, by: Authority) -> None:
    held = roles_of.held(connection, staff_id)
    present = connection.scalar(
        select(staff.c.id).where(staff.c.id == staff_id, staff.c.left_at.is_(None))
    )
    if not present or not (by.over_all or any(by.over(program) for program in held)):
        raise NoSuchColleague(
            "There is no such colleague.", hint="Load the list again: they may have left."
        )


def _not_from_here() -> NotAllowed:
    return NotAllowed(
        "This name cannot be invited from here.",
        hint="Choose another name; or ask the operator, who can invite anybody.",
    )


def _no_role() -> NotAllowed:
    return NotAllowed(
        "Somebody new needs a role in at least one program.",
        hint="Name a role and a program, as --role handler --program SLUG.",
    )
