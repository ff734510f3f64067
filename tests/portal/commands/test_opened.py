"""The instance a command works on: its tables are made when missing, its troubles told plainly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.commands import opened
from portal.config import Config
from portal.errors import SettingMissing, StoreUnavailable

URL = "https://report.example.org"

Portico = Callable[..., Any]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance whose database was never made, as after a restore of the folder alone."""
    folder = tmp_path / "bare"
    (folder / "policies").mkdir(parents=True)
    folder.chmod(0o700)
    (folder / "portico.toml").write_text(f'url = "{URL}"\n')
    (folder / "receipt.key").write_text("01" * 32)
    (folder / "receipt.key").chmod(0o600)
    (folder / "policies" / "tiny.toml").write_text("[program]\nslug = 'tiny'\nname = 'Tiny'\n")
    monkeypatch.setenv("PORTICO_DIR", str(folder))
    return folder


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("report list", "No reports yet."),
        ("report event x acknowledge", "There is no report x."),
        ("policy publish", "version 1"),
        ("keyset publish {}/absent.jws", "cannot be read"),
        ("export -o {}/bundle.zip", "0 reports"),
        ("tick", "0 abandoned"),
        ("doctor", "Nothing is published."),
    ],
)
def test_every_command_finds_its_tables(line: str, told: str, bare: Path, portico: Portico) -> None:
    """No command asks for another one to be run first."""
    said = portico(*line.format(bare).split())
    assert told in said.out + said.err
    assert "nothing was kept" not in said.err


def test_trouble_with_the_database_is_told_to_an_operator(bare: Path, portico: Portico) -> None:
    """It names the database and what to look at, and does not speak as if to a reporter."""
    (bare / "portico.db").mkdir()
    said = portico("report", "list")
    assert said.code == 1
    assert f"sqlite:///{bare / 'portico.db'}" in said.err
    assert "unable to open database file" in said.err
    assert "you wrote" not in said.err


def test_trouble_inside_is_told_alike(bare: Path) -> None:
    """Also what goes wrong while a command works is put in an operator's words."""
    with (
        pytest.raises(StoreUnavailable, match="The instance's database") as refusal,
        opened.instance(Config.load({"PORTICO_DIR": str(bare)})),
    ):
        raise StoreUnavailable("Nothing was kept.", hint="Send again.")
    assert "Send" not in refusal.value.hint


def test_a_password_is_not_told(bare: Path) -> None:
    """A database that does not answer is named without its password."""
    url = "postgresql+psycopg://portico:hunter2@127.0.0.1:1/portico"
    config = Config(bare, URL, url)
    with pytest.raises((StoreUnavailable, SettingMissing)) as refusal, opened.instance(config):
        pass
    assert "hunter2" not in refusal.value.message + refusal.value.hint


@pytest.mark.parametrize("url", ["nonsense", "oracle://x", "no-such-database://x"])
def test_an_address_of_no_database_is_named(url: str, bare: Path) -> None:
    """A mistyped setting is called by its name."""
    with (
        pytest.raises(SettingMissing, match="PORTICO_DATABASE_URL"),
        opened.instance(Config(bare, URL, url)),
    ):
        pass
