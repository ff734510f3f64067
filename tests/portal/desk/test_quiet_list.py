"""The quiet list: who put what on it stands in the audit log."""

from collections.abc import Callable

from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import audit
from portal.desk.member import Member
from portal.desk.quiet_list import QuietList
from tests.conftest import START

Join = Callable[..., Member]
Queued = Callable[..., str]


def test_every_change_is_audited_once(join: Join, queued: Queued, database: Database) -> None:
    """On, on again, and off: two entries."""
    ada, report = join("Ada", example="handler"), queued("a")
    for quiet, why in ((True, "spam"), (True, "abuse"), (False, None)):
        QuietList(database).put(report, quiet, by=ada, now=START, reason=why)
    columns = (audit.c.act, audit.c.subject, audit.c.actor, audit.c.data)
    with database.reading() as connection:
        noted = connection.execute(select(*columns)).all()
    assert noted == [
        ("put on the quiet list", report, ada.id, {"reason": "spam"}),
        ("taken off the quiet list", report, ada.id, {}),
    ]
