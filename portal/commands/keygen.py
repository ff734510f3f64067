"""`portico keygen`: an identity for one member of staff, or the root key of a program."""

import argparse
from datetime import UTC
from getpass import getpass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import probe
from portal.errors import IdentityRefused
from portal.offline import key_files
from portal.offline.identity import StaffIdentity, root_text
from portal.policy import statement
from portal.policy.clocks import utc_now


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    keygen = subparsers.add_parser(
        "keygen",
        help="make an identity, or a root key",
        description="Make the keys of one person, on that person's own machine. Also writes "
        "FILE.card, which goes to whoever keeps the keyset. `age -d -i FILE` works with it.",
    )
    keygen.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    keygen.add_argument("--name", help="as colleagues know you; the file's name otherwise")
    keygen.add_argument("--passphrase", action="store_true", help="lock the file; asks for one")
    kind = keygen.add_mutually_exclusive_group()
    kind.add_argument("--classic", action="store_true", help="X25519, not post-quantum")
    kind.add_argument("--root", action="store_true", help="the offline key that signs keysets")
    keygen.set_defaults(run=_keygen)


def _keygen(options: argparse.Namespace) -> int:
    return _root(options) if options.root else _identity(options)


def _identity(options: argparse.Namespace) -> int:
    if not options.classic:
        probe.require_hybrid()
    card = options.output.with_name(options.output.name + ".card")
    if card.exists():
        raise IdentityRefused(
            f"{card} is there already, and nothing is overwritten.", hint="Choose another name."
        )
    made = StaffIdentity.generate(options.name or options.output.stem, classic=options.classic)
    _write(options, made.file_text(made=utc_now().astimezone(UTC)))
    key_files.write_new(card, made.card_text().encode("utf-8"), mode=key_files.PUBLIC_MODE)
    print(f"Your identity is in {options.output}. Keep it secret, and keep a copy.")
    print(f"Give {card} to whoever keeps the keyset.")
    if options.classic:
        print("It is a classic key: what is sealed to it may be read by future quantum computers.")
    return 0


def _root(options: argparse.Namespace) -> int:
    root = Ed25519PrivateKey.generate()
    _write(options, root_text(root, made=utc_now().astimezone(UTC)))
    print(f"The root key is in {options.output}. Keep it offline, and keep a copy.")
    print(f"Its fingerprint, to be published: {statement.fingerprint(root.public_key())}")
    return 0


def _write(options: argparse.Namespace, text: str) -> None:
    content = text.encode("utf-8")
    if options.passphrase:
        content = key_files.locked(text, _new_passphrase())
    key_files.write_new(options.output, content)


def _new_passphrase() -> str:
    first = getpass("Passphrase, several words: ")
    if getpass("The same again: ") != first:
        raise IdentityRefused("The two passphrases differ.", hint="Nothing was written. Try again.")
    return first
