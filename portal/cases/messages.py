"""The thread of a report: who wrote when. What was written is sealed, here as elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, func, insert, select

from portal.cases import audit, queue, rows, staging
from portal.cases.database import Database
from portal.cases.envelope import Parcel
from portal.cases.tables import messages
from portal.errors import DeliveryRefused, MessageOutOfTurn, TooManyMessages

Author = Literal["reporter", "staff"]
DAY: Final = timedelta(days=1)
PER_DAY: Final = 200  # messages by one reporter; a conversation has fewer, and a flood ends here


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is kept.

    Attributes:
        sequence: Its place in the thread, from 1.
        author: `reporter` or `staff`; reporters learn no more than that.
        actor: `reporter`, or the id of the member of staff.
        at: When it was kept.
        keyset_version: The keyset it was sealed to.
        roles: Of its envelopes: the message itself, then its files if there are any.
    """

    sequence: int
    author: str
    actor: str
    at: datetime
    keyset_version: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """A message that was vetted, on its way into the thread.

    Attributes:
        sequence: The place its author signed for; None for a file sealed by hand, which takes the
            next.
        author: Who wrote it.
        actor: As in `Message`.
        keyset_version: The keyset it was sealed to.
        parcels: The message itself, then its files if there are any.
    """

    sequence: int | None
    author: Author
    actor: str
    keyset_version: int
    parcels: Sequence[Parcel] = field(repr=False)

    @property
    def hashes(self) -> list[str]:
        """Payload hashes, in order."""
        return [parcel.envelope.payload_sha256 for parcel in self.parcels]


@dataclass(frozen=True, slots=True)
class Thread:
    """Keeps messages, each in its turn."""

    database: Database

    def messages(self, report_id: str) -> tuple[Message, ...]:
        """Return a report's messages in their order."""
        with self.database.reading() as connection:
            return messages_of(connection, report_id)

    def earlier(self, report_id: str, posting: Posting) -> Message | None:
        """Return the message that this posting has been before, if its answer got lost.

        Raises:
            DeliveryRefused: A file sealed by hand that staff sent to the reporter.
        """
        with self.database.reading() as connection:
            return _earlier(connection, report_id, posting)

    def add(self, report_id: str, posting: Posting, *, now: datetime) -> Message:
        """Keep a message, durably, and return it; the same one sent again is kept once.

        Raises:
            MessageOutOfTurn: Its number is not the next.
            TooManyMessages: The reporter wrote more within a day than a conversation has.
            NoSuchReport: The report was deleted meanwhile.
            StoreUnavailable: Nothing was kept.
        """
        with self.database.reading() as connection:  # before a large file is written for nothing
            if _earlier(connection, report_id, posting) is None:
                _turn(connection, report_id, posting, now)
        with (
            staging.staged(self.database, posting.parcels, now=now) as staged,
            self.database.writing() as connection,
        ):
            earlier = _earlier(connection, report_id, posting)
            if earlier is not None:
                return earlier
            sequence = _turn(connection, report_id, posting, now)
            rows.require_kept(connection, report_id)
            return _insert(connection, report_id, sequence, posting, staged, now)


def messages_of(connection: Connection, report_id: str) -> tuple[Message, ...]:
    """Return a report's messages in their order."""
    wanted = select(messages).where(messages.c.report == report_id).order_by(messages.c.sequence)
    kept = rows.payloads_of(connection, report_id)
    return tuple(_message(row, kept) for row in connection.execute(wanted))


def role(sequence: int, *, files: bool = False) -> str:
    """Return the role of a message's envelope, or of its files'."""
    return f"message-{sequence}-files" if files else f"message-{sequence}"


def _message(row: Row[Any], kept: dict[str, str]) -> Message:
    both = (role(row.sequence), role(row.sequence, files=True))
    return Message(
        sequence=row.sequence,
        author=row.author,
        actor=row.actor,
        at=row.at,
        keyset_version=row.keyset_version,
        roles=tuple(name for name in both if name in kept),
    )


def _earlier(connection: Connection, report_id: str, posting: Posting) -> Message | None:
    kept = rows.payloads_of(connection, report_id)
    thread = messages_of(connection, report_id)
    for one in thread:
        same = [kept[name] for name in one.roles] == posting.hashes
        if posting.sequence is None and same and one.author != posting.author:
            raise DeliveryRefused(
                "This is the very file that staff sent you.",
                hint="Open it, write your answer, and send the file that you seal then.",
            )
        expected = posting.sequence in {None, one.sequence} and one.author == posting.author
        if same and expected:
            return one
    return None


def _turn(connection: Connection, report_id: str, posting: Posting, now: datetime) -> int:
    """Return the number the message gets, if it is its author's turn to write one."""
    mine = messages.c.report == report_id
    last = connection.scalar(select(func.max(messages.c.sequence)).where(mine)) or 0
    if posting.sequence not in {None, last + 1}:
        raise MessageOutOfTurn(last)
    recent = (mine, messages.c.author == "reporter", messages.c.at > now - DAY)
    written = connection.scalar(select(func.count()).select_from(messages).where(*recent)) or 0
    if posting.author == "reporter" and written >= PER_DAY:
        raise TooManyMessages(
            f"This report got {PER_DAY} messages within a day, which is all it takes.",
            hint="Wait until tomorrow, and put what is left into one message.",
        )
    return last + 1


def _insert(
    connection: Connection,
    report_id: str,
    sequence: int,
    posting: Posting,
    staged: Sequence[staging.Staged],
    now: datetime,
) -> Message:
    roles = (role(sequence), role(sequence, files=True))[: len(staged)]
    version, actor = posting.keyset_version, posting.actor
    for name, one in zip(roles, staged, strict=True):
        one.join(connection, report_id, now, role=name)
        rows.insert_header(connection, one.id, one.parcel.envelope, version, now)
    row = {"sequence": sequence, "author": posting.author, "actor": actor, "at": now}
    connection.execute(insert(messages).values(report=report_id, keyset_version=version, **row))
    queue.refresh(connection, report_id, by=actor if posting.author == "staff" else None)
    kept = {"message": sequence, "envelopes": posting.hashes}
    act = "message sent" if posting.author == "staff" else "message received"
    audit.append(connection, act, report_id, kept, actor=actor, now=now)
    return Message(sequence, posting.author, actor, now, version, roles)


def plain(message: Message) -> dict[str, Any]:
    """Return a message as JSON-ready data, without who of the staff wrote it."""
    return {
        "sequence": message.sequence,
        "author": message.author,
        "at": message.at.isoformat(),
        "roles": list(message.roles),
        "keyset_version": message.keyset_version,
    }
