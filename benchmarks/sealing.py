"""Sealing, opening, and what the server does instead: reading a header without a key."""

import hashlib
import io
from pathlib import Path

from benchmarks.measure import Result, rate
from portal import age
from portal.age import header
from portal.age.identities import HybridIdentity, X25519Identity

MEGABYTES = 16


def run(_folder: Path) -> list[Result]:
    """Measure both kinds of key."""
    plain = bytes(MEGABYTES * 2**20)
    hashing = rate(lambda: hashlib.sha256(plain).digest(), amount=MEGABYTES)
    results = [Result("SHA-256 alone", hashing, "MiB/s")]
    for name, identity in (
        ("classic", X25519Identity.generate()),
        ("hybrid", HybridIdentity.generate()),
    ):
        to, key = str(identity.recipient), identity.text
        sealed = _sealed(plain, to)
        seal = rate(lambda to=to: _sealed(plain, to), amount=MEGABYTES)  # type: ignore[misc]
        opened = rate(
            lambda sealed=sealed, key=key: age.decrypt(io.BytesIO(sealed), [key], io.BytesIO()),  # type: ignore[misc]
            amount=MEGABYTES,
        )
        vetted = rate(lambda sealed=sealed: header.read(io.BytesIO(sealed)))  # type: ignore[misc]
        results += [
            Result(f"seal, {name}", seal, "MiB/s", "SHA-256", seal / hashing),
            Result(f"open, {name}", opened, "MiB/s", "SHA-256", opened / hashing),
            Result(f"read a header without a key, {name}", vetted, "files/s"),
        ]
    return results


def _sealed(plain: bytes, recipient: str) -> bytes:
    sink = io.BytesIO()
    age.encrypt(io.BytesIO(plain), [recipient], sink)
    return sink.getvalue()
