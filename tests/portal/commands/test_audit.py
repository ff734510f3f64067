"""`portico audit`: a log that was tampered with says where, on any machine."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy import delete, insert, text

from portal import cli
from portal.cases import chain
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.cases.signer import Signer
from portal.cases.tables import INSTANT_FORMAT
from portal.cases.tables import audit as table
from portal.commands import audit, audit_ground, cases
from portal.policy import statement
from portal.policy.keyset import Keyset
from tests.actors import Researcher, Staff
from tests.conftest import START, URL, Clock

pytestmark = pytest.mark.thorough

Portico = Callable[..., Any]
Change = Callable[[list[str]], list[str]]


@pytest.fixture
def instance(
    app: Flask,
    tmp_path: Path,
    clock: Clock,
    researcher: Researcher,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The portal's own folder, with six entries in its log."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    monkeypatch.setenv("PORTICO_URL", URL)
    for module in (audit, audit_ground, cases):
        monkeypatch.setattr(module, "utc_now", clock)
    report = researcher.send().json["report"]
    for verb in ("acknowledge", "update", "update"):
        assert cli.main(["report", "event", report, verb, "--by", "ada"]) == 0
    return tmp_path


@pytest.fixture
def exported(instance: Path, portico: Portico) -> Path:
    """The whole log, as a file."""
    file = instance / "log.jsonl"
    assert portico("audit", "export", "-o", str(file)).code == 0
    return file


def lines(file: Path) -> list[str]:
    """Return a log's lines, the first of which is no entry."""
    return file.read_text().splitlines()


def rehashed(entry: dict[str, Any]) -> dict[str, Any]:
    """Give an entry the hash that fits it, as a careful forger would."""
    return {**entry, "hash": chain.digest(entry)}


def altered(log: list[str]) -> list[str]:
    """Change who did the third thing."""
    return [*log[:3], log[3].replace('"reporter"', '"nobody"'), *log[4:]]


def forged(log: list[str]) -> list[str]:
    """Change it, and make its hash fit."""
    entry = json.loads(log[3]) | {"actor": "nobody"}
    return [*log[:3], json.dumps(rehashed(entry)), *log[4:]]


def put_in(log: list[str]) -> list[str]:
    """Put an entry of one's own between."""
    entry = json.loads(log[3]) | {"previous": json.loads(log[3])["hash"], "act": "nothing"}
    return [*log[:4], json.dumps(rehashed(entry)), *log[4:]]


def chained(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write entries anew, so that the chain holds."""
    made: list[dict[str, Any]] = []
    previous = chain.BEGINNING
    for number, entry in enumerate(entries, start=1):
        made.append(rehashed(entry | {"sequence": number, "previous": previous}))
        previous = made[-1]["hash"]
    return made


def renumbered(log: list[str]) -> list[str]:
    """Take an entry out, and write everything after it anew."""
    left = [json.loads(line) for line in [*log[1:3], *log[4:]]]
    return [log[0], *(json.dumps(entry) for entry in chained(left))]


CHANGES: dict[str, tuple[Change, str]] = {
    "altered": (altered, "Entry 3 was altered."),
    "altered, its hash made to fit": (forged, "Entry 4 does not follow"),
    "removed": (lambda log: [*log[:3], *log[4:]], "Entry 3 is missing."),
    "several removed": (lambda log: [*log[:2], *log[5:]], "The entries 2 to 4 are missing."),
    "put in": (put_in, "Entry 3 stands after entry 3: it was moved, or put in."),
    "moved": (lambda log: [*log[:3], log[4], log[3], *log[5:]], "Entry 3 stands after entry 4"),
    "no entry": (lambda log: [*log[:3], "[]", *log[4:]], "What stands after entry 2 is not"),
    "cut": (lambda log: log[:-1], "The log ends at entry 5, and the head of"),
    "written anew": (renumbered, "The log ends at entry 5, and the head of"),
    "empty": (lambda log: log[:1], "The log ends at entry 0, and the head of"),
}


def test_a_sound_log_holds(exported: Path, portico: Portico) -> None:
    """Offline, with nothing but the file; it says how many entries, and whose signature."""
    said = portico("audit", "verify", str(exported))
    assert said.code == 0, said.out + said.err
    assert "The log holds: 6 entries" in said.out
    assert f"Signed by the portal {URL}." in said.out
    assert "was not seen before" in said.out


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_tampering_is_found_and_named(
    change: Change, sentence: str, exported: Path, portico: Portico
) -> None:
    """Each says which entry, and ends with 1."""
    exported.write_text("\n".join(change(lines(exported))) + "\n")
    said = portico("audit", "verify", str(exported))
    assert said.code == 1
    assert sentence in said.out
    assert "The log does not hold." in said.out


def test_a_cut_tail_is_found_by_whoever_holds_an_older_head(
    instance: Path, database: Database, portico: Portico
) -> None:
    """The chain of what is left is sound; only the head that was kept elsewhere tells."""
    kept = instance / "head.jws"
    kept.write_text(portico("audit", "head").out)
    assert portico("audit", "verify", "--head", str(kept)).code == 0
    with database.writing() as connection:
        connection.execute(text("DELETE FROM audit WHERE sequence > 4"))
    assert portico("audit", "verify").code == 0
    said = portico("audit", "verify", "--head", str(kept))
    assert said.code == 1
    assert "2 entries are missing at its end" in said.out


def test_a_log_written_anew_is_found_by_an_older_head(
    instance: Path, database: Database, exported: Path, portico: Portico
) -> None:
    """Who owns the database can make a chain that holds; it does not fit the head."""
    kept = instance / "head.jws"
    kept.write_text(portico("audit", "head").out)
    entries = lines(exported)[1:]
    with database.writing() as connection:
        connection.execute(delete(table))
        for line in chained([json.loads(line) | {"actor": "nobody"} for line in entries]):
            at = datetime.strptime(line["at"], INSTANT_FORMAT).replace(tzinfo=UTC)
            connection.execute(insert(table).values(**line | {"at": at}))
    assert portico("audit", "verify").code == 0
    said = portico("audit", "verify", "--head", str(kept))
    assert said.code == 1
    assert "Entry 6 is not the one in the head of" in said.out


def test_an_older_head_is_checked_by_the_key_of_its_time(
    instance: Path,
    catalogue: Catalogue,
    staff: Staff,
    clock: Clock,
    portico: Portico,
) -> None:
    """After the receipt key changed, a head that the old one signed still counts; it alone."""
    kept = instance / "head.jws"
    kept.write_text(portico("audit", "head").out)
    first = Keyset.read(catalogue.keyset_texts("example")[0], root=None)
    old = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex((instance / "receipt.key").read_text())
    )
    new = Ed25519PrivateKey.generate()
    clock.advance(timedelta(days=20))
    successor = staff.keyset("example", new, now=clock(), version=2, previous=first.sha256)
    catalogue.publish_keyset(successor, "example", actor="test", now=clock())
    (instance / "receipt.key").write_text(new.private_bytes_raw().hex())
    file = instance / "later.jsonl"
    assert portico("audit", "export", "-o", str(file)).code == 0
    for target in ((), (str(file),)):
        said = portico("audit", "verify", *target, "--head", str(kept))
        assert said.code == 0, said.err
        assert "which names entry 6" in said.out
    clock.advance(timedelta(days=11))
    signer = Signer(old, issuer=URL)
    kept.write_text(signer.audit_head(signer.head_of((6, "0" * 64), now=clock())))
    said = portico("audit", "verify", str(file), "--head", str(kept))
    assert said.code == 1
    assert "outside the time its key was in use" in said.err


def test_what_is_no_head_of_this_portal_is_refused(
    exported: Path, receipt_key: Ed25519PrivateKey, portico: Portico
) -> None:
    """A statement of another kind, another portal's head, or no statement at all."""
    elsewhere = Signer(receipt_key, issuer="https://other.example")
    bundle = Signer(receipt_key, issuer=URL).bundle({}, now=START)
    head = elsewhere.audit_head(elsewhere.head_of((6, "0" * 64), now=START))
    for wrong in (bundle, head, "nothing", "ä"):
        file = exported.with_name("wrong")
        file.write_text(wrong)
        said = portico("audit", "verify", str(exported), "--head", str(file))
        assert said.code == 1, wrong
        assert said.err.startswith("portico: ")


def test_another_root_than_the_one_expected_is_refused(exported: Path, portico: Portico) -> None:
    """Whoever makes up a log, its keys and its head does not know the root's secret."""
    assert portico("audit", "verify", str(exported), "--root", "0" * 64).code == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format":"portico/audit/v1"}'])
def test_what_is_no_log_is_refused(content: bytes, instance: Path, portico: Portico) -> None:
    """With what to give instead."""
    file = instance / "odd"
    file.write_bytes(content)
    said = portico("audit", "verify", str(file))
    assert said.code == 1
    assert "portico audit export" in said.err


def test_a_bundle_carries_the_log(instance: Path, portico: Portico) -> None:
    """All of it when everything is exported; else what concerns the reports, and that is said."""
    bundle = instance / "all.zip"
    assert portico("export", "-o", str(bundle)).code == 0
    said = portico("audit", "verify", str(bundle))
    assert said.code == 0, said.err
    assert "The log holds: 7 entries" in said.out
    assert portico("export", "--program", "example", "-o", str(bundle)).code == 0
    said = portico("audit", "verify", str(bundle))
    assert said.code == 0
    assert "This part of the log holds: 4 entries" in said.out


def test_a_narrowed_bundle_withholds_names_of_other_programs(
    instance: Path,
    researcher: Researcher,
    stranger: Researcher,
    publish: Callable[[str, Staff], Program],
    portico: Portico,
) -> None:
    """The check says so and holds; everything together, for the operator, withholds nothing."""
    theirs = Researcher(researcher.client, publish("unnamed", Staff("hybrid")))
    original, later = theirs.send().json["report"], stranger.send().json["report"]
    assert portico("report", "event", later, "duplicate", "--of", original).code == 0
    bundle = instance / "some.zip"
    assert portico("export", "--program", "example", "-o", str(bundle)).code == 0
    assert original.encode() not in bundle.read_bytes()
    said = portico("audit", "verify", str(bundle))
    assert said.code == 0, said.out + said.err
    assert "This part of the log holds: 6 entries" in said.out
    assert "1 entry names something of a program that this copy is not for" in said.out
    assert portico("export", "-o", str(bundle)).code == 0
    assert original.encode() in bundle.read_bytes()
    said = portico("audit", "verify", str(bundle))
    assert "withheld" not in said.out


def test_a_whole_log_that_withholds_something_does_not_hold(
    exported: Path, portico: Portico
) -> None:
    """Otherwise whoever alters an entry would say that something was withheld from it."""
    log = lines(exported)
    entry = chain.redacted(json.loads(log[3]), {})
    exported.write_text("\n".join([*log[:3], json.dumps(entry), *log[4:]]) + "\n")
    said = portico("audit", "verify", str(exported))
    assert said.code == 1
    assert "Of entry 3, something was withheld" in said.out


def test_a_part_is_not_said_to_prove_more_than_it_does(exported: Path, portico: Portico) -> None:
    """Beside a gap, an entry written anew goes unseen, and the check says so; side by side not."""
    first, *entries = [json.loads(line) for line in lines(exported)]
    forged = entries[2] | {"actor": "mallory"}
    forged |= {"hash": chain.digest(forged)}
    for part, code in (([forged, *entries[4:]], 0), ([forged, *entries[3:]], 1)):
        told = [json.dumps(one) for one in (first | {"whole": False}, *part)]
        exported.write_text("\n".join(told) + "\n")
        said = portico("audit", "verify", str(exported))
        assert said.code == code
        assert ("written anew beside a gap" in said.out) == (code == 0)
        assert "none altered" not in said.out


def test_the_head_names_portal_and_end(
    instance: Path, receipt_key: Ed25519PrivateKey, portico: Portico
) -> None:
    """One line on stdout, so that it can be kept in a file."""
    said = portico("audit", "head")
    key = receipt_key.public_key()
    claims = statement.verify(said.out.strip(), key=key, typ=statement.AUDIT_HEAD)
    assert (claims["iss"], claims["sequence"]) == (URL, 6)
    assert len(claims["hash"]) == 64
