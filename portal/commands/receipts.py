"""`portico receipt verify`: what a portal once signed, checked without trusting it today."""

import argparse
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from portal.commands.scope import explained, known
from portal.errors import PortalRefused, StatementRefused
from portal.offline import changes, feed, kept, reading, receipt_text, receipts, visible
from portal.offline.connection import Portal
from portal.offline.kept import Kept
from portal.offline.pins import Pins
from portal.offline.receipts import Proof
from portal.policy import statement
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    receipt = subparsers.add_parser("receipt", help="check a receipt")
    verbs = receipt.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="check a receipt's signature, and show what it says")
    verify.add_argument(
        "file", type=Path, metavar="FILE", help="a receipt, or the checker's whole answer"
    )
    source = verify.add_mutually_exclusive_group(required=True)
    source.add_argument("--key", type=Path, metavar="FILE", help="a keyset, or a receipt key")
    source.add_argument("--url", help="the portal, whose current keyset is fetched")
    verify.add_argument("--program", metavar="SLUG", help="with --url, if the receipt names none")
    verify.add_argument("--target", help="is a scope receipt about this target? needs --code")
    verify.add_argument("--code", help="the code that came with the scope receipt")
    verify.add_argument(
        "--scope", type=Path, metavar="FILE", help="a saved scope.json; what changed since?"
    )
    known.add_answers(verify)
    verify.add_argument("--json", action="store_true", help="print the claims, and nothing else")
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    now = utc_now()
    found = kept.read(reading.text(options.file))
    text = found.receipt
    proof, root = _by_url(text, options, now) if options.url else _by_file(text, options.key)
    about = _about(proof, found, options)
    if options.scope and about is None:
        raise StatementRefused(
            "What changed can only be said about a target.", hint="Give --target and --code."
        )
    if options.json:
        print(json.dumps(proof.claims, indent=2))
        return 0
    if root:
        print(f"Checked against the keyset signed by root {root}.")
    for line in receipt_text.told(proof):
        print(line)
    if about is not None:
        print(f"It is about the target {visible.line(about)}.")
        for line in _since(proof, about, options, now):
            print(visible.line(line))
    print("A signature shows what was said, not that the portal's clock was right.")
    return 0


def _about(proof: Proof, found: Kept, options: argparse.Namespace) -> str | None:
    """Return the target a receipt was shown to be about; None when there is nothing to show it by.

    Raises:
        StatementRefused: Target or code is missing, or the receipt is not about them.
    """
    target = found.target if options.target is None else options.target
    code = found.code if options.code is None else options.code
    if target is None and code is None:
        return None
    if target is None or code is None:
        raise StatementRefused(
            "A target can only be shown with its code.", hint="Give both --target and --code."
        )
    return receipts.target_shown(proof, nonce=code.strip(), text=target)


def _since(proof: Proof, target: str, options: argparse.Namespace, now: datetime) -> Iterator[str]:
    """Yield what changed since; a portal that cannot say what applies now leaves that open."""
    if options.scope:
        published = feed.saved(options.scope)
    elif options.url:
        try:
            published = feed.fetch(Portal.at(options.url), str(proof.claims.get("program")))
        except PortalRefused as refusal:
            yield f"Whether that still applies is not known. {refusal.message}"
            return
    else:
        return
    found = changes.changed(
        proof,
        target=target,
        feed=published,
        answers=dict(options.answers or ()),
        today=known.today(now),
    )
    yield found.sentence
    yield from explained.asked(found.verdict)


def _by_file(text: str, path: Path) -> tuple[Proof, None]:
    key = reading.text(path).strip()
    if "." not in key:
        return receipts.verify(text, key=statement.parse_key(key)), None
    return receipts.verify_by(text, keyset=Keyset.read(key, root=None)), None


def _by_url(text: str, options: argparse.Namespace, now: datetime) -> tuple[Proof, str]:
    portal = Portal.at(options.url)
    program = options.program or receipts.program_named(text)
    keyset = Pins.of_user().verify(
        portal.text(f"/{program}/keyset.jws"),
        portal=portal.url,
        program=program,
        root=None,
        now=now,
    )
    return receipts.verify_by(text, keyset=keyset), keyset.fingerprint
