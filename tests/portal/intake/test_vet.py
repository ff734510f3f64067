"""Vetting: what is refused at the door, without any key."""

import hashlib
import io
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal import age
from portal.age.identities import HybridIdentity, X25519Identity
from portal.age.recipients import ScryptRecipient
from portal.errors import EnvelopeRefused, TooLarge
from portal.intake.delivery import Sealed
from portal.intake.vet import vet
from portal.policy.keyset import Keyset
from tests.actors import Staff, seal
from tests.conftest import START

LIMIT = 1024 * 1024


@pytest.fixture(params=["classic", "hybrid"])
def keyset(request: pytest.FixtureRequest) -> Keyset:
    """A keyset of either kind."""
    staff = Staff(request.param)
    text = staff.keyset("example", Ed25519PrivateKey.generate(), now=START)
    return Keyset.verify(text, root=None, program="example", now=START)


def identity(kind: str) -> str:
    """A fresh recipient of this kind."""
    made = X25519Identity.generate() if kind == "classic" else HybridIdentity.generate()
    return str(made.recipient)


def declared(data: bytes, **changes: object) -> Sealed:
    """A delivery that declares itself truthfully, but for the changes."""
    facts: dict[str, object] = {
        "role": "report",
        "source": io.BytesIO(data),
        "length": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "copies": 1,
    }
    return Sealed(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def sealed(keyset: Keyset) -> bytes:
    """A report sealed to the keyset and to the reporter."""
    return seal(b"x" * 1000, (*keyset.recipients, identity(keyset.kind)))


def test_a_sound_file_passes_with_its_hashes(keyset: Keyset, sealed: bytes) -> None:
    """Header and payload are told apart and hashed; together they are the file."""
    (parcel,) = vet([declared(sealed)], keyset=keyset, limit=LIMIT)
    envelope, payload = parcel.envelope, b"".join(parcel.payload())
    assert envelope.header + payload == sealed
    assert envelope.length == len(sealed)
    assert envelope.header_sha256 == hashlib.sha256(envelope.header).hexdigest()
    assert envelope.payload_sha256 == hashlib.sha256(payload).hexdigest()


def test_grease_is_no_recipient(keyset: Keyset, sealed: bytes) -> None:
    """One stanza that only keeps readers honest is let through and not counted."""
    grease = b"-> yX-grease 1\n\n"
    start = sealed.index(b"\n") + 1
    greased = sealed[:start] + grease + sealed[start:]
    vet([declared(greased)], keyset=keyset, limit=LIMIT)
    twice = sealed[:start] + grease + grease + sealed[start:]
    with pytest.raises(EnvelopeRefused):
        vet([declared(twice)], keyset=keyset, limit=LIMIT)


def _refused(change: Callable[[bytes, Keyset], Sealed], keyset: Keyset, sealed: bytes) -> str:
    with pytest.raises(EnvelopeRefused) as refusal:
        vet([change(sealed, keyset)], keyset=keyset, limit=LIMIT)
    assert refusal.value.hint
    return refusal.value.message


def _other_kind(kind: str) -> str:
    return "hybrid" if kind == "classic" else "classic"


FAULTS: dict[str, Callable[[bytes, Keyset], Sealed]] = {
    "not an age file": lambda _, __: declared(b"plain text, by mistake"),
    "empty": lambda _, __: declared(b""),
    "armoured": lambda _, __: declared(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"),
    "header cut": lambda data, _: declared(data[:100]),
    "payload missing": lambda data, keyset: declared(data[: data.index(b"\n--- ") + 49]),
    "nonce only": lambda data, keyset: declared(data[: data.index(b"\n--- ") + 49 + 16]),
    "length no file has": lambda data, _: declared(data + bytes(65552 - 1016 + 1)),
    "length mismatch": lambda data, _: declared(data, length=len(data) + 1),
    "hash mismatch": lambda data, _: declared(data, sha256="0" * 64),
    "cut on the way": lambda data, _: declared(data[:-1], length=len(data)),
    "a colleague left out": lambda _, keyset: declared(seal(b"x", keyset.recipients[:1])),
    "own copy missing": lambda _, keyset: declared(seal(b"x", keyset.recipients)),
    "too many": lambda _, keyset: declared(
        seal(b"x", (*keyset.recipients, identity(keyset.kind), identity(keyset.kind)))
    ),
    "other kind": lambda _, keyset: declared(
        seal(b"x", tuple(identity(_other_kind(keyset.kind)) for _ in range(3)))
    ),
    "sixty-five": lambda _, keyset: declared(
        seal(b"x", tuple(identity(keyset.kind) for _ in range(65)))
    ),
    "passphrase": lambda _, __: declared(_scrypt()),
}


def _scrypt() -> bytes:
    sink = io.BytesIO()
    age.encrypt(io.BytesIO(b"x"), [ScryptRecipient("sesame", work_factor=4)], sink)
    return sink.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_advice(fault: str, keyset: Keyset, sealed: bytes) -> None:
    """Each way a file can be wrong is refused, in words that say what to do."""
    assert _refused(FAULTS[fault], keyset, sealed)


def test_a_file_over_the_limit_is_refused(keyset: Keyset) -> None:
    """The limit holds for one file and for all together."""
    recipients = (*keyset.recipients, identity(keyset.kind))
    with pytest.raises(TooLarge):
        vet([declared(seal(bytes(LIMIT), recipients))], keyset=keyset, limit=LIMIT)
    half = seal(bytes(LIMIT * 2 // 3), recipients)
    with pytest.raises(TooLarge):
        pair = [declared(half), declared(half, role="attachments")]
        vet(pair, keyset=keyset, limit=LIMIT)


@pytest.mark.parametrize("own", [0, 1])
def test_a_file_sealed_by_hand_needs_every_colleague(own: int, keyset: Keyset) -> None:
    """Without script nothing is declared, and the reporter's own copy is their choice."""
    recipients = (*keyset.recipients, *(identity(keyset.kind) for _ in range(own)))
    by_hand = Sealed("sealed", io.BytesIO(seal(b"any content", recipients)))
    (parcel,) = vet([by_hand], keyset=keyset, limit=LIMIT)
    assert parcel.envelope.stanzas == len(keyset.recipients) + own
