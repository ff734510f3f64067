"""The payload: content in chunks of 64 KiB, each sealed, in constant memory.

Works on a payload key, which only somebody who unwrapped the file key can derive. Source: C2SP
``age.md``, section "Payload" (the STREAM construction).
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from portal.age.bytestreams import Readable, Sink, read_fully
from portal.age.errors import DAMAGED, PayloadFailure
from portal.age.sizes import CHUNK_BYTES, SEALED_CHUNK_BYTES

COUNTER_BYTES = 11
MIDDLE, FINAL = b"\x00", b"\x01"  # the last byte of a chunk's nonce


def seal(source: Readable, sink: Sink, key: bytes) -> None:
    """Seal everything the source holds, chunk by chunk.

    Args:
        source: The content.
        sink: Takes the sealed chunks.
        key: The payload key, used for this one payload.
    """
    cipher = ChaCha20Poly1305(key)
    counter = 0
    chunk = read_fully(source, CHUNK_BYTES)
    while following := read_fully(source, CHUNK_BYTES):
        sink.write(cipher.encrypt(_nonce(counter, MIDDLE), chunk, None))
        chunk = following
        counter += 1
    sink.write(cipher.encrypt(_nonce(counter, FINAL), chunk, None))


def unseal(source: Readable, sink: Sink, key: bytes) -> None:
    """Open a payload chunk by chunk; every byte that reaches the sink was authenticated.

    The sink may have received a true beginning of the content when this raises, so a caller keeps
    it out of sight until this returns.

    Raises:
        PayloadFailure: A chunk was changed, moved, removed or added, or the end is missing.
    """
    cipher = ChaCha20Poly1305(key)
    counter = 0
    chunk = read_fully(source, SEALED_CHUNK_BYTES)
    while following := read_fully(source, SEALED_CHUNK_BYTES):
        _middle(cipher, counter, chunk, sink)
        chunk = following
        counter += 1
    _last(cipher, counter, chunk, sink)


def _middle(cipher: ChaCha20Poly1305, counter: int, chunk: bytes, sink: Sink) -> None:
    """Release a chunk that more bytes follow.

    If it says it is the last one it is released all the same, for it is genuine, and what follows
    it is the fault. The public vectors fix this.
    """
    plain = _opened(cipher, counter, MIDDLE, chunk)
    if plain is not None:
        sink.write(plain)
        return
    plain = _opened(cipher, counter, FINAL, chunk)
    if plain is None:
        raise _changed()
    sink.write(plain)
    raise PayloadFailure("Something follows the end of the content.", hint=DAMAGED)


def _last(cipher: ChaCha20Poly1305, counter: int, chunk: bytes, sink: Sink) -> None:
    """Release the chunk after which the source ends; it must know that it is the last."""
    plain = _opened(cipher, counter, FINAL, chunk)
    if plain is not None:
        if not plain and counter:
            raise PayloadFailure("The content ends in an empty chunk.", hint=DAMAGED)
        sink.write(plain)
        return
    if len(chunk) < SEALED_CHUNK_BYTES:
        raise _changed()
    plain = _opened(cipher, counter, MIDDLE, chunk)
    if plain is None:
        raise _changed()
    sink.write(plain)
    raise PayloadFailure("The content is cut short.", hint=DAMAGED)


def _opened(cipher: ChaCha20Poly1305, counter: int, flag: bytes, chunk: bytes) -> bytes | None:
    try:
        return cipher.decrypt(_nonce(counter, flag), chunk, None)
    except InvalidTag:
        return None


def _nonce(counter: int, flag: bytes) -> bytes:
    return counter.to_bytes(COUNTER_BYTES, "big") + flag


def _changed() -> PayloadFailure:
    return PayloadFailure("The content was changed or cut after it was sealed.", hint=DAMAGED)
