"""Taking age files out of a bundle and opening them, one room for each report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.offline.bundle import Bundle
from portal.offline.correspondence import Received
from portal.offline.filed import Filed, Letter, Memo, refused
from portal.offline.manifest import Case
from portal.offline.opening import FOLDER_MODE, Opened, open_envelope
from portal.offline.seal import Sealed


@dataclass(frozen=True, slots=True)
class Unsealer:
    """Opens what belongs to one report.

    Attributes:
        bundle: Where the age files are.
        identities: Keys to try.
        room: A private folder, removed by the caller with what stays in it.
    """

    bundle: Bundle
    identities: Sequence[KeyIdentity]
    room: Path

    def open(self, filed: Filed) -> Opened:
        """Open an age file.

        Raises:
            AgeError: None of the keys opens it, or it is damaged.
            ArchiveRefused: It is not the file that the manifest names.
        """
        inner = self._inner(filed.role)
        sealed = self._copied(filed, inner)
        measured = Sealed.measured(filed.role, sealed)
        stated = (filed.header_sha256, filed.payload_sha256)
        if (measured.header_sha256, measured.payload_sha256) != stated:
            raise refused(f"{filed.path} in it has another payload than its manifest says")
        with sealed.open("rb") as source:
            opened = open_envelope(source, self.identities, inner, name=filed.role)
        sealed.unlink()
        return opened

    def received(self, case: Case, letter: Letter) -> Received:
        """Open a message and its files, as far as a key opens them.

        Raises:
            ArchiveRefused: One is not the file that the manifest names.
        """
        role = f"message-{letter.sequence}"
        filed, files = case.filed(role), case.filed(f"{role}-files")
        payload = filed.payload_sha256 if filed else ""
        return Received(letter, self._if_it_opens(filed), payload, self._if_it_opens(files))

    def memos(self, memos: Sequence[Memo], folder: Path) -> Iterator[str]:
        """Open notes and tags of staff into a new folder; yield a sentence for each that stays.

        Raises:
            ArchiveRefused: One is not the file that the manifest names.
        """
        if memos:
            folder.mkdir(mode=FOLDER_MODE)
        for number, memo in enumerate(memos, start=1):
            name = f"{number:03}-{memo.kind}"
            inner = self._inner(name)
            sealed = self._copied(memo, inner)
            try:
                with sealed.open("rb") as source:
                    opened = open_envelope(source, self.identities, inner, name=memo.kind)
                opened.folder.rename(folder / name)
            except AgeError as error:
                sealed.rename(folder / f"{name}.age")
                yield f"A {memo.kind} of staff stays sealed: {error.message}"

    def _if_it_opens(self, filed: Filed | None) -> Opened | None:
        try:
            return self.open(filed) if filed else None
        except AgeError:
            return None

    def _inner(self, name: str) -> Path:
        inner = self.room / name
        inner.mkdir(mode=FOLDER_MODE)
        return inner

    def _copied(self, filed: Filed | Memo, folder: Path) -> Path:
        sealed = folder / "sealed.age"
        with sealed.open("xb") as sink:
            for piece in self.bundle.content(filed):
                sink.write(piece)
        return sealed
