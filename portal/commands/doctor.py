"""`portico doctor`: what is wrong with an instance, or about to be."""

import argparse
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import probe
from portal.age.errors import AgeError
from portal.cases import audit
from portal.cases.program import Program
from portal.cases.signer import read_receipt_key
from portal.commands import opened
from portal.commands.opened import Instance
from portal.config import MAX_DELIVERY, Config
from portal.errors import PorticoError, SettingMissing, StoreUnavailable
from portal.policy import statement
from portal.policy.clocks import utc_now

KEYSET_ALARM = timedelta(days=10)  # leaves time to find the person who holds the root key
ROOM = 16 * MAX_DELIVERY  # bytes that should be free: a bad day's reports, uploaded and kept
OTHERS = 0o077  # permission bits of everybody but the owner


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    subparsers.add_parser("doctor", help="say what is wrong").set_defaults(run=_doctor)


def _doctor(_options: argparse.Namespace) -> int:
    found = list(findings(Config.load(), now=utc_now()))
    for finding in found:
        print(finding)
    if not found:
        print("All is well.")
    return 1 if found else 0


def findings(config: Config, *, now: datetime) -> Iterator[str]:
    """Yield what is wrong with an instance, a sentence or two for each."""
    yield from _machine()
    yield from _files(config)
    yield from _database(config, now)


def _machine() -> Iterator[str]:
    try:
        probe.require_hybrid()
    except AgeError as fault:
        yield f"{fault.message} {fault.hint}"


def _files(config: Config) -> Iterator[str]:
    """Yield what is wrong with the folder: who may read it, and how much still goes in."""
    for path, mode in ((config.directory, "700"), (config.receipt_key, "600")):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield f"Others on this machine may look into {path}. Type: chmod {mode} {path}"
    free = shutil.disk_usage(config.directory).free
    if free < ROOM:
        yield f"Only {free // 2**20:,} MiB are free for {config.directory}. Make room."


def _database(config: Config, now: datetime) -> Iterator[str]:
    try:
        with opened.instance(config) as instance:
            yield from _programs(instance, now)
            yield from _audit(instance)
    except (StoreUnavailable, SettingMissing) as fault:
        yield f"{fault.message} {fault.hint}"


def _programs(instance: Instance, now: datetime) -> Iterator[str]:
    key, programs = None, instance.catalogue.programs(now=now)
    try:
        key = read_receipt_key(instance.config.receipt_key)
    except PorticoError as fault:
        yield f"{fault.message} {fault.hint}"
    if not programs:
        folder = instance.config.policies
        yield f"Nothing is published. Put a pack into {folder}, then `portico policy publish`."
    for program in programs:
        yield from _keyset(program, key, now)


def _keyset(program: Program, key: Ed25519PrivateKey | None, now: datetime) -> Iterator[str]:
    keyset = program.keyset
    if keyset is None:
        yield f"{program.slug}: no valid keyset, so its form is closed. Publish one."
        return
    if keyset.expires < now + KEYSET_ALARM:
        yield f"{program.slug}: its keyset expires on {keyset.expires:%Y-%m-%d}. Sign the next one."
    if key and keyset.receipt_key.kid != statement.fingerprint(key.public_key()):
        yield f"{program.slug}: its keyset names another receipt key than this server's."


def _audit(instance: Instance) -> Iterator[str]:
    with instance.database.reading() as connection:
        broken = audit.first_break(connection)
    if broken is not None:
        yield f"The audit log does not hold from entry {broken} on."
