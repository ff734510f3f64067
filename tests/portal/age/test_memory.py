"""Large files take no more memory than small ones."""

import io
import tracemalloc
from pathlib import Path

from portal import age
from portal.age.identities import X25519Identity

CONTENT_BYTES = 64 * 1024 * 1024
ALLOWED_BYTES = 2 * 1024 * 1024  # some chunks in flight, nothing that grows


class Zeros(io.RawIOBase):
    """A stream of zeros that takes no room."""

    def __init__(self, length: int) -> None:
        self.left = length

    def read(self, size: int | None = -1, /) -> bytes:
        """Return zeros."""
        taken = min(self.left, size or 0)
        self.left -= taken
        return bytes(taken)


class Counter:
    """A sink that only counts."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, data: bytes, /) -> int:
        """Count and forget."""
        self.length += len(data)
        return len(data)


def test_memory_stays_constant(tmp_path: Path, classic: X25519Identity) -> None:
    """Sealing and opening 64 MiB needs less than 2 MiB of working memory."""
    path, counter = tmp_path / "large.age", Counter()
    tracemalloc.start()
    try:
        with path.open("wb") as sink:
            age.encrypt(Zeros(CONTENT_BYTES), [classic.recipient], sink)
        with path.open("rb") as source:
            age.decrypt(source, [classic], counter)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert counter.length == CONTENT_BYTES
    assert peak < ALLOWED_BYTES
