"""Submitting and following from the command line, against a portal on this machine."""

import hashlib
import io
import json
import os
import tarfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from portal.age.decrypting import decrypt
from portal.age.identities import KeyIdentity, parse
from portal.cli import main
from portal.errors import KeysetRefused, PortalRefused, StatementRefused
from portal.intake.token import Token
from portal.offline import connection, submit
from portal.offline.answers import Unanswered
from portal.offline.connection import Portal
from portal.offline.identity import StaffIdentity
from portal.offline.order import Order
from portal.offline.pins import Pins
from portal.policy.keyset import Keyset

pytestmark = pytest.mark.thorough

PROGRAM = "example"
TARGET = "https://user:pw@shop.example:8443/search?q=secret#frag"
REPORT = """\
# Report to Example

Some words first.

### Impact (optional)

Anyone can read orders.

### steps to reproduce

1. Open the page.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a report and two files."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "report.md").write_text(REPORT)
    (work / "shot.png").write_bytes(b"\x89PNG" + bytes(100))
    (work / "big.log").write_bytes(os.urandom(300_000))
    monkeypatch.chdir(work)
    monkeypatch.setattr(connection, "PAUSES", (0.0, 0.0))
    return work


def arguments(url: str, *more: str) -> list[str]:
    """Give the words of a submission."""
    asked = ["--program", PROGRAM, "--target", TARGET, "--title", "SQL injection"]
    return ["submit", "--url", url, *asked, "report.md", "shot.png", "big.log", *more]


def opened(file: bytes, identity: KeyIdentity) -> dict[str, bytes]:
    """Open an envelope and return what is packed in it."""
    sink = io.BytesIO()
    decrypt(io.BytesIO(file), [identity], sink)
    sink.seek(0)
    with tarfile.open(fileobj=sink, mode="r:") as tar:
        return {each.name: (tar.extractfile(each) or io.BytesIO()).read() for each in tar}


def token_in(output: str) -> Token:
    """Find the token in what was printed."""
    line = next(line for line in output.split("\n") if line.startswith("Token "))
    return Token.parse(line.removeprefix("Token "))


def test_a_report_arrives_sealed(
    folder: Path,
    small_portal: Any,
    ada: StaffIdentity,
    keyset: Keyset,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Staff can open what arrived, the reporter can too, and a receipt for it is kept."""
    assert main(arguments(small_portal.url, "--attest", "no-dos", "--answer", "vendor=no")) == 0
    output = capsys.readouterr().out
    token = token_in(output)
    ((fields, files),) = small_portal.kept
    inside = opened(files["report"], ada.opening)
    document = json.loads(inside["report.json"])
    assert list(inside) == ["report.json", "report.md"]
    assert document["format"] == "portico/report/v1"
    assert document["fields"] == {
        "location": TARGET,
        "title": "SQL injection",
        "impact": "Anyone can read orders.",
        "steps": "Some words first.\n\n\n1. Open the page.",
    }
    assert document["target"]["text"] == TARGET
    assert document["target"]["normalised"] == "normal:https://shop.example:8443"
    assert document["target"]["answers"] == {"vendor": False}
    assert document["conduct"] == {"attested": ["no-dos"], "used": []}
    assert document["policy"] == {"version": 7, "sha256": "ab" * 32}
    assert document["keyset"] == {"version": 1, "root": keyset.fingerprint}
    reply = parse(token.reply_identity("mlkem768x25519"))
    assert document["reporter"]["recipient"] == str(reply.recipient)
    assert opened(files["attachments"], reply)["big.log"] == (folder / "big.log").read_bytes()
    assert [each["name"] for each in document["attachments"]["files"]] == ["shot.png", "big.log"]
    plain = io.BytesIO()
    decrypt(io.BytesIO(files["attachments"]), [ada.opening], plain)
    assert document["attachments"]["sha256"] == hashlib.sha256(plain.getvalue()).hexdigest()
    assert document["attachments"]["length"] == len(plain.getvalue())
    assert fields["lookup"] == token.lookup
    assert (fields["policy"], fields["keyset"], fields["reply"]) == ("7", "1", "yes")
    assert (folder / "receipt-7k2m9-qx4dw.jws").read_text().count(".") == 2
    assert "Confirmation: running, by Friday 1 January 2027, 01:00 UTC+01:00" in output
    assert "Compare it with the one on the program's keys page, and with one you" in output


def test_only_the_host_is_shown_to_the_portal(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Path, query, fragment and credentials leave this machine sealed, or not at all."""
    assert main(arguments(small_portal.url)) == 0
    assert small_portal.asked == ["https://shop.example:8443"]
    ((fields, files),) = small_portal.kept
    # long strings only: a few letters turn up in ciphertext by chance
    for leak in ("search?q=secret", "SQL injection", "user:pw@shop"):
        assert leak not in json.dumps(fields)
        assert leak.encode() not in files["report"]
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("with_path", [True, False])
def test_with_a_path_nothing_else_goes_along(
    with_path: bool, small_portal: Any, keyset: Keyset
) -> None:
    """Even where the path may be seen, credentials, query and fragment stay here."""
    order = Order(PROGRAM, TARGET, {}, with_path=with_path)
    submit.check(order, portal=Portal.at(small_portal.url), keyset=keyset)
    asked = "https://shop.example:8443" + ("/search" if with_path else "")
    assert small_portal.asked == [asked]


@pytest.mark.parametrize("target", ["shop.example;s=1", "my secret", "javascript:secret", "a%2fb"])
def test_an_unclear_target_is_not_asked_about(
    target: str,
    folder: Path,
    small_portal: Any,
    ada: StaffIdentity,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be cut down safely stays here; sealed as not checked only for who says so."""
    words = arguments(small_portal.url)
    words[words.index(TARGET)] = target
    assert main(words) == 1
    assert "--unchecked" in capsys.readouterr().err
    assert small_portal.asked == []
    assert main([*words, "--unchecked"]) == 0
    assert "not checked. It is not one clear address" in capsys.readouterr().out
    assert small_portal.asked == [""]
    ((fields, files),) = small_portal.kept
    assert fields["scope_receipt"] == ""
    assert fields["policy"] == "7"
    document = json.loads(opened(files["report"], ada.opening)["report.json"])
    assert document["target"]["text"] == target
    assert document["target"]["verdict"] is None
    assert document["target"]["receipt"] is None


def changed(answer: dict[str, Any], member: str, change: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with one of its objects changed."""
    return answer | {member: answer[member] | change}


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("verdict", {"ruling": "out"}),
        ("verdict", {"rule": {"id": "r2"}}),
        ("verdict", {"rule": None}),
        ("verdict", {"rule": "r1"}),
        ("verdict", {"code": "other"}),
        ("policy", {"version": 8}),
        ("policy", {"sha256": "cd" * 32}),
    ],
)
def test_a_verdict_other_than_the_signed_one_is_refused(
    member: str, change: dict[str, Any], small_portal: Any, keyset: Keyset
) -> None:
    """Ruling, rule, code and policy that are shown must be those the portal signed for."""
    honest = small_portal.rule
    small_portal.rule = lambda question: changed(honest(question), member, change)
    order = Order(PROGRAM, "https://a.example", {})
    with pytest.raises(StatementRefused, match="says one verdict and signs another"):
        submit.check(order, portal=Portal.at(small_portal.url), keyset=keyset)


def test_a_verdict_that_nobody_signed_is_refused(small_portal: Any, keyset: Keyset) -> None:
    """Only a target that the portal could not read comes back without a signature."""
    honest = small_portal.rule
    small_portal.rule = lambda question: honest(question) | {"receipt": None}
    order = Order(PROGRAM, "https://a.example", {})
    portal = Portal.at(small_portal.url)
    with pytest.raises(StatementRefused, match="without signing it"):
        submit.check(order, portal=portal, keyset=keyset)
    small_portal.rule = lambda question: changed(
        honest(question) | {"receipt": None}, "verdict", {"ruling": "invalid"}
    )
    assert submit.check(order, portal=portal, keyset=keyset).receipt is None


@pytest.mark.parametrize("name", ["header_sha256", "payload_sha256"])
def test_a_receipt_for_a_changed_file_is_not_believed(
    name: str, folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A portal that took the report in under other recipients, or other bytes, is caught."""
    small_portal.lies = name
    assert main(arguments(small_portal.url)) == 1
    assert "does not name the files" in capsys.readouterr().err


@pytest.mark.parametrize("stated", [{"kind": "question"}, {"exposed": False}, {"exploited": True}])
def test_a_receipt_for_another_kind_is_not_believed(
    stated: dict[str, Any], folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A portal that makes a question of a report, so that no clock runs, is caught."""
    small_portal.files_as = stated
    assert main(arguments(small_portal.url, "--exposed")) == 1
    shown = capsys.readouterr()
    assert "says another kind, or other ticks" in shown.err
    assert "this token shows it:" in shown.out


def test_bytes_that_are_no_text_can_be_reported(folder: Path, small_portal: Any) -> None:
    """Words of a command that hold half a character are sealed with a mark in its place."""
    words = arguments(small_portal.url, "--field", "remarks=a\udc80b")
    assert main(words) == 0


def test_without_a_copy_only_staff_can_open(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reporter who wants no copy is no recipient, but can still be answered."""
    assert main(arguments(small_portal.url, "--no-copy")) == 0
    ((fields, files),) = small_portal.kept
    assert fields["reply"] == "no"
    assert files["report"].count(b"-> mlkem768x25519 ") == 2
    assert token_in(capsys.readouterr().out)


def test_a_stumbling_portal_is_asked_again(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two failures in a row lose nothing; the same sealed files are sent again."""
    small_portal.stumbles = 2
    assert main(arguments(small_portal.url)) == 0
    assert len(small_portal.kept) == 1
    assert token_in(capsys.readouterr().out)


def test_an_unanswered_report_keeps_its_token(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """When nobody knows whether the report arrived, the reporter still gets the token."""
    small_portal.stumbles = 3
    assert main(arguments(small_portal.url)) == 1
    shown = capsys.readouterr()
    assert "this token shows it:" in shown.out
    assert "did not answer" in shown.err
    assert not small_portal.kept


def test_a_receipt_for_other_files_is_not_believed(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A portal that confirms something else than was sent is caught."""
    small_portal.lies = "payload_sha256"
    assert main(arguments(small_portal.url)) == 1
    shown = capsys.readouterr()
    assert "does not name the files" in shown.err
    assert "this token shows it:" in shown.out


def test_another_vendor_is_named_and_nothing_sent(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """For somebody else's target the address is shown, before anything is sealed."""
    small_portal.ruling = "out"
    small_portal.redirect = {"vendor": "Other Ltd", "address": "https://other.example/report"}
    assert main(arguments(small_portal.url)) == 1
    assert "https://other.example/report" in capsys.readouterr().err
    assert not small_portal.kept


def test_a_swapped_root_stops_the_submission(
    folder: Path, small_portal: Any, keyset: Keyset, home: Path
) -> None:
    """A portal that suddenly has another root gets nothing."""
    pins = Pins.of_user({"XDG_CONFIG_HOME": str(home)})
    pins.remember(small_portal.url, keyset)
    pins.path.write_text(pins.path.read_text().replace(keyset.fingerprint, "0" * 64))
    assert main(arguments(small_portal.url)) == 1
    assert main(arguments(small_portal.url, "--root", "1" * 64)) == 1
    assert not small_portal.asked


def test_a_receipt_about_another_target_is_refused(small_portal: Any, keyset: Keyset) -> None:
    """The scope receipt must be about the target the portal says it ruled on."""
    honest = small_portal.rule

    def dishonest(question: dict[str, Any]) -> Any:
        return honest(question) | {"nonce": "B" * 22}

    small_portal.rule = dishonest
    order = Order(PROGRAM, "https://a.example", {})
    with pytest.raises(StatementRefused, match="another target"):
        submit.check(order, portal=Portal.at(small_portal.url), keyset=keyset)


def test_missing_files_are_named(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report that is missing, or a file that is none, is said before anything is sent."""
    words = arguments(small_portal.url)
    words.remove("report.md")
    assert main(words) == 1
    assert "None of the files is the report" in capsys.readouterr().err
    assert main(arguments(small_portal.url, "nothing.txt")) == 1
    assert "nothing.txt is not a file" in capsys.readouterr().err
    assert not small_portal.asked


def test_a_target_the_portal_cannot_read_is_not_sent_at_once(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The portal's own doubt stops a report before it is sealed, unless told otherwise."""
    honest = small_portal.rule
    small_portal.rule = lambda question: changed(
        honest(question) | {"receipt": None}, "verdict", {"ruling": "invalid"}
    )
    assert main(arguments(small_portal.url)) == 1
    assert "could not read the target" in capsys.readouterr().err
    assert not small_portal.kept
    assert main(arguments(small_portal.url, "--unchecked")) == 0
    assert "Target: not checked. Because" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code"), [((), 1), (("--answer", "vendor=no"), 0), (("--unchecked",), 0)]
)
def test_open_questions_are_asked_before_anything_is_sent(
    more: tuple[str, ...],
    code: int,
    folder: Path,
    small_portal: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A ruling that waits for answers is shown with its questions, and nothing leaves meanwhile."""
    small_portal.ruling = "review"
    assert main(arguments(small_portal.url, *more)) == code
    shown = capsys.readouterr()
    assert ("Is it yours?" in shown.out) == ("--answer" not in more)
    assert ("--answer vendor=yes|no" in shown.err) == (code == 1)
    assert len(small_portal.kept) == 1 - code


@pytest.mark.parametrize(
    ("more", "known"),
    [(("--answer", "vendr=no"), "vendor"), (("--field", "stepz=x"), "steps, impact")],
)
def test_names_nobody_knows_are_refused(
    more: tuple[str, str],
    known: str,
    folder: Path,
    small_portal: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A mistyped question or field is not dropped in silence: those there are get named."""
    assert main(arguments(small_portal.url, *more)) == 1
    assert known in capsys.readouterr().err
    assert not small_portal.kept


def test_an_answer_is_yes_or_no(folder: Path, small_portal: Any) -> None:
    """Anything else is a misuse, never taken for a no."""
    with pytest.raises(SystemExit) as done:
        main(arguments(small_portal.url, "--answer", "vendor=maybe"))
    assert done.value.code == 2


def test_too_large_a_delivery_is_refused_before_it_is_sealed(
    folder: Path,
    small_portal: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The number is named, and nobody was asked anything."""
    with (folder / "huge.bin").open("wb") as file:
        file.truncate(70 * 2**20)
    monkeypatch.setattr(submit, "seal", pytest.fail)
    assert main(arguments(small_portal.url, "huge.bin")) == 1
    assert "a delivery may have 64 MB" in capsys.readouterr().err
    assert not small_portal.asked


def test_pictures_are_warned_about(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command takes nothing out of pictures, and says so."""
    assert main(arguments(small_portal.url)) == 0
    shown = capsys.readouterr().out
    assert "Pictures are sent as they are: shot.png." in shown
    assert "exiftool" in shown
    words = arguments(small_portal.url)
    words.remove("shot.png")
    (folder / "second").mkdir()
    assert main([*words, "--receipts", "second"]) == 0
    assert "Pictures" not in capsys.readouterr().out


FORM = """# Report to Example

## Where it is

### Target

https://a.example

## What you found

### Title

A door

## What you confirm

- I do: keep it to myself. (secret)

## What you did all the same

- Flooding. (dos)
"""


def test_the_form_says_everything(
    folder: Path, small_portal: Any, ada: StaffIdentity, capsys: pytest.CaptureFixture[str]
) -> None:
    """Target, title and conduct are taken from a filled-in form, and the conduct is shown."""
    (folder / "report.md").write_text(FORM)
    words = ["submit", "--url", small_portal.url, "--program", PROGRAM, "report.md"]
    assert main([*words, "--target", "https://b.example"]) == 1
    assert "another target" in capsys.readouterr().err
    assert main([*words, "--attest", "secret", "--attest", "more"]) == 0
    shown = capsys.readouterr().out
    assert "You confirm: secret, more." in shown
    assert "You did, although the policy rules it out: dos." in shown
    ((_, files),) = small_portal.kept
    document = json.loads(opened(files["report"], ada.opening)["report.json"])
    assert document["conduct"] == {"attested": ["secret", "more"], "used": ["dos"]}
    assert document["fields"] == {"location": "https://a.example", "title": "A door"}


def test_a_report_needs_a_target_and_a_title(
    folder: Path, small_portal: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """What neither the file nor the command names is asked for."""
    words = ["submit", "--url", small_portal.url, "--program", PROGRAM, "report.md"]
    assert main(words) == 1
    assert "no target" in capsys.readouterr().err
    assert main([*words, "--target", "https://a.example"]) == 1
    assert "no title" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["ftp://x.example", "https://", "https://u@x.example", "http://x.example"]
)
def test_an_unsafe_address_is_refused(text: str) -> None:
    """A token never travels unencrypted to another machine."""
    with pytest.raises(PortalRefused):
        Portal.at(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("report.example", "https://report.example"),
        ("https://Report.Example/x?y", "https://report.example"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://abc.onion", "http://abc.onion"),
    ],
)
def test_an_address_is_read_as_typed(text: str, url: str) -> None:
    """Everything after the host is left out; near machines and onion services need no TLS."""
    assert Portal.at(text).url == url


def test_errors_of_a_portal_are_harmless_to_look_at(small_portal: Any) -> None:
    """A refusal's words are shown without terminal commands, and redirects are not followed."""
    portal = Portal.at(small_portal.url)
    with pytest.raises(PortalRefused) as caught:
        portal.text("/unknown")
    assert "\x1b" not in caught.value.message
    with pytest.raises(PortalRefused, match="points to https://elsewhere"):
        portal.text("/moved/keyset.jws")


def test_an_absent_portal_is_named() -> None:
    """When nothing listens, three tries are made and the reason is told."""
    waited: list[float] = []
    portal = Portal("http://127.0.0.1:9", pause=waited.append)
    with pytest.raises(Unanswered, match="did not answer"):
        portal.text("/")
    assert waited == list(connection.PAUSES)


@pytest.fixture
def standing(small_portal: Any, monkeypatch: pytest.MonkeyPatch) -> Token:
    """A report that stands, and its token."""
    token = Token.mint()
    small_portal.standing = {
        "lookup": token.lookup,
        "report": "7k2m9-qx4dw",
        "program_name": "Example",
        "state_label": "Being fixed \x1b[2J",
        "zone": "Europe/Amsterdam",
        "events": [
            {"at": "2026-01-01T10:00:00.123456+00:00", "label": "Received", "note": "soon\u202e"}
        ],
        "deadlines": [
            {"label": "Confirm", "state": "met", "due": "2026-01-05T23:59:59+01:00"},
            {"label": "Fix", "state": "pending", "due": None, "explanation": "x"},
        ],
    }
    monkeypatch.setattr(connection, "PAUSES", (0.0, 0.0))
    return token


@pytest.mark.parametrize("way", ["asked", "stdin", "argument", "code"])
def test_status_is_told(
    way: str,
    standing: Token,
    small_portal: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The token is asked for, read from standard input, or taken with a warning."""
    monkeypatch.setattr("portal.commands.status.getpass", lambda _: standing.text.lower())
    monkeypatch.setattr("sys.stdin", io.StringIO(standing.text + "\n"))
    words = {"asked": [], "stdin": ["-"], "argument": [standing.text], "code": [standing.lookup]}
    assert main(["status", "--url", small_portal.url, *words[way]]) == 0
    shown = capsys.readouterr()
    assert "Report 7k2m9-qx4dw to Example" in shown.out
    assert "Thursday 1 January 2026, 11:00 Europe/Amsterdam: Received" in shown.out
    assert "soon" in shown.out
    assert "Confirm: done, by Monday 5 January 2026, 24:00 Europe/Amsterdam" in shown.out
    assert "Fix: not started, no date yet" in shown.out
    assert "\x1b" not in shown.out
    assert "\u202e" not in shown.out
    assert ("history" in shown.err) == (way in {"argument", "code"})


def test_an_unknown_token_is_told_as_such(
    small_portal: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong token and a mistyped one get different answers, the former the portal's own."""
    monkeypatch.setattr("portal.commands.status.getpass", lambda _: Token.mint().text)
    assert main(["status", "--url", small_portal.url]) == 1
    assert "Nothing." in capsys.readouterr().err
    assert main(["status", "--url", small_portal.url, "00041"]) == 1
    assert "30 letters and digits" in capsys.readouterr().err


def test_an_expired_keyset_is_not_sealed_to(small_portal: Any, keyset: Keyset, home: Path) -> None:
    """After its last day a keyset is refused, whoever serves it."""
    pins = Pins.of_user({"XDG_CONFIG_HOME": str(home)})
    late: datetime = keyset.expires
    with pytest.raises(KeysetRefused, match="expired"):
        pins.verify(keyset.text, portal="x", program=PROGRAM, root=None, now=late)


def test_a_quick_report_takes_a_target_and_a_title(
    folder: Path, small_portal: Any, ada: StaffIdentity, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file is needed; what the server may see is said before it is sent."""
    words = ["submit", "--url", small_portal.url, "--program", PROGRAM, "--kind", "quick"]
    assert main([*words, "--target", "shop.example", "--title", "Open", "--exposed"]) == 0
    ((fields, files),) = small_portal.kept
    assert (fields["kind"], fields["exposed"], fields.get("exploited")) == ("quick", "yes", None)
    document = json.loads(opened(files["report"], ada.opening)["report.json"])
    assert (document["kind"], document["exposed"], document["exploited"]) == ("quick", True, False)
    assert document["fields"] == {"title": "Open", "location": "shop.example"}
    assert "staff open it first: data lies open." in capsys.readouterr().out


def test_a_question_is_about_no_target(
    folder: Path, small_portal: Any, ada: StaffIdentity, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is checked, nothing is confirmed; all text of the file is the question."""
    (folder / "ask.md").write_text(
        "### Subject\n\nMay I?\n\n### Your question\n\nTest on Sunday?\n"
    )
    words = ["submit", "--url", small_portal.url, "--program", PROGRAM, "--kind", "question"]
    assert main([*words, "ask.md"]) == 0
    assert small_portal.asked == [""]
    ((fields, files),) = small_portal.kept
    assert (fields["kind"], fields["scope_receipt"]) == ("question", "")
    inside = opened(files["report"], ada.opening)
    document = json.loads(inside["report.json"])
    assert document["fields"] == {"title": "May I?", "question": "Test on Sunday?"}
    assert document["target"]["text"] == ""
    assert inside["report.md"].decode().startswith("# Question")
    assert "Target" not in inside["report.md"].decode()
    assert "Target" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "more", "missing"),
    [
        ("Plain words.", ["--title", "A", "--target", "shop.example"], "no target"),
        ("Plain words.", ["--title", "A", "--exploited"], "nothing about it is urgent"),
        ("Plain words.", [], "no subject"),
        ("### Subject\n\nOnly that.\n", [], "no text"),
    ],
    ids=["target", "urgent", "subject", "text"],
)
def test_what_is_no_question_is_refused(
    folder: Path,
    small_portal: Any,
    capsys: pytest.CaptureFixture[str],
    text: str,
    more: list[str],
    missing: str,
) -> None:
    """A find is not hidden in a question, which starts no clock; and nothing is sent."""
    (folder / "ask.md").write_text(text)
    words = ["submit", "--url", small_portal.url, "--program", PROGRAM, "--kind", "question"]
    assert main([*words, *more, "ask.md"]) != 0
    assert missing in capsys.readouterr().err
    assert small_portal.kept == []
