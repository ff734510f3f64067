"""`portico keyset share` and `apply-headers`: old reports for new colleagues, by header alone."""

import argparse
import sys
from getpass import getpass
from pathlib import Path
from typing import BinaryIO

from portal.age import identities
from portal.errors import DeliveryRefused, FileRefused, KeysetRefused, NoSuchReport, SharingRefused
from portal.offline import key_files, reading, visible, vouching
from portal.offline.bundle import Bundle
from portal.offline.pins import Pins
from portal.offline.sharer import Sharer
from portal.offline.shares import Share, Shares
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset

ONE_WAY = "Sharing gives access and never takes it away."


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs."""
    share = verbs.add_parser(
        "share",
        help="give the reports of a bundle to everybody in a keyset, offline",
        description="Write new headers for the files of a bundle, so that everybody in a keyset "
        f"opens them. Their content stays as it is. {ONE_WAY}",
    )
    share.add_argument("bundle", type=Path, metavar="BUNDLE")
    share.add_argument(
        "-i", "--identity", type=Path, action="append", required=True, metavar="IDENTITY"
    )
    share.add_argument("--keyset", type=Path, required=True, metavar="KEYSET", help="the new one")
    share.add_argument("--root", metavar="FINGERPRINT", help="the root it must be signed by")
    share.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    share.set_defaults(run=_share)
    apply = verbs.add_parser(
        "apply-headers", help="keep what `share` wrote, on the server ($PORTICO_DIR)"
    )
    apply.add_argument("file", type=Path, metavar="FILE")
    apply.set_defaults(run=_apply)


def _share(options: argparse.Namespace) -> int:
    keys = [
        key
        for path in options.identity
        for key in identities.parse_file(key_files.read(path, ask=getpass))
    ]
    with _opened(options.bundle) as source:
        bundle = Bundle.read(source)
        keyset = _keyset(bundle, options)
        made, failed = _made(Sharer(bundle, keyset, keys, options.output.resolve().parent))
    if not made:
        raise SharingRefused(
            f"No file of {visible.line(keyset.program)} in this bundle can be shared.",
            hint="Use the identity of somebody who can open them and is in the new keyset.",
        )
    text = Shares(keyset.program, keyset.version, keyset.sha256, made).text()
    key_files.write_new(options.output, text.encode("ascii"), mode=key_files.PUBLIC_MODE)
    print(f"{len(made)} new headers are in {options.output}, for everybody in version", end=" ")
    print(f"{keyset.version}. {ONE_WAY}")
    print(f"On the server: `portico keyset apply-headers {options.output}`.")
    return 1 if failed else 0


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise FileRefused(
            f"{visible.line(path)} cannot be read: {error.strerror}.", hint="Check its name."
        ) from None


def _keyset(bundle: Bundle, options: argparse.Namespace) -> Keyset:
    """Return the keyset to share with, once its root and the bundle's are the expected one.

    Raises:
        KeysetRefused: Nobody has said which root to expect, or it is another one.
        StatementRefused: Nobody vouches for the bundle.
    """
    pins, text = Pins.of_user(), reading.text(options.keyset)
    program = Keyset.read(text, root=options.root).program
    if options.root is None and pins.of(bundle.portal, program).root is None:
        raise KeysetRefused(
            "The root of this keyset was not seen on this machine before.",
            hint="Compare its fingerprint with one you got another way, and give it as --root.",
        )
    vouching.vouched(bundle, pins=pins, root=options.root)
    return pins.verify(
        text, portal=bundle.portal, program=program, root=options.root, now=utc_now()
    )


def _made(sharer: Sharer) -> tuple[tuple[Share, ...], int]:
    """Return the new headers, and how many files have none; say why not."""
    made: list[Share] = []
    failed = 0
    for name, result in sharer.shares():
        if isinstance(result, Share):
            made.append(result)
            continue
        failed += 1
        sys.stderr.write(f"{visible.line(name)}: {visible.line(result.message)}\n")
    return tuple(made), failed


def _apply(options: argparse.Namespace) -> int:
    # Only this verb runs on the server and needs its database.
    from portal.commands import opened
    from portal.commands.keeping import Keeper

    shares = Shares.parse(reading.text(options.file))
    kept = before = failed = 0
    with opened.instance() as instance:
        keeper = Keeper.of(instance, shares, now=utc_now())
        for one in shares.shares:
            try:
                added = keeper.keep(one)
                kept, before = kept + added, before + (not added)
            except (DeliveryRefused, NoSuchReport, SharingRefused) as refusal:
                failed += 1
                where = visible.line(f"{one.report}/{one.role}")
                sys.stderr.write(f"{where}: {visible.line(refusal.message)}\n")
    print(f"{kept} files were shared, {before} had been before. {ONE_WAY}")
    return 1 if failed else 0
