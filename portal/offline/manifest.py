"""What a bundle's manifest says: reports, their age files, and what the server knows of them.

Read with suspicion: a name in it becomes a folder's, so only harmless ones are taken.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from portal.errors import ArchiveRefused

ROLES = ("report", "attachments", "sealed")
MAIN_ROLES = {"report", "sealed"}  # made with a form, or by hand

_REPORT_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Filed:
    """One age file in the bundle, as the manifest describes it."""

    role: str
    path: str
    length: int
    sha256: str
    header_sha256: str
    payload_sha256: str

    @classmethod
    def parse(cls, raw: Mapping[str, Any], report: str) -> Self:
        """Read one member of ``envelopes``.

        Raises:
            ArchiveRefused: It is malformed, or its path is not the one that its place demands.
        """
        role, length = raw.get("role"), raw.get("length")
        hashes = [raw.get(name) for name in ("sha256", "header_sha256", "payload_sha256")]
        sound = (
            role in ROLES
            and raw.get("path") == f"{report}/{role}.age"
            and isinstance(length, int)
            and all(isinstance(each, str) and _HEX64.fullmatch(each) for each in hashes)
        )
        if not sound:
            raise refused("its manifest describes a file that cannot be")
        return cls(str(role), str(raw["path"]), int(raw["length"]), *map(str, hashes))


@dataclass(frozen=True, slots=True)
class Case:
    """One report in the bundle.

    Attributes:
        report: Its name.
        program: Slug of its program.
        received_at: As the server wrote it.
        receipt: The signed receipt; empty when there is none.
        keyset: Version it was sealed to.
        verdict: What the server knows of the ruling; empty when nothing was checked.
        events: What happened, oldest first.
        files: Its age files.
    """

    report: str
    program: str
    received_at: str
    receipt: str = field(repr=False)
    keyset: int | None
    verdict: Mapping[str, Any]
    events: tuple[Mapping[str, Any], ...]
    files: tuple[Filed, ...]

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Self:
        """Read one member of ``reports``.

        Raises:
            ArchiveRefused: Its name or one of its files is malformed, a role comes twice, or it
                has two reports.
        """
        report = raw.get("report")
        if not isinstance(report, str) or not _REPORT_ID.fullmatch(report):
            raise refused("its manifest has a report without a usable name")
        files = tuple(Filed.parse(each, report) for each in objects(raw, "envelopes"))
        if len({each.role for each in files}) != len(files):
            raise refused(f"its manifest names a file of {report} twice")
        if {each.role for each in files} >= MAIN_ROLES:
            raise refused(f"its manifest has two reports under the name {report}")
        version, verdict = raw.get("keyset"), raw.get("verdict")
        return cls(
            report=report,
            program=str(raw.get("program") or ""),
            received_at=str(raw.get("received_at") or ""),
            receipt=str(raw.get("receipt") or ""),
            keyset=version if isinstance(version, int) else None,
            verdict=verdict if isinstance(verdict, dict) else {},
            events=tuple(objects(raw, "events")),
            files=files,
        )


def objects(raw: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON objects of a list; what has another shape counts as absent."""
    listed = raw.get(name)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield each


def refused(reason: str) -> ArchiveRefused:
    """Return the error for a bundle that is not opened."""
    return ArchiveRefused(
        f"The bundle was not opened: {reason}.", hint="Export it again: `portico export`."
    )
