"""New headers for the files of a bundle, on their way back to the server that has the payloads."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from portal.age import header as age_header
from portal.age import recipients
from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import PorticoError, SharingRefused
from portal.offline.bundle import Bundle
from portal.offline.filed import Filed
from portal.offline.manifest import MAIN_ROLES
from portal.offline.opening import open_envelope, private_folder
from portal.offline.reshare import require_opens, rewrap
from portal.policy.keyset import Keyset

FORMAT: Final = "portico/headers/v1"
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Share:
    """A new header for one file.

    Attributes:
        report: Id of the report.
        role: Of the file in it.
        payload_sha256: Hex; what the header must find behind it.
        header: The header.
    """

    report: str
    role: str
    payload_sha256: str
    header: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shares:
    """New headers for files of one program.

    Attributes:
        program: Slug.
        keyset: Version of the keyset whose people open the files.
        keyset_sha256: Of its text, hex.
        shares: The headers.
    """

    program: str
    keyset: int
    keyset_sha256: str
    shares: tuple[Share, ...]

    def text(self) -> str:
        """Return the file: JSON, with nothing secret in it."""
        raw = {
            "format": FORMAT,
            "program": self.program,
            "keyset": self.keyset,
            "keyset_sha256": self.keyset_sha256,
            "headers": [_plain(one) for one in self.shares],
        }
        return json.dumps(raw, indent=1) + "\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read such a file.

        Raises:
            SharingRefused: It is not one.
        """
        try:
            raw = json.loads(text)
            if raw["format"] != FORMAT:
                raise _not_one()
            listed = tuple(_share(each) for each in raw["headers"])
            program, version, sha256 = raw["program"], raw["keyset"], raw["keyset_sha256"]
        except (ValueError, RecursionError, KeyError, TypeError):
            raise _not_one() from None
        if not (isinstance(program, str) and isinstance(version, int) and _is_hash(sha256)):
            raise _not_one()
        return cls(program, version, sha256, listed)


@dataclass(frozen=True, slots=True)
class Sharer:
    """Shares the files of a bundle with everybody in a keyset.

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
            for filed in case.files:
                try:
                    yield filed.path, self._share(case.report, filed)
                except (AgeError, PorticoError) as error:
                    yield filed.path, error

    def _share(self, report: str, filed: Filed) -> Share:
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
        return Share(report, filed.role, filed.payload_sha256, made)

    def _recipients(self, filed: Filed, source: BinaryIO, room: Path) -> tuple[str, ...]:
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


def _plain(one: Share) -> dict[str, str]:
    return {
        "report": one.report,
        "role": one.role,
        "payload_sha256": one.payload_sha256,
        "header": base64.b64encode(one.header).decode("ascii"),
    }


def _share(raw: Mapping[str, Any]) -> Share:
    report, role, payload = raw["report"], raw["role"], raw["payload_sha256"]
    if not (isinstance(report, str) and isinstance(role, str) and _is_hash(payload)):
        raise _not_one()
    try:
        header = base64.b64decode(raw["header"], validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise _not_one() from None
    return Share(report, role, payload, header)


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _HEX64.fullmatch(text) is not None


def _not_one() -> SharingRefused:
    return SharingRefused(
        "This is not a file of new headers.",
        hint="Give the one that `portico keyset share` wrote.",
    )
