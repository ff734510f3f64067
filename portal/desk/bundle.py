"""The bundle: sealed reports on their way to a staff member's own machine.

A ZIP of age files, stored as they are (ciphertext does not shrink), with `manifest.json`, which
names every file, hash and event, and `manifest.jws`, the server's signature over its hash.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Any

from portal.cases.catalogue import Catalogue
from portal.cases.envelope import Envelope
from portal.cases.report import Report
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.cases.tables import INSTANT_FORMAT

FORMAT = "portico/bundle/v1"


@dataclass(frozen=True, slots=True)
class Exporter:
    """Writes bundles.

    Attributes:
        store: Where the reports are.
        catalogue: Where the keysets are, which the other side checks signatures against.
        signer: Signs the manifest.
    """

    store: Store
    catalogue: Catalogue
    signer: Signer

    def write(self, reports: Iterable[Report], sink: IO[bytes], *, now: datetime) -> int:
        """Stream a bundle into `sink`, in constant memory, and return the number of reports."""
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as bundle:
            entries = [self._add(bundle, report, now) for report in reports]
            manifest = self._manifest(entries, now)
            signature = self.signer.bundle(
                {"manifest_sha256": hashlib.sha256(manifest).hexdigest()}, now=now
            )
            bundle.writestr(_member("manifest.json", now), manifest)
            bundle.writestr(_member("manifest.jws", now), signature)
        return len(entries)

    def _add(self, bundle: zipfile.ZipFile, report: Report, now: datetime) -> dict[str, Any]:
        files = []
        for row_id, envelope in self.store.envelopes(report.id):
            path = f"{report.id}/{envelope.role}.age"
            whole = hashlib.sha256()
            with bundle.open(_member(path, now), "w", force_zip64=True) as member:
                for block in self.store.age_file(row_id, envelope):
                    whole.update(block)
                    member.write(block)
            files.append(_file(path, envelope, whole.hexdigest()))
        return self._entry(report) | {"envelopes": files}

    def _entry(self, report: Report) -> dict[str, Any]:
        verdict = report.verdict
        return {
            "report": report.id,
            "program": report.program,
            "kind": report.kind,
            "received_at": report.received_at.strftime(INSTANT_FORMAT),
            "policy": report.policy_version,
            "keyset": report.keyset_version,
            "verdict": verdict and asdict(verdict),
            "receipt": report.receipt,
            "events": [
                {
                    "name": event.name,
                    "at": event.at.strftime(INSTANT_FORMAT),
                    "actor": event.actor,
                    "data": dict(event.data),
                }
                for event in self.store.events(report.id)
            ],
        }

    def _manifest(self, entries: list[dict[str, Any]], now: datetime) -> bytes:
        slugs = sorted({entry["program"] for entry in entries})
        # An expired keyset takes no new report, and still proves who signed for the old ones.
        keysets = {slug: self.catalogue.newest_keyset_text(slug) for slug in slugs}
        manifest = {
            "format": FORMAT,
            "made_at": now.strftime(INSTANT_FORMAT),
            "portal": self.signer.issuer,
            "reports": entries,
            "keysets": {slug: text for slug, text in keysets.items() if text},
        }
        return json.dumps(manifest, indent=2, ensure_ascii=False).encode()


def _member(path: str, now: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(path, date_time=now.timetuple()[:6])


def _file(path: str, envelope: Envelope, sha256: str) -> dict[str, Any]:
    return {
        "role": envelope.role,
        "path": path,
        "length": envelope.length,
        "sha256": sha256,
        "header_sha256": envelope.header_sha256,
        "payload_sha256": envelope.payload_sha256,
    }
