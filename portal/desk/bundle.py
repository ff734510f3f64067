"""The bundle: sealed reports on their way to a staff member's own machine.

A ZIP of age files, stored as they are (ciphertext does not shrink), with `audit.jsonl`, the audit
log or what it says of these reports; `manifest.json`, which names every file, hash and event, and
carries every version of the keysets; and `manifest.jws`, the server's signature over its hash.

An age file comes with its newest header. Where a report was shared again since, the original header
lies beside it, because receipts name that one: original header and payload are the file as sent.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Final, cast

from portal.cases.audit_export import About, AuditExport
from portal.cases.catalogue import Catalogue
from portal.cases.report import Report
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.cases.tables import INSTANT_FORMAT
from portal.desk import directory
from portal.desk.bundled import Packer, Steps, member
from portal.desk.hiding import EVERYTHING, Hiding

FORMAT: Final = "portico/bundle/v2"
AUDIT: Final = "audit.jsonl"


@dataclass(frozen=True, slots=True)
class Exporter:
    """Writes bundles.

    Attributes:
        store: Where the reports are.
        catalogue: Where the keysets are, which the other side checks signatures against.
        signer: Signs the manifest.
        hiding: What whoever gets the bundle may not read of other programs.
    """

    store: Store
    catalogue: Catalogue
    signer: Signer
    hiding: Hiding = EVERYTHING

    def write(
        self,
        reports: Iterable[Report],
        sink: IO[bytes],
        *,
        now: datetime,
        whole_log: bool = False,
    ) -> int:
        """Write a bundle into `sink`, in constant memory, and return the number of reports.

        Args:
            reports: Those that go into it.
            sink: Seekable, or not.
            now: Present time, aware.
            whole_log: Take all of the audit log along, rather than what concerns these reports.
        """
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as bundle:
            entries: list[dict[str, Any]] = []
            for _ in self._steps(reports, bundle, entries, now=now, whole_log=whole_log):
                pass  # nobody waits for the single blocks
        return len(entries)

    def pieces(self, reports: Iterable[Report], *, now: datetime) -> Iterator[bytes]:
        """Yield a bundle piece by piece, for somebody who fetches it."""
        outbox = _Outbox()
        with zipfile.ZipFile(cast("IO[bytes]", outbox), "w", zipfile.ZIP_STORED) as bundle:
            for _ in self._steps(reports, bundle, [], now=now, whole_log=False):
                yield outbox.take()
        yield outbox.take()

    def _steps(
        self,
        reports: Iterable[Report],
        bundle: zipfile.ZipFile,
        entries: list[dict[str, Any]],
        *,
        now: datetime,
        whole_log: bool,
    ) -> Iterator[None]:
        """Write everything, pausing after each block; fill `entries` for the manifest."""
        packer = Packer(self.store, self.store.database, bundle, now, self.hiding)
        for report in reports:
            yield from packer.add(report, entries)
        log = yield from self._log(packer, entries, whole_log=whole_log)
        manifest = self._manifest(entries, log, now)
        named = {"manifest_sha256": hashlib.sha256(manifest).hexdigest()}
        bundle.writestr(member("manifest.json", now), manifest)
        bundle.writestr(member("manifest.jws", now), self.signer.bundle(named, now=now))

    def _log(
        self, packer: Packer, entries: list[dict[str, Any]], *, whole_log: bool
    ) -> Steps[dict[str, Any]]:
        export = AuditExport(self.store.database, self.signer)
        about = None if whole_log else About({entry["report"] for entry in entries})
        redacted = None if whole_log else self.hiding.redactor(self.store.database)
        lines = export.lines(now=packer.now, about=about, redacted=redacted)
        length, sha256 = yield from packer.write(AUDIT, lines)
        return {"path": AUDIT, "length": length, "sha256": sha256}

    def _manifest(self, entries: list[dict[str, Any]], log: dict[str, Any], now: datetime) -> bytes:
        slugs = sorted({entry["program"] for entry in entries})
        # Expired keysets take no new report, and still prove who signed for the old ones.
        keysets = {slug: self.catalogue.keyset_texts(slug) for slug in slugs}
        manifest = {
            "format": FORMAT,
            "made_at": now.strftime(INSTANT_FORMAT),
            "portal": self.signer.issuer,
            "reports": entries,
            "keysets": {slug: list(texts) for slug, texts in keysets.items() if texts},
            "people": self._people(entries),
            "audit": log,
        }
        return json.dumps(manifest, indent=2, ensure_ascii=False).encode()

    def _people(self, entries: Iterable[dict[str, Any]]) -> dict[str, str]:
        """Return the names of the staff whose acts the manifest tells of, by their ids."""
        acts = (entry[part] for entry in entries for part in ("events", "messages", "memos"))
        ids = {one["actor"] for part in acts for one in part}
        with self.store.database.reading() as connection:
            return directory.names(connection, ids)


@dataclass(slots=True)
class _Outbox:
    """A sink that is emptied again and again, and cannot seek."""

    _held: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        """Hold a piece."""
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held goes out by `take`."""

    def take(self) -> bytes:
        """Return what is held, and hold it no longer."""
        taken, self._held = b"".join(self._held), []
        return taken
