"""The bundle: what staff take away is what was sent, and says so under the server's name."""

import hashlib
import io
import json
import zipfile
from datetime import datetime

from portal.cases.catalogue import Catalogue
from portal.cases.events import Event
from portal.cases.signer import Signer
from portal.cases.store import Store
from portal.desk.bundle import Exporter
from portal.offline.bundle import Bundle
from portal.policy import statement
from portal.policy.keyset import Keyset
from tests.actors import DAY, Researcher, Staff, seal
from tests.conftest import START


def exported(
    store: Store, catalogue: Catalogue, signer: Signer, now: datetime = START
) -> zipfile.ZipFile:
    """Export every report."""
    sink = io.BytesIO()
    exporter = Exporter(store, catalogue, signer)
    assert exporter.write(store.reports(), sink, now=now) == len(list(store.reports()))
    return zipfile.ZipFile(sink)


def test_files_come_out_as_they_went_in(
    researcher: Researcher, staff: Staff, store: Store, catalogue: Catalogue, signer: Signer
) -> None:
    """Each age file is stored byte for byte, and the staff's keys open it."""
    sent = researcher.sealed("Byte for byte.")
    files = seal(b"evidence", researcher.recipients())
    report = researcher.send(sent, files).json["report"]
    bundle = exported(store, catalogue, signer)
    assert bundle.read(f"{report}/report.age") == sent
    assert bundle.read(f"{report}/attachments.age") == files
    assert staff.read(bundle.read(f"{report}/report.age"))["report.md"] == b"Byte for byte."


def test_the_manifest_is_signed_and_names_everything(
    researcher: Researcher, store: Store, catalogue: Catalogue, signer: Signer
) -> None:
    """Every file with its hashes, the history, the receipt, and the keyset to check them by."""
    sent = researcher.sealed()
    answer = researcher.send(sent).json
    store.append(answer["report"], Event("acknowledged", START, "ada"))
    bundle = exported(store, catalogue, signer)
    manifest = bundle.read("manifest.json")
    claims = statement.verify(
        bundle.read("manifest.jws").decode(), key=signer.key.public_key(), typ=statement.BUNDLE
    )
    assert claims["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    (entry,) = json.loads(manifest)["reports"]
    assert entry["receipt"] == answer["receipt"]
    assert [event["name"] for event in entry["events"]] == ["received", "acknowledged"]
    (file,) = entry["envelopes"]
    assert file["sha256"] == hashlib.sha256(bundle.read(file["path"])).hexdigest()
    assert file["payload_sha256"] == answer["claims"]["envelopes"][0]["payload_sha256"]


def test_a_bundle_never_holds_a_token(
    researcher: Researcher, store: Store, catalogue: Catalogue, signer: Signer
) -> None:
    """Staff cannot follow a report in its reporter's place."""
    researcher.send()
    bundle = exported(store, catalogue, signer)
    everything = b"".join(bundle.read(name) for name in bundle.namelist())
    for secret in (researcher.token.text, researcher.token.lookup, researcher.token.stored):
        assert secret.encode() not in everything


def test_what_was_signed_can_be_checked_when_the_keyset_has_expired(
    researcher: Researcher, staff: Staff, store: Store, catalogue: Catalogue, signer: Signer
) -> None:
    """A program whose keys ran out exports the last ones, and the bundle holds against them."""
    researcher.send()
    late = START + 90 * DAY
    assert catalogue.program("example", now=late).keyset is None
    sink = exported(store, catalogue, signer, late).fp
    assert sink is not None
    bundle = Bundle.read(sink)  # type: ignore[arg-type]
    root = statement.fingerprint(staff.root.public_key())
    bundle.verify(Keyset.read(bundle.keysets["example"][-1], root=root))
