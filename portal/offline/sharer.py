"""Sharing the files of a bundle: each gets a new header, through which it was opened."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.age import header as age_header
from portal.age import recipients
from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import PorticoError
from portal.offline.bundle import Bundle
from portal.offline.filed import Filed, Memo
from portal.offline.manifest import MAIN_ROLES
from portal.offline.opening import open_envelope, private_folder
from portal.offline.reshare import require_opens, rewrap
from portal.offline.shares import Share
from portal.policy.keyset import Keyset


@dataclass(frozen=True, slots=True)
class Sharer:
    """Shares the files of a bundle, its notes and tags among them, with everybody in a keyset.

    Attributes:
        bundle: Its signature checked by the caller.
        keyset: Verified, and of a root that the caller expects.
        identities: Keys that open the files, of somebody in that keyset.
        folder: Where files may lie while they are worked on; nothing stays there.
    """

    bundle: Bundle
    keyset: Keyset
    identities: Sequence[KeyIdentity]
    folder: Path

    def shares(self) -> Iterator[tuple[str, Share | AgeError | PorticoError]]:
        """Yield the name of each file with its new header, or with why it has none."""
        for case in self.bundle.cases:
            if case.program != self.keyset.program:
                continue
            everything: list[Filed | Memo] = [*case.files, *case.memos]
            for filed in everything:
                try:
                    yield filed.path, self._share(case.report, filed)
                except (AgeError, PorticoError) as error:
                    yield filed.path, error

    def _share(self, report: str, filed: Filed | Memo) -> Share:
        with private_folder(self.folder) as room:
            sealed = room / "sealed.age"
            with sealed.open("xb") as sink:
                for piece in self.bundle.content(filed):
                    sink.write(piece)
            with sealed.open("rb") as source:
                raw = age_header.read(source).raw
                made = rewrap(raw, self.identities, self._recipients(filed, source, room))
                source.seek(len(raw))
                require_opens(made, source, self.identities)
                source.seek(len(raw))
                payload = hashlib.file_digest(source, "sha256").hexdigest()
        return Share(report, filed.role, payload, made)

    def _recipients(self, filed: Filed | Memo, source: BinaryIO, room: Path) -> tuple[str, ...]:
        """Return the staff, and for the report itself the reporter that it names.

        Only the file that names the reporter's key gives it to them. Were it taken from one file
        and used for another, whoever swaps files on the server could have any of them shared with
        a key of their own. The reporter loses nothing: they get each file with its original header.
        """
        staff = self.keyset.recipients
        if filed.role not in MAIN_ROLES:
            return staff
        source.seek(0)
        document = open_envelope(source, self.identities, room, name="report").document
        own = document.recipient if document else None
        return (*staff, own) if own and _fits(own, staff) else staff


def _fits(own: str, staff: Sequence[str]) -> bool:
    """Tell whether a reporter's recipient can stand beside the staff's: they may write anything."""
    try:
        one = recipients.parse(own)
    except AgeError:
        return False
    return str(one) == own and own not in staff and one.kind == recipients.parse(staff[0]).kind
