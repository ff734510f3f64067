"""Vetting: what can be made sure of an age file without any key."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from portal.age import header as age_header
from portal.age import sizes
from portal.age.errors import AgeError, PayloadFailure
from portal.cases.envelope import CHUNK, Envelope, Parcel
from portal.errors import EnvelopeRefused, TooLarge
from portal.intake import stanzas
from portal.intake.delivery import Sealed
from portal.policy.keyset import Keyset

_NAMES = {
    "report": "The report",
    "attachments": "The file with your evidence",
    "sealed": "The file",
    "message": "The message",
    "files": "The file with what you attached",
    "memo": "The note",
}


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
    stanzas.check(header.stanzas, keyset=keyset, copies=sealed.copies)
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
