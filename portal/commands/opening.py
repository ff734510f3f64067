"""`portico open`: sealed reports become readable, on the machine of somebody who holds the key."""

import argparse
import sys
import zipfile
from getpass import getpass
from pathlib import Path

from portal.age import identities
from portal.age.identities import KeyIdentity
from portal.errors import ArchiveRefused, KeysetRefused, StatementRefused
from portal.offline import key_files, visible
from portal.offline.bundle import Bundle
from portal.offline.formats import FORMATS
from portal.offline.pins import Pins
from portal.offline.reports import Opener, Outcome
from portal.policy.keyset import Keyset


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    opening = subparsers.add_parser(
        "open",
        help="open an exported bundle or an .age file",
        description="Open a bundle, or a single .age file, on your own machine. Each report gets a "
        "folder of its own; nothing is overwritten.",
    )
    opening.add_argument("file", type=Path, metavar="BUNDLE|FILE.age")
    opening.add_argument(
        "-i", "--identity", type=Path, action="append", required=True, metavar="IDENTITY"
    )
    opening.add_argument("-d", "--directory", type=Path, required=True, metavar="DIR")
    opening.add_argument("--as", dest="form", choices=sorted(FORMATS), default="markdown")
    opening.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    opening.set_defaults(run=_open)


def _open(options: argparse.Namespace) -> int:
    keys = [key for path in options.identity for key in _identities(path)]
    opener = Opener(keys, options.directory, FORMATS[options.form])
    if not options.file.is_file():
        raise ArchiveRefused(f"{options.file} is not a file.", hint="Check its name.")
    if not zipfile.is_zipfile(options.file):
        _show(opener.file(options.file))
        return 0
    with options.file.open("rb") as source:
        bundle = Bundle.read(source)
        outcomes = list(opener.bundle(bundle, _checked(bundle, root=options.root)))
    for outcome in outcomes:
        _show(outcome)
    failed = sum(outcome.error is not None for outcome in outcomes)
    print(f"{len(outcomes) - failed} of {len(outcomes)} reports are open in {options.directory}.")
    return 1 if failed else 0


def _identities(path: Path) -> tuple[KeyIdentity, ...]:
    return identities.parse_file(key_files.read(path, ask=getpass))


def _checked(bundle: Bundle, *, root: str | None) -> dict[str, Keyset]:
    """Return the bundle's keysets, each by the root expected, one of which signed the manifest."""
    pins, found = Pins.of_user(), {}
    for program, text in bundle.keysets.items():
        expected = root or pins.of(bundle.portal, program).root
        keyset = Keyset.read(text, root=expected)
        if keyset.program != program:
            raise KeysetRefused(
                "The bundle holds a keyset under another program's name.", hint="Export it again."
            )
        if expected is None:
            print(f"{visible.line(program)}: root {keyset.fingerprint} was not seen before.")
            print("  Compare it with the one on the keys page; from now on it is expected.")
        found[program] = keyset
    _require_signature(bundle, found)
    for keyset in found.values():
        pins.remember(bundle.portal, keyset)
    return found


def _require_signature(bundle: Bundle, keysets: dict[str, Keyset]) -> None:
    if not keysets:
        print("WARNING: the bundle carries no keyset, so its signature cannot be checked.")
        return
    refusal: StatementRefused | None = None
    for keyset in keysets.values():
        try:
            bundle.verify(keyset)
        except StatementRefused as error:
            refusal = error
        else:
            print(f"The bundle was signed by the portal {visible.line(bundle.portal)}.")
            return
    if refusal is not None:
        raise refusal


def _show(outcome: Outcome) -> None:
    name = visible.line(outcome.name)
    if outcome.error is not None:
        sys.stderr.write(f"{name}: {outcome.error.message}\n  {outcome.error.hint}\n")
        return
    print(f"{name}: {outcome.folder}")
    for check in outcome.checks:
        print(f"  {visible.line(check)}")
