"""Sealing a stream to recipients."""

import os
from collections.abc import Iterable

from portal.age import header, primitives, recipients, stream
from portal.age.bytestreams import Readable, Sink
from portal.age.recipients import Recipient
from portal.age.sizes import NONCE_BYTES


def encrypt(source: Readable, to: Iterable[Recipient | str], sink: Sink) -> None:
    """Seal everything the source holds, so that any one of the recipients can open it.

    Args:
        source: Binary stream with the content, read to its end in pieces of 64 KiB.
        to: Recipients, parsed or as ``age1…`` text, all of one kind; or one passphrase.
        sink: Binary stream that takes the age file.

    Raises:
        RecipientRefused: Nobody, a malformed recipient, or recipients of different kinds. Nothing
            was written.
    """
    file_key = os.urandom(primitives.FILE_KEY_BYTES)
    sink.write(headed(file_key, to))
    nonce = os.urandom(NONCE_BYTES)
    sink.write(nonce)
    stream.seal(source, sink, primitives.payload_key(file_key, nonce))


def headed(file_key: bytes, to: Iterable[Recipient | str]) -> bytes:
    """Return a header that gives a file key to recipients.

    The payload of a file knows nothing of its header, so a new one for the same file key gives the
    file to other people without touching its content.

    Args:
        file_key: 16 bytes, random and of one file only.
        to: Recipients, parsed or as ``age1…`` text, all of one kind; or one passphrase.

    Raises:
        RecipientRefused: Nobody, a malformed recipient, or recipients of different kinds.
    """
    stanzas = [recipient.wrap(file_key) for recipient in recipients.one_kind(to)]
    text = header.unfinished(stanzas)
    return header.finished(text, primitives.header_mac(file_key, text))
