"""A bundle: sealed reports as the server exported them, read with suspicion.

A ZIP of age files with `audit.jsonl`, a part of the audit log or all of it, `manifest.json`, which
names every file, hash and event, and `manifest.jws`, the server's signature over its hash. Nothing
is extracted by a name from the ZIP itself. Bundles of the first form are read, too: they have no
audit log and no messages, and one keyset for each program.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, Self

from portal.errors import StatementRefused
from portal.offline.filed import Filed, Logged, Memo, refused
from portal.offline.manifest import Case, objects
from portal.policy import statement
from portal.policy.keyset import Keyset

FORMATS = ("portico/bundle/v1", "portico/bundle/v2")
MAGIC = b"PK\x03\x04"  # a ZIP may hide behind anything else; a bundle starts with its first file
MANIFEST = "manifest.json"
SIGNATURE = "manifest.jws"
MAX_MANIFEST_BYTES = 64 * 1024 * 1024  # tens of thousands of reports
PIECE = 1024 * 1024
ENCRYPTED = 0x1  # general purpose bit flag; APPNOTE.TXT section 4.4.4

# What the standard library raises over bytes that are no sound ZIP or JSON.
UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened ZIP whose manifest was read; its signature may still be unchecked.

    Attributes:
        portal: Address of the portal that exported it.
        cases: Its reports.
        keysets: Signed keysets by program, as exported: every version, the newest last.
        people: Names of staff by their ids, as the portal gives them.
        log: The audit log in it; None when there is none.
    """

    portal: str
    cases: tuple[Case, ...]
    keysets: Mapping[str, tuple[str, ...]] = field(repr=False)
    people: Mapping[str, str] = field(repr=False)
    log: Logged | None
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
        except UNSOUND:
            raise refused("it is damaged, or not a bundle") from None
        if not isinstance(manifest, dict) or manifest.get("format") not in FORMATS:
            raise refused("its manifest is of another format")
        return cls(
            portal=str(manifest.get("portal") or ""),
            cases=tuple(Case.parse(each) for each in objects(manifest, "reports")),
            keysets={name: _texts(one) for name, one in _members(manifest, "keysets")},
            people={
                name: one for name, one in _members(manifest, "people") if isinstance(one, str)
            },
            log=Logged.parse(manifest.get("audit")),
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

    def content(self, filed: Filed | Memo | Logged) -> Iterator[bytes]:
        """Yield the bytes of a file; they are proven right only when this ends.

        Raises:
            ArchiveRefused: The file is missing, damaged, compressed, encrypted, or not the one the
                manifest names.
        """
        whole, length = hashlib.sha256(), 0
        try:
            with _stored(self._zip, filed.path) as member:
                while piece := member.read(PIECE):
                    length += len(piece)
                    if length > filed.length:
                        break
                    whole.update(piece)
                    yield piece
        except (KeyError, *UNSOUND):
            raise refused(f"{filed.path} in it is missing or damaged") from None
        if length != filed.length or whole.hexdigest() != filed.sha256:
            raise refused(f"{filed.path} in it is not the file that its manifest names")


def _members(manifest: Mapping[str, Any], name: str) -> Iterator[tuple[str, object]]:
    found = manifest.get(name)
    yield from found.items() if isinstance(found, dict) else ()


def _texts(raw: object) -> tuple[str, ...]:
    """Return the versions of a keyset; the first form of bundles has just one."""
    listed = raw if isinstance(raw, list) else [raw]
    return tuple(each for each in listed if isinstance(each, str))


def _member(opened: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """Return a member of a ZIP, whatever size it claims to have."""
    try:
        with _stored(opened, name) as member:
            content = member.read(limit + 1)
    except KeyError:
        raise refused(f"it has no {name}") from None
    if len(content) > limit:
        raise refused(f"its {name} is too large")
    return content


def _stored(opened: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a member of a ZIP that is kept as it is, as an export keeps them all.

    Raises:
        KeyError: There is none of that name.
        ArchiveRefused: It would have to be inflated or decrypted first.
    """
    member = opened.getinfo(name)
    if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & ENCRYPTED:
        raise refused(f"{name} in it is compressed or encrypted, and exports are neither")
    return opened.open(member)
