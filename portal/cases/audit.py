"""The audit log: every act is an entry that names the hash of the entry before it.

What protects it, and what does not:

- An entry that is altered, removed or put in breaks the chain (`portal.cases.chain`).
- Whoever owns the database can write the log anew from any entry on, or cut its tail, and leave a
  chain that holds. A head that somebody keeps elsewhere shows it: every export carries one, and
  `portico audit head` prints one. Triggers of the database would not help: its owner drops them.
- Whoever owns the server and its receipt key can sign another head, too. The one that was kept
  before stays signed, and does not fit.
- Nothing shows an act that was never written down, nor that the server's clock was right.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, insert, select

from portal.cases import chain
from portal.cases.database import Database
from portal.cases.tables import INSTANT_FORMAT, audit

BEGINNING: Final = chain.BEGINNING
PAGE: Final = 1000  # entries read in one short transaction


def append(
    connection: Connection,
    act: str,
    subject: str,
    data: dict[str, Any],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Add an entry inside the caller's transaction, so that act and entry are kept together."""
    last, previous = end(connection)
    entry = {
        "sequence": last + 1,
        "at": now,
        "actor": actor,
        "act": act,
        "subject": subject,
        "data": data,
        "previous": previous,
    }
    connection.execute(insert(audit).values(**entry, hash=digest(entry)))


def end(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last entry; 0 and `BEGINNING` when there is none."""
    wanted = select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)
    last = connection.execute(wanted).first()
    return (last.sequence, last.hash) if last else (0, BEGINNING)


def digest(entry: dict[str, Any]) -> str:
    """Return what an entry's hash must be; see `portal.cases.chain.digest`."""
    return chain.digest({**entry, "at": entry["at"].astimezone(UTC).strftime(INSTANT_FORMAT)})


def plain(row: RowMapping) -> dict[str, Any]:
    """Return a row as the JSON object that is exported and hashed."""
    return {**row, "at": row["at"].strftime(INSTANT_FORMAT)}


def first_break(connection: Connection) -> int | None:
    """Return the sequence of the first entry that does not hold, or None when all do."""
    rows = connection.execute(select(audit).order_by(audit.c.sequence)).mappings()
    found = next(chain.faults(plain(row) for row in rows), None)
    return found.sequence if found else None


def entries(
    database: Database, *, upto: int, only: Select[Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield entries as JSON objects, oldest first, in constant memory.

    Args:
        database: Where they are.
        upto: Number of the last one wanted; what is added meanwhile stays out.
        only: A selection of rows of `audit`; all when left out.
    """
    after, wanted = 0, select(audit) if only is None else only
    while True:
        part = wanted.where(audit.c.sequence > after, audit.c.sequence <= upto)
        with database.reading() as connection:
            page = connection.execute(part.order_by(audit.c.sequence).limit(PAGE)).mappings().all()
        yield from (plain(row) for row in page)
        if len(page) < PAGE:
            return
        after = page[-1]["sequence"]
