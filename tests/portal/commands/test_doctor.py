"""`portico doctor`: what is wrong is said, each with what to do, and nothing else is."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from portal.commands import doctor, opened
from portal.config import Config
from portal.policy.clocks import utc_now

SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"

Portico = Callable[..., Any]


@pytest.fixture
def healthy(
    config: Config, portico: Portico, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Config:
    """An instance with one program and its keyset."""
    monkeypatch.chdir(tmp_path)
    (config.policies / "tiny.toml").write_text(SMALLEST)
    for line in (
        "policy publish",
        "keygen --root -o root.key",
        "keygen --classic -o safe.key",
        f"keyset new --classic --program tiny --receipt-key {config.directory}/receipt.pub -o t",
        "keyset add t safe.key.card --role recovery",
        "keyset sign t --root root.key -o tiny.jws",
        "keyset publish tiny.jws",
    ):
        assert portico(*line.split()).code == 0, line
    return config


def test_a_sound_instance_is_well(healthy: Config, portico: Portico) -> None:
    """Only then is that said, and exit is 0."""
    said = portico("doctor")
    assert (said.code, said.out) == (0, "All is well.\n")


def test_an_instance_without_a_program_is_not_well(config: Config, portico: Portico) -> None:
    """A portal that serves nothing is not in order."""
    said = portico("doctor")
    assert said.code == 1
    (line,) = said.out.splitlines()
    assert line.startswith("Nothing is published.")


def test_a_keyset_about_to_expire_is_told_in_time(healthy: Config) -> None:
    """Seven days before, there is a warning; afterwards, that the form is closed."""
    now = utc_now()
    assert list(doctor.findings(healthy, now=now + timedelta(days=22))) == []
    (soon,) = doctor.findings(healthy, now=now + timedelta(days=23, minutes=1))
    assert soon.startswith("tiny: its keyset expires on ")
    (late,) = doctor.findings(healthy, now=now + timedelta(days=31))
    assert "its form is closed" in late


@pytest.mark.parametrize(("name", "mode"), [("receipt.key", 0o644), ("", 0o750)])
def test_what_others_may_read_is_told(
    name: str, mode: int, healthy: Config, portico: Portico
) -> None:
    """The receipt key and the folder are for their owner; the remedy can be typed as it stands."""
    path = healthy.directory / name
    right = path.stat().st_mode & 0o777
    path.chmod(mode)
    (line,) = portico("doctor").out.splitlines()
    assert line.endswith(f"Type: chmod {right:o} {path}")


def test_a_disk_that_fills_up_is_told(
    healthy: Config, portico: Portico, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports that find no room would be refused, so the operator learns of it before."""
    free = shutil.disk_usage(healthy.directory)._replace(free=100 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free)
    (line,) = portico("doctor").out.splitlines()
    assert line.startswith("Only 100 MiB are free")


def test_a_lost_key_is_told(healthy: Config, portico: Portico) -> None:
    """Without its receipt key, an instance cannot answer; a new one does not fit the keyset."""
    healthy.receipt_key.unlink()
    (line,) = portico("doctor").out.splitlines()
    assert "receipt.key is missing or damaged" in line
    assert portico("init", str(healthy.directory), "--url", healthy.url).code == 0
    (line,) = portico("doctor").out.splitlines()
    assert "names another receipt key" in line


def test_a_log_that_was_altered_is_told(healthy: Config, portico: Portico) -> None:
    """The first entry that does not hold is named."""
    with opened.instance(healthy) as instance, instance.database.writing() as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody' WHERE sequence = 2"))
    (line,) = portico("doctor").out.splitlines()
    assert line == "The audit log does not hold from entry 2 on."


def test_a_database_that_is_none_is_a_finding(healthy: Config, portico: Portico) -> None:
    """Doctor is for bad days: it says what it can, and does not stop with the first trouble."""
    (healthy.directory / "portico.db").write_bytes(b"this is no database" * 100)
    healthy.receipt_key.chmod(0o644)
    said = portico("doctor")
    assert said.code == 1
    assert len(said.out.splitlines()) == 2
    assert "database" in said.out
