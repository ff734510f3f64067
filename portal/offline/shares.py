"""New headers for the files of a bundle, on their way back to the server that has the payloads."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from portal.errors import SharingRefused

FORMAT: Final = "portico/headers/v1"
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Share:
    """A new header for one file.

    Attributes:
        report: Id of the report.
        role: Of the file in it; `memo-` and its id for a note or tags.
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
