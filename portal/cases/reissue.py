"""The same hand-sealed file sent again, because the answer with its token was lost."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, select, update

from portal.cases import audit, rows
from portal.cases.report import SERVER_TOKEN, Report
from portal.cases.tables import reports

REISSUE: Final = timedelta(hours=1)  # how long the same hand-sealed file may be sent again


def earlier(connection: Connection, report: Report) -> Report | None:
    """Return the report that this delivery has been before, its token renewed if it may be."""
    filed = rows.report_by_lookup(connection, report.stored_lookup)
    if filed is not None or report.origin != SERVER_TOKEN:
        return filed
    same = select(reports).where(
        reports.c.program == report.program,
        reports.c.contents_sha256 == report.contents_sha256,
        reports.c.origin == SERVER_TOKEN,
        reports.c.looked_up.is_(False),
        # With another kind or another tick it says something else, and that may not be lost.
        reports.c.kind == report.kind,
        reports.c.exposed.is_(report.exposed),
        reports.c.exploited.is_(report.exploited),
        reports.c.received_at > report.received_at - REISSUE,
    )
    row = connection.execute(same.order_by(reports.c.received_at.desc())).mappings().first()
    if row is None:
        return None
    renewed = {"stored_lookup": report.stored_lookup}
    connection.execute(update(reports).where(reports.c.id == row["id"]).values(renewed))
    now = report.received_at
    audit.append(connection, "token issued again", row["id"], {}, actor="reporter", now=now)
    return rows.report({**row, **renewed})
