"""An envelope: one age file, kept as its header and its payload."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

MAIN = ("report", "sealed")  # what a report itself is, made with the form or by hand
DELIVERED = (*MAIN, "attachments")  # the roles that a report came with
CHUNK = 1024 * 1024  # bytes a database row holds; larger rows cost memory, smaller ones time


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the server knows of an age file without any key.

    Attributes:
        role: ``report``, ``attachments``, or ``sealed`` for a file sealed by hand; of message N
            ``message-N`` and ``message-N-files``.
        length: Of the whole file, in bytes.
        stanzas: How many recipients its header names.
        header: Exactly the bytes before the payload.
        header_sha256: Hex.
        payload_sha256: Hex; stays the same when the file is shared with another key.
    """

    role: str
    length: int
    stanzas: int
    header: bytes = field(repr=False)
    header_sha256: str
    payload_sha256: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """An envelope on its way into the store.

    Attributes:
        envelope: What vetting found.
        source: Seekable stream over the whole age file.
    """

    envelope: Envelope
    source: IO[bytes] = field(repr=False)

    def payload(self) -> Iterator[bytes]:
        """Yield the payload in blocks of `CHUNK` bytes, the last one shorter."""
        self.source.seek(len(self.envelope.header))
        while block := self.source.read(CHUNK):
            yield block
