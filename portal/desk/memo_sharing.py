"""Sharing notes and tags with new colleagues: the file as it is opened, and each new header."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from portal.cases import audit, memo_headers, rows
from portal.cases.database import Database
from portal.cases.memo_headers import Headed
from portal.cases.report import Report
from portal.errors import NoSuchReport
from portal.policy.keyset import Keyset


@dataclass(frozen=True, slots=True)
class MemoSharing:
    """Keeps new headers of notes and tags."""

    database: Database

    def headed(self, report: Report, memo_id: str) -> Headed:
        """Return a note or tags of a report.

        Raises:
            NoSuchReport: The report has none of that id; a draft is its author's alone.
        """
        with self.database.reading() as connection:
            return _found(connection, report, memo_id)

    def share(
        self, report: Report, memo_id: str, header: bytes, *, keyset: Keyset, by: str, now: datetime
    ) -> bool:
        """Keep a vetted header for a note or tags; the payload and the first header stay.

        The same header once more, because an answer was lost, changes nothing.

        Args:
            report: The report.
            memo_id: Of the note or the tags.
            header: Vetted against the keyset.
            keyset: The one in force.
            by: Id of the member of staff, or `operator`.
            now: Present time, aware.

        Returns:
            Whether the header was new.

        Raises:
            NoSuchReport: It was deleted, or has no such note or tags.
        """
        with self.database.writing() as connection:
            rows.require_kept(connection, report.id)
            memo = _found(connection, report, memo_id)
            if memo.newest == header:
                return False
            memo_headers.put(connection, memo.id, header, keyset_version=keyset.version)
            told = {
                "memo": memo.id,
                "keyset": keyset.version,
                "header_sha256": hashlib.sha256(header).hexdigest(),
                "payload_sha256": memo.payload_sha256,
            }
            audit.append(connection, "memo header added", report.id, told, actor=by, now=now)
        return True


def _found(connection: Connection, report: Report, memo_id: str) -> Headed:
    found = None if "\0" in memo_id else memo_headers.find(connection, report.id, memo_id)
    if found is None:
        raise NoSuchReport(
            "This report has no such note.", hint="Load the page of keys again and go on there."
        )
    return found
