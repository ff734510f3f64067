"""Opening bundles and files, through the command staff use."""

import io
import json
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import header
from portal.age.armor import ArmoredSink
from portal.age.encrypting import encrypt
from portal.offline import key_files
from portal.offline.identity import StaffIdentity
from portal.offline.pins import Pins
from portal.offline.seal import seal_report
from portal.policy import statement
from portal.policy.keyset import Keyset
from tests.press import (
    NONCE_TEXT,
    PORTAL,
    REPORT,
    TARGET,
    Open,
    Press,
    by_hand,
    sealed_by_hand,
    tree,
)


def test_a_bundle_opens(press: Press, opening: Open, tmp_path: Path) -> None:
    """Report, attachments and receipt land in a folder of their own, every check told."""
    envelopes = press.sealed()
    code, out, err = opening(press.bundle([press.case(envelopes)], envelopes))
    assert (code, err) == (0, "")
    case = tmp_path / "out" / REPORT
    assert tree(tmp_path / "out") == {
        f"{REPORT}/report.md",
        f"{REPORT}/report.json",
        f"{REPORT}/receipt.jws",
        f"{REPORT}/attachments/shot.png",
    }
    text = (case / "report.md").read_text()
    for promise in (
        "receipt names exactly these files",
        "attachments are the ones that the report names",
        "confirms the verdict `in`",
    ):
        assert promise in text
        assert promise in out
    assert "````text\n```\n# Forged" in text
    assert "WARNING" not in text
    assert {each.stat().st_mode & 0o077 for each in (tmp_path / "out").rglob("*")} == {0}


def test_json_is_written_for_the_next_tool(press: Press, opening: Open, tmp_path: Path) -> None:
    """With --as json there is the report's JSON and no Markdown."""
    envelopes = press.sealed()
    assert opening(press.bundle([press.case(envelopes)], envelopes), "--as", "json")[0] == 0
    case = tmp_path / "out" / REPORT
    assert json.loads((case / "report.json").read_text())["fields"]["title"] == "XSS"
    assert not (case / "report.md").exists()


def test_nothing_is_opened_twice(press: Press, opening: Open, tmp_path: Path) -> None:
    """A report that is open already stays as it is, and says so."""
    envelopes = press.sealed()
    bundle = press.bundle([press.case(envelopes)], envelopes)
    assert opening(bundle)[0] == 0
    (tmp_path / "out" / REPORT / "report.md").write_text("my notes")
    code, _, err = opening(bundle)
    assert code == 1
    assert "there already" in err
    assert (tmp_path / "out" / REPORT / "report.md").read_text() == "my notes"
    assert [each.name for each in (tmp_path / "out").iterdir()] == [REPORT]


def test_a_stranger_opens_nothing(
    press: Press, opening: Open, tmp_path: Path, now: datetime
) -> None:
    """Without a key of the keyset nothing appears, not even a temporary file."""
    stranger = tmp_path / "stranger.key"
    key_files.write_new(stranger, StaffIdentity.generate("Eve").file_text(made=now).encode())
    envelopes = press.sealed()
    bundle = press.bundle([press.case(envelopes)], envelopes)
    code, out, err = opening(bundle, identity=stranger)
    assert code == 1
    assert "None of the keys" in err
    assert "0 of 1" in out
    assert list((tmp_path / "out").iterdir()) == []


def test_one_damaged_report_does_not_stop_the_others(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """The sound reports are open; the damaged one is named."""
    envelopes = press.sealed()
    broken = json.loads(json.dumps(press.case(envelopes)).replace(REPORT, "broken"))
    code, _, err = opening(press.bundle([broken, press.case(envelopes)], envelopes))
    assert code == 1
    assert "broken/report.age in it is missing" in err
    assert (tmp_path / "out" / REPORT / "report.md").exists()
    assert not (tmp_path / "out" / "broken").exists()


def test_a_changed_manifest_is_refused(press: Press, opening: Open, tmp_path: Path) -> None:
    """Neither another key, another kind of statement, nor an edited manifest gets through."""
    envelopes = press.sealed()
    cases = [press.case(envelopes)]
    edited = json.dumps({"format": "portico/bundle/v1", "keysets": press.keysets}).encode()
    changes: list[dict[str, Any]] = [
        {"key": Ed25519PrivateKey.generate()},
        {"typ": statement.AUDIT_HEAD},
        {"extra": {"manifest.json": edited}},
        {"extra": {"manifest.jws": b"x"}},
    ]
    for change in changes:
        code, _, err = opening(press.bundle(cases, envelopes, **change))
        assert code == 1
        assert err.startswith("portico: ")
        assert not (tmp_path / "out").exists()


def test_another_root_is_refused(
    press: Press, opening: Open, keyset: Keyset, tmp_path: Path, home: Path
) -> None:
    """A bundle whose keyset is signed by another root than the one seen before is not opened."""
    envelopes = press.sealed()
    bundle = press.bundle([press.case(envelopes)], envelopes)
    assert opening(bundle, "--root", "0" * 64)[0] == 1
    assert opening(bundle)[0] == 0
    pins = Pins.of_user({"XDG_CONFIG_HOME": str(home)})
    assert pins.of(PORTAL, "example").root == keyset.fingerprint
    pins.path.write_text(pins.path.read_text().replace(keyset.fingerprint, "0" * 64))
    assert "another root" in opening(bundle)[2]


@pytest.mark.parametrize(
    ("members", "warning"),
    [
        ({"program": "other"}, "names another program"),
        (
            {"target": {"verdict": {"ruling": "in"}, "receipt": "x.y.z"}},
            "verdict was not confirmed",
        ),
        ({"target": {"verdict": {"ruling": "in"}}}, "not confirmed by a receipt"),
    ],
)
def test_a_lying_report_is_told(
    members: dict[str, Any], warning: str, press: Press, opening: Open
) -> None:
    """What the portal's signatures do not confirm is said plainly."""
    envelopes = press.sealed(**members)
    assert warning in opening(press.bundle([press.case(envelopes)], envelopes))[1]


@pytest.mark.parametrize(
    ("target", "warning"),
    [
        ({"normalised": "https://other.example"}, "about another target"),
        ({"nonce": "A" * 22}, "about another target"),
        ({"nonce": "é"}, "about another target"),
        ({"verdict": {"ruling": "out"}}, "another verdict"),
    ],
)
def test_a_borrowed_verdict_is_told(
    target: dict[str, Any], warning: str, press: Press, opening: Open
) -> None:
    """A genuine scope receipt proves nothing about another target or ruling."""
    whole = {
        "normalised": TARGET,
        "nonce": NONCE_TEXT,
        "verdict": {"ruling": "in"},
        "receipt": press.scope_receipt(),
    }
    envelopes = press.sealed(target=whole | target)
    assert warning in opening(press.bundle([press.case(envelopes)], envelopes))[1]


def test_swapped_attachments_are_told(press: Press, opening: Open, tmp_path: Path) -> None:
    """Attachments that are not the ones the report names are pointed out."""
    report, _ = press.sealed()
    other = tmp_path / "swap"
    other.mkdir()
    (other / "evil.png").write_bytes(b"evil")
    _, swapped = seal_report(
        {}, [other / "evil.png"], to=press.keyset.recipients, folder=other, now=press.now
    )
    pair = (report, swapped)
    assert (
        "not the attachments that the report names"
        in opening(press.bundle([press.case(pair)], pair))[1]
    )


@pytest.mark.parametrize("claims", [{"report": "other"}, {"envelopes": []}])
def test_a_receipt_for_other_files_is_told(
    claims: dict[str, Any], press: Press, opening: Open
) -> None:
    """A receipt of another report, or for other files, does not pass for this one's."""
    envelopes = press.sealed()
    case = press.case(envelopes, receipt=press.receipt(envelopes, **claims))
    assert "receipt is for other files" in opening(press.bundle([case], envelopes))[1]


def test_a_report_sealed_by_hand_opens(press: Press, opening: Open, tmp_path: Path) -> None:
    """What somebody packed with tar and age is unpacked as it is."""
    sealed = sealed_by_hand(press, by_hand(("report.md", b"# Mine"), ("x.log", b"log")))
    code, out, _ = opening(press.bundle([press.case((sealed,))], (sealed,)))
    assert code == 0
    assert "sealed by hand" in out
    case = tmp_path / "out" / REPORT
    assert tree(case) == {"as-sent/report.md", "as-sent/x.log", "receipt.jws"}


def test_an_unsafe_archive_is_kept_packed(press: Press, opening: Open, tmp_path: Path) -> None:
    """A hostile archive is not unpacked; staff get it whole, and are told."""
    sealed = sealed_by_hand(press, by_hand(("../../evil", b"x")))
    code, out, _ = opening(press.bundle([press.case((sealed,))], (sealed,)))
    assert code == 0
    assert "was not unpacked" in out
    assert tree(tmp_path / "out") == {f"{REPORT}/as-sent/sealed.tar", f"{REPORT}/receipt.jws"}


@pytest.mark.parametrize(
    "change",
    [
        {"report": "../x"},
        {"report": ""},
        {"report": "A/B"},
        {"report": None},
        {"envelopes": [{"role": "report", "path": "/etc/passwd"}]},
    ],
)
def test_a_hostile_manifest_is_refused(
    change: dict[str, Any], press: Press, opening: Open, tmp_path: Path
) -> None:
    """Names in a manifest never lead outside the folder, signed or not."""
    envelopes = press.sealed()
    code, _, err = opening(press.bundle([press.case(envelopes) | change], envelopes))
    assert code == 1
    assert "manifest" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../x", "../../x", "A/B", "/tmp/x", "..", ".hidden", "a\x1b[2J"])
def test_a_hostile_name_is_refused_even_if_all_else_fits(
    name: str, press: Press, opening: Open, tmp_path: Path
) -> None:
    """A report's name is refused for itself, with paths and files that agree with it."""
    envelopes = press.sealed()
    case = press.case(envelopes, report=name)
    for each in case["envelopes"]:
        each["path"] = f"{name}/{each['role']}.age"
    extra = {f"{name}/{each.role}.age": each.path.read_bytes() for each in envelopes}
    before = tree(tmp_path)
    code, _, err = opening(press.bundle([case], envelopes, extra=extra))
    assert code == 1
    assert "without a usable name" in err
    assert tree(tmp_path) - before == {"press/bundle.zip"}


def test_a_file_is_taken_from_its_own_place_only(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """A manifest cannot point one report at a file elsewhere in the bundle, even a genuine one."""
    envelopes = press.sealed()
    case = press.case(envelopes)
    case["envelopes"][0]["path"] = "elsewhere/report.age"
    extra = {"elsewhere/report.age": envelopes[0].path.read_bytes()}
    code, _, err = opening(press.bundle([case], envelopes, extra=extra))
    assert code == 1
    assert "describes a file that cannot be" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "value"), [("length", 1), ("sha256", "0" * 64), ("payload_sha256", "0" * 64)]
)
def test_a_swapped_file_is_refused(
    name: str, value: object, press: Press, opening: Open, tmp_path: Path
) -> None:
    """A file that is not the one the signed manifest names is not opened."""
    envelopes = press.sealed()
    case = press.case(envelopes)
    case["envelopes"][0][name] = value
    code, _, err = opening(press.bundle([case], envelopes))
    assert code == 1
    assert "report.age in it" in err
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_no_bundle_is_refused(press: Press, opening: Open, tmp_path: Path) -> None:
    """A ZIP without a manifest, and a missing file, are named as such."""
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("hello", "x")
    assert "has no manifest.json" in opening(path)[2]
    assert "is not a file" in opening(tmp_path / "none")[2]


def test_a_single_file_opens(
    press: Press, opening: Open, tmp_path: Path, ada: StaffIdentity
) -> None:
    """Any age file opens: a report's archive, other content, with armour or without."""
    report, attachments = press.sealed()
    assert opening(report.path)[0] == 0
    assert tree(tmp_path / "out" / "report") == {
        "report.md",
        "report.json",
        "as-sent/report.md",
        "as-sent/report.json",
    }
    assert opening(attachments.path)[0] == 0
    assert tree(tmp_path / "out" / "attachments") == {"as-sent/shot.png"}
    note = tmp_path / "note.txt.age"
    with note.open("wb") as sink, ArmoredSink(sink) as armored:
        encrypt(io.BytesIO(b"hello"), [ada.opening.recipient], armored)
    assert opening(note)[0] == 0
    assert (tmp_path / "out" / "note.txt" / "as-sent" / "note.txt").read_bytes() == b"hello"
    assert "there already" in opening(note)[2]


def test_a_cut_file_leaves_nothing(press: Press, opening: Open, tmp_path: Path) -> None:
    """Plaintext of a file whose end is missing never appears."""
    path = tmp_path / "cut.age"
    with path.open("wb") as sink:
        encrypt(io.BytesIO(bytes(200_000)), press.keyset.recipients, sink)
    whole = path.read_bytes()
    start = len(header.read(io.BytesIO(whole)).raw) + 16
    path.write_bytes(whole[: start + 65_552])
    code, _, err = opening(path)
    assert code == 1
    assert "cut short" in err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_made_by_the_age_command_opens(opening: Open, tmp_path: Path, now: datetime) -> None:
    """A classic team needs nothing but tar and age on the other side."""
    made = StaffIdentity.generate("Carl", classic=True)
    key = tmp_path / "carl.key"
    key_files.write_new(key, made.file_text(made=now).encode())
    (tmp_path / "report.md").write_text("# hi")
    tar = subprocess.run(
        ["tar", "cf", "-", "report.md"], cwd=tmp_path, capture_output=True, check=True
    )
    sealed = tmp_path / "hand.age"
    command = ["age", "-r", str(made.opening.recipient), "-o", str(sealed)]
    subprocess.run(command, input=tar.stdout, check=True)
    assert opening(sealed, identity=key)[0] == 0
    assert (tmp_path / "out" / "hand" / "as-sent" / "report.md").read_text() == "# hi"
