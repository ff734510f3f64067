"""Passkeys: which of them open the desk, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, insert, select, update

from portal.cases import audit
from portal.cases.database import Database
from portal.cases.tables import desk_keys, passkeys, sessions, staff
from portal.desk import names, reasons
from portal.desk.relying_party import KnownPasskey, NewPasskey
from portal.errors import NotAllowed, PasskeyRefused


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    """A passkey as its owner sees it in the list."""

    id: str
    label: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passkey it is, and what verifies its signatures."""

    staff: str
    public_key: bytes


@dataclass(frozen=True, slots=True)
class Passkeys:
    """Finds passkeys, notes their use, takes them away."""

    database: Database

    def holder(self, passkey: str) -> Holder | None:
        """Return whose passkey this is; None if it was removed, or its owner has left."""
        with self.database.reading() as connection:
            row = connection.execute(_in_use(passkey)).first()
        return Holder(row.staff, bytes(row.public_key)) if row else None

    def listed(self, staff_id: str) -> Sequence[OwnPasskey]:
        """Return somebody's passkeys, the oldest first."""
        with self.database.reading() as connection:
            return [
                OwnPasskey(row.id, row.label, row.created_at, row.used_at)
                for row in _live(connection, staff_id)
            ]

    def known(self, staff_id: str) -> Sequence[KnownPasskey]:
        """Return somebody's passkeys as the browser is asked for them."""
        with self.database.reading() as connection:
            return [
                KnownPasskey(row.id, tuple(row.transports)) for row in _live(connection, staff_id)
            ]

    def note_use(self, passkey: str, *, sign_count: int, now: datetime) -> None:
        """Note that a passkey signed.

        Raises:
            PasskeyRefused: Its counter went back, so there is a copy of it; or it was removed, or
                its owner left, while it signed.
        """
        with self.database.writing() as connection:
            row = connection.execute(_in_use(passkey)).first()
            sound = row is not None and _went_on(row.sign_count, sign_count)
            if sound:
                used = update(passkeys).where(passkeys.c.id == passkey)
                connection.execute(used.values(sign_count=sign_count, used_at=now))
            elif row is not None:
                _denounce(connection, row, sign_count, now)
        if not sound:
            raise PasskeyRefused.plainly()

    def remove(
        self, staff_id: str, passkey: str, *, now: datetime, reason: str | None = None
    ) -> None:
        """Remove one of somebody's own passkeys; sessions it started and all desk keys end.

        Whoever had it in hand may have made a desk key, and nobody knows which one.

        Raises:
            NotAllowed: It is their only one, or none of theirs.
        """
        with self.database.writing() as connection:
            held = {row.id for row in _live(connection, staff_id)}
            if passkey not in held:
                raise NotAllowed(
                    "You have no such passkey.", hint="Load the page again: it may be gone."
                )
            if len(held) == 1:
                raise NotAllowed(
                    "This is your only passkey; without it you could not come back.",
                    hint="Add another one first.",
                )
            _take_away(connection, passkeys.c.id == passkey, now)
            told = {
                "sessions": _end(connection, sessions, sessions.c.passkey == passkey, now),
                "desk_keys": _end(connection, desk_keys, desk_keys.c.staff == staff_id, now),
            }
            acted = reasons.noted(told, reason)
            audit.append(connection, "passkey removed", staff_id, acted, actor=staff_id, now=now)


def require_any(connection: Connection, staff_id: str) -> None:
    """Make sure that somebody was not shut out while they asked for a further way in.

    Raises:
        PasskeyRefused: None of their passkeys opens the desk any more.
    """
    if not _live(connection, staff_id):
        raise PasskeyRefused.plainly()


def add(
    connection: Connection,
    staff_id: str,
    made: NewPasskey,
    *,
    label: str,
    invited: bool,
    now: datetime,
) -> None:
    """Keep a new passkey, inside the caller's transaction.

    Args:
        connection: The transaction.
        staff_id: Whose it is.
        made: The passkey, verified.
        label: What its owner calls it.
        invited: They came with a link, and did not add it to another passkey.
        now: The present.

    Raises:
        PasskeyRefused: It is known already, here or to somebody else.
        NameRefused: The label is not one line of visible text.
    """
    if connection.scalar(select(passkeys.c.id).where(passkeys.c.id == made.id)):
        raise PasskeyRefused.plainly()
    row = {
        "id": made.id,
        "staff": staff_id,
        "label": names.parse(label),
        "public_key": made.public_key,
        "sign_count": made.sign_count,
        "transports": list(made.transports),
    }
    connection.execute(insert(passkeys).values(**row, created_at=now))
    acted = {"passkey": row["label"], "by_link": invited}
    audit.append(connection, "passkey added", staff_id, acted, actor=staff_id, now=now)


def remove_all(connection: Connection, staff_id: str, *, now: datetime) -> int:
    """Remove all of somebody's passkeys, inside the caller's transaction; return how many."""
    return _take_away(connection, passkeys.c.staff == staff_id, now)


def _live(connection: Connection, staff_id: str) -> Sequence[Row[Any]]:
    wanted = select(passkeys).where(passkeys.c.staff == staff_id, passkeys.c.removed_at.is_(None))
    return connection.execute(wanted.order_by(passkeys.c.created_at, passkeys.c.id)).all()


def _in_use(passkey: str) -> Select[Any]:
    owned = select(passkeys).join(staff, staff.c.id == passkeys.c.staff)
    return owned.where(
        passkeys.c.id == passkey, passkeys.c.removed_at.is_(None), staff.c.left_at.is_(None)
    )


def _went_on(before: int, after: int) -> bool:
    """Tell whether a counter rose; one that is always 0 does not count at all.

    Web Authentication Level 3, section 7.2, step 22.
    """
    return after > before or after == before == 0


def _denounce(connection: Connection, row: Row[Any], sign_count: int, now: datetime) -> None:
    """Write down that there may be a copy of a passkey: only a good signature gets this far."""
    counted = {"passkey": row.label, "before": row.sign_count, "after": sign_count}
    audit.append(connection, "passkey went back", row.staff, counted, actor=row.staff, now=now)


def _take_away(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    live = update(passkeys).where(which, passkeys.c.removed_at.is_(None))
    return int(connection.execute(live.values(removed_at=now)).rowcount)


def _end(connection: Connection, table: Table, which: ColumnElement[bool], now: datetime) -> int:
    """End what a passkey opened, sessions or desk keys; return how many were open."""
    live = update(table).where(which, table.c.ended_at.is_(None))
    return int(connection.execute(live.values(ended_at=now)).rowcount)
