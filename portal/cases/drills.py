"""Recovery drills, as the audit log knows them."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from portal.cases.tables import audit, reports

ACT: Final = "recovery drill"


def overdue(connection: Connection, *, since: datetime) -> tuple[str, ...]:
    """Return the programs that had reports before a moment, and no drill after it, by slug."""
    waiting = select(reports.c.program).where(reports.c.received_at < since).distinct()
    tried = select(audit.c.subject).where(audit.c.act == ACT, audit.c.at >= since)
    found = set(connection.scalars(waiting)) - set(connection.scalars(tried))
    return tuple(sorted(found))
