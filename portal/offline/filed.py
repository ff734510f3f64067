"""The files of a bundle, as its manifest describes them.

Read with suspicion: each path must be the one that the file's place demands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from portal.errors import ArchiveRefused

DELIVERED = ("report", "attachments", "sealed")  # what a receipt names
AUDIT = "audit.jsonl"
AUTHORS = ("staff", "reporter")
MEMO_ROLE = "memo-"  # and its id, where a note stands beside the files of its report

_ROLE = re.compile(rf"{'|'.join(DELIVERED)}|message-[1-9][0-9]{{0,8}}(-files)?", re.ASCII)
_MEMO = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Filed:
    """One age file in the bundle, as the manifest describes it.

    Attributes:
        role: ``report``, ``attachments`` or ``sealed``; ``message-N`` or ``message-N-files``.
        path: In the ZIP.
        length: Of the file in the ZIP, bytes.
        sha256: Of that file.
        header_sha256: Of its header, the newest one.
        payload_sha256: Of what follows the header, and never changes.
        original_sha256: Of the header it was sent with, which receipts name.
    """

    role: str
    path: str
    length: int
    sha256: str
    header_sha256: str
    payload_sha256: str
    original_sha256: str

    @classmethod
    def parse(cls, raw: Mapping[str, Any], report: str) -> Self:
        """Read one member of ``envelopes``.

        Raises:
            ArchiveRefused: It is malformed, or its path is not the one that its place demands.
        """
        role, length = raw.get("role"), raw.get("length")
        hashes = [raw.get(name) for name in ("sha256", "header_sha256", "payload_sha256")]
        hashes.append(raw.get("original_header_sha256", hashes[1]))
        sound = (
            isinstance(role, str)
            and _ROLE.fullmatch(role)
            and raw.get("path") == f"{report}/{role}.age"
            and isinstance(length, int)
            and all(isinstance(each, str) and _HEX64.fullmatch(each) for each in hashes)
        )
        if not sound:
            raise refused("its manifest describes a file that cannot be")
        return cls(str(role), str(raw["path"]), int(raw["length"]), *map(str, hashes))


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, as the portal says it came.

    Attributes:
        sequence: Its number.
        author: ``staff`` or ``reporter``.
        at: When it was kept.
    """

    sequence: int
    author: Literal["staff", "reporter"]
    at: str

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Self:
        """Read one member of ``messages``.

        Raises:
            ArchiveRefused: It is malformed.
        """
        sequence, author = raw.get("sequence"), raw.get("author")
        if not isinstance(sequence, int) or author not in AUTHORS:
            raise refused("its manifest describes a message that cannot be")
        return cls(sequence, author, str(raw.get("at") or ""))


@dataclass(frozen=True, slots=True)
class Memo:
    """A note or tags that staff wrote for each other, sealed.

    Attributes:
        path: In the ZIP.
        kind: ``note`` or ``tags``.
        at: When it was kept.
        length: Bytes.
        sha256: Hex.
    """

    path: str
    kind: str
    at: str
    length: int
    sha256: str

    @property
    def role(self) -> str:
        """What it is called among the files of its report."""
        return MEMO_ROLE + self.path.rpartition("/")[2].removesuffix(".age")

    @classmethod
    def parse(cls, raw: Mapping[str, Any], report: str) -> Self:
        """Read one member of ``memos``.

        Raises:
            ArchiveRefused: It is malformed, or its path is not the one that its place demands.
        """
        path, length, sha256 = raw.get("path"), raw.get("length"), raw.get("sha256")
        name = str(path).removeprefix(f"{report}/memos/").removesuffix(".age")
        sound = (
            path == f"{report}/memos/{name}.age"
            and _MEMO.fullmatch(name)
            and raw.get("kind") in {"note", "tags"}
            and isinstance(length, int)
            and isinstance(sha256, str)
        )
        if not sound:
            raise refused("its manifest describes a note that cannot be")
        return cls(
            str(path), str(raw["kind"]), str(raw.get("at") or ""), int(raw["length"]), str(sha256)
        )


@dataclass(frozen=True, slots=True)
class Logged:
    """The audit log in the bundle, as the manifest describes it."""

    path: str
    length: int
    sha256: str

    @classmethod
    def parse(cls, raw: object) -> Self | None:
        """Read ``audit``; None when there is none.

        Raises:
            ArchiveRefused: It is malformed.
        """
        if raw is None:
            return None
        known = raw if isinstance(raw, dict) else {}
        length, sha256 = known.get("length"), known.get("sha256")
        sound = isinstance(length, int) and isinstance(sha256, str)
        if not sound or known.get("path") != AUDIT:
            raise refused("its manifest describes an audit log that cannot be")
        return cls(AUDIT, int(known["length"]), str(sha256))


def refused(reason: str) -> ArchiveRefused:
    """Return the error for a bundle that is not opened."""
    return ArchiveRefused(
        f"The bundle was not opened: {reason}.", hint="Export it again: `portico export`."
    )
