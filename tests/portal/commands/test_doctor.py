"""`portico doctor`: what is wrong is said, each with what to do, and nothing else is."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from portal.cases.tables import passkeys
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


def test_a_program_without_an_admin_is_told(healthy: Config, portico: Portico) -> None:
    """Once people work at the desk; an invited one who never came is no admin yet."""
    assert portico("staff", "invite", "Ada", "--role", "admin", "--program", "tiny").code == 0
    (line,) = portico("doctor").out.splitlines()
    assert line.startswith("tiny: no admin has a passkey")
    with opened.instance(healthy) as instance, instance.database.writing() as connection:
        staff_id = connection.execute(text("SELECT id FROM staff")).scalar()
        row = {"id": "a", "staff": staff_id, "label": "Key", "public_key": b"", "sign_count": 0}
        connection.execute(insert(passkeys).values(**row, transports=[], created_at=utc_now()))
    assert portico("doctor").out == "All is well.\n"


@pytest.mark.parametrize(
    ("staff_url", "told"),
    [
        ("http://desk.example.org", "Browsers make no passkeys for http://desk.example.org."),
        ("https://192.0.2.1", "Browsers make no passkeys for https://192.0.2.1."),
        ("https://desk.example.org", None),
        ("http://localhost:8000", None),
    ],
)
def test_an_address_of_the_desk_that_lets_nobody_in_is_told(
    healthy: Config, staff_url: str, told: str | None
) -> None:
    """One for which browsers make no passkeys, and one for which nobody has any yet."""
    lines = list(doctor.findings(replace(healthy, own_staff_url=staff_url), now=utc_now()))
    assert lines[-1].startswith(f"Nobody has a passkey for {staff_url} yet.")
    assert [line for line in lines[:-1] if not line.startswith(told or "-")] == []
    assert len(lines) == (2 if told else 1)


def test_a_faulty_pack_leaves_the_good_version_and_is_told(
    healthy: Config, portico: Portico
) -> None:
    """How many faults, where the first one is, and which version stays in force."""
    (healthy.policies / "tiny.toml").write_text(f"{SMALLEST}[reward]\nkind = 'much'\n")
    assert portico("policy", "publish").code == 1
    (line,) = portico("doctor").out.splitlines()
    assert line.startswith(
        "tiny.toml has 2 faults, the first on line 4, so version 1 stays in force"
    )


def test_a_pack_that_waits_to_be_published_is_told(healthy: Config, portico: Portico) -> None:
    """Changed but not in force, or new and not in force: each with what to type."""
    (healthy.policies / "tiny.toml").write_text(f"{SMALLEST}organisation = 'Tiny Ltd'\n")
    (healthy.policies / "new.toml").write_text(SMALLEST.replace("tiny", "new"))
    new, changed = portico("doctor").out.splitlines()
    assert new == "new.toml is sound and not published. Type: portico policy publish"
    assert changed.startswith("tiny.toml is not what is in force (version 1).")


def test_a_host_without_its_program_is_told(healthy: Config) -> None:
    """Its security.txt cannot be served, and nobody else's stands in for it."""
    lost = replace(healthy, hosts={"www.shop.com": "gone", "www.tiny.com": "tiny"})
    (line,) = doctor.findings(lost, now=utc_now())
    assert line.startswith("[hosts] gives www.shop.com to “gone”")


def test_a_signed_file_that_is_wrong_is_told(healthy: Config) -> None:
    """Which file, what is wrong with it, and that the portal's own is served meanwhile."""
    healthy.security.mkdir()
    (healthy.security / "tiny.txt").write_text("Contact: mailto:a@tiny.com\n")
    (healthy.security / "tinny.txt").write_text("")
    wrong, stray = doctor.findings(healthy, now=utc_now())
    assert "tiny.txt: It has no OpenPGP cleartext signature. It is not served" in wrong
    assert "tinny.txt is no program's file, and is not served." in stray


def test_a_paused_program_is_noted_and_nothing_is_wrong(healthy: Config, portico: Portico) -> None:
    """Somebody wanted it so; it is only easily forgotten."""
    assert portico("policy", "pause", "tiny").code == 0
    said = portico("doctor")
    assert said.code == 0
    note, well = said.out.splitlines()
    assert note.startswith("Note: tiny has been paused since ")
    assert well == "All is well."
    assert portico("policy", "reopen", "tiny").code == 0
    assert portico("doctor").out == "All is well.\n"
