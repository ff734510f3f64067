"""Which versions of a policy were published, and when."""

from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import policies
from portal.errors import NoSuchProgram
from scope.formats.portico import Edition


def editions(database: Database, slug: str) -> tuple[Edition, ...]:
    """Return every published version of a program's policy, newest first.

    Raises:
        NoSuchProgram: None of that name is published.
    """
    columns = (policies.c.version, policies.c.sha256, policies.c.published_at)
    wanted = select(*columns).where(policies.c.program == slug).order_by(policies.c.version.desc())
    with database.reading() as connection:
        found = tuple(Edition(*row) for row in connection.execute(wanted))
    if not found:
        raise NoSuchProgram.called(slug)
    return found
