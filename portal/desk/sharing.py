"""Sharing old files with new colleagues: what is to be done, and each file as it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.cases import audit, headers, rows, sharing
from portal.cases.database import Database
from portal.cases.headers import Face
from portal.cases.keyset_history import Published
from portal.cases.report import Report
from portal.cases.sharing import Sealed, Unshared, Version
from portal.errors import NoSuchReport
from portal.policy.keyset import Keyset

WHOLE = 1024 * 1024  # bytes of a payload handed out to be opened; of larger ones, the beginning
START = 16 + 64 * 1024 + 16 + 1  # nonce, one sealed chunk, and a byte: it is not the last one


@dataclass(frozen=True, slots=True)
class Sharing:
    """Keeps new headers."""

    database: Database

    def share(
        self, report: Report, role: str, header: bytes, *, keyset: Keyset, by: str, now: datetime
    ) -> Version:
        """Keep a vetted header for a file of a report; its payload and older headers stay.

        The same header once more, because an answer was lost, adds nothing.

        Args:
            report: The report.
            role: Of the file in it.
            header: Vetted against the keyset.
            keyset: The one in force.
            by: Id of the member of staff, or `operator`.
            now: Present time, aware.

        Raises:
            NoSuchReport: It was deleted, or has no file of that role.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            face = _face(headers.faces(connection, report.id), role)
            if headers.header(connection, face) == header:
                return sharing.versions(connection, face.envelope)[-1]
            made = sharing.add(
                connection, face.envelope, header, keyset_version=keyset.version, now=now
            )
            told = {
                "role": role,
                "version": made.version,
                "keyset": made.keyset_version,
                "header_sha256": made.sha256,
                "payload_sha256": face.payload_sha256,
            }
            audit.append(connection, "header added", report.id, told, actor=by, now=now)
        return made

    def face(self, report: Report, role: str) -> Face:
        """Return a file of a report with its newest header.

        Raises:
            NoSuchReport: The report has no file of that role.
        """
        with self.database.reading() as connection:
            return _face(headers.faces(connection, report.id), role)

    def versions(self, report: Report, role: str) -> tuple[Version, ...]:
        """Return every header of a file, the original first.

        Raises:
            NoSuchReport: The report has no file of that role.
        """
        with self.database.reading() as connection:
            face = _face(headers.faces(connection, report.id), role)
            return sharing.versions(connection, face.envelope)

    def header(self, report: Report, role: str, version: int) -> bytes:
        """Return one header of a file, old or new.

        Raises:
            NoSuchReport: The report has no such file, or the file no such header.
        """
        with self.database.reading() as connection:
            face = _face(headers.faces(connection, report.id), role)
            found = sharing.header(connection, face.envelope, version)
        if found is None:
            raise _missing("header")
        return found

    def unshared(
        self, program: str, covering: frozenset[int], *, after: tuple[str, str], limit: int
    ) -> tuple[Unshared, ...]:
        """Return files that somebody in the keyset in force cannot open, by report and role."""
        with self.database.reading() as connection:
            return sharing.unshared(
                connection, program, covering=covering, after=after, limit=limit
            )

    def count_unshared(self, program: str, covering: frozenset[int]) -> tuple[int, int]:
        """Return how many reports hold such files, and how many such files there are."""
        with self.database.reading() as connection:
            return sharing.count_unshared(connection, program, covering=covering)

    def sealed(self, program: str) -> tuple[Sealed, ...]:
        """Count a program's files by the keyset of their newest header."""
        with self.database.reading() as connection:
            return sharing.sealed(connection, program)


def covering(published: Sequence[Published]) -> frozenset[int]:
    """Return the versions whose people include everybody in the newest one.

    Args:
        published: A program's keysets, newest first.
    """
    if not published:
        return frozenset()
    wanted = set(published[0].keyset.recipients)
    return frozenset(one.version for one in published if wanted <= set(one.keyset.recipients))


def _face(faces: Sequence[Face], role: str) -> Face:
    for face in faces:
        if face.role == role:
            return face
    raise _missing("file")


def _missing(what: str) -> NoSuchReport:
    return NoSuchReport(
        f"This report has no such {what}.", hint="Load the page of keys again and go on there."
    )
