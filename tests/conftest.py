"""The things the tests are about: a clock, keys, a policy, a store, an application."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from portal import house
from portal.app import create_app
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.config import Config
from tests import colleagues
from tests.actors import Researcher, Staff
from tests.colleagues import Colleague

pytest_plugins = ["tests.seed_rows"]

URL = "http://portico.test"
START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Clock:
    """Time that a test moves by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, span: timedelta) -> None:
        """Move on."""
        self.now += span


@pytest.fixture
def clock() -> Clock:
    """The time as the application sees it: 2026-11-22 09:30 UTC until it is advanced."""
    return Clock()


@pytest.fixture
def receipt_key() -> Ed25519PrivateKey:
    """The server's only private key."""
    return Ed25519PrivateKey.generate()


@pytest.fixture
def signer(receipt_key: Ed25519PrivateKey) -> Signer:
    """The server's signature."""
    return Signer(receipt_key, issuer=URL)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows, migrated once for everybody to copy."""
    file = tmp_path_factory.mktemp("tables") / "portico.db"
    made = Database(f"sqlite:///{file}")
    made.migrate()
    made.close()
    return file


@pytest.fixture
def database(tmp_path: Path, tables: Path) -> Iterator[Database]:
    """A fresh SQLite database with all tables."""
    file = Path(shutil.copyfile(tables, tmp_path / "portico.db"))
    made = Database(f"sqlite:///{file}")
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> Store:
    """Where reports are kept."""
    return Store(database)


@pytest.fixture
def catalogue(database: Database) -> Catalogue:
    """What is published."""
    return Catalogue(database)


@pytest.fixture
def staff() -> Staff:
    """Those who can open reports to the example program."""
    return Staff()


@pytest.fixture
def pack() -> Callable[[str], str]:
    """Reads one of the shipped packs by its file name."""
    return lambda name: (house.folder("policies") / f"{name}.toml").read_text(encoding="utf-8")


@pytest.fixture
def publish(
    catalogue: Catalogue,
    pack: Callable[[str], str],
    receipt_key: Ed25519PrivateKey,
) -> Callable[[str, Staff], Program]:
    """Publishes a shipped pack with a keyset of these staff."""

    def published(name: str, staff: Staff) -> Program:
        catalogue.publish_policy(pack(name), actor="test", now=START)
        slug = next(
            one.slug for one in catalogue.programs(now=START) if one.policy.source == pack(name)
        )
        text = staff.keyset(slug, receipt_key, now=START)
        catalogue.publish_keyset(text, slug, actor="test", now=START)
        return catalogue.program(slug, now=START)

    return published


@pytest.fixture
def program(publish: Callable[[str, Staff], Program], staff: Staff) -> Program:
    """The example program, ready to take reports."""
    return publish("example", staff)


@pytest.fixture
def rotate(
    catalogue: Catalogue,
    program: Program,
    staff: Staff,
    receipt_key: Ed25519PrivateKey,
    clock: Clock,
) -> Callable[[], Program]:
    """Puts the next keyset of the example program in force, with those who are staff by then."""

    def rotated() -> Program:
        before = catalogue.keyset_history(program.slug)[0].keyset
        text = staff.keyset(
            program.slug,
            receipt_key,
            now=clock(),
            version=before.version + 1,
            previous=before.sha256,
        )
        catalogue.publish_keyset(text, program.slug, actor="test", now=clock())
        return catalogue.program(program.slug, now=clock())

    return rotated


class Compiled(BytecodeCache):
    """Templates that were compiled before; Jinja asks anew when a template's text changed."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same text."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """What the applications of all tests share: each template is compiled once."""
    return Compiled()


@pytest.fixture
def app(
    tmp_path: Path,
    database: Database,
    receipt_key: Ed25519PrivateKey,
    clock: Clock,
    compiled: Compiled,
) -> Iterator[Flask]:
    """The portal over the test's database, at the test's time."""
    (tmp_path / "receipt.key").write_text(receipt_key.private_bytes_raw().hex())
    made = create_app(Config(tmp_path, URL, str(database.engine.url)), clock=clock)
    made.jinja_env.bytecode_cache = compiled
    yield made
    made.extensions["portico"].store.database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script."""
    return app.test_client()


@pytest.fixture
def researcher(client: FlaskClient, program: Program) -> Researcher:
    """Someone with something to report to the example program."""
    return Researcher(client, program)


@pytest.fixture
def stranger(client: FlaskClient, program: Program) -> Researcher:
    """Someone else, with a token of their own."""
    return Researcher(client, program)


@pytest.fixture
def hire(app: Flask, database: Database, clock: Clock) -> Callable[..., Colleague]:
    """Puts somebody on the staff and signs them in: `hire("Ada", example="handler")`."""
    return lambda name, **roles: colleagues.hire(app, database, name, roles, clock())
