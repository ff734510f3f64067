"""Challenges: what a passkey is asked to sign. Each is good for minutes, for one purpose, once."""

import secrets as random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select

from portal.cases.database import Database
from portal.cases.tables import challenges
from portal.desk import secrets
from portal.errors import PasskeyRefused

LIFE = timedelta(minutes=5)  # time to find the security key in the other bag
CHALLENGE_BYTES = 32  # twice what Web Authentication Level 3, section 13.4.3, asks for
# Anybody may ask for a challenge. More rows than this are never kept; the oldest goes first, so
# whoever floods the table must ask thousands of times a minute to get in anybody's way.
MOST = 20_000


class Purpose(StrEnum):
    """What a challenge was made for; it answers to nothing else."""

    SIGN_IN = "sign-in"
    ENROL = "enrol"
    CONFIRM = "confirm"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge on its way to the browser.

    Attributes:
        handle: What the browser names it by when it answers.
        value: The bytes to be signed.
    """

    handle: str = field(repr=False)
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenges:
    """Issues challenges and takes them back."""

    database: Database

    def issue(self, purpose: Purpose, *, staff: str | None = None, now: datetime) -> Challenge:
        """Make a challenge, for anybody or for one member of staff, and drop what has expired."""
        made = Challenge(secrets.mint(), random.token_bytes(CHALLENGE_BYTES))
        row = {"sha256": secrets.stored(made.handle), "purpose": purpose, "staff": staff}
        with self.database.writing() as connection:
            _drop_expired(connection, now)
            _make_room(connection)
            connection.execute(
                insert(challenges).values(**row, challenge=made.value, expires_at=now + LIFE)
            )
        return made

    def take(
        self, handle: str, purpose: Purpose, *, staff: str | None = None, now: datetime
    ) -> bytes:
        """Return the bytes of a challenge and forget it, so that nobody can answer it again.

        Raises:
            PasskeyRefused: It was answered, has expired, or was for something or somebody else.
        """
        wanted = delete(challenges).where(
            challenges.c.sha256 == secrets.stored(handle),
            challenges.c.purpose == purpose,
            challenges.c.staff.is_(None) if staff is None else challenges.c.staff == staff,
        )
        with self.database.writing() as connection:
            returned = wanted.returning(challenges.c.challenge, challenges.c.expires_at)
            row = connection.execute(returned).first()
        if row is None or row.expires_at <= now:
            raise PasskeyRefused(
                "This page waited too long for the passkey, or asked twice.", hint="Try again."
            )
        return bytes(row.challenge)

    def sweep(self, *, now: datetime) -> int:
        """Remove what has expired; return how many there were."""
        with self.database.writing() as connection:
            return _drop_expired(connection, now)


def _drop_expired(connection: Connection, now: datetime) -> int:
    return int(
        connection.execute(delete(challenges).where(challenges.c.expires_at <= now)).rowcount
    )


def _make_room(connection: Connection) -> None:
    surplus = (connection.scalar(select(func.count()).select_from(challenges)) or 0) - MOST + 1
    if surplus > 0:
        oldest = select(challenges.c.sha256).order_by(challenges.c.expires_at).limit(surplus)
        connection.execute(delete(challenges).where(challenges.c.sha256.in_(oldest)))
