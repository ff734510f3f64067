"""The audit log: every act is an entry that names the hash of the entry before it.

An entry that was altered, removed or put in between breaks the chain from there on.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from portal.cases.tables import INSTANT_FORMAT, audit

BEGINNING = "0" * 64  # what the first entry names as the one before it


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
    last = connection.execute(
        select(audit.c.sequence, audit.c.hash).order_by(audit.c.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, BEGINNING)
    entry = {
        "sequence": sequence,
        "at": now,
        "actor": actor,
        "act": act,
        "subject": subject,
        "data": data,
        "previous": previous,
    }
    connection.execute(insert(audit).values(**entry, hash=digest(entry)))


def digest(entry: dict[str, Any]) -> str:
    """Return the hex SHA-256 of an entry's canonical JSON: sorted keys, no blanks, UTC time."""
    plain = {key: value for key, value in entry.items() if key != "hash"}
    plain["at"] = plain["at"].strftime(INSTANT_FORMAT)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(connection: Connection) -> int | None:
    """Return the sequence of the first entry that does not hold, or None when all do."""
    previous, expected = BEGINNING, 1
    for row in connection.execute(select(audit).order_by(audit.c.sequence)).mappings():
        entry = dict(row)
        sound = entry["sequence"] == expected and entry["previous"] == previous
        if not sound or entry["hash"] != digest(entry):
            return int(entry["sequence"])
        previous, expected = entry["hash"], expected + 1
    return None
