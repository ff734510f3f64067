"""`portico scope lint`: advice about a file of rules."""

import argparse
from pathlib import Path

import pytest

from portal.commands import scope as command


def run(*words: object) -> int:
    """Run the command as the dispatcher does."""
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers(required=True))
    options = parser.parse_args(["scope", "lint", *map(str, words)])
    code = options.run(options)
    assert isinstance(code, int)
    return code


def test_lines_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Advice has the form of a compiler's: file, line, grade, code and what to do."""
    path = tmp_path / "rules"
    path.write_text("shop.example.com\n/p2p\n", encoding="utf-8")
    assert run(path) == 1
    assert f"{path}:2: error: path-alone: " in capsys.readouterr().out


def test_every_format_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there are no lines the rule is named; what happened on the way in is a notice."""
    path = tmp_path / "burp.json"
    path.write_text(
        '{"target": {"scope": {"include": [{"enabled": false, "host": "^b\\\\.com$"},'
        ' {"host": "^github\\\\.com$"}]}}}',
        encoding="utf-8",
    )
    assert run(path) == 0
    shown = capsys.readouterr().out
    assert f"{path}: notice: disabled: host=^b\\.com$: " in shown
    assert f"{path}: github.com: warning: shared-host: " in shown


def test_a_silent_exclusion_is_an_error_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An exclusion that excludes nothing is advice as a rule, and a refusal under --strict."""
    path = tmp_path / "rules"
    path.write_text("shop.example.com\n! our office \x1b[2J\n", encoding="utf-8")
    assert run(path) == 0
    assert run("--strict", path) == 1
    shown = capsys.readouterr().out
    assert f"{path}:2: error: silent-exclusion: " in shown
    assert "\x1b" not in shown


def test_a_condition_that_has_run_out_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The day is today's."""
    path = tmp_path / "rules.json"
    path.write_text(
        '{"format": "portico-scope/1",'
        ' "in": [{"pattern": "a.b.com", "when": {"until": "2020-01-31"}}]}',
        encoding="utf-8",
    )
    assert run(path) == 0
    assert "warning: condition-past: " in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "# nothing yet\n\n"])
def test_a_file_without_rules_is_no_good_file(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silence would look like praise: that there is nothing to read is said, and no success."""
    path = tmp_path / "rules"
    path.write_text(content, encoding="utf-8")
    assert run(path) == 2
    assert f"There is no rule in {path}." in capsys.readouterr().err
