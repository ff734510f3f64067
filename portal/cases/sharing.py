"""Sharing by header: which files a keyset's people cannot open yet, and new headers for those.

A header is added, never written over. The newest one is what staff open a file with; the first is
what its receipt names, and what its reporter gets. Notes and tags are listed and counted with the
files; their headers have a room of their own, `memo_headers`.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Subquery,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from portal.cases.memo_headers import ROLE
from portal.cases.tables import envelopes, headers, memos, reports


@dataclass(frozen=True, slots=True)
class Version:
    """A header that an age file has or had.

    Attributes:
        version: 1 is the original.
        keyset_version: The keyset it was made for.
        sha256: Hex.
        added_at: When it came.
    """

    version: int
    keyset_version: int
    sha256: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Unshared:
    """An age file that somebody in the keyset in force cannot open.

    Attributes:
        report: Id of its report.
        role: Its role there; of a note or tags, `memo-` and its id.
        keyset_version: The keyset that its newest header was made for.
    """

    report: str
    role: str
    keyset_version: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """How much can be opened by the people of one keyset version.

    Attributes:
        keyset_version: The version.
        reports: Reports with a file whose newest header was made for it.
        files: Such files.
    """

    keyset_version: int
    reports: int
    files: int


def add(
    connection: Connection, envelope: str, header: bytes, *, keyset_version: int, now: datetime
) -> Version:
    """Keep a new header for an envelope, and return it with its number."""
    highest = select(func.max(headers.c.version)).where(headers.c.envelope == envelope)
    version = int(connection.execute(highest).scalar_one()) + 1
    made = Version(version, keyset_version, hashlib.sha256(header).hexdigest(), now)
    connection.execute(
        insert(headers).values(
            envelope=envelope,
            version=made.version,
            keyset_version=made.keyset_version,
            sha256=made.sha256,
            header=header,
            added_at=made.added_at,
        )
    )
    return made


def versions(connection: Connection, envelope: str) -> tuple[Version, ...]:
    """Return every header of an envelope, the original first."""
    columns = (headers.c.version, headers.c.keyset_version, headers.c.sha256, headers.c.added_at)
    wanted = select(*columns).where(headers.c.envelope == envelope).order_by(headers.c.version)
    return tuple(Version(*row) for row in connection.execute(wanted))


def header(connection: Connection, envelope: str, version: int) -> bytes | None:
    """Return the bytes of one header; None when there is none of that number."""
    wanted = select(headers.c.header).where(
        headers.c.envelope == envelope, headers.c.version == version
    )
    return connection.scalar(wanted)


def unshared(
    connection: Connection,
    program: str,
    *,
    covering: Collection[int],
    after: tuple[str, str] = ("", ""),
    limit: int,
) -> tuple[Unshared, ...]:
    """Return files whose newest header was made for none of the given keysets.

    Args:
        connection: The caller's.
        program: Slug.
        covering: Versions of the keyset that name everybody who shall open the files.
        after: Report and role of the last file that the caller has had.
        limit: Most files returned.
    """
    # Each part is cut by itself, so that no more is sorted than the answer takes.
    parts = [
        _uncovered(part.subquery(), covering, after).limit(limit).subquery()
        for part in (_files(program), _memos(program))
    ]
    both = union_all(*map(select, parts)).subquery()
    found = select(both).order_by(both.c.report, both.c.role).limit(limit)
    return tuple(Unshared(*row) for row in connection.execute(found))


def sealed(connection: Connection, program: str) -> tuple[Sealed, ...]:
    """Count files, notes and tags by the keyset that their newest header was made for."""
    kept = _all(program)
    wanted = select(kept.c.keyset_version, func.count(kept.c.report.distinct()), func.count())
    rows = connection.execute(
        wanted.group_by(kept.c.keyset_version).order_by(kept.c.keyset_version)
    )
    return tuple(Sealed(*row) for row in rows)


def count_unshared(
    connection: Connection, program: str, *, covering: Collection[int]
) -> tuple[int, int]:
    """Return how many reports hold such a file, and how many such files there are."""
    kept = _all(program)
    wanted = select(func.count(kept.c.report.distinct()), func.count())
    found = connection.execute(wanted.where(kept.c.keyset_version.not_in(sorted(covering))))
    reports_with, files = found.one()
    return int(reports_with), int(files)


def _uncovered(
    part: Subquery, covering: Collection[int], after: tuple[str, str]
) -> "Select[*tuple[Any, ...]]":
    report, role = after
    beyond = or_(part.c.report > report, and_(part.c.report == report, part.c.role > role))
    lacking = part.c.keyset_version.not_in(sorted(covering))
    return select(part).where(lacking, beyond).order_by(part.c.report, part.c.role)


def _all(program: str) -> Subquery:
    return union_all(_files(program), _memos(program)).subquery()


def _files(program: str) -> "Select[*tuple[Any, ...]]":
    """Name each age file of a program, with the keyset of its newest header."""
    later = headers.alias("later")
    has_later = (
        select(later.c.version)
        .where(later.c.envelope == headers.c.envelope, later.c.version > headers.c.version)
        .exists()
    )
    return (
        select(envelopes.c.report, envelopes.c.role, headers.c.keyset_version)
        .join(headers, headers.c.envelope == envelopes.c.id)
        .join(reports, reports.c.id == envelopes.c.report)
        .where(reports.c.program == program, ~has_later)
    )


def _memos(program: str) -> "Select[*tuple[Any, ...]]":
    """Name each note and all tags likewise; a draft is its author's alone."""
    newest = func.coalesce(memos.c.header_keyset, memos.c.keyset_version)
    return (
        select(
            memos.c.report,
            (literal(ROLE) + memos.c.id).label("role"),
            newest.label("keyset_version"),
        )
        .join(reports, reports.c.id == memos.c.report)
        .where(reports.c.program == program, memos.c.kind != "draft")
    )
