"""`portico submit` and `portico status`: what a researcher does without a browser."""

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from getpass import getpass
from pathlib import Path
from typing import Any

from portal.errors import PortalRefused, StatementRefused
from portal.intake.token import Token
from portal.offline import key_files, reading, status, submit, visible
from portal.offline.connection import Portal, Unanswered
from portal.offline.file_names import flat_name
from portal.offline.order import Order, fields_of
from portal.offline.pins import Pins
from portal.offline.receipts import Proof
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset

_STATUS_CODE = re.compile(r"[0-9a-f]{64}")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    _register_submit(subparsers)
    follow = subparsers.add_parser("status", help="see how a report stands")
    follow.add_argument("--url", required=True, help="address of the portal")
    follow.add_argument(
        "token", nargs="?", metavar="TOKEN|-", help="asked for when left out; - reads it from stdin"
    )
    follow.set_defaults(run=_status)


def _register_submit(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    send = subparsers.add_parser(
        "submit",
        help="seal a report and send it",
        description="Seal a report on this machine and send it. The first .md file is the report; "
        "headings that are questions of the form give those answers. All other files are attached.",
    )
    send.add_argument("--url", required=True, help="address of the portal")
    send.add_argument("--program", required=True, metavar="SLUG")
    send.add_argument("--target", required=True, help="checked without its path and query")
    send.add_argument("--title", required=True, help="what is wrong, and where, in one line")
    send.add_argument("files", nargs="+", type=Path, metavar="FILE")
    send.add_argument("--field", action="append", default=[], metavar="ID=TEXT", type=_pair)
    send.add_argument("--answer", action="append", default=[], metavar="ID=yes|no", type=_pair)
    send.add_argument("--attest", action="append", default=[], metavar="CLAUSE")
    send.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    send.add_argument("--no-copy", action="store_true", help="do not let the token open it")
    send.add_argument("--with-path", action="store_true", help="let the check see the path too")
    send.add_argument(
        "--receipts", type=Path, default=Path(), metavar="DIR", help="where to keep it"
    )
    send.set_defaults(run=_submit)


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise argparse.ArgumentTypeError("write it as NAME=VALUE")
    return name, value


def _submit(options: argparse.Namespace) -> int:
    order = _order(options)
    portal, now = Portal.at(options.url), utc_now()
    pins = Pins.of_user()
    known = pins.of(portal.url, order.program).root or options.root
    text = portal.text(f"/{order.program}/keyset.jws")
    keyset = pins.verify(text, portal=portal.url, program=order.program, root=options.root, now=now)
    _show_root(keyset, known=known is not None)
    checked = submit.check(order, portal=portal, keyset=keyset)
    _show_verdict(checked.verdict)
    token = Token.mint()
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        sealed = submit.seal(
            order, checked, keyset=keyset, token=token, folder=Path(folder), now=now
        )
        try:
            receipt, proof = submit.send(
                order, checked, sealed, portal=portal, keyset=keyset, token=token
            )
        except (Unanswered, StatementRefused):
            print(f"If the report did arrive, this token shows it: {token.text}")
            raise
    _show_kept(token, receipt, proof, options.receipts)
    return 0


def _order(options: argparse.Namespace) -> Order:
    files: list[Path] = list(options.files)
    report = next((path for path in files if path.suffix.lower() == ".md"), None)
    if report is None:
        raise PortalRefused(
            "None of the files is the report.", hint="Write it as Markdown, in a file named .md."
        )
    text = reading.text(report)
    files.remove(report)
    for path in files:
        if not path.is_file():
            raise PortalRefused(f"{path} is not a file.", hint="Pack folders into an archive.")
    fields = fields_of(text, title=options.title, target=options.target)
    return Order(
        program=options.program,
        target=options.target,
        fields=fields | dict(options.field),
        files=files,
        answers={name: value == "yes" for name, value in options.answer},
        attested=options.attest,
        own_copy=not options.no_copy,
        with_path=options.with_path,
    )


def _show_root(keyset: Keyset, *, known: bool) -> None:
    print(f"Sealing to version {keyset.version} of the keyset, {len(keyset.recipients)} keys.")
    if not known:
        print(f"Its root key was not seen before: {keyset.fingerprint}")
        print(
            "Compare it with the one on the program's keys page, and with one you got another way."
        )
        print("From now on it is expected.")


def _show_verdict(verdict: Mapping[str, Any]) -> None:
    ruling, reason = (
        visible.line(verdict.get("ruling", "")),
        visible.line(verdict.get("reason", "")),
    )
    print(f"Target: {ruling or 'not checked'}. {reason}".rstrip())
    for question in _objects(verdict.get("questions")):
        identifier = visible.line(question.get("id"))
        print(f"  {visible.line(question.get('text'))}  (--answer {identifier}=yes or no)")


def _objects(listed: object) -> Iterable[Mapping[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _show_kept(token: Token, receipt: str, proof: Proof, folder: Path) -> None:
    """Print the token before anything else can fail."""
    report = visible.line(proof.claims.get("report"))
    print(f"Kept as report {report}.")
    print(f"Token    {token.text}")
    print("  Write it down now: it is the only way to follow the report, and is kept nowhere else.")
    path = folder / flat_name(f"receipt-{report}.jws")
    key_files.write_new(path, receipt.encode("utf-8") + b"\n", mode=key_files.PUBLIC_MODE)
    print(f"Receipt  {path}")
    for deadline in _objects(proof.claims.get("deadlines")):
        due = visible.line(deadline.get("due") or "no date yet")
        print(f"  {visible.line(deadline.get('label'))}: {due}")


def _status(options: argparse.Namespace) -> int:
    portal = Portal.at(options.url)
    lookup = _lookup(_token_text(options.token))
    for line in status.told(status.ask(portal, lookup)):
        print(line)
    return 0


def _token_text(given: str | None) -> str:
    if given is None:
        return getpass("Token: ")
    if given == "-":
        return sys.stdin.readline()
    sys.stderr.write(
        "portico: a token on the command line stays in the shell's history and is visible to "
        "other users; leave it out to be asked.\n"
    )
    return given


def _lookup(text: str) -> str:
    """Return the look-up value of a token, or a status code as it is."""
    code = "".join(text.split()).lower()
    return code if _STATUS_CODE.fullmatch(code) else Token.parse(text).lookup
