"""Checking receipts, through the command anyone can run."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.cli import main
from portal.errors import StatementRefused
from portal.offline import receipt_text, receipts
from portal.policy import statement
from portal.policy.dates import moment
from portal.policy.keyset import Keyset


@pytest.fixture
def claims(now: datetime) -> dict[str, Any]:
    """What a receipt states."""
    return {
        "iss": "https://report.example",
        "iat": int(now.timestamp()),
        "program": "example",
        "report": "7k2m9-qx4dw \x1b[2J",
        "policy": {"version": 7, "sha256": "ab" * 32},
        "verdict": {"ruling": "in", "rule": "r1", "code": "listed", "policy_version": 7},
        "envelopes": [
            {"role": "report", "length": 9, "header_sha256": "cd", "payload_sha256": "ef"}
        ],
        "deadlines": [
            {
                "id": "ack",
                "label": "Confirmation",
                "state": "running",
                "due": "2026-01-05T23:59:59+01:00",
                "explanation": "2 days after it arrived.",
            }
        ],
    }


def signed(
    claims: dict[str, Any], key: Ed25519PrivateKey, typ: str = statement.REPORT_RECEIPT
) -> str:
    """Sign claims."""
    return statement.sign(claims, key=key, typ=typ)


def test_a_receipt_holds(
    claims: dict[str, Any],
    server_key: Ed25519PrivateKey,
    keyset: Keyset,
    small_portal: Any,
    now: datetime,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Against the keyset, the bare key or the portal, a genuine receipt is confirmed and shown."""
    receipt, key, bare = tmp_path / "r.jws", tmp_path / "keyset.jws", tmp_path / "receipt.pub"
    receipt.write_text(signed(claims, server_key) + "\n")
    key.write_text(keyset.text)
    bare.write_text(statement.key_text(server_key.public_key()) + "\n")
    for words in (["--key", str(key)], ["--key", str(bare)], ["--url", small_portal.url]):
        assert main(["receipt", "verify", str(receipt), *words]) == 0
        output = capsys.readouterr().out
        assert "report receipt holds" in output
        assert "Program   example, version 7 of its policy" in output
        assert "Report    7k2m9-qx4dw" in output
        assert "Ruling    in (rule r1)" in output
        assert "Confirmation: by Monday 5 January 2026, 24:00 UTC+01:00" in output
        assert "2 days after it arrived." in output
        assert {"header   cd", "payload  ef"} <= {line[-11:].strip() for line in output.split("\n")}
        assert moment(now) in output
        assert "\x1b" not in output


def test_programs_get_the_claims(
    claims: dict[str, Any],
    server_key: Ed25519PrivateKey,
    keyset: Keyset,
    small_portal: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With --json nothing but the claims is printed, and nothing that a terminal would obey."""
    receipt = tmp_path / "r.jws"
    receipt.write_text(signed(claims, server_key))
    words = ["receipt", "verify", str(receipt), "--url", small_portal.url, "--json"]
    assert main(words) == 0
    output = capsys.readouterr().out
    assert json.loads(output) == claims
    assert "\x1b" not in output


@pytest.fixture
def scope_receipt(claims: dict[str, Any], server_key: Ed25519PrivateKey, tmp_path: Path) -> Path:
    """A receipt about https://a.example, salted with zeros."""
    digest = hashlib.sha256(bytes(16) + b"https://a.example").hexdigest()
    members = {name: claims[name] for name in ("iss", "iat", "program", "policy")}
    ruled = {"target_hash": digest, "ruling": "review", "rule": None, "code": "unclear"}
    path = tmp_path / "scope.jws"
    path.write_text(signed(members | ruled, server_key, statement.SCOPE_RECEIPT))
    return path


CODE = "A" * 22


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), ""),
        (("--target", "https://a.example", "--code", CODE), "about the target https://a.example."),
        (("--target", "https://u@A.example/x?y", "--code", CODE), "the target https://a.example."),
        (("--target", "https://b.example", "--code", CODE), None),
        (("--target", "https://a.example", "--code", "B" * 22), None),
        (("--target", "https://a.example"), None),
        (("--code", CODE), None),
        (("--target", "", "--code", ""), None),
    ],
)
def test_a_scope_receipt_can_be_shown_to_be_about_a_target(
    more: tuple[str, ...],
    said: str | None,
    scope_receipt: Path,
    small_portal: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Target and code together confirm it, as typed or as checked; anything else is refused."""
    words = ["receipt", "verify", str(scope_receipt), "--url", small_portal.url, *more]
    assert main(words) == (0 if said is not None else 1)
    shown = capsys.readouterr()
    assert (said or "") in shown.out
    if said is not None:
        assert "This scope receipt holds" in shown.out
        assert "Ruling    review (unclear)" in shown.out


ABOUT = ("--target", "https://a.example", "--code", CODE)


def published(version: int, sha256: str, rule: dict[str, Any]) -> str:
    """Return the scope of the program as its portal publishes it."""
    policy = {"version": version, "sha256": sha256}
    plain = {"format": "portico-scope/1", "program": "example", "policy": policy, "in": [rule]}
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("version", "sha256", "pattern", "said"),
    [
        (
            9,
            "cd" * 32,
            "a.example",
            "It was review by policy version 7, and is in by policy version 9: ",
        ),
        (9, "cd" * 32, "b.example", "and is unknown by policy version 9: "),
        (7, "ab" * 32, "a.example", "It is the same policy, version 7. It was review"),
    ],
)
def test_what_changed_since_is_said(
    version: int,
    sha256: str,
    pattern: str,
    said: str,
    scope_receipt: Path,
    small_portal: Any,
    keyset: Keyset,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By what the portal publishes now, or by a saved scope and without any portal."""
    key, saved = tmp_path / "keyset.jws", tmp_path / "scope.json"
    key.write_text(keyset.text)
    saved.write_text(published(version, sha256, {"pattern": pattern}))
    small_portal.scope = saved.read_text()
    verify = ["receipt", "verify", str(scope_receipt), *ABOUT]
    for more in (["--url", small_portal.url], ["--key", str(key), "--scope", str(saved)]):
        assert main([*verify, *more]) == 0
        assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("moment", "said"), [("2027-01-30", "is in by"), ("2027-02-02", "unknown")]
)
def test_the_day_of_a_comparison_is_todays(
    moment: str,
    said: str,
    scope_receipt: Path,
    small_portal: Any,
    keyset: Keyset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command asks for the time once; rules that end are held against that day."""
    key = tmp_path / "keyset.jws"
    key.write_text(keyset.text)
    rule = {"pattern": "a.example", "when": {"until": "2027-01-31"}}
    saved = tmp_path / "scope.json"
    saved.write_text(published(9, "cd" * 32, rule))
    asked = iter([datetime.fromisoformat(f"{moment}T12:00:00+00:00")])
    monkeypatch.setattr("portal.commands.receipts.utc_now", lambda: next(asked))
    verify = ["receipt", "verify", str(scope_receipt), *ABOUT]
    assert main([*verify, "--key", str(key), "--scope", str(saved)]) == 0
    assert said in capsys.readouterr().out


def test_a_portal_that_says_nothing_leaves_it_open(
    scope_receipt: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The receipt still holds when what applies now cannot be learned, and that is said."""
    verify = ["receipt", "verify", str(scope_receipt), *ABOUT, "--url", small_portal.url]
    for small_portal.scope in ("", "nonsense"):
        assert main(verify) == 0
        shown = capsys.readouterr().out
        assert "It is about the target https://a.example." in shown
        assert "Whether that still applies is not known." in shown
        assert "\x1b" not in shown


def test_questions_are_asked_again(
    scope_receipt: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A receipt does not hold the answers, so they are asked for, and taken."""
    plain = json.loads(published(9, "cd" * 32, {"pattern": "*.example"}))
    asked = {"id": "invited", "text": "Were you invited?"}
    small_portal.scope = json.dumps(
        plain
        | {"in": [{"pattern": "a.example"}], "out": [{"pattern": "a.example", "unless": [asked]}]}
    )
    verify = ["receipt", "verify", str(scope_receipt), *ABOUT, "--url", small_portal.url]
    assert main(verify) == 0
    shown = capsys.readouterr().out
    assert "It is still review by policy version 9" in shown
    assert "Were you invited? Add --answer invited=yes or --answer invited=no" in shown
    assert main([*verify, "--answer", "invited=yes"]) == 0
    assert "and is in by policy version 9" in capsys.readouterr().out


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--target", "https://b.example"), 1)])
def test_the_checkers_whole_answer_can_be_kept(
    more: tuple[str, ...],
    code: int,
    scope_receipt: Path,
    small_portal: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It holds receipt, code and target, so nothing else has to be typed; what is typed counts."""
    answer = tmp_path / "answer.json"
    receipt, verdict = scope_receipt.read_text(), {"target": "https://a.example"}
    answer.write_text(json.dumps({"receipt": receipt, "nonce": CODE, "verdict": verdict}))
    words = ["receipt", "verify", str(answer), "--url", small_portal.url, *more]
    assert main(words) == code
    shown = capsys.readouterr()
    assert ("It is about the target https://a.example." in shown.out) is (code == 0)


@pytest.mark.parametrize(("about", "saved"), [((), True), (ABOUT, False)])
def test_a_comparison_needs_a_target_and_a_scope(
    about: tuple[str, ...],
    saved: bool,
    scope_receipt: Path,
    keyset: Keyset,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a target there is nothing to rule on, and a missing file is named."""
    key, path = tmp_path / "keyset.jws", tmp_path / "scope.json"
    key.write_text(keyset.text)
    if saved:
        path.write_text(published(9, "cd" * 32, {"pattern": "a.example"}))
    words = ["--key", str(key), "--scope", str(path)]
    assert main(["receipt", "verify", str(scope_receipt), *about, *words]) == 1
    assert "portico: " in capsys.readouterr().err


def test_a_report_receipt_is_about_no_target(
    claims: dict[str, Any], server_key: Ed25519PrivateKey, keyset: Keyset
) -> None:
    """It names no target, so nothing can be shown with it."""
    proof = receipts.verify_by(signed(claims, server_key), keyset=keyset)
    with pytest.raises(StatementRefused, match="Only a scope receipt"):
        receipts.target_shown(proof, nonce=CODE, text="https://a.example")


@pytest.mark.parametrize("odd", [None, "x", [1], [{}], {"a": 1}, 7])
def test_odd_claims_are_still_told(
    odd: object, claims: dict[str, Any], server_key: Ed25519PrivateKey, keyset: Keyset
) -> None:
    """A signed receipt of another version of Portico is shown as far as it can be read."""
    members = ("policy", "verdict", "envelopes", "deadlines", "report", "safe_harbour")
    text = signed(claims | dict.fromkeys(members, odd), server_key)
    assert list(receipt_text.told(receipts.verify_by(text, keyset=keyset)))


def test_conditions_of_a_safe_harbour_are_told(
    claims: dict[str, Any], server_key: Ed25519PrivateKey, keyset: Keyset
) -> None:
    """S2-19: by their ids, harmless; where the policy offers none, nothing is said of any."""
    text = signed(claims | {"safe_harbour": ["good-faith", "direct\x1b[2J"]}, server_key)
    told = list(receipt_text.told(receipts.verify_by(text, keyset=keyset)))
    (line,) = [one for one in told if "Harbour" in one]
    assert line.startswith("  Harbour   on condition of good-faith, direct")
    assert "\x1b" not in line
    silent = receipts.verify_by(signed(claims | {"safe_harbour": None}, server_key), keyset=keyset)
    assert not any("Harbour" in one for one in receipt_text.told(silent))


def test_a_forged_receipt_does_not(
    claims: dict[str, Any],
    server_key: Ed25519PrivateKey,
    keyset: Keyset,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another key, another kind, an edited text or no receipt at all is refused."""
    key = tmp_path / "keyset.jws"
    key.write_text(keyset.text)
    genuine = signed(claims, server_key)
    for text in (
        signed(claims, Ed25519PrivateKey.generate()),
        signed(claims, server_key, statement.AUDIT_HEAD),
        genuine[:-4] + "AAAA",
        "hello",
        "",
    ):
        receipt = tmp_path / "r.jws"
        receipt.write_text(text)
        assert main(["receipt", "verify", str(receipt), "--key", str(key)]) == 1
        assert "not a receipt" in capsys.readouterr().err
    assert main(["receipt", "verify", str(tmp_path / "none"), "--key", str(key)]) == 1


def test_a_receipt_from_outside_its_keys_life_is_refused(
    claims: dict[str, Any], server_key: Ed25519PrivateKey, keyset: Keyset, now: datetime
) -> None:
    """A stolen old key cannot date receipts outside the time it was in use."""
    for when in (now - timedelta(days=2), now + timedelta(days=400)):
        text = signed(claims | {"iat": int(when.timestamp())}, server_key)
        with pytest.raises(StatementRefused, match="outside the time"):
            receipts.verify_by(text, keyset=keyset)
    with pytest.raises(StatementRefused, match="another program"):
        receipts.verify_by(signed(claims | {"program": "x"}, server_key), keyset=keyset)
    for date in (None, "now", 10**30, [1]):
        with pytest.raises(StatementRefused):
            receipts.verify_by(signed(claims | {"iat": date}, server_key), keyset=keyset)


@pytest.mark.parametrize("salt", [b"", b"short", bytes(15), bytes(17)])
def test_a_salt_of_another_length_confirms_nothing(salt: bytes) -> None:
    """With a salt of free length, the border between salt and target could be moved."""
    target = "https://a.example"
    claims = {"target_hash": hashlib.sha256(salt + target.encode()).hexdigest()}
    nonce = base64.urlsafe_b64encode(salt).rstrip(b"=").decode()
    assert not receipts.names_target(claims, nonce=nonce, target=target)
    whole = {"target_hash": hashlib.sha256(bytes(16) + target.encode()).hexdigest()}
    assert receipts.names_target(whole, nonce="A" * 22, target=target)


@pytest.mark.parametrize("envelopes", [None, "x", [1], [{"role": "a"}], [{}, {}]])
def test_malformed_claims_name_no_files(envelopes: object) -> None:
    """A receipt whose list of files is malformed confirms none."""
    assert not receipts.names_files({"envelopes": envelopes}, {"report": {"payload_sha256": "ab"}})


def test_a_receipt_says_what_something_was_filed_as() -> None:
    """Kind and ticks have to be those that were sent; an older receipt knows of no ticks."""
    claims = {"kind": "quick", "exposed": True, "exploited": False}
    assert receipts.is_filed_as(claims, kind="quick", ticked=["exposed"])
    assert not receipts.is_filed_as(claims, kind="report", ticked=["exposed"])
    assert not receipts.is_filed_as(claims, kind="quick", ticked=[])
    assert not receipts.is_filed_as(claims | {"exploited": "yes"}, kind="quick", ticked=[])
    assert receipts.is_filed_as({}, kind="report", ticked=())


def test_a_receipt_names_header_and_payload() -> None:
    """Each hash asked about must be the one stated, for all files and no others."""
    stated = {"role": "report", "header_sha256": "cd", "payload_sha256": "ab"}
    claims = {"envelopes": [stated]}
    sent = {"report": {"header_sha256": "cd", "payload_sha256": "ab"}}
    assert receipts.names_files(claims, sent)
    assert receipts.names_files(claims, {"report": {"payload_sha256": "ab"}})
    assert not receipts.names_files(claims, {"report": {"header_sha256": "00"}})
    assert not receipts.names_files(claims, {"report": sent["report"] | {"header_sha256": "00"}})
    assert not receipts.names_files(claims, sent | {"attachments": {}})
    assert not receipts.names_files(claims, {})


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "a.e30.c", "a.W10.c", "a.é.c"])
def test_what_names_no_program_is_refused(text: str) -> None:
    """Without a readable receipt there is no keyset to look for."""
    with pytest.raises(StatementRefused):
        receipts.program_named(text)
