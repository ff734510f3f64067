"""Vetting: what can be made sure of an age file without any key."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from portal.age import header as age_header
from portal.age import sizes
from portal.age.errors import AgeError, PayloadFailure
from portal.age.header import Stanza
from portal.cases.envelope import CHUNK, Envelope, Parcel
from portal.errors import EnvelopeRefused, TooLarge
from portal.intake.delivery import Sealed
from portal.policy.entries import MAX_STANZAS
from portal.policy.keyset import Keyset

# Characters of each argument (a share) and bytes of the body (a file key of 16 with its tag).
_SHAPES = {"X25519": ([43], 32), "mlkem768x25519": ([1494], 32)}
_NAMES = {
    "report": "The report",
    "attachments": "The file with your evidence",
    "sealed": "The file",
}
_STANZA = {"hybrid": "mlkem768x25519", "classic": "X25519"}
_KIND = {stanza: kind for kind, stanza in _STANZA.items()}


def vet(sealed: Sequence[Sealed], *, keyset: Keyset, limit: int) -> tuple[Parcel, ...]:
    """Make sure every file could be a report to this program, as far as anyone can without a key.

    Args:
        sealed: The files as delivered.
        keyset: Whose recipients they must be sealed to.
        limit: Most bytes all files may have together.

    Raises:
        EnvelopeRefused: Not an age file; recipients of another kind, too few or too many, or a
            passphrase; a payload that cannot be whole; another length or hash than declared.
        TooLarge: More bytes than the limit.
    """
    parcels = tuple(_vet_one(one, keyset=keyset, limit=limit) for one in sealed)
    if sum(parcel.envelope.length for parcel in parcels) > limit:
        raise too_large(limit)
    return parcels


def too_large(limit: int) -> TooLarge:
    """Say how much the portal takes."""
    return TooLarge(
        f"This is more than the portal takes at once ({limit // 2**20} MB).",
        hint="Leave out the largest file and offer it in the report; staff say how to send it.",
    )


def _vet_one(sealed: Sealed, *, keyset: Keyset, limit: int) -> Parcel:
    source = sealed.source
    try:
        header = age_header.read(source)
    except AgeError as fault:
        raise EnvelopeRefused(
            f"{_NAMES[sealed.role]} is not an age file. {fault}",
            hint="Seal it again, and send the .age file itself, in binary form, not as text.",
        ) from fault
    _check_stanzas([stanza.type for stanza in header.stanzas], sealed, keyset)
    _check_shapes(header.stanzas)
    measured = _measure(source, header.raw, limit)
    _check_payload_length(measured.payload_length)
    _check_declared(sealed, measured)
    return Parcel(
        Envelope(
            role=sealed.role,
            length=measured.length,
            stanzas=len(header.stanzas),
            header=header.raw,
            header_sha256=hashlib.sha256(header.raw).hexdigest(),
            payload_sha256=measured.payload_sha256,
        ),
        source,
    )


def _check_stanzas(types: Sequence[str], sealed: Sealed, keyset: Keyset) -> None:
    count = Counter(kind for kind in types if not kind.endswith("-grease"))
    if len(types) > MAX_STANZAS or len(types) - count.total() > 1:
        raise EnvelopeRefused(
            f"The file names {len(types)} recipients, more than any keyset lists.",
            hint="Seal it to the recipients shown on the page, and to nobody else but yourself.",
        )
    if "scrypt" in count:
        raise EnvelopeRefused(
            "The file is locked with a passphrase, which staff do not have.",
            hint="Seal it with `age -R` and the recipients shown on the page.",
        )
    if set(count) != {_STANZA[keyset.kind]}:
        kinds = " and ".join(sorted(_KIND.get(kind, kind) for kind in count)) or "nobody"
        raise EnvelopeRefused(
            f"The file is sealed to {kinds} keys; this program's keys are {keyset.kind}.",
            hint="Use the recipients shown on the page, without adding keys of another kind.",
        )
    _check_count(count.total(), sealed, len(keyset.recipients))


def _check_shapes(stanzas: Sequence[Stanza]) -> None:
    """Make sure that each wrapped key could be one; whether it is, only its owner can tell."""
    for stanza in stanzas:
        shape = _SHAPES.get(stanza.type)
        if shape and ([len(text) for text in stanza.args], len(stanza.body)) != shape:
            raise EnvelopeRefused(
                "One of the wrapped keys in the file is damaged.",
                hint="Seal the report again and send the new file.",
            )


def _check_count(found: int, sealed: Sealed, staff: int) -> None:
    # Who the recipients are cannot be seen without a key; how many can.
    allowed = range(staff, staff + 2) if sealed.copies is None else [staff + sealed.copies]
    if found not in allowed:
        raise EnvelopeRefused(
            f"The file is sealed to {found} recipients; the keyset has {staff}, all of whom are "
            "needed, and nobody else but you.",
            hint="Seal it to every recipient shown on the page, so that no colleague is left out.",
        )


@dataclass(frozen=True, slots=True)
class _Measured:
    length: int
    sha256: str
    payload_length: int
    payload_sha256: str


def _measure(source: IO[bytes], header: bytes, limit: int) -> _Measured:
    """Read the rest of the file once, hashing as it goes."""
    whole, payload, length = hashlib.sha256(header), hashlib.sha256(), 0
    while block := source.read(CHUNK):
        length += len(block)
        if len(header) + length > limit:
            raise too_large(limit)
        whole.update(block)
        payload.update(block)
    return _Measured(len(header) + length, whole.hexdigest(), length, payload.hexdigest())


def _check_payload_length(length: int) -> None:
    try:
        sizes.plaintext_length(length)
    except PayloadFailure as fault:
        raise EnvelopeRefused(
            "The file was cut off: no age file has this length.",
            hint="Send it again from the start; if that fails, seal it again.",
        ) from fault


def _check_declared(sealed: Sealed, measured: _Measured) -> None:
    if sealed.length is not None and sealed.length != measured.length:
        raise EnvelopeRefused(
            f"{measured.length} bytes arrived, {sealed.length} were announced.",
            hint="The connection cut the file. Send it again.",
        )
    if sealed.sha256 is not None and sealed.sha256 != measured.sha256:
        raise EnvelopeRefused(
            "The file that arrived is not the file that was announced.",
            hint="Something changed it on the way. Send it again.",
        )
