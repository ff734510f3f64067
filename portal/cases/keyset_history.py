"""Every keyset that a program ever had, and what each changed."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import Connection, select

from portal.cases.tables import keysets
from portal.policy import key_changes
from portal.policy.key_changes import KeyChanges
from portal.policy.keyset import Keyset

# A published text never changes, so it is read once and remembered by what it says.
parsed_keyset = lru_cache(maxsize=256)(Keyset.read)


@dataclass(frozen=True, slots=True)
class Published:
    """A keyset as it was put in force.

    Attributes:
        keyset: The set; it may have expired.
        published_at: When the server put it in force.
        changes: Against the one before it.
    """

    keyset: Keyset
    published_at: datetime
    changes: KeyChanges

    @property
    def version(self) -> int:
        """Of the keyset."""
        return self.keyset.version


def history(connection: Connection, program: str) -> tuple[Published, ...]:
    """Return every keyset of a program, newest first."""
    wanted = select(keysets).where(keysets.c.program == program).order_by(keysets.c.version)
    rows = connection.execute(wanted).all()
    sets = [None, *(parsed_keyset(row.statement, root=row.root) for row in rows)]
    found = (
        Published(after, row.published_at, key_changes.between(before, after))
        for (before, after), row in zip(pairwise(sets), rows, strict=True)
        if after is not None
    )
    return tuple(found)[::-1]
