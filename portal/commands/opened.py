"""The instance in $PORTICO_DIR, opened for one command: settings read, database up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alembic.util.exc import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from portal.cases import queue
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.store import Store
from portal.config import Config
from portal.errors import SettingMissing, StoreUnavailable


@dataclass(frozen=True, slots=True)
class Instance:
    """What a command on the server works with."""

    config: Config
    database: Database

    @property
    def catalogue(self) -> Catalogue:
        """What is published."""
        return Catalogue(self.database)

    @property
    def store(self) -> Store:
        """Where reports are kept."""
        return Store(self.database)


@contextmanager
def instance(config: Config | None = None) -> Iterator[Instance]:
    """Open an instance, bring its tables to the newest form, and close it afterwards.

    Args:
        config: The instance; the one in ``$PORTICO_DIR`` when left out.

    Raises:
        SettingMissing: A setting is absent or unusable; names it.
        StoreUnavailable: The database cannot be reached, read or written, now or inside the block.
    """
    known = config or Config.load()
    database = _database(known)
    try:
        _migrate(database)
        yield Instance(known, database)
    except StoreUnavailable as fault:
        raise _unavailable(known, fault.__cause__) from fault
    finally:
        database.close()


def _database(config: Config) -> Database:
    try:
        return Database(config.database_url)
    except (ArgumentError, ImportError) as fault:
        raise SettingMissing(
            "The database (`database_url`, or PORTICO_DATABASE_URL) cannot be used: "
            f"{_reason(fault)}.",
            hint="Write it as postgresql+psycopg://USER:PASSWORD@HOST/NAME, with the package's "
            "extra `postgresql` installed; or leave it out, for SQLite in the instance's folder.",
        ) from fault


def _migrate(database: Database) -> None:
    try:
        database.migrate()
        queue.fill(database)  # reports that are older than the queue
    except (DatabaseError, CommandError) as fault:  # not a database of ours, or of a later version
        raise StoreUnavailable(str(fault), hint="") from fault


def _unavailable(config: Config, cause: BaseException | None) -> StoreUnavailable:
    said = f": {_reason(cause)}" if cause else ""
    place = make_url(config.database_url).render_as_string(hide_password=True)
    return StoreUnavailable(
        f"The instance's database cannot be reached, read or written{said}.",
        hint=f"It is {place}. Check that it runs or lies there, that this user may write to it, "
        "that there is space, and that Portico is not older than it.",
    )


def _reason(fault: BaseException) -> str:
    """Return what the driver said, in one line and without the statement it was about."""
    said = str(getattr(fault, "orig", None) or fault).strip() or type(fault).__name__
    return said.splitlines()[0].rstrip(".")
