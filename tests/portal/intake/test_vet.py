"""Vetting: what is refused at the door, without any key."""

import hashlib
import io

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import EnvelopeRefused, TooLarge
from portal.intake.delivery import Sealed
from portal.intake.vet import vet
from portal.policy.keyset import Keyset
from tests.actors import Staff, seal
from tests.conftest import START
from tests.faults import FAULTS, recipient

LIMIT = 1024 * 1024


@pytest.fixture(params=["classic", "hybrid"])
def keyset(request: pytest.FixtureRequest) -> Keyset:
    """A keyset of either kind."""
    staff = Staff(request.param)
    text = staff.keyset("example", Ed25519PrivateKey.generate(), now=START)
    return Keyset.verify(text, root=None, program="example", now=START)


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
    return seal(b"x" * 200_000, (*keyset.recipients, recipient(keyset.kind)))


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


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_in_its_own_words(name: str, keyset: Keyset, sealed: bytes) -> None:
    """Each way a file can be wrong is named, with what to do."""
    fault = FAULTS[name]
    data = fault.change(sealed, keyset)
    changes = {key.removeprefix("report_"): value for key, value in fault.declared.items()}
    if "length" in changes:
        changes["length"] = int(changes["length"])
    with pytest.raises(EnvelopeRefused, match=fault.phrase) as refusal:
        vet([declared(data, **changes)], keyset=keyset, limit=LIMIT)
    assert refusal.value.hint


def test_a_file_over_the_limit_is_refused(keyset: Keyset) -> None:
    """The limit holds for one file and for all together."""
    recipients = (*keyset.recipients, recipient(keyset.kind))
    with pytest.raises(TooLarge):
        vet([declared(seal(bytes(LIMIT), recipients))], keyset=keyset, limit=LIMIT)
    half = seal(bytes(LIMIT * 2 // 3), recipients)
    with pytest.raises(TooLarge):
        pair = [declared(half), declared(half, role="attachments")]
        vet(pair, keyset=keyset, limit=LIMIT)


@pytest.mark.parametrize("own", [0, 1])
def test_a_file_sealed_by_hand_needs_every_colleague(own: int, keyset: Keyset) -> None:
    """Without script nothing is declared, and the reporter's own copy is their choice."""
    recipients = (*keyset.recipients, *(recipient(keyset.kind) for _ in range(own)))
    by_hand = Sealed("sealed", io.BytesIO(seal(b"any content", recipients)))
    (parcel,) = vet([by_hand], keyset=keyset, limit=LIMIT)
    assert parcel.envelope.stanzas == len(keyset.recipients) + own
