"""Duplicates: which reports came after one, as staff linked them; nothing is matched by content."""

from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, select

from portal.cases.report import Report
from portal.cases.tables import events, reports
from portal.desk.member import Member

# Written out: a database that does not see the word cannot use the index of such events.
_LINK: Final[BindParameter[str]] = bindparam("link", "duplicate", literal_execute=True)


def later(connection: Connection, report: Report, reader: Member) -> list[dict[str, Any]]:
    """Return the reports that were linked to this one, of programs that are the reader's."""
    wanted = (
        select(reports.c.id, reports.c.received_at, reports.c.program)
        .join(events, events.c.report == reports.c.id)
        .where(
            events.c.name == _LINK,
            events.c.data["of"].as_string() == report.id,
        )
        .order_by(reports.c.received_at, reports.c.id)
    )
    return [
        {"id": row.id, "received_at": row.received_at.isoformat()}
        for row in connection.execute(wanted)
        # Not above: SQLite would walk through whole programs to find them.
        if row.program in reader.roles
    ]
