"""`portico report enter`: a report that came by mail, kept with the time at which it came."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from portal.cases.signer import Signer, read_receipt_key
from portal.commands import opened
from portal.errors import FileRefused
from portal.intake.delivery import Sealed
from portal.intake.entering import MailDesk
from portal.intake.receipt import Receipt
from portal.policy.clocks import utc_now


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to those of `portico report`."""
    enter = verbs.add_parser("enter", help="keep a report that came by mail, sealed by staff")
    enter.add_argument("file", type=Path, metavar="FILE.age")
    enter.add_argument("--program", required=True, metavar="SLUG")
    enter.add_argument(
        "--received",
        required=True,
        type=_moment,
        metavar="MOMENT",
        help="when the mail came, as 2026-11-20T14:05+01:00",
    )
    enter.add_argument("--by", default=os.environ.get("USER", "operator"), help="who enters it")
    enter.add_argument("--exposed", action="store_true", help="non-public data lies open")
    enter.add_argument("--exploited", action="store_true", help="it is being exploited")
    enter.set_defaults(run=_enter)


def _moment(text: str) -> datetime:
    """Read a moment; its zone has to be said, because every deadline hangs on it."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or given.tzinfo is None:
        raise argparse.ArgumentTypeError("write it with its zone: 2026-11-20T14:05+01:00")
    return given


def _enter(options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        config = instance.config
        signer = Signer(read_receipt_key(config.receipt_key), issuer=config.url)
        desk = MailDesk(instance.catalogue, instance.store, signer, config.max_delivery)
        receipt = _kept(desk, options)
    print(f"{receipt.report}: {'kept before' if receipt.replayed else 'kept'}.")
    return 0


def _kept(desk: MailDesk, options: argparse.Namespace) -> Receipt:
    try:
        with options.file.open("rb") as source:
            return desk.enter(
                [Sealed("sealed", source)],
                program=options.program,
                received_at=options.received,
                by=options.by,
                now=utc_now(),
                exposed=options.exposed,
                exploited=options.exploited,
            )
    except OSError as error:
        raise FileRefused(
            f"{options.file} cannot be read: {error.strerror}.",
            hint="Name the .age file that was sealed to the program's keys.",
        ) from error
