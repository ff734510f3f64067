"""The staff's part of a demo, played by a process of its own: keys made, keysets signed.

It writes private keys into one folder and signed keysets into another. The server reads only the
latter. Run as ``python -m portal.offline.rehearsal``.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.offline import key_files
from portal.offline.identity import StaffIdentity, parse_card, parse_root, root_text
from portal.offline.keyring import KeysetDraft, parse_public_key
from portal.policy.clocks import utc_now
from portal.policy.entries import RECOVERY, SetKind
from portal.policy.keyset import LIFETIME, Keyset

ROOT = "root.key"


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom a program's reports are sealed to.

    Attributes:
        program: Its slug.
        kind: Of every key.
        roles: One member of staff for each, and recovery besides.
    """

    program: str
    kind: SetKind
    roles: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Cast":
        """Read ``slug:kind:role,role``."""
        program, kind, roles = text.split(":", 2)
        named = tuple(role for role in roles.split(",") if role)
        return cls(program, "classic" if kind == "classic" else "hybrid", (*named, RECOVERY))


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo's keys and keysets lie."""

    keys: Path
    keysets: Path

    def root(self, now: datetime) -> Ed25519PrivateKey:
        """Return the root key, made on the first night."""
        path = self.keys / ROOT
        if not path.exists():
            made = root_text(Ed25519PrivateKey.generate(), made=now)
            key_files.write_new(path, made.encode())
        return parse_root(path.read_text(encoding="utf-8"))

    def cards(self, cast: Cast, now: datetime) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield each role with its public card, making the identities that are not there yet."""
        for role in cast.roles:
            path = self.keys / f"{cast.program}-{role.replace(' ', '-').lower()}.key"
            card = path.with_name(path.name + ".card")
            if not path.exists():
                name = f"{cast.program} {role}"
                made = StaffIdentity.generate(name, classic=cast.kind == "classic")
                key_files.write_new(path, made.file_text(made=now).encode())
                key_files.write_new(card, made.card_text().encode(), mode=key_files.PUBLIC_MODE)
            yield role, parse_card(card.read_text(encoding="utf-8"))

    def sign(self, cast: Cast, receipt_key: Ed25519PublicKey, now: datetime) -> None:
        """Write a fresh keyset for a program, following the one before it."""
        path = self.keysets / f"{cast.program}.keyset.jws"
        if path.exists():
            draft = KeysetDraft.after(Keyset.read(path.read_text(encoding="ascii"), root=None))
        else:
            draft = KeysetDraft(cast.program, cast.kind)
            for role, card in self.cards(cast, now):
                draft = draft.adding(card, role=role)
        draft = draft.with_receipt_key(receipt_key, now=now)
        path.write_text(draft.signed(self.root(now), days=LIFETIME.days, now=now), encoding="ascii")


def main() -> None:
    """Play the staff."""
    parser = argparse.ArgumentParser(prog="rehearsal")
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--keysets", type=Path, required=True)
    parser.add_argument("--receipt-key", type=Path, required=True)
    parser.add_argument("--program", action="append", type=Cast.parse, required=True)
    options = parser.parse_args()
    options.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    options.keysets.mkdir(parents=True, exist_ok=True)
    stage = Stage(options.keys, options.keysets)
    receipt_key = parse_public_key(options.receipt_key.read_text(encoding="ascii"))
    for cast in options.program:
        stage.sign(cast, receipt_key, utc_now())


if __name__ == "__main__":
    main()
