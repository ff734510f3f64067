"""How long the payload of an age file is, and what its length gives away.

Safe on the server: arithmetic alone, no key.
"""

from portal.age.errors import DAMAGED, PayloadFailure

CHUNK_BYTES = 64 * 1024  # age.md, section "Payload"
TAG_BYTES = 16  # ChaCha20-Poly1305
NONCE_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
SHORTEST_PAYLOAD_BYTES = NONCE_BYTES + TAG_BYTES  # an empty content still has a final chunk


def payload_length(plaintext: int) -> int:
    """Return the bytes after the header that ``plaintext`` bytes of content become."""
    chunks = max(1, -(-plaintext // CHUNK_BYTES))
    return NONCE_BYTES + plaintext + chunks * TAG_BYTES


def plaintext_length(payload: int) -> int:
    """Return the bytes of content in a payload of ``payload`` bytes.

    Raises:
        PayloadFailure: No content of any length gives a payload of this length.
    """
    body = payload - NONCE_BYTES
    chunks = -(-body // SEALED_CHUNK_BYTES)
    plaintext = body - chunks * TAG_BYTES
    if body <= 0 or payload_length(max(0, plaintext)) != payload:
        raise PayloadFailure("No age file has a payload of this length.", hint=DAMAGED)
    return plaintext
