"""`portico keyset share` and `apply-headers`: old reports for a new colleague, offline."""

import base64
import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.age import header as age_header
from portal.age.errors import NoMatch
from portal.age.identities import X25519Identity
from portal.cases.catalogue import Catalogue
from portal.cases.program import Program
from portal.cases.store import Store
from portal.commands import cases, sharing
from portal.offline.reshare import rewrap
from tests.actors import MINUTE, Researcher, Staff, archive, seal
from tests.colleagues import Colleague
from tests.conftest import START, URL, Clock

Portico = Callable[..., Any]
Rotate = Callable[[], Program]
LATER = START + timedelta(hours=1)


@pytest.fixture(autouse=True)
def instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The portal's own folder, and an hour later everywhere."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    for module in (cases, sharing):
        monkeypatch.setattr(module, "utc_now", lambda: LATER)
    return tmp_path


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report with a file, that arrived while two people were in the keyset."""
    said: dict[str, Any] = {
        "format": "portico/report/v1",
        "program": "example",
        "fields": {"title": "A door"},
    }
    said["reporter"] = {"recipient": researcher.recipients()[-1]}
    lure = {"format": "portico/report/v1", "reporter": {"recipient": researcher.recipients()[-1]}}
    packed = archive({"shot.png": b"pixels", "report.json": json.dumps(lure).encode()})
    said["attachments"] = {"length": len(packed), "sha256": hashlib.sha256(packed).hexdigest()}
    main = seal(archive({"report.json": json.dumps(said).encode()}), researcher.recipients())
    files = seal(packed, researcher.recipients())
    return str(researcher.send(main, files).json["report"])


@pytest.fixture
def note(report: str, researcher: Researcher, hire: Callable[..., Colleague]) -> str:
    """A colleague's note on it; its role among the files."""
    sealed = base64.b64encode(seal(b"Looks real.", researcher.recipients(reply=False))).decode()
    address = f"/staff/api/reports/{report}/memos"
    kept = hire("Ada", example="handler").post(address, {"kind": "note", "sealed": sealed})
    return f"memo-{kept.json['memo']['id']}"


@pytest.fixture
def grown(report: str, note: str, staff: Staff, rotate: Rotate, clock: Clock) -> Program:
    """The program after an analyst joined."""
    clock.advance(MINUTE)
    staff.join("analyst")
    return rotate()


@pytest.fixture
def words(
    grown: Program,
    report: str,
    staff: Staff,
    instance: Path,
    portico: Portico,
    catalogue: Catalogue,
) -> list[str]:
    """The files of somebody who shares, and the command they type."""
    assert portico("export", "-o", str(instance / "b.zip")).code == 0
    for role, identity in staff.identities.items():
        (instance / f"{role}.key").write_text(identity.text + "\n")
    (instance / "new.jws").write_text(catalogue.keyset_text("example", 2))
    assert grown.keyset
    return [
        *("keyset", "share", str(instance / "b.zip"), "-i", str(instance / "handler.key")),
        *("--keyset", str(instance / "new.jws"), "-o", str(instance / "h.json")),
        *("--root", grown.keyset.fingerprint),
    ]


def age_file(store: Store, report: str, role: str) -> bytes:
    """Return a file of a report as staff download it."""
    face = next(one for one in store.faces(report) if one.role == role)
    return store.header(face) + b"".join(store.payload(face.envelope))


def test_a_new_colleague_opens_an_old_bundle(
    words: list[str], report: str, instance: Path, staff: Staff, store: Store, portico: Portico
) -> None:
    """Shared offline and applied on the server, the next export opens with the new key alone."""
    before = {role: age_file(store, report, role) for role in ("report", "attachments")}
    for sealed in before.values():
        with pytest.raises(NoMatch):
            staff.open(sealed, role="analyst")
    said = portico(*words)
    assert said.code == 0, said.err
    assert "never takes it away" in said.out
    applied = portico("keyset", "apply-headers", str(instance / "h.json"))
    assert (applied.code, applied.out.split(",")[0]) == (0, "3 files were shared")
    for role, sealed in before.items():
        assert staff.open(age_file(store, report, role), role="analyst") == staff.open(sealed)
        payload = age_header.read(io.BytesIO(sealed)).raw
        assert age_file(store, report, role).endswith(sealed[len(payload) :])
    again = portico("keyset", "apply-headers", str(instance / "h.json"))
    assert again.out.startswith("0 files were shared, 3 had been before.")
    assert portico("export", "-o", str(instance / "c.zip")).code == 0
    key, root = str(instance / "analyst.key"), words[-1]
    opened = portico(
        *("open", str(instance / "c.zip"), "-i", key, "-d", str(instance / "out"), "--root", root)
    )
    assert opened.code == 0, opened.err
    assert (instance / "out" / report / "attachments" / "shot.png").read_bytes() == b"pixels"
    notes = [path for path in (instance / "out" / report / "notes").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in notes] == [b"Looks real."]
    assert "WARNING" not in opened.out


def test_only_the_report_is_shared_with_its_reporter(
    words: list[str], note: str, instance: Path, portico: Portico
) -> None:
    """The attachments go to the staff alone, even if they name somebody who should get them."""
    assert portico(*words).code == 0
    listed = json.loads((instance / "h.json").read_text())["headers"]
    counted = {
        one["role"]: len(age_header.read(io.BytesIO(base64.b64decode(one["header"]))).stanzas)
        for one in listed
    }
    assert counted == {"report": 4, "attachments": 3, note: 3}


def test_a_note_is_never_shared_with_a_reporter(
    words: list[str], note: str, report: str, researcher: Researcher, staff: Staff, instance: Path,
    portico: Portico, grown: Program,
) -> None:  # fmt: skip
    """A header with one recipient more than the staff is taken for the report, not for a note."""
    assert portico(*words).code == 0
    assert grown.keyset
    path = instance / "h.json"
    raw = json.loads(path.read_text())
    (one,) = [each for each in raw["headers"] if each["role"] == note]
    others = (*grown.keyset.recipients, researcher.recipients()[-1])
    old = age_header.read(io.BytesIO(base64.b64decode(one["header"]))).raw
    made = rewrap(old, [staff.identities["handler"]], others)
    raw["headers"] = [one | {"header": base64.b64encode(made).decode()}]
    path.write_text(json.dumps(raw))
    said = portico("keyset", "apply-headers", str(path))
    assert (said.code, f"{report}/{note}: The file is sealed to 4" in said.err) == (1, True)


def test_a_root_that_nobody_named_is_refused(
    words: list[str], instance: Path, portico: Portico
) -> None:
    """A keyset of somebody's own making must not get the reports; nothing is written."""
    said = portico(*words[:-2])
    assert (said.code, "--root" in said.err) == (1, True)
    assert portico(*words[:-1], "0" * 64).code == 1
    assert not (instance / "h.json").exists()


def test_a_key_that_opens_nothing_shares_nothing(
    words: list[str], instance: Path, portico: Portico
) -> None:
    """The newcomer cannot help themselves."""
    mine = [word.replace("handler.key", "analyst.key") for word in words]
    said = portico(*mine)
    assert said.code == 1
    assert "None of the keys" in said.err
    assert not (instance / "h.json").exists()


def test_headers_for_an_older_keyset_are_refused(
    words: list[str], instance: Path, rotate: Rotate, staff: Staff, portico: Portico, report: str,
    store: Store, clock: Clock,
) -> None:  # fmt: skip
    """Somebody joined in between: they would be left out."""
    assert portico(*words).code == 0
    staff.join("auditor")
    rotate()
    said = portico("keyset", "apply-headers", str(instance / "h.json"))
    assert (said.code, "version 3 is in force" in said.err) == (1, True)
    assert {one.header_version for one in store.faces(report)} == {1}


@pytest.mark.parametrize("change", ["payload", "report", "count", "format", "header"])
def test_a_changed_file_of_headers_changes_nothing(
    words: list[str], instance: Path, portico: Portico, report: str, store: Store, change: str
) -> None:
    """For another payload, an unknown report, too few people, or no such file at all."""
    assert portico(*words).code == 0
    path = instance / "h.json"
    raw = json.loads(path.read_text())
    for one in raw["headers"]:
        if change == "payload":
            one["payload_sha256"] = "0" * 64
        elif change == "report":
            one["report"] = "nobody"
        elif change == "header":
            one["header"] = "!"
        elif change == "count":
            fewer = seal(b"", (str(X25519Identity.generate().recipient),))
            one["header"] = base64.b64encode(age_header.read(io.BytesIO(fewer)).raw).decode()
    if change == "format":
        raw["format"] = "portico/headers/v2"
    path.write_text(json.dumps(raw))
    assert portico("keyset", "apply-headers", str(path)).code == 1
    assert {one.header_version for one in store.faces(report)} == {1}
