"""The recovery drill: does the recovery key alone still open what was sent?

Every age file of a bundle is decrypted and thrown away at once: no plaintext is written anywhere.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from portal.age.decrypting import decrypt
from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import IdentityRefused
from portal.offline.bundle import Bundle
from portal.offline.filed import Filed, Memo
from portal.offline.manifest import Case
from portal.policy.entries import RECOVERY
from portal.policy.succession import Succession

IN_MEMORY = 8 * 1024 * 1024  # bytes of an age file; a larger one waits on disk, sealed as it is


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one report.

    Attributes:
        report: Its name.
        files: Age files that opened.
        length: Bytes in them.
        sealed: Path in the bundle and reason of each that did not.
    """

    report: str
    files: int
    length: int
    sealed: tuple[tuple[str, str], ...]


def require_recovery(identities: Sequence[KeyIdentity], keysets: Mapping[str, Succession]) -> None:
    """Make sure that each key is a recovery key of these programs; another would prove little.

    Raises:
        IdentityRefused: One is not.
    """
    listed = {
        entry.recipient
        for succession in keysets.values()
        for keyset in succession.keysets
        for entry in keyset.entries
        if entry.role == RECOVERY
    }
    if not identities or any(str(one.recipient) not in listed for one in identities):
        raise IdentityRefused(
            "This is not the recovery key of these programs.",
            hint="A drill shows that the recovery key works alone: give that one, and no other.",
        )


def tried(bundle: Bundle, identities: Sequence[KeyIdentity]) -> Iterator[Tried]:
    """Decrypt every age file of every report, and keep nothing.

    Raises:
        ArchiveRefused: A file is not the one that the manifest names.
    """
    for case in bundle.cases:
        yield _one(bundle, case, identities)


def _one(bundle: Bundle, case: Case, identities: Sequence[KeyIdentity]) -> Tried:
    files, length, sealed = 0, 0, []
    everything: list[Filed | Memo] = [*case.files, *case.memos]
    for filed in everything:
        sink = _Measure()
        try:
            with _copied(bundle, filed) as source:
                decrypt(source, identities, sink)
            files, length = files + 1, length + sink.length
        except AgeError as error:
            sealed.append((filed.path, error.message))
    return Tried(case.report, files, length, tuple(sealed))


def _copied(bundle: Bundle, filed: Filed | Memo) -> BinaryIO:
    """Copy an age file out of the bundle, sure that it is whole before any of it is decrypted."""
    copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    for piece in bundle.content(filed):
        copy.write(piece)
    copy.seek(0)
    return copy  # type: ignore[return-value]


class _Measure:
    """A sink that counts, and keeps nothing."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, data: bytes, /) -> int:
        """Count."""
        self.length += len(data)
        return len(data)
