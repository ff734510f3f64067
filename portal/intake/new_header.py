"""A new header on its way in: it gives a file that is kept here to more people."""

import base64
import binascii
import io

from portal.age import header as age_header
from portal.age.errors import AgeError
from portal.errors import EnvelopeRefused, KeysetOutdated
from portal.intake import stanzas
from portal.policy.keyset import Keyset


def read(
    text: object, *, keyset_version: object, keyset: Keyset, copies: int | None = None
) -> bytes:
    """Return the header in a request, vetted as far as anyone can without a key.

    Args:
        text: The header in base64.
        keyset_version: What its author made it for.
        keyset: The one in force.
        copies: As in `vetted`.

    Raises:
        EnvelopeRefused: It is not base64, no age header, has something after its end, or is not
            for exactly the staff and those copies.
        KeysetOutdated: It was made for another keyset.
    """
    if keyset_version != keyset.version or isinstance(keyset_version, bool):
        raise KeysetOutdated(
            "The program's keys have changed since this file was shared.",
            hint="Load the page of keys again and share once more; it uses the new keys then.",
        )
    return vetted(_decoded(text), keyset=keyset, copies=copies)


def vetted(raw: bytes, *, keyset: Keyset, copies: int | None = None) -> bytes:
    """Return a header, vetted as far as anyone can without a key.

    Args:
        raw: Its bytes.
        keyset: The one in force.
        copies: How many others it may be for: none, for what staff write for each other; None for
            at most one, the reporter.

    Raises:
        EnvelopeRefused: It is no age header, has something after its end, or is not for exactly
            the staff and those copies.
    """
    source = io.BytesIO(raw)
    try:
        head = age_header.read(source)
    except AgeError as fault:
        raise _refused(f"It is not one. {fault}") from fault
    if source.read(1):
        raise _refused("Something follows its end; only headers travel here.")
    stanzas.check(head.stanzas, keyset=keyset, copies=copies)
    return raw


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise _refused("It is not in base64.") from fault


def _refused(reason: str) -> EnvelopeRefused:
    return EnvelopeRefused(
        f"The new header cannot be kept. {reason}",
        hint="Load the page of keys again and share once more. The file stays as it was.",
    )
