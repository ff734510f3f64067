"""The command `portico`: it finds commands, says what is wrong, and loads no more than it needs."""

import subprocess
import sys

import pytest

from portal import cli
from tests.live import PORTICO, environment


def test_without_a_word_it_says_what_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    """`portico` alone names every command."""
    assert cli.main([]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in cli.COMMANDS)


def test_an_unknown_command_is_a_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, and the exit code says so."""
    assert cli.main(["explode"]) == 2
    assert "explode" in capsys.readouterr().err


def test_a_refusal_has_a_hint(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error is two lines: what happened, and what to do."""
    monkeypatch.delenv("PORTICO_DIR", raising=False)
    assert cli.main(["report", "list"]) == 1
    message, hint = capsys.readouterr().err.strip().splitlines()
    assert "PORTICO_DIR" in message
    assert "portico init" in hint


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        (["policy", "check", "a", "b"], "usage: portico policy check [-h] [-q] [DIR]"),
        (["scope", "lint", "a", "b"], "usage: portico scope lint "),
    ],
)
def test_a_word_too_many_gets_the_usage_of_its_command(
    words: list[str], usage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not understood is named, and beside it what the command takes."""
    with pytest.raises(SystemExit) as done:
        cli.main(words)
    assert done.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(usage)
    assert "not understood: b " in said


@pytest.mark.parametrize(
    "words",
    [
        ("scope", "check", "--in", "a.example", "a.example"),
        ("scope", "check", "--in", "a.example", "--format", "csv", "a.example", "b.example"),
        ("help",),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_named(words: tuple[str, ...], unbuffered: str) -> None:
    """Output that is cut short is no success and no ruling, whenever the disk is found full."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*PORTICO, *words],
            env={**environment(), "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    message, hint = done.stderr.splitlines()
    assert message == "portico: The output is cut short: No space left on device."
    assert "Make room" in hint


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """Each has a module, and a help text of its own."""
    cli.parser(command)
    with pytest.raises(SystemExit) as done:
        cli.main([command, "--help"])
    assert done.value.code == 0


def test_a_scope_check_loads_no_web_framework() -> None:
    """Checking a target from a script must be quick: no Flask, no database, no signatures."""
    code = (
        "import sys\nfrom portal import cli\n"
        "cli.main(['scope', 'check', '--in', '*.example.com', 'a.example.com'])\n"
        "print([m for m in ('flask', 'sqlalchemy', 'alembic', 'jwt') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_hangs_up_is_no_fault() -> None:
    """`portico … | head -1` ends quietly."""
    pipe = subprocess.run(
        ["sh", "-c", f"{' '.join(PORTICO)} help | true"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert pipe.stderr == ""
