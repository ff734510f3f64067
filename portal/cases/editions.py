"""Which versions of a policy were published, and when."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from portal.cases.database import Database
from portal.cases.tables import policies
from portal.errors import NoSuchProgram, NoSuchVersion, VersionRefused
from scope.formats.portico import Edition

SHOWN = 8  # versions named in a refusal; all of them have a list of their own

_NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)


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


def chosen(published: Sequence[Edition], asked: Sequence[str], *, listed: str) -> Edition:
    """Return the version that is asked for: the one in force when none is.

    Args:
        published: Every version, newest first.
        asked: What was given as the version, as it stood in the address.
        listed: Where the versions are listed, for the refusal.

    Raises:
        VersionRefused: It is no number from 1 on, or there are two.
        NoSuchVersion: The policy was never published in that version.
    """
    if not asked:
        return published[0]
    if len(asked) > 1 or not _NUMBER.fullmatch(asked[0]):
        raise VersionRefused(
            "A version is one whole number from 1 on.",
            hint=f"The versions are listed at {listed}.",
        )
    for one in published:
        if str(one.version) == asked[0]:  # as text: a number of any length costs nothing
            return one
    raise NoSuchVersion(
        f"There is no version {_cut(asked[0])} of this policy.",
        hint=f"Published: {_named(published)}. They are listed at {listed}.",
    )


def _named(published: Sequence[Edition]) -> str:
    """Name the versions, the newest of many."""
    first = "… " if published[SHOWN:] else ""
    return first + ", ".join(str(one.version) for one in reversed(published[:SHOWN]))


def _cut(number: str) -> str:
    """Shorten a number that nobody means."""
    return number if len(number) <= SHOWN else f"{number[:SHOWN]}…"
