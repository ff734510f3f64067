"""The audit log on its way out: JSON lines, the first of which says what they are.

That line carries a signed head and, so that it can be checked anywhere, the keysets that name the
receipt key. Each further line is an entry as it is hashed, or one of which something is withheld
from whoever gets it (`portal.cases.chain.redacted`).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select

from portal.cases import audit
from portal.cases.chain import Plain
from portal.cases.database import Database
from portal.cases.heads import Head
from portal.cases.signer import Signer
from portal.cases.tables import INSTANT_FORMAT
from portal.cases.tables import audit as table

FORMAT: Final = "portico/audit/v1"
FEW: Final = 500  # reports that are named one by one in a question to the database


@dataclass(frozen=True, slots=True)
class About:
    """The entries that concern some reports.

    Attributes:
        reports: Their names.
    """

    reports: AbstractSet[str]

    @property
    def rows(self) -> Select[Any] | None:
        """A selection that holds them; None where reading everything is quicker, or must be."""
        few = len(self.reports) <= FEW
        return select(table).where(table.c.subject.in_(sorted(self.reports))) if few else None


@dataclass(frozen=True, slots=True)
class AuditExport:
    """Writes the log, or a part of it.

    Attributes:
        database: Where the log is.
        signer: Signs where it ends.
    """

    database: Database
    signer: Signer

    def head(self, *, now: datetime) -> Head:
        """Return where the log ends now."""
        with self.database.reading() as connection:
            return self.signer.head_of(audit.end(connection), now=now)

    def lines(
        self,
        *,
        now: datetime,
        about: "About | None" = None,
        only: Select[Any] | None = None,
        keysets: Mapping[str, Sequence[str]] | None = None,
        redacted: Callable[[Plain], Plain] | None = None,
    ) -> Iterator[bytes]:
        """Yield the lines, in constant memory.

        Args:
            now: Present time, aware.
            about: Only what concerns these reports.
            only: Only this selection of rows of `audit`.
            keysets: Signed keysets by program, when nothing beside the log carries them.
            redacted: Leaves out of an entry what is not for the reader; of a part only, because
                the whole log withholds nothing.
        """
        head = self.head(now=now)
        yield _line(
            {
                "format": FORMAT,
                "portal": self.signer.issuer,
                "made_at": now.strftime(INSTANT_FORMAT),
                "whole": about is None and only is None,
                "head": self.signer.audit_head(head),
                "keysets": {slug: list(texts) for slug, texts in (keysets or {}).items()},
            }
        )
        rows = only if about is None else about.rows
        for entry in audit.entries(self.database, upto=head.sequence, only=rows):
            if about is None or entry["subject"] in about.reports:
                yield _line(redacted(entry) if redacted else entry)


def _line(raw: Mapping[str, Any]) -> bytes:
    return json.dumps(raw, separators=(",", ":")).encode("ascii") + b"\n"
