"""Sharing a sealed file with more people: a new header for the file key of the old one.

The payload stays as it is, to the byte. What this gives, nothing takes back: whoever could open the
file under its old header still can. `static/js/desk/rewrap.js` does the same.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portal.age import header as age_header
from portal.age.bytestreams import Source
from portal.age.decrypting import decrypt, unlock
from portal.age.encrypting import headed
from portal.age.errors import AgeError, NoMatch
from portal.age.identities import KeyIdentity
from portal.errors import SharingRefused

NOTHING_SHARED: Final = "Nothing was shared; the file stays as it was."


def rewrap(raw: bytes, known: Sequence[KeyIdentity], to: Iterable[str]) -> bytes:
    """Return a new header for a file, sure to give the same file key.

    Args:
        raw: The header of the file, and nothing after it.
        known: Identities, one of which opens the file and is among the recipients.
        to: All who shall open it, as ``age1…`` text, all of one kind.

    Raises:
        AgeError: None of the identities opens the file, its header was altered, or the recipients
            are no set to seal to.
        SharingRefused: The identity that opens it is not among the recipients, so that nobody
            could tell whether the new header holds.
    """
    made = headed(unlock(_read(raw), known), to)
    try:
        unlock(_read(made), known)  # its code fits the one file key that made it
    except NoMatch:
        raise SharingRefused(
            "The new header does not open with your identity.",
            hint=f"Share with the identity of somebody in the new keyset. {NOTHING_SHARED}",
        ) from None
    return made


def require_opens(raw: bytes, payload: Source, known: Sequence[KeyIdentity]) -> None:
    """Open a whole file through a header; every chunk of its payload is authenticated.

    Args:
        raw: The header.
        payload: Binary stream at the first byte that follows the header.
        known: Identities to try.

    Raises:
        SharingRefused: It does not open.
    """
    try:
        decrypt(_Behind(io.BytesIO(raw), payload), known, _Nowhere())
    except AgeError as error:
        raise SharingRefused(
            f"The file does not open through its new header. {error.message}", hint=NOTHING_SHARED
        ) from error


@dataclass(frozen=True, slots=True)
class _Behind:
    """A payload behind another header than its own."""

    header: io.BytesIO
    payload: Source

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, of the header first."""
        return self.header.read(size) or self.payload.read(size)

    def readline(self, size: int, /) -> bytes:
        """Return the next line, of the header first."""
        return self.header.readline(size) or self.payload.readline(size)


class _Nowhere:
    """Takes content that is only to be authenticated."""

    def write(self, data: bytes, /) -> int:
        """Forget it."""
        return len(data)


def _read(raw: bytes) -> age_header.Header:
    return age_header.read(io.BytesIO(raw))
