"""Altered files: thousands of them, and not one is accepted."""

import random
import time
from collections.abc import Callable

import pytest

from portal.age.errors import AgeError
from portal.age.identities import HybridIdentity, Identity, ScryptIdentity, X25519Identity
from portal.age.recipients import ScryptRecipient

pytestmark = pytest.mark.thorough

Seal = Callable[..., bytes]
Unseal = Callable[..., bytes]
MUTANTS = 2500  # of each kind of file
SECONDS = 6.0  # of each kind, on a slow machine
SEED = 20_260_731
TOKENS = [b"\n", b"\r\n", b" ", b"=", b"-> ", b"---", b"--- ", b"A", b"\x00", b"\xff", b"-> X25519"]


def mutant(file: bytes, chance: random.Random) -> bytes:
    """Return the file with one to three small wounds."""
    data = bytearray(file)
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(data) or 1)
        end = min(len(data), start + chance.choice([1, 1, 2, 16, 64]))
        match chance.randrange(6):
            case 0 if data:
                data[start % len(data)] ^= 1 << chance.randrange(8)
            case 1:
                del data[start:end]
            case 2:
                data[start:start] = data[start:end]
            case 3:
                data[start:start] = chance.choice(TOKENS)
            case 4:
                data[start:end] = chance.choice(TOKENS)
            case _:
                del data[start:]
    return bytes(data)


@pytest.mark.parametrize("kind", ["classic", "hybrid", "passphrase"])
def test_no_altered_file_is_accepted(
    kind: str, classic: X25519Identity, hybrid: HybridIdentity, seal: Seal, unseal: Unseal
) -> None:
    """Every mutant is refused with one of our own errors; nothing else ever escapes."""
    keys: dict[str, Identity] = {"classic": classic, "hybrid": hybrid}
    identity = keys.get(kind) or ScryptIdentity("x", 3)
    to = ScryptRecipient("x", 2) if isinstance(identity, ScryptIdentity) else identity.recipient
    file = seal(bytes(300), [to])
    chance = random.Random(f"{SEED} {kind}")
    stop = time.monotonic() + SECONDS
    tried = 0
    while tried < MUTANTS and time.monotonic() < stop:
        altered = mutant(file, chance)
        if altered == file:
            continue
        with pytest.raises(AgeError):
            unseal(altered, [identity])
        tried += 1
    assert tried > MUTANTS // 20
