"""What the tests of the commands share: an instance of their own, and a shell."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal import cli
from portal.commands.instance import create
from portal.config import Config


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches a command."""
    for name in ("PORTICO_DIR", "PORTICO_URL", "PORTICO_STAFF_URL", "PORTICO_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A fresh instance, the one that commands are about."""
    made = create(tmp_path / "instance", "https://report.example.org")
    monkeypatch.setenv("PORTICO_DIR", str(made.directory))
    return made


@pytest.fixture
def portico(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs a command as the shell would."""

    def run(*words: str) -> Said:
        capsys.readouterr()
        code = cli.main(words)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code, said.out, said.err)

    return run
