"""Base64 as age headers write it: standard alphabet, no padding, one spelling per value."""

import base64
import binascii


def encode(data: bytes) -> bytes:
    """Return unpadded base64 (RFC 4648 section 4, without ``=``)."""
    return base64.b64encode(data).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """Return the bytes behind unpadded, canonical base64.

    Raises:
        ValueError: A foreign character, padding, or a second spelling of the same bytes (RFC 4648
            section 3.5), which would let somebody change a file without changing its meaning.
    """
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    if encode(data) != text:
        raise ValueError("not canonical base64")
    return data
