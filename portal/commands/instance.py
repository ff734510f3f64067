"""`portico init | serve | doctor | tick`: running an instance."""

import argparse
import os
import secrets
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import probe
from portal.app import read_receipt_key
from portal.cases import audit
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.store import Store
from portal.commands.publishing import publish_folder
from portal.config import Config
from portal.errors import PorticoError, SettingMissing
from portal.policy import statement
from portal.policy.clocks import utc_now

KEYSET_ALARM = timedelta(days=10)  # leaves time to find the person who holds the root key
SEED_BYTES = 32  # an Ed25519 private key, RFC 8032 section 5.1.5


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    init = subparsers.add_parser("init", help="make an instance")
    init.add_argument("directory", metavar="DIR", type=Path)
    init.add_argument("--url", required=True, help="the address people will type")
    init.set_defaults(run=_init)
    serve = subparsers.add_parser("serve", help="serve the instance in $PORTICO_DIR")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="address and port to listen on")
    serve.add_argument("--workers", type=int, default=2, help="processes")
    serve.add_argument("--threads", type=int, default=8, help="threads in each process")
    serve.set_defaults(run=_serve)
    subparsers.add_parser("doctor", help="say what is wrong").set_defaults(run=_doctor)
    subparsers.add_parser("tick", help="tidy up").set_defaults(run=_tick)


def create(directory: Path, url: str) -> Config:
    """Make an instance folder with settings and a receipt key; an existing one is left as it is.

    Raises:
        SettingMissing: The address is not one.
    """
    (directory / "policies").mkdir(parents=True, exist_ok=True)
    directory.chmod(0o700)
    settings, key = directory / "portico.toml", directory / "receipt.key"
    if not settings.exists():
        settings.write_text(f'url = "{url}"\n', encoding="utf-8")
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(SEED_BYTES).hex() + "\n")
    config = Config.load({**os.environ, "PORTICO_DIR": str(directory), "PORTICO_URL": url})
    _receipt_card(config).write_text(
        statement.key_text(read_receipt_key(key).public_key()) + "\n", encoding="ascii"
    )
    Database(config.database_url).migrate()
    return config


def _receipt_card(config: Config) -> Path:
    return config.directory / "receipt.pub"


def _init(options: argparse.Namespace) -> int:
    config = create(options.directory, options.url)
    print(f"The instance is in {config.directory}.")
    print(f"Put your packs into {config.policies}, then `portico policy publish`.")
    print(f"Give {_receipt_card(config)} to whoever signs your keysets.")
    return 0


def _serve(options: argparse.Namespace) -> NoReturn:
    config = Config.load()
    probe.require_hybrid()
    database = Database(config.database_url)
    database.migrate()
    catalogue = Catalogue(database)
    now = utc_now()
    publish_folder(config.policies, catalogue, now=now)
    Store(database).sweep(now=now)
    if not catalogue.programs(now=now):
        raise SettingMissing(
            "No policy is published, so there is nothing to serve.",
            hint=f"Put a pack into {config.policies} and try again.",
        )
    database.close()
    sys.stdout.flush()
    # This process becomes the server, so that signals reach it and nothing waits in between.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *_server_words(options)])  # noqa: S606


def _server_words(options: argparse.Namespace) -> list[str]:
    # gthread: a sync worker would kill a slow upload after 30 seconds. No access log: addresses
    # of reporters are nobody's business, ours included.
    settings = {
        "--bind": options.bind,
        "--workers": options.workers,
        "--worker-class": "gthread",
        "--threads": options.threads,
        "--timeout": 60,
        "--graceful-timeout": 30,
        "--keep-alive": 15,
    }
    words = [str(word) for pair in settings.items() for word in pair]
    return [*words, "--no-control-socket", "--log-level", "warning", "wsgi:app"]


def _tick(_options: argparse.Namespace) -> int:
    config = Config.load()
    swept = Store(Database(config.database_url)).sweep(now=utc_now())
    print(f"{swept} abandoned uploads removed.")
    return 0


def _doctor(_options: argparse.Namespace) -> int:
    config = Config.load()
    findings = _findings(config, utc_now())
    for finding in findings:
        print(finding)
    print("Nothing else is wrong." if findings else "All is well.")
    return 1 if findings else 0


def _findings(config: Config, now: datetime) -> list[str]:
    found: list[str] = []
    try:
        key: Ed25519PrivateKey | None = read_receipt_key(config.receipt_key)
        probe.require_hybrid()
    except PorticoError as fault:
        key = None
        found.append(f"{fault.message} {fault.hint}")
    database = Database(config.database_url)
    for program in Catalogue(database).programs(now=now):
        keyset = program.keyset
        if keyset is None:
            found.append(f"{program.slug}: no valid keyset, so its form is closed. Publish one.")
        elif keyset.expires < now + KEYSET_ALARM:
            found.append(f"{program.slug}: its keyset expires on {keyset.expires:%Y-%m-%d}.")
        if keyset and key and keyset.receipt_key.kid != statement.fingerprint(key.public_key()):
            found.append(f"{program.slug}: its keyset names another receipt key than this one.")
    with database.reading() as connection:
        broken = audit.first_break(connection)
    if broken is not None:
        found.append(f"The audit log does not hold from entry {broken} on.")
    return found
