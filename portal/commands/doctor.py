"""`portico doctor`: what is wrong with an instance, or about to be."""

import argparse
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import probe
from portal.age.errors import AgeError
from portal.cases import audit, drills
from portal.cases.program import Program
from portal.cases.signer import read_receipt_key
from portal.commands import opened, pack_findings
from portal.commands.opened import Instance
from portal.config import MAX_DELIVERY, Config
from portal.desk.entrance import Entrance
from portal.errors import PorticoError, SettingMissing, StoreUnavailable
from portal.policy import key_alarms, statement
from portal.policy.clocks import utc_now

ROOM = 16 * MAX_DELIVERY  # bytes that should be free: a bad day's reports, uploaded and kept
DRILL = timedelta(days=180)  # how long a recovery key is trusted untried
OTHERS = 0o077  # permission bits of everybody but the owner


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    subparsers.add_parser("doctor", help="say what is wrong").set_defaults(run=_doctor)


def _doctor(_options: argparse.Namespace) -> int:
    config = Config.load()
    found = list(findings(config, now=utc_now()))
    for finding in found:
        print(finding)
    for note in notes(config):
        print(f"Note: {note}")
    if not found:
        print("All is well.")
    return 1 if found else 0


def findings(config: Config, *, now: datetime) -> Iterator[str]:
    """Yield what is wrong with an instance, a sentence or two for each."""
    yield from _machine()
    yield from _files(config)
    yield from _database(config, now)


def notes(config: Config) -> Iterator[str]:
    """Yield what is as somebody wanted it, and easily forgotten; none of it is wrong."""
    with suppress(StoreUnavailable, SettingMissing), opened.instance(config) as instance:
        yield from pack_findings.notes(instance)


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
            yield from pack_findings.findings(instance, now=now)
            yield from _audit(instance)
            yield from _drills(instance, now)
            yield from _desk(instance, now)
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
        yield from _keys(program, instance, key, now)


def _keys(
    program: Program, instance: Instance, key: Ed25519PrivateKey | None, now: datetime
) -> Iterator[str]:
    published = instance.catalogue.keyset_history(program.slug)
    newest = published[0].keyset if published else None
    kid = statement.fingerprint(key.public_key()) if key else None
    for one in key_alarms.alarms(newest, receipt_key=kid, now=now):
        yield f"{program.slug}: {one.message[0].lower()}{one.message[1:]} {one.hint}"


def _audit(instance: Instance) -> Iterator[str]:
    with instance.database.reading() as connection:
        broken = audit.first_break(connection)
    if broken is not None:
        yield f"The audit log does not hold from entry {broken} on."


def _drills(instance: Instance, now: datetime) -> Iterator[str]:
    """Remind of programs that have had reports for long, and whose recovery key was not tried."""
    with instance.database.reading() as connection:
        overdue = drills.overdue(connection, since=now - DRILL)
    for slug in overdue:
        yield (
            f"{slug}: nobody noted a recovery drill within {DRILL.days} days. Try the key on a "
            f"bundle (`portico drill BUNDLE -i RECOVERY`), then `portico drill --record "
            f"--program {slug}`."
        )


def _desk(instance: Instance, now: datetime) -> Iterator[str]:
    config = instance.config
    entrance = Entrance(instance.database, config.staff_url, named=config.own_staff_url is not None)
    yield from entrance.findings([one.slug for one in instance.catalogue.programs(now=now)])
