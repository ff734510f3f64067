"""`portico open`: sealed reports become readable, on the machine of somebody who holds the key."""

import argparse
import sys
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path

from portal.age import identities
from portal.age.identities import KeyIdentity
from portal.cases.choices import BASES
from portal.commands import opening_hint
from portal.errors import ArchiveRefused, FileRefused, KeysetRefused, StatementRefused
from portal.offline import audited, key_files, visible, vouching
from portal.offline.bundle import MAGIC, Bundle
from portal.offline.formats import FORMATS
from portal.offline.opening import PEEK, is_age_file
from portal.offline.outside import AUDIENCES, Outside
from portal.offline.pins import Pins
from portal.offline.reports import Opener, Outcome
from portal.policy.succession import Succession


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
    opening.add_argument(
        "--for",
        dest="audience",
        choices=tuple(AUDIENCES),
        help="write it for others: it does not say who reported it",
    )
    opening.add_argument(
        "--basis", choices=tuple(BASES), help="what allows --for to say who reported it"
    )
    opening.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    opening.add_argument(
        "--unsigned",
        action="store_true",
        help="open a bundle that nobody vouches for; never one of a portal seen before",
    )
    opening.set_defaults(run=_open)


def _open(options: argparse.Namespace) -> int:
    start = _start(options.file)
    keys = [key for path in options.identity for key in _identities(path)]
    opener = Opener(keys, options.directory, FORMATS[options.form], _outside(options))
    # The first bytes decide: an age file can be made to end as a ZIP that says what it likes.
    if is_age_file(start):
        outcome = opener.file(options.file)
        _show(outcome)
        return 1 if outcome.error else 0
    if start.startswith(MAGIC):
        return _open_bundle(opener, options)
    raise ArchiveRefused(
        f"{visible.line(options.file)} is neither an age file nor a bundle.",
        hint="Give a file whose name ends in .age, or a bundle of `portico export`.",
    )


def _outside(options: argparse.Namespace) -> Outside | None:
    """Return whom the reports are written for; None for staff.

    Raises:
        FileRefused: A basis without anybody it could be for.
    """
    if options.audience is None:
        if options.basis is not None:
            raise FileRefused(
                "--basis says what allows to name the reporter to others.",
                hint="Say who they are: --for outside, or --for authorities.",
            )
        return None
    return Outside(options.audience, options.basis)


def _start(path: Path) -> bytes:
    if not path.is_file():
        raise ArchiveRefused(f"{visible.line(path)} is not a file.", hint="Check its name.")
    try:
        with path.open("rb") as file:
            return file.read(PEEK)
    except OSError as error:
        raise FileRefused(
            f"{visible.line(path)} cannot be read: {error.strerror}.", hint="Check its rights."
        ) from None


def _open_bundle(opener: Opener, options: argparse.Namespace) -> int:
    failed, opened = 0, list[str]()
    with options.file.open("rb") as source:
        bundle = Bundle.read(source)
        keysets = _keysets(bundle, options)
        for outcome in opener.bundle(bundle, keysets):
            _show(outcome)
            if outcome.error is None:
                opened.append(outcome.name)
            else:
                failed += 1
        for sentence in audited.told(bundle, keysets) if keysets else ():
            print(visible.line(sentence))
    place = visible.line(options.directory)
    print(f"{len(opened)} of {len(opened) + failed} reports are open in {place}.")
    if opener.outside is not None and opener.outside.basis is not None and opened:
        print("Once it is handed over, record on the server what allowed it; that is logged:")
        for name in opened:
            print(f"  {visible.line(opener.outside.command(name))}")
    for line in opening_hint.lines(bundle.cases, opened):
        print(line)
    return 1 if failed else 0


def _identities(path: Path) -> tuple[KeyIdentity, ...]:
    return identities.parse_file(key_files.read(path, ask=getpass))


def _keysets(bundle: Bundle, options: argparse.Namespace) -> Mapping[str, Succession]:
    """Return the keysets that vouch for a bundle, and remember them; none if it is unsigned."""
    pins = Pins.of_user()
    try:
        keysets = vouching.vouched(bundle, pins=pins, root=options.root)
    except (KeysetRefused, StatementRefused) as refusal:
        if not options.unsigned or options.root or pins.knows(bundle.portal):
            raise
        print(f"WARNING: nobody vouches for this bundle. {visible.line(refusal.message)}")
        print("  Whoever had it in their hands may have changed dates, events and verdicts.")
        return {}
    print(f"The bundle was signed by the portal {visible.line(bundle.portal)}.")
    unseen = () if options.root else vouching.unseen(bundle, keysets, pins=pins)
    for keyset in unseen:
        print(f"{visible.line(keyset.program)}: root {keyset.fingerprint} was not seen before.")
        print("  Compare it with the one on the program's keys page, and with one you got")
        print("  another way. From now on it is expected.")
    for known in keysets.values():
        pins.remember(bundle.portal, known.newest)
    return keysets


def _show(outcome: Outcome) -> None:
    """Print an outcome at once, so that it is known whatever comes after it."""
    name = visible.line(outcome.name)
    if outcome.error is not None:
        message, hint = visible.line(outcome.error.message), visible.line(outcome.error.hint)
        sys.stderr.write(f"{name}: {message}\n  {hint}\n")
        return
    print(f"{name}: {visible.line(outcome.folder)}")
    for check in outcome.checks:
        print(f"  {visible.line(check)}")
    sys.stdout.flush()
