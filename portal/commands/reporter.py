"""`portico submit`: reporting without a browser."""

import argparse
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.cases.kinds import QUESTION
from portal.commands import ordering
from portal.errors import StatementRefused
from portal.intake.token import Token
from portal.offline import (
    key_files,
    promised,
    readiness,
    submit,
    visible,
)
from portal.offline.answers import Unanswered
from portal.offline.connection import Portal
from portal.offline.file_names import flat_name
from portal.offline.order import Order
from portal.offline.pins import Pins
from portal.offline.receipts import Proof
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    send = subparsers.add_parser(
        "submit",
        help="seal a report and send it",
        description="Seal a report on this machine and send it. The first .md file is the report: "
        "the program's report.md filled in, or any text, in which headings that are questions of "
        "the form give those answers. All other files are attached, as they are.",
    )
    send.add_argument("--url", required=True, help="address of the portal")
    ordering.add(send)
    send.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    send.add_argument(
        "--unchecked",
        action="store_true",
        help="send it although the target cannot be checked, or its questions are left open",
    )
    send.add_argument(
        "--receipts", type=Path, default=Path(), metavar="DIR", help="where to keep it"
    )
    send.set_defaults(run=_submit)


def _submit(options: argparse.Namespace) -> int:
    wanted = ordering.read(options)
    if not options.unchecked:
        readiness.check_target(wanted)
    _show_order(wanted)
    portal, now = Portal.at(options.url), utc_now()
    keyset = _keyset(portal, wanted, root=options.root, now=now)
    checked = _checked(wanted, portal, keyset, unchecked=options.unchecked)
    token = Token.mint()
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        sealed = submit.seal(
            wanted, checked, keyset=keyset, token=token, folder=Path(folder), now=now
        )
        readiness.check_length(sum(each.length for each in sealed))
        try:
            receipt, proof = submit.send(
                wanted, checked, sealed, portal=portal, keyset=keyset, token=token
            )
        except (Unanswered, StatementRefused):
            print(f"If the report did arrive, this token shows it: {token.text}")
            raise
    _show_kept(token, receipt, proof, options.receipts)
    return 0


def _keyset(portal: Portal, wanted: Order, *, root: str | None, now: datetime) -> Keyset:
    """Return the keys to seal to, once sure of their root, and say what they are."""
    pins = Pins.of_user()
    known = pins.of(portal.url, wanted.program).root or root
    keyset = pins.verify(
        portal.text(f"/{wanted.program}/keyset.jws"),
        portal=portal.url,
        program=wanted.program,
        root=root,
        now=now,
    )
    _show_root(keyset, known=known is not None)
    return keyset


def _checked(wanted: Order, portal: Portal, keyset: Keyset, *, unchecked: bool) -> submit.Checked:
    """Have the target ruled on, and show the ruling before anything depends on it."""
    checked = submit.check(wanted, portal=portal, keyset=keyset)
    if wanted.kind == QUESTION:
        return checked
    _show_verdict(checked.verdict, wanted)
    if not unchecked:
        readiness.check_verdict(checked.verdict, answers=wanted.answers)
    return checked


def _show_order(wanted: Order) -> None:
    """Show what the reporter is about to state, and what no sealing takes out."""
    if wanted.exposed or wanted.exploited:
        ticked = ["data lies open"] * wanted.exposed + ["it is being exploited"] * wanted.exploited
        print(f"The server sees, and staff open it first: {', '.join(ticked)}.")
    if wanted.attested:
        print(f"You confirm: {_listed(wanted.attested)}.")
    if wanted.used:
        print(f"You did, although the policy rules it out: {_listed(wanted.used)}.")
    pictures = readiness.pictures(wanted.files)
    if pictures:
        print(f"Pictures are sent as they are: {_listed(path.name for path in pictures)}.")
        print("  They may hold place and camera; `exiftool -all= FILE` takes that out.")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(visible.line, names))


def _show_root(keyset: Keyset, *, known: bool) -> None:
    print(f"Sealing to version {keyset.version} of the keyset, {len(keyset.recipients)} keys.")
    if not known:
        print(f"Its root key was not seen before: {keyset.fingerprint}")
        print(
            "Compare it with the one on the program's keys page, and with one you got another way."
        )
        print("From now on it is expected.")


def _show_verdict(verdict: Mapping[str, Any], wanted: Order) -> None:
    ruling, reason = (
        visible.line(verdict.get("ruling", "")),
        visible.line(verdict.get("reason", "")),
    )
    if not ruling or ruling == submit.INVALID:
        print(f"Target: not checked. {reason or readiness.UNCLEAR}")
        return
    print(f"Target: {ruling}. {reason}".rstrip())
    for name, question in readiness.questions(verdict).items():
        if name not in wanted.answers:
            print(f"  {question}  (--answer {name}=yes or --answer {name}=no)")


def _show_kept(token: Token, receipt: str, proof: Proof, folder: Path) -> None:
    """Print the token before anything else can fail."""
    report = visible.line(proof.claims.get("report"))
    print(f"Kept as report {report}.")
    print(f"Token    {token.text}")
    print("  Write it down now: it is the only way to follow the report, and is kept nowhere else.")
    path = folder / flat_name(f"receipt-{report}.jws")
    key_files.write_new(path, receipt.encode("utf-8") + b"\n", mode=key_files.PUBLIC_MODE)
    print(f"Receipt  {path}")
    for line in promised.told(proof.claims.get("deadlines")):
        print(line)
