"""`portico drill`: the recovery key tried on a bundle, and on the server that it was done."""

import argparse
import os
from getpass import getpass
from pathlib import Path

from portal.age import identities
from portal.cases import audit
from portal.commands import opened
from portal.errors import SettingMissing
from portal.offline import drill, key_files, visible, vouching
from portal.offline.bundle import Bundle
from portal.offline.pins import Pins
from portal.policy.clocks import utc_now


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "drill",
        help="try the recovery key on a bundle",
        description="Open every report of a bundle with the recovery key alone, where that key is "
        "kept, and throw the contents away at once. Then note on the server that it was done: "
        "`portico drill --record --program SLUG`. `portico doctor` reminds when it is time.",
    )
    parser.add_argument("bundle", nargs="?", type=Path, metavar="BUNDLE")
    parser.add_argument("-i", "--identity", type=Path, metavar="RECOVERY")
    parser.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    parser.add_argument("--record", action="store_true", help="on the server: note a drill")
    parser.add_argument("--program", action="append", default=[], metavar="SLUG")
    parser.add_argument("--by", default=os.environ.get("USER", "operator"), help="who did it")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.record:
        return _record(options)
    if options.bundle is None or options.identity is None:
        raise SettingMissing(
            "A drill takes a bundle and the recovery key.",
            hint="portico drill BUNDLE -i RECOVERY; make the bundle with `portico export`.",
        )
    return _drill(options)


def _drill(options: argparse.Namespace) -> int:
    keys = identities.parse_file(key_files.read(options.identity, ask=getpass))
    shut = total = files = length = 0
    with options.bundle.open("rb") as source:
        bundle = Bundle.read(source)
        keysets = vouching.vouched(bundle, pins=Pins.of_user(), root=options.root)
        drill.require_recovery(keys, keysets)
        for one in drill.tried(bundle, keys):
            total, files, length = total + 1, files + one.files, length + one.length
            shut += bool(one.sealed)
            for path, reason in one.sealed:
                print(f"{visible.line(path)} stays sealed: {visible.line(reason)}")
    print(f"{total - shut} of {total} reports open with the recovery key alone:")
    print(f"{files:,} age files with {length:,} bytes. Nothing of them was kept.")
    if not shut:
        programs = " ".join(f"--program {visible.line(slug)}" for slug in sorted(keysets))
        print(f"Note it on the server: portico drill --record {programs}")
    return 1 if shut else 0


def _record(options: argparse.Namespace) -> int:
    if not options.program:
        raise SettingMissing(
            "Whose recovery key was tried?", hint="portico drill --record --program SLUG"
        )
    now = utc_now()
    with opened.instance() as instance:
        found = [instance.catalogue.program(slug, now=now).slug for slug in options.program]
        with instance.database.writing() as connection:
            for slug in found:
                audit.append(connection, "recovery drill", slug, {}, actor=options.by, now=now)
    print(f"Noted for {', '.join(found)}.")
    return 0
