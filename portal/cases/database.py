"""One database, SQLite or PostgreSQL, with reads and durable writes."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.errors import StoreUnavailable

BUSY_TIMEOUT = 10  # seconds a writer waits for its turn
POOL_WAIT = 5  # seconds a thread waits for a connection that another still uses
POOL_SIZE = (
    16  # one long-lived connection per worker thread: reopening costs a checkpoint each time
)

_ADVISORY_LOCK = 0x506F7274  # PostgreSQL: whoever writes holds this number until it commits
_TURN_PAUSE = 0.002  # seconds between two looks at a busy lock file

_OURS = (DataError, IntegrityError, ProgrammingError)  # mistakes of this code, not of the database

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # per connection; an acknowledgement must outlive a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
)


class Database:
    """A connection pool that knows which work only reads and which must be durable."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._turn = _Turn(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection to read with; nothing slow may happen inside the block.

        Raises:
            StoreUnavailable: The database cannot be reached.
        """
        with _translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are durable once the block ends.

        Keep the block short: nobody else writes meanwhile, because the audit log is a chain.

        Raises:
            StoreUnavailable: Nothing was kept: the disk is full, the lock busy, the server away.
        """
        with _translated(), self._turn, self.engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
                yield connection

    def migrate(self) -> None:
        """Bring the tables to the newest form.

        Raises:
            StoreUnavailable: The database cannot be reached or written.
        """
        settings = AlembicConfig()
        settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.writing() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


class _Turn:
    """Writers of one SQLite file take turns.

    SQLite's own busy wait starves some writers for seconds; a thread lock plus a file lock is fair.
    PostgreSQL gets its turn from an advisory lock, once connected.
    """

    def __init__(self, engine: Engine) -> None:
        path = engine.url.database if engine.dialect.name == "sqlite" else None
        self._path = Path(f"{path}.lock") if path else None
        self._threads = threading.Lock()

    def __enter__(self) -> None:
        if self._path is None:
            return
        if not self._threads.acquire(timeout=BUSY_TIMEOUT):
            raise _unavailable()
        try:
            self._file = self._path.open("wb")
            _lock(self._file)
        except (OSError, StoreUnavailable) as fault:
            self._threads.release()
            raise _unavailable() from fault

    def __exit__(self, *reason: object) -> None:
        if self._path is not None:
            self._file.close()
            self._threads.release()


def _lock(file: BinaryIO) -> None:
    """Lock a file, but never wait for a stopped process for good."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                file.close()
                raise _unavailable() from None
            time.sleep(_TURN_PAUSE)
        else:
            return


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed, pool_pre_ping=True, pool_size=POOL_SIZE, pool_timeout=POOL_WAIT
        )
    engine = create_engine(
        parsed,
        pool_size=POOL_SIZE,
        pool_timeout=POOL_WAIT,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that turns from reading to writing fails at once when another wrote meanwhile,
    # whatever the busy timeout; a writer therefore takes the lock first.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as fault:
        raise _unavailable() from fault
    except DBAPIError as fault:
        if isinstance(fault, _OURS):
            raise
        raise _unavailable() from fault


def _unavailable() -> StoreUnavailable:
    return StoreUnavailable(
        "The portal could not reach or write its database, so nothing was kept.",
        hint="Nothing you wrote is lost. Wait a minute and send again.",
    )
