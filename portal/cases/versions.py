"""Published versions of policies and keysets, read inside the caller's transaction."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select

from portal.cases.keyset_history import parsed_keyset
from portal.cases.tables import policies
from portal.errors import NoSuchVersion
from portal.policy.keyset import Keyset
from portal.policy.pack import Policy

# A published text never changes, so it is read once and remembered by what it says.
parsed_policy = lru_cache(maxsize=256)(Policy.parse)


def newest(table: Table, slug: str) -> Select[Any]:
    """Return the question for a program's newest row of `policies` or `keysets`."""
    last = select(func.max(table.c.version)).where(table.c.program == slug).scalar_subquery()
    return select(table).where(table.c.program == slug, table.c.version == last)


def published_policy(connection: Connection, slug: str, version: int) -> Policy:
    """Return one version of a program's policy.

    Raises:
        NoSuchVersion: There is no such program, or no such version of its policy.
    """
    wanted = select(policies).where(policies.c.program == slug, policies.c.version == version)
    row = connection.execute(wanted).first()
    if row is None:
        raise NoSuchVersion(
            f"There is no version {version} of the policy of “{slug}”.",
            hint="Look at the policy page for the version in force.",
        )
    return parsed_policy(row.source)


def valid_keyset(row: Row[Any] | None, now: datetime) -> Keyset | None:
    """Return a published keyset while it is valid; all else was checked when it was published."""
    if row is None:
        return None
    keyset = parsed_keyset(row.statement, root=row.root)
    return keyset if keyset.expires > now else None
