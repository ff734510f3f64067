"""`portico init | serve | tick`: running an instance."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from portal import server
from portal.age import probe
from portal.cases.signer import read_receipt_key
from portal.commands import opened, packs
from portal.commands.opened import Instance
from portal.commands.publishing import publish_packs
from portal.config import SETTINGS, Config, public_url
from portal.desk.upkeep import Upkeep
from portal.errors import SettingMissing
from portal.policy import statement
from portal.policy.clocks import utc_now

SEED_BYTES = 32  # an Ed25519 private key, RFC 8032 section 5.1.5
PRIVATE = 0o700  # the folder of an instance, for whoever runs it alone


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    init = subparsers.add_parser("init", help="make an instance")
    init.add_argument("directory", metavar="DIR", type=Path)
    init.add_argument("--url", required=True, help="the address people will type")
    init.set_defaults(run=_init)
    serve = subparsers.add_parser("serve", help="serve the instance in $PORTICO_DIR")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="address and port to listen on")
    serve.add_argument("--workers", type=int, default=2, help="processes")
    serve.add_argument("--threads", type=int, default=32, help="threads in each process")
    serve.set_defaults(run=_serve)
    subparsers.add_parser("tick", help="tidy up").set_defaults(run=_tick)


def create(
    directory: Path,
    url: str,
    *,
    environ: Mapping[str, str] = os.environ,
    renew: bool = False,
    more: Mapping[str, str | bool] = MappingProxyType({}),
) -> Config:
    """Make an instance folder with settings and a receipt key, and return what it is set to.

    Keys, packs and reports that are there already stay, and so do the settings.

    Args:
        directory: The folder.
        url: The address people will type.
        environ: Where other settings may stand; its PORTICO_URL is not looked at.
        renew: Write the settings anew, even if there are some.
        more: Further settings to write, by name.

    Raises:
        SettingMissing: The address is not one, the folder cannot be made, or its settings are
            unusable. For a bad address nothing was written.
        StoreUnavailable: The database cannot be reached or written.
    """
    address = public_url(url)
    try:
        _furnish(directory, {"url": address, **more}, renew=renew)
        others = {name: value for name, value in environ.items() if name != "PORTICO_URL"}
        config = Config.load({**others, "PORTICO_DIR": str(directory)})
        public = read_receipt_key(config.receipt_key).public_key()
        _receipt_card(config).write_text(statement.key_text(public) + "\n", encoding="ascii")
    except OSError as error:
        raise SettingMissing(
            f"The instance cannot be made in {directory}: {error.strerror}.",
            hint="Name a folder that you may write to, or one that is not there yet.",
        ) from error
    with opened.instance(config):
        return config


def _furnish(directory: Path, chosen: Mapping[str, str | bool], *, renew: bool) -> None:
    """Put into the folder what is missing in it."""
    if not directory.exists() or not any(directory.iterdir()):
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(PRIVATE)  # a folder that is used for other things keeps its mode
    (directory / "policies").mkdir(exist_ok=True)
    settings, key = directory / SETTINGS, directory / "receipt.key"
    if renew or not settings.exists():
        lines = (f"{name} = {json.dumps(value)}\n" for name, value in chosen.items())  # TOML alike
        settings.write_text("".join(lines), encoding="utf-8")
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(SEED_BYTES).hex() + "\n")


def _receipt_card(config: Config) -> Path:
    return config.directory / "receipt.pub"


def _init(options: argparse.Namespace) -> int:
    settings = options.directory / SETTINGS
    kept = settings.exists()
    config = create(options.directory, options.url)
    print(f"The instance is in {config.directory}.")
    if kept:
        print(f"Its settings were there already and are kept: its address is {config.url}.")
    if config.url != public_url(options.url):
        sys.stderr.write(f"To change the address to {options.url}, edit `url` in {settings}.\n")
    print(f"Put your packs into {config.policies}, then `portico policy publish`.")
    print(f"Give {_receipt_card(config)} to whoever signs your keysets.")
    return 0


def _serve(options: argparse.Namespace) -> NoReturn:
    probe.require_hybrid()
    with opened.instance() as instance:
        _prepare(instance, utc_now())
    sys.stdout.flush()
    words = server.words(bind=options.bind, workers=options.workers, threads=options.threads)
    # This process becomes the server, so that signals reach it and nothing waits in between.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *words])  # noqa: S606


def _prepare(instance: Instance, now: datetime) -> None:
    """Put changed packs in force and tidy up, once sure that there is something to serve."""
    read_receipt_key(instance.config.receipt_key)
    folder, notice = instance.config.policies, ""
    try:
        publish_packs(packs.read(folder), instance.catalogue, now=now)
    except SettingMissing as missing:
        notice = f"{missing.message} What was published before is served.\n"
    if not instance.catalogue.programs(now=now):
        raise SettingMissing(
            "No policy is published, so there is nothing to serve.",
            hint=f"Put a pack into {folder} and try again.",
        )
    sys.stderr.write(notice)
    instance.store.sweep(now=now)


def _tick(_options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        now = utc_now()
        swept = instance.store.sweep(now=now)
        tidied = Upkeep(instance.database).tidy(now=now)
    print(f"{swept} abandoned uploads removed.")
    print(f"{tidied.total} sessions, links, desk keys and challenges removed that were long over.")
    return 0
