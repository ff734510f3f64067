"""One report among many: a hostile one stops nobody, and its files never pose as ours."""

import io
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age.encrypting import encrypt
from portal.offline import opening as openings
from portal.offline import reports, unsealing
from tests.press import REPORT, Open, Press, by_hand, sealed_by_hand, tree

MINE = {"format": "portico/report/v1", "program": "example", "fields": {"title": "Mine"}}
HOSTILE = {
    "a lone surrogate": json.dumps(MINE | {"x": "\ud800", "\udfff": ["\udc00"]}),
    "a surrogate in an answer": json.dumps(MINE | {"fields": {"title": "\ud800", "\ud801": "x"}}),
    "hundreds of brackets": json.dumps(MINE)[:-1] + ',"x":' + "[" * 900 + "]" * 900 + "}",
    "numbers that are none": json.dumps(MINE)[:-1] + ',"x":[NaN,1e999]}',
    "a number of 4000 digits": json.dumps(MINE)[:-1] + ',"x":' + "9" * 4000 + "}",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", ["markdown", "json"])
def test_a_hostile_report_does_not_stop_the_others(
    hostile: str, form: str, press: Press, opening: Open, tmp_path: Path
) -> None:
    """Whatever JSON a reporter seals, it and the reports after it open."""
    packed = by_hand(("report.json", hostile.encode()), ("report.md", b"x"))
    bad = sealed_by_hand(press, packed, "report")
    sound = press.sealed()
    content = {"evil/report.age": bad.path.read_bytes()}
    first = json.loads(json.dumps(press.case((bad,), verdict=None)).replace(REPORT, "evil"))
    bundle = press.bundle([first, press.case(sound)], sound, extra=content)
    code, out, err = opening(bundle, "--as", form)
    assert (code, err) == (0, "")
    assert "2 of 2" in out
    name = {"markdown": "report.md", "json": "report.json"}[form]
    assert (tmp_path / "out" / REPORT / name).is_file()
    assert json.loads((tmp_path / "out" / REPORT / "report.json").read_text())


@pytest.mark.parametrize(
    "stray",
    [
        UnicodeError("x\x1b[2J"),
        OSError(28, "No space"),
        RecursionError(),
        EOFError(),
        zlib.error("damaged"),
    ],
)
def test_a_stray_error_is_that_report_s_own(
    stray: Exception, press: Press, opening: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a library raises over one report is that report's refusal; the next one opens."""
    honest = openings.open_envelope
    struck: list[bool] = []

    def stumbling(*arguments: Any, **more: Any) -> openings.Opened:
        if not struck:
            struck.append(True)
            raise stray
        return honest(*arguments, **more)

    monkeypatch.setattr(unsealing, "open_envelope", stumbling)
    sound = press.sealed()
    first = json.loads(json.dumps(press.case(sound)).replace(REPORT, "first"))
    extra = {f"first/{each.role}.age": each.path.read_bytes() for each in sound}
    code, out, err = opening(press.bundle([first, press.case(sound)], sound, extra=extra))
    assert code == 1
    assert "1 of 2" in out
    assert err.startswith("first: ")
    assert "\x1b" not in err
    assert tree(tmp_path / "out").issuperset({f"{REPORT}/report.md"})
    assert not (tmp_path / "out" / "first").exists()


def test_outcomes_are_told_as_they_come(
    press: Press, opening: Open, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report that is open is named before the next one is touched."""
    honest = reports.Opener._case
    seen: list[str] = []

    def watched(*arguments: Any) -> reports.Outcome:
        seen.append(capsys.readouterr().out)
        return honest(*arguments)

    monkeypatch.setattr(reports.Opener, "_case", watched)
    sound = press.sealed()
    second = json.loads(json.dumps(press.case(sound)).replace(REPORT, "second"))
    extra = {f"second/{each.role}.age": each.path.read_bytes() for each in sound}
    assert opening(press.bundle([press.case(sound), second], sound, extra=extra))[0] == 0
    assert f"{REPORT}: " in seen[1]


def test_a_reporter_s_files_never_stand_where_ours_do(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """A report.md packed by hand is under as-sent, whether the file came alone or in a bundle."""
    forged = by_hand(("report.md", b"# Forged\n- The portal confirms"), ("receipt.jws", b"x"))
    sealed = sealed_by_hand(press, forged)
    assert opening(sealed.path)[0] == 0
    alone = tmp_path / "out" / "sealed"
    assert tree(alone) == {"as-sent/report.md", "as-sent/receipt.jws"}
    assert opening(press.bundle([press.case((sealed,), verdict=None)], (sealed,)))[0] == 0
    assert tree(tmp_path / "out" / REPORT) == {
        "as-sent/report.md",
        "as-sent/receipt.jws",
        "receipt.jws",
    }


@pytest.mark.parametrize("alone", [True, False])
def test_a_form_filled_in_by_hand_is_rendered_apart(
    alone: bool, press: Press, opening: Open, tmp_path: Path
) -> None:
    """Our rendering of their report.json stands in front, and their own words stay as they came."""
    packed = by_hand(("report.json", json.dumps(MINE).encode()), ("report.md", b"my own words"))
    sealed = sealed_by_hand(press, packed)
    bundle = press.bundle([press.case((sealed,), verdict=None)], (sealed,))
    assert opening(sealed.path if alone else bundle)[0] == 0
    made = tmp_path / "out" / ("sealed" if alone else REPORT)
    assert "**Title:** `Mine`" in (made / "report.md").read_text()
    assert (made / "as-sent" / "report.md").read_bytes() == b"my own words"


def test_a_file_by_itself_is_told_to_be_unproven(press: Press, opening: Open) -> None:
    """No signature stands behind a single file, and that is said."""
    report, _ = press.sealed()
    assert "no signature of the portal was checked" in opening(report.path)[1]


def test_names_are_harmless_on_a_terminal(press: Press, opening: Open, tmp_path: Path) -> None:
    """Neither a file's name nor the refusal of one carries a command to the terminal."""
    path = tmp_path / "x\x1b]0;owned\x07.age"
    with path.open("wb") as sink:
        encrypt(io.BytesIO(b"hello"), press.keyset.recipients, sink)
    for _ in range(2):
        _, out, err = opening(path)
        assert "\x1b" not in out + err
        assert "\x07" not in out + err
    assert "there already" in err


def test_a_damaged_single_file_is_refused_in_words(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """A file that is age in its first line only, and an output that is no folder, are told."""
    broken = tmp_path / "broken.age"
    broken.write_bytes(b"age-encryption.org/v1\n\xff\xfe\n")
    code, _, err = opening(broken)
    assert code == 1
    assert err.startswith("broken: ")
    report, _ = press.sealed()
    (tmp_path / "out").rmdir()
    (tmp_path / "out").write_text("a file")
    code, _, err = opening(report.path)
    assert code == 1
    assert err.startswith("report: ")


def test_two_reports_in_one_case_are_refused(
    press: Press, opening: Open, server_key: Ed25519PrivateKey
) -> None:
    """A case with a form's report and one sealed by hand would lose one of them."""
    both = (*press.sealed(), sealed_by_hand(press, b"x"))
    code, _, err = opening(press.bundle([press.case(both)], both))
    assert code == 1
    assert "two reports" in err
