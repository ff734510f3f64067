"""Taking reports in: the whole request, compared with what the disk itself can do."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.measure import Result, rate
from portal import house
from portal.app import create_app
from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.config import Config
from portal.intake.token import Token
from tests.actors import Researcher, Staff

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def run(folder: Path) -> list[Result]:
    """Measure a report of 16 KiB, a look-up and the form's page, in one process."""
    synced = rate(_syncing(folder))
    someone = _researcher(folder)
    sent = rate(_sending(someone), most=300)
    found = rate(someone.status)
    page = rate(lambda: someone.client.get("/example/report"), most=300)
    return [
        Result("append 8 KiB and fsync", synced, "times/s"),
        Result("report: vetted, kept, receipted", sent, "reports/s", "fsync", sent / synced),
        Result("status look-up", found, "times/s"),
        Result("the form's page", page, "pages/s"),
    ]


def _syncing(folder: Path) -> Callable[[], None]:
    file = (folder / "synced").open("ab")

    def once() -> None:
        file.write(bytes(8192))
        file.flush()
        os.fsync(file.fileno())

    return once


def _sending(someone: Researcher) -> Callable[[], None]:
    sealed = someone.sealed()  # sealed once: the reporter's machine does that work, not ours

    def once() -> None:
        someone.token = Token.mint()
        assert someone.send(sealed).status_code == 201

    return once


def _researcher(folder: Path) -> Researcher:
    key = Ed25519PrivateKey.generate()
    (folder / "receipt.key").write_text(key.private_bytes_raw().hex())
    config = Config(folder, "http://portico.test", f"sqlite:///{folder / 'portico.db'}")
    app = create_app(config, clock=lambda: NOW)
    return Researcher(app.test_client(), _program(app.extensions["portico"].catalogue, key))


def _program(catalogue: Catalogue, key: Ed25519PrivateKey) -> Program:
    catalogue.database.migrate()
    pack = (house.folder("policies") / "example.toml").read_text(encoding="utf-8")
    catalogue.publish_policy(pack, actor="bench", now=NOW)
    text = Staff().keyset("example", key, now=NOW)
    catalogue.publish_keyset(text, "example", actor="bench", now=NOW)
    return catalogue.program("example", now=NOW)
