"""The database: durable writes, consistent reads, and tables that are what the code says."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from portal.cases.database import Database
from portal.cases.tables import metadata
from portal.errors import StoreUnavailable


def test_every_connection_is_durable(database: Database) -> None:
    """Every connection syncs on commit, wipes what it deletes, and distrusts the schema."""
    found: list[tuple[str, object]] = []

    def look() -> None:
        with database.reading() as connection:
            names = ("journal_mode", "synchronous", "secure_delete", "trusted_schema")
            found.extend(
                (name, connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in names
            )

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wanted = {("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)}
    assert set(found) == wanted | {("trusted_schema", 0)}


def test_migrations_make_the_tables_the_code_uses(database: Database) -> None:
    """A migrated database and the table definitions do not differ."""
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """An instance may be started again at any time."""
    database.migrate()
    database.migrate()


def test_a_failed_change_leaves_nothing(database: Database) -> None:
    """When the block fails, none of its changes are kept."""
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(text("INSERT INTO policies VALUES ('a', 1, 'x', 'x', 'x')"))
        raise RuntimeError
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM policies")).scalar() == 0


def test_an_unreachable_database_is_named_as_such(tmp_path: Path) -> None:
    """A database that cannot be opened is a `StoreUnavailable`, with advice for the reporter."""
    with pytest.raises(StoreUnavailable) as refusal:
        Database(f"sqlite:///{tmp_path / 'absent' / 'portico.db'}").migrate()
    assert "send again" in refusal.value.hint
