"""`body.json`: what a message says.

It is signed as the bytes it came as, so a reader looks at nothing else: `message.md` beside it
repeats the text for somebody who unpacks the file by hand, and proves nothing.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, Literal, Self, cast

from portal.errors import ArchiveRefused
from portal.offline.document import Attachments, whole
from portal.offline.thread import body_data

FORMAT: Final = "portico/message-body/v1"
FILE: Final = "body.json"
MAX_BYTES: Final = 1024 * 1024  # far more than anybody writes; files travel beside it

Kind = Literal[
    "message",
    "publication-proposed",
    "publication-agreed",
    "publication-declined",
    "credit",
    "withdrawal",
    "deletion",
    "attestation",
    "completion",
    "decision",
]
KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "message": "Message",
        "publication-proposed": "Proposal to publish",
        "publication-agreed": "Publication agreed",
        "publication-declined": "Publication declined",
        "credit": "How to be named",
        "withdrawal": "The report is withdrawn",
        "deletion": "The report is to be deleted",
        "attestation": "What has become of the data",
        "completion": "More answers to the form",
        "decision": "Decision about a reward",
    }
)

_MEMBERS = {"format", "kind", "text", "at", "data", "files"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says.

    Attributes:
        kind: A key of `KINDS`.
        text: As its author wrote it; empty where the kind says it all.
        at: When, by the author's clock, in whole seconds.
        data: What the kind carries, and nothing else; `body_data` lists it.
        files: The archive of files that came with it; None without files.
    """

    kind: Kind
    text: str = field(repr=False)
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    files: Attachments | None = None

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read `body.json`.

        Raises:
            ArchiveRefused: Too large, not JSON, or not of this format.
        """
        try:
            raw = whole(json.loads(content)) if len(content) <= MAX_BYTES else {}
            made = cls._of(raw)
        except (ValueError, RecursionError, AttributeError):
            made = None
        if made is None:
            raise ArchiveRefused(
                f"{FILE} is not a message in Portico's form.",
                hint="Do not rely on it; ask for it to be sent again.",
            )
        return made

    @classmethod
    def _of(cls, raw: Mapping[str, Any]) -> Self | None:
        at = raw.get("at")
        sound = (
            raw.keys() == _MEMBERS
            and raw["format"] == FORMAT
            and raw["kind"] in tuple(KINDS)
            and isinstance(raw["text"], str)
            and isinstance(at, str)
            and _MOMENT.fullmatch(at)
            and isinstance(raw["data"], dict)
            and body_data.fits(raw["kind"], raw["data"])
        )
        if not sound or (raw["files"] is not None and _files(raw["files"]) is None):
            return None
        moment = datetime.strptime(str(at), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        kind = cast("Kind", raw["kind"])
        return cls(kind, raw["text"], moment, raw["data"], _files(raw["files"]))

    @property
    def content(self) -> bytes:
        """The bytes of `body.json`, as this side writes them."""
        files = self.files
        members = {
            "format": FORMAT,
            "kind": self.kind,
            "text": self.text,
            "at": f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "data": dict(self.data),
            "files": None
            if files is None
            else {
                "length": files.length,
                "sha256": files.sha256,
                "files": [dict(one) for one in files.files],
            },
        }
        # Half a character could not be written; `whole` takes it out.
        return (json.dumps(whole(members), indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def sha256(content: bytes) -> str:
    """Return what a heading names a body by: the hash of its bytes, hex."""
    return hashlib.sha256(content).hexdigest()


def _files(raw: object) -> Attachments | None:
    if not isinstance(raw, dict) or raw.keys() != {"length", "sha256", "files"}:
        return None
    length, digest, listed = raw["length"], raw["sha256"], raw["files"]
    sound = (
        isinstance(length, int)
        and not isinstance(length, bool)
        and length > 0
        and isinstance(digest, str)
        and _SHA256.fullmatch(digest)
        and isinstance(listed, list)
        and all(_file(one) for one in listed)
    )
    return Attachments(length, digest, tuple(listed)) if sound else None


def _file(raw: object) -> bool:
    if not isinstance(raw, dict) or raw.keys() != {"name", "size", "type"}:
        return False
    sized = isinstance(raw["size"], int) and not isinstance(raw["size"], bool) and raw["size"] >= 0
    return sized and isinstance(raw["name"], str) and isinstance(raw["type"], str)
