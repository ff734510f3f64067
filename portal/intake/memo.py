"""A memo on its way in: sealed to the staff, all of them, and to nobody else."""

import base64
import binascii
import io
from typing import Final

from portal.errors import DeliveryRefused, KeysetOutdated, TooLarge
from portal.intake.delivery import Sealed
from portal.intake.vet import vet
from portal.policy.keyset import Keyset

LARGEST: Final = 64 * 1024  # bytes of the age file: words, no pictures


def read(text: object, *, keyset_version: object, keyset: Keyset) -> bytes:
    """Return the age file in a request, vetted.

    Args:
        text: The file in base64.
        keyset_version: What its author sealed it to; None when they did not say.
        keyset: The one in force.

    Raises:
        DeliveryRefused: It is not base64, no age file, or not sealed to exactly the staff.
        KeysetOutdated: It was sealed to another keyset.
        TooLarge: It has more than `LARGEST` bytes.
    """
    if keyset_version is not None and keyset_version != keyset.version:
        raise KeysetOutdated(
            "The program's keys have changed since this was sealed.",
            hint="Load the page again and save once more; it is sealed to the new keys then.",
        )
    sealed = _decoded(text)
    if len(sealed) > LARGEST:
        raise TooLarge(
            f"A memo takes {LARGEST // 1024} KiB.",
            hint="Shorten it, or send it in a message, which takes files.",
        )
    source = Sealed("memo", io.BytesIO(sealed), copies=0)
    vet([source], keyset=keyset, limit=LARGEST)
    return sealed


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise DeliveryRefused(
            "The memo is not an age file in base64.", hint="Load the page again, and save it there."
        ) from fault
