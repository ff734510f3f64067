"""`portico scope`, as a script sees it."""

import argparse
import io
import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest

from portal.commands import scope as command
from tests.kiosk import Kiosk
from tests.live import PORTICO, environment


def run(*words: str) -> int:
    """Run the command as the dispatcher does."""
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers(required=True))
    options = parser.parse_args(["scope", *words])
    code = options.run(options)
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("www.shop.example", 0),
        ("legacy.shop.example", 1),
        ("not a target", 2),
        ("other.example", 3),
        ("shop.example", 4),
    ],
)
def test_the_exit_code_is_the_ruling(rules: str, target: str, code: int) -> None:
    """A script can act on one target without reading a word."""
    assert run("check", "--rules", rules, target) == code


@pytest.mark.parametrize("text", ["-h", "-", "", "-irules.txt", "--only=in"])
def test_a_script_can_pass_on_any_text(rules: str, text: str) -> None:
    """What `--target=` takes is one target, never an option, standard input or nothing at all."""
    assert run("check", "--rules", rules, f"--target={text}") in (2, 3)


def test_a_target_passed_on_is_ruled_on(rules: str) -> None:
    """It is checked like any other, and stands alone."""
    assert run("check", "--rules", rules, "--target=www.shop.example") == 0
    assert run("check", "--rules", rules, "--target=www.shop.example", "b.shop.example") == 2


def test_nothing_to_check_is_no_permission(
    rules: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a target the command says so; it does not wait for lines, and never ends with 0."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"www.shop.example\n")))
    assert run("check", "--rules", rules) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "There is nothing to check." in shown.err


@pytest.mark.parametrize(
    "rule", ["\u2588\u2588\u2588.shop.example", "%%%%bad%%%%", "http://", "10.0.0.1-300"]
)
def test_an_exclusion_of_one_word_is_never_dropped_in_silence(
    rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was meant to name something: it is pointed out, and with --strict nothing is ruled."""
    words = ("check", "--in", "*.shop.example", "--out", rule, "a.shop.example")
    assert run(*words) == 0
    assert "exclude" in capsys.readouterr().err
    assert run(*words, "--strict") == 2


def test_rules_can_stand_in_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file, --in and --out are enough."""
    assert run("check", "--in", "*.shop.example", "--out", "a.shop.example", "a.shop.example") == 1
    assert capsys.readouterr().out.startswith("out: a.shop.example is out of scope")


def test_standard_input_is_filtered(
    rules: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines in scope come out as they went in, in their order; the rest is counted."""
    lines = (
        b"https://WWW.shop.example/x\n\n# comment\nlegacy.shop.example\n\xff\nb.shop.example\r\n"
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert run("check", "--rules", rules, "-") == 0
    shown = capsys.readouterr()
    assert shown.out == "https://WWW.shop.example/x\nb.shop.example\n"
    assert shown.err == "1 line is no target\n"


def test_other_rulings_can_be_asked_for(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--also adds a ruling, --only shows nothing else."""
    targets = ("www.shop.example", "legacy.shop.example", "shop.example")
    assert run("check", "--rules", rules, "--also", "partial", *targets) == 0
    assert capsys.readouterr().out == "www.shop.example\nshop.example\n"
    assert run("check", "--rules", rules, "--only", "out", *targets) == 0
    assert capsys.readouterr().out == "legacy.shop.example\n"


def test_programs_get_json(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, every ruling included."""
    run("check", "--rules", rules, "--format", "jsonl", "www.shop.example", "x")
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["input"], first["ruling"], first["rule"]["line"]) == ("www.shop.example", "in", 1)
    assert second["ruling"] == "invalid"


def test_spreadsheets_get_rows_that_run_nothing(
    rules: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cell that starts like a formula is defused."""
    run("check", "--rules", rules, "--format", "csv", "www.shop.example", "=cmd()")
    head, first, second = capsys.readouterr().out.splitlines()
    assert head == "input,target,ruling,code,rule,reason"
    assert first.startswith("www.shop.example,www.shop.example,in,listed,*.shop.example,")
    assert second.startswith("'=cmd(),")


def test_a_verdict_can_be_explained(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The rule, its line and note, and what came close."""
    run("check", "--rules", rules, "--explain", "www.shop.example")
    shown = capsys.readouterr().out
    assert 'decided by: "*.shop.example" (included, line 1)' in shown
    assert "note: ours" in shown
    run("check", "--rules", rules, "--explain", "https://shop.example/other")
    assert "nearly: " in capsys.readouterr().out


def test_a_person_is_told_what_to_answer(tmp_path: Path, scope_json: str) -> None:
    """On a terminal the open questions follow, with the option that answers each; no prompt."""
    path = tmp_path / "scope.json"
    path.write_text(scope_json, encoding="utf-8")
    person, terminal = pty.openpty()
    done = subprocess.run(
        [*PORTICO, "scope", "check", "--rules", str(path), "beta.shop.example"],
        stdin=terminal,
        stdout=terminal,
        env=environment(),
        timeout=60,
        check=False,
    )
    os.close(terminal)
    shown = os.read(person, 4096).decode().splitlines()
    os.close(person)
    assert done.returncode == 4
    assert len(shown) == 2
    asked = "  Were you invited? Add --answer invited=yes or --answer invited=no"
    assert shown[1] == asked


def test_a_pipe_gets_one_line(portal: Kiosk, capsys: pytest.CaptureFixture[str]) -> None:
    """A script reads a verdict and nothing after it."""
    assert run("check", "--url", portal.url, "beta.shop.example") == 4
    assert capsys.readouterr().out.count("\n") == 1


def test_a_target_cannot_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in a target or rule are shown, not sent."""
    run("check", "--in", "shop.example", "--explain", "a\x1b[2Jb")
    assert "\x1b" not in capsys.readouterr().out


def test_a_missing_file_is_no_ruling(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate that cannot read its rules says so, and never looks like a permission."""
    assert run("check", "--rules", str(tmp_path / "none.txt"), "shop.example") == 2
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    assert run("check", "--rules", str(tmp_path / "bad.txt"), "shop.example") == 2
    (tmp_path / "empty.txt").write_text("!\n")
    assert run("check", "--rules", str(tmp_path / "empty.txt"), "shop.example") == 2
    assert capsys.readouterr().err.count("portico:") == 3


def test_lint_points_at_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Advice comes the way compilers write it; errors are an exit code."""
    path = tmp_path / "rules.txt"
    path.write_text("shop.com\n! foo/bar:\n", encoding="utf-8")
    assert run("lint", str(path)) == 1
    assert f"{path}:2: error: unreadable:" in capsys.readouterr().out
    path.write_text("shop.com\n", encoding="utf-8")
    assert run("lint", str(path)) == 0


def test_files_of_targets_are_filtered(rules: str, tmp_path: Path, portico: Any) -> None:
    """Each file is read in turn, a missing one is no silence, and one target in it is many."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("b.shop.example\nlegacy.shop.example\n", encoding="utf-8")
    second.write_text("a.shop.example", encoding="utf-8")
    said = portico("scope", "check", "--rules", rules, "-i", str(first), "-i", str(second))
    assert (said.code, said.out) == (0, "b.shop.example\na.shop.example\n")
    one = portico("scope", "check", "--rules", rules, "--input", str(second))
    assert (one.code, one.out) == (0, "a.shop.example\n")
    assert portico("scope", "check", "--rules", rules, "-i", str(tmp_path / "none")).code == 2
