"""The headers of notes and tags: the one they were kept with, and the newest that sharing gave.

A memo is one small age file. What was kept first is never written over, so its payload cannot
change here, and its first header is always there; a newer header takes the place of the newer one
before it, because nothing names those in between.
"""

import hashlib
import io
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, select, update

from portal.age import header as age_header
from portal.cases.tables import memos

ROLE: Final = "memo-"  # with its id, what a memo is called among the files of its report


@dataclass(frozen=True, slots=True)
class Headed:
    """A note or tags as they are kept.

    Attributes:
        id: Of the memo.
        keyset_version: The keyset that its newest header was made for.
        first: The header it was kept with.
        newest: The header that staff open it with.
        payload: What follows either of them.
    """

    id: str
    keyset_version: int
    first: bytes = field(repr=False)
    newest: bytes = field(repr=False)
    payload: bytes = field(repr=False)

    @property
    def payload_sha256(self) -> str:
        """Hash of what never changes, hex."""
        return hashlib.sha256(self.payload).hexdigest()


def find(connection: Connection, report_id: str, memo_id: str) -> Headed | None:
    """Return a note or tags of a report; None when there is none, as of a draft."""
    mine = and_(memos.c.report == report_id, memos.c.id == memo_id, memos.c.kind != "draft")
    row = connection.execute(select(memos).where(mine)).first()
    if row is None:
        return None
    first, payload = _parts(row.sealed)
    newest = first if row.header is None else bytes(row.header)
    version = row.keyset_version if row.header is None else row.header_keyset
    return Headed(row.id, version, first, newest, payload)


def put(connection: Connection, memo_id: str, header: bytes, *, keyset_version: int) -> None:
    """Give a memo a newer header; what was kept first stays."""
    newer = {"header": header, "header_keyset": keyset_version}
    connection.execute(update(memos).where(memos.c.id == memo_id).values(**newer))


def file(row: Row[Any]) -> bytes:
    """Return the age file of a row of `memos`, with its newest header."""
    if row.header is None:
        return bytes(row.sealed)
    return bytes(row.header) + _parts(row.sealed)[1]


def _parts(sealed: bytes) -> tuple[bytes, bytes]:
    length = len(age_header.read(io.BytesIO(sealed)).raw)
    return sealed[:length], sealed[length:]
