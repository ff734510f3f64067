"""Packs with faults in every table: all are told at once, and nothing that is in force changes."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from portal import cli
from portal.app import create_app
from portal.commands.instance import create
from portal.config import Config
from tests.live import ROOT
from tests.towns import PACKS, pack

pytestmark = pytest.mark.thorough

FAULTY = (ROOT / "tests/vectors/packs/every-fault.toml").read_text("utf-8")
MARKED = [n for n, line in enumerate(FAULTY.splitlines(), 1) if "# fault" in line]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A new instance, which the commands are about."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = create(tmp_path / "instance", "https://report.example.org")
    monkeypatch.setenv("PORTICO_DIR", str(made.directory))
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command: exit code, output, complaints; a server is prepared and does not start."""

    def stop(*_: object) -> None:
        raise SystemExit(0)

    def ran(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = cli.main(words)
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    monkeypatch.setattr(os, "execv", stop)
    return ran


def faulty(name: str) -> str:
    """Return the faulty pack as the next version of a shipped one."""
    slug = re.search(r'^slug = "(.*?)"', pack(name), re.MULTILINE)
    assert slug
    return FAULTY.replace('slug = "example"', f'slug = "{slug[1]}"', 1)


def test_all_faults_are_told_at_once_each_with_its_line(instance: Config, run: Run) -> None:
    """Fifty of them, by `check` and by `publish`, with what to do about each."""
    path = instance.policies / "example.toml"
    path.write_text(FAULTY)
    code, out, err = run("policy", "check")
    lines = out.splitlines()
    assert (code, err) == (1, f"{len(MARKED)} errors, 0 warnings, 0 notices\n")
    assert [int(re.sub(rf"{path}:(\d+):.*", r"\1", line)) for line in lines] == MARKED
    assert all(": error: " in line and " — " in line for line in lines)
    code, out, err = run("policy", "publish")
    assert (code, out) == (1, "")
    assert err.splitlines() == [*lines, "example.toml was not published."]


@pytest.mark.parametrize("name", PACKS)
def test_the_last_good_version_stays_in_force(instance: Config, run: Run, name: str) -> None:
    """Published, broken, and served again: the page is the same, and doctor says what is wrong."""
    path = instance.policies / f"{name}.toml"
    path.write_text(pack(name))
    assert run("policy", "publish")[0] == 0
    slug = next(line for line in pack(name).splitlines() if line.startswith("slug")).split('"')[1]
    before = create_app(instance).test_client().get(f"/{slug}/").text
    path.write_text(faulty(name))
    code, _, err = run("policy", "publish")
    assert code == 1
    assert err.endswith(f"was not published; version 1 of “{slug}” stays in force.\n")
    assert run("serve")[0] == 0
    client = create_app(instance).test_client()
    assert client.get(f"/{slug}/").text == before
    assert client.get(f"/{slug}/history/2").status_code == 404
    code, out, _ = run("doctor")
    told = (
        f"{name}.toml has {len(MARKED)} faults, the first on line {MARKED[0]}, so version 1 stays"
    )
    assert code == 1
    assert told in out
