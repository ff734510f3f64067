"""Memos: what staff write for each other, sealed to themselves; here it is ciphertext and dates."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select

from portal.cases import audit, memo_headers, rows
from portal.cases.database import Database
from portal.cases.tables import memos

Kind = Literal["note", "tags", "draft"]
KINDS: Final[tuple[Kind, ...]] = ("note", "tags", "draft")
PAGE: Final = 50  # notes in one answer: a few megabytes at most


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo that is kept.

    Attributes:
        id: Random.
        kind: A `note` stays; of `tags` the newest hold; a `draft` is its author's alone.
        staff: Id of its author.
        at: When it was kept.
        keyset_version: The keyset it was sealed to, and whose people may have signed it.
        sealed: The age file, with its newest header.
    """

    id: str
    kind: str
    staff: str
    at: datetime
    keyset_version: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Memos:
    """Keeps memos."""

    database: Database

    def keep(
        self,
        report_id: str,
        kind: Kind,
        sealed: bytes,
        *,
        by: str,
        keyset_version: int,
        now: datetime,
    ) -> Memo:
        """Keep a memo; a draft takes the place of the one its author had for this report.

        Raises:
            NoSuchReport: The report was deleted.
            StoreUnavailable: Nothing was kept.
        """
        kept = Memo(secrets.token_hex(16), kind, by, now, keyset_version, sealed)
        row = {"id": kept.id, "kind": kind, "staff": by, "at": now, "sealed": sealed}
        with self.database.writing() as connection:
            rows.require_kept(connection, report_id)
            if kind == "draft":
                connection.execute(delete(memos).where(_draft(report_id, by)))
            connection.execute(
                insert(memos).values(report=report_id, keyset_version=keyset_version, **row)
            )
            if kind != "draft":  # which is kept every few seconds, and is nothing done yet
                audit.append(connection, f"{kind} kept", report_id, {}, actor=by, now=now)
        return kept

    def drop_draft(self, report_id: str, *, by: str) -> None:
        """Remove somebody's draft, if there is one."""
        with self.database.writing() as connection:
            connection.execute(delete(memos).where(_draft(report_id, by)))

    def listed(
        self, report_id: str, *, reader: str, before: str | None = None
    ) -> tuple[tuple[Memo, ...], str | None]:
        """Return memos, newest first, and the note to go on before if there are more.

        Args:
            report_id: The report.
            reader: Id of who asks; nobody else's draft is among them.
            before: Id of a note: only older notes; None for the newest, with tags and draft.
        """
        with self.database.reading() as connection:
            notes = _notes(connection, report_id, before)
            more = notes[PAGE - 1].id if len(notes) > PAGE else None
            rest = () if before else _single(connection, report_id, reader)
        found = sorted((*notes[:PAGE], *rest), key=lambda memo: (memo.at, memo.id), reverse=True)
        return tuple(found), more


def _notes(connection: Connection, report_id: str, before: str | None) -> tuple[Memo, ...]:
    """Return a page of notes and one more, if there is one."""
    notes = and_(memos.c.report == report_id, memos.c.kind == "note")
    if before is None:
        return _newest(connection, notes, PAGE + 1)
    if "\0" in before:  # PostgreSQL would stumble over it
        return ()
    mark = connection.execute(select(memos.c.at).where(notes, memos.c.id == before)).first()
    if mark is None:
        return ()
    same_moment = and_(memos.c.at == mark.at, memos.c.id < before)
    return _newest(connection, and_(notes, or_(memos.c.at < mark.at, same_moment)), PAGE + 1)


def _single(connection: Connection, report_id: str, reader: str) -> tuple[Memo, ...]:
    """Return the tags that hold, and somebody's own draft."""
    tags = and_(memos.c.report == report_id, memos.c.kind == "tags")
    wanted = (tags, _draft(report_id, reader))
    return tuple(memo for one in wanted for memo in _newest(connection, one, 1))


def _draft(report_id: str, staff: str) -> ColumnElement[bool]:
    return and_(memos.c.report == report_id, memos.c.kind == "draft", memos.c.staff == staff)


def _newest(connection: Connection, wanted: ColumnElement[bool], limit: int) -> tuple[Memo, ...]:
    chosen = select(memos).where(wanted).order_by(memos.c.at.desc(), memos.c.id.desc())
    return tuple(
        Memo(row.id, row.kind, row.staff, row.at, row.keyset_version, memo_headers.file(row))
        for row in connection.execute(chosen.limit(limit))
    )
