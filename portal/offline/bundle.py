"""A bundle: sealed reports as the server exported them, read with suspicion.

A ZIP of age files with `manifest.json`, which names every file, hash and event, and `manifest.jws`,
the server's signature over its hash. Nothing is extracted by a name from the ZIP itself.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Self

from portal.errors import ArchiveRefused, StatementRefused
from portal.policy import statement
from portal.policy.keyset import Keyset

FORMAT = "portico/bundle/v1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.jws"
ROLES = ("report", "attachments", "sealed")
MAX_MANIFEST_BYTES = 64 * 1024 * 1024  # tens of thousands of reports
PIECE = 1024 * 1024

_REPORT_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_HEX64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Filed:
    """One age file in the bundle, as the manifest describes it."""

    role: str
    path: str
    length: int
    sha256: str
    payload_sha256: str

    @classmethod
    def parse(cls, raw: Mapping[str, Any], report: str) -> Self:
        """Read one member of ``envelopes``.

        Raises:
            ArchiveRefused: It is malformed, or its path is not the one that its place demands.
        """
        role, length = raw.get("role"), raw.get("length")
        hashes = [raw.get(name) for name in ("sha256", "payload_sha256")]
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
            ArchiveRefused: Its name or one of its files is malformed, or a role comes twice.
        """
        report = raw.get("report")
        if not isinstance(report, str) or not _REPORT_ID.fullmatch(report):
            raise refused("its manifest has a report without a usable name")
        files = tuple(Filed.parse(each, report) for each in _objects(raw, "envelopes"))
        if len({each.role for each in files}) != len(files):
            raise refused(f"its manifest names a file of {report} twice")
        version, verdict = raw.get("keyset"), raw.get("verdict")
        return cls(
            report=report,
            program=str(raw.get("program") or ""),
            received_at=str(raw.get("received_at") or ""),
            receipt=str(raw.get("receipt") or ""),
            keyset=version if isinstance(version, int) else None,
            verdict=verdict if isinstance(verdict, dict) else {},
            events=tuple(_objects(raw, "events")),
            files=files,
        )


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened ZIP whose manifest was read; its signature may still be unchecked.

    Attributes:
        portal: Address of the portal that exported it.
        cases: Its reports.
        keysets: Signed keysets by program, as exported.
    """

    portal: str
    cases: tuple[Case, ...]
    keysets: Mapping[str, str] = field(repr=False)
    _zip: zipfile.ZipFile = field(repr=False)
    _manifest_sha256: str
    _signature: str = field(repr=False)

    @classmethod
    def read(cls, source: BinaryIO) -> Self:
        """Read the manifest of a bundle.

        Raises:
            ArchiveRefused: Not a bundle, or its manifest is malformed.
        """
        try:
            opened = zipfile.ZipFile(source)
            content = _member(opened, MANIFEST, MAX_MANIFEST_BYTES)
            signature = _member(opened, SIGNATURE, statement.MAX_CHARACTERS).decode("ascii")
            manifest = json.loads(content)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, RecursionError):
            raise refused("it is damaged, or not a bundle") from None
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise refused("its manifest is of another format")
        keysets = manifest.get("keysets")
        known = keysets if isinstance(keysets, dict) else {}
        return cls(
            portal=str(manifest.get("portal") or ""),
            cases=tuple(Case.parse(each) for each in _objects(manifest, "reports")),
            keysets={name: text for name, text in known.items() if isinstance(text, str)},
            _zip=opened,
            _manifest_sha256=hashlib.sha256(content).hexdigest(),
            _signature=signature.strip(),
        )

    def verify(self, keyset: Keyset) -> None:
        """Make sure that the server whose receipt key this keyset names made this manifest.

        Raises:
            StatementRefused: It did not, or the manifest was changed since.
        """
        key = keyset.receipt_public_key
        claims = statement.verify(self._signature, key=key, typ=statement.BUNDLE)
        if claims.get("manifest_sha256") != self._manifest_sha256:
            raise StatementRefused(
                "The bundle's manifest was changed after it was signed.",
                hint="Export it again, and fetch it over a connection you trust.",
            )

    def content(self, filed: Filed) -> Iterator[bytes]:
        """Yield the bytes of an age file; they are proven right only when this ends.

        Raises:
            ArchiveRefused: The file is missing, damaged, or not the one the manifest names.
        """
        whole, length = hashlib.sha256(), 0
        try:
            with self._zip.open(filed.path) as member:
                while piece := member.read(PIECE):
                    length += len(piece)
                    if length > filed.length:
                        break
                    whole.update(piece)
                    yield piece
        except (KeyError, zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            raise refused(f"{filed.path} in it is missing or damaged") from None
        if length != filed.length or whole.hexdigest() != filed.sha256:
            raise refused(f"{filed.path} in it is not the file that its manifest names")


def refused(reason: str) -> ArchiveRefused:
    """Return the error for a bundle that is not opened."""
    return ArchiveRefused(
        f"The bundle was not opened: {reason}.", hint="Export it again: `portico export`."
    )


def _member(opened: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return a member of a ZIP, whatever size it claims to have."""
    try:
        with opened.open(name) as member:
            content = member.read(limit + 1)
    except (KeyError, RuntimeError):  # RuntimeError: encrypted
        raise refused(f"it has no {name}") from None
    if len(content) > limit:
        raise refused(f"its {name} is too large")
    return content


def _objects(raw: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = raw.get(name)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield each
