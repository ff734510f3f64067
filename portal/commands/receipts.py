"""`portico receipt verify`: what a portal once signed, checked without trusting it today."""

import argparse
import json
from pathlib import Path

from portal.offline import reading, receipts, visible
from portal.offline.connection import Portal
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
    verify.add_argument("file", type=Path, metavar="FILE")
    source = verify.add_mutually_exclusive_group(required=True)
    source.add_argument("--key", type=Path, metavar="FILE", help="a keyset, or a receipt key")
    source.add_argument("--url", help="the portal, whose current keyset is fetched")
    verify.add_argument("--program", metavar="SLUG", help="with --url, if the receipt names none")
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    text = reading.text(options.file).strip()
    proof = _by_url(text, options) if options.url else _by_file(text, options.key)
    print(f"This {proof.kind} holds: the portal signed it on {proof.signed_at:%Y-%m-%d %H:%M} UTC.")
    for name, value in proof.claims.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        print(f"  {visible.line(name)}: {visible.line(shown)}")
    print("A signature shows what was said, not that the portal's clock was right.")
    return 0


def _by_file(text: str, path: Path) -> Proof:
    key = reading.text(path).strip()
    if "." not in key:
        return receipts.verify(text, key=statement.parse_key(key))
    return receipts.verify_by(text, keyset=Keyset.read(key, root=None))


def _by_url(text: str, options: argparse.Namespace) -> Proof:
    portal = Portal.at(options.url)
    program = options.program or receipts.program_named(text)
    keyset = Pins.of_user().verify(
        portal.text(f"/{program}/keyset.jws"),
        portal=portal.url,
        program=program,
        root=None,
        now=utc_now(),
    )
    print(f"Checked against the keyset signed by root {keyset.fingerprint}.")
    return receipts.verify_by(text, keyset=keyset)
