"""`portico policy check`: one line for each thing, and an exit code for scripts."""

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.commands import policy
from portal.config import Config
from portal.errors import SettingMissing

ROOT = Path(__file__).parents[3]
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
NOW = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)


def run(*words: str) -> int:
    """Run the command as the shell would."""
    parser = argparse.ArgumentParser()
    policy.register(parser.add_subparsers(required=True))
    options = parser.parse_args(["policy", "check", *words])
    return int(options.run(options))


def test_the_shipped_packs_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """The five packs have no faults; what their texts leave open is told, and exit is 0."""
    assert run(str(ROOT / "policies")) == 0
    said = capsys.readouterr()
    assert "unnamed.toml:" in said.out
    assert ": warning: disclosure: " in said.out
    assert said.err.startswith("0 errors, 1 warnings, ")


def test_every_fault_is_a_line_and_the_exit_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten faults are ten lines with file, line, level, message and hint; exit is 1."""
    pack = ROOT / "tests" / "vectors" / "packs" / "ten-faults.toml"
    assert run(str(pack)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert lines[1] == (
        f"{pack}:5: error: program.lenguage: 'lenguage' is not a key of this table. "
        "— Did you mean 'language'?"
    )


def test_quiet_leaves_faults_only(capsys: pytest.CaptureFixture[str]) -> None:
    """With --quiet, a sound folder prints nothing but the count."""
    assert run("--quiet", str(ROOT / "policies")) == 0
    assert capsys.readouterr().out == ""


def test_two_packs_cannot_share_a_slug(tmp_path: Path) -> None:
    """Where two packs want one address, both are at fault, though each is sound alone."""
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALLEST)
    faults = [line for line in policy.check(tmp_path, now=NOW) if line.level == "error"]
    assert [(line.path.name, line.where) for line in faults] == [
        ("a.toml", "program.slug"),
        ("b.toml", "program.slug"),
    ]
    assert "b.toml" in faults[0].message
    assert "a.toml" in faults[1].message


@pytest.mark.parametrize(("zone", "past"), [("UTC", False), ("Asia/Tokyo", True)])
def test_a_rule_whose_days_are_over_is_pointed_out(zone: str, past: bool, tmp_path: Path) -> None:
    """The day is that of the program's zone, at the moment of the check."""
    pack = tmp_path / "a.toml"
    pack.write_text(
        f"{SMALLEST}[calendar]\nzone = '{zone}'\n"
        "[[scope.in]]\npattern = 'a.shop.com'\nwhen = { until = 2027-01-31 }\n"
    )
    assert any("2027-01-31" in line.message for line in policy.check(pack, now=NOW)) is past


def test_the_command_takes_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was over years ago is pointed out without anyone saying what day it is."""
    pack = tmp_path / "a.toml"
    rule = "[[scope.in]]\npattern = 'a.shop.com'\nwhen = { until = 2020-01-31 }\n"
    pack.write_text(f"{SMALLEST}{rule}")
    assert run(str(pack)) == 0
    assert "2020-01-31" in capsys.readouterr().out


def test_a_pack_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are named with their line."""
    pack = tmp_path / "a.toml"
    pack.write_bytes(SMALLEST.encode() + b"summary = '\xe9t\xe9'\n")
    (line,) = policy.check(pack, now=NOW)
    assert (line.line, line.level, line.message) == (4, "error", "This is not UTF-8.")


@pytest.mark.parametrize("name", ["", "nothing.toml"])
def test_a_place_without_packs_is_an_error(name: str, tmp_path: Path) -> None:
    """A misspelt path must not pass for a clean check."""
    with pytest.raises(SettingMissing):
        run(str(tmp_path / name))


def test_without_a_place_the_instance_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By default the packs of $PORTICO_DIR are checked."""
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    (tmp_path / "portico.toml").write_text('url = "http://127.0.0.1:8000"\n')
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "a.toml").write_text("[program]\n")
    assert run() == 1
    assert (
        "policies/a.toml:1: error: program: The key 'slug' is missing." in capsys.readouterr().out
    )


def test_every_remark_has_its_reason_and_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    """What, why, what to write instead, and a name to look for: one line each."""
    assert run(str(ROOT / "policies" / "unnamed.toml")) == 0
    lines = capsys.readouterr().out.splitlines()
    (embargo,) = [line for line in lines if "[open-ended-embargo]" in line]
    assert (
        ": warning: disclosure: The request for silence is open-ended. CISA's BOD 20-01" in embargo
    )
    assert '— Add a maximum to [disclosure], as in maximum = "90 calendar days".' in embargo
    assert all(line.endswith("]") for line in lines)


def test_on_an_instance_the_keys_are_looked_at(config: Config, portico: Callable[..., Any]) -> None:
    """S1-24: no contact and no keys is an error there; a contact makes it a warning."""
    pack = config.policies / "tiny.toml"
    pack.write_text(SMALLEST)
    checked = portico("policy", "check")
    assert checked.code == 1
    assert "[unreachable]" in checked.out
    assert "[keyset-missing]" in checked.out
    pack.write_text(f"{SMALLEST}[[contact]]\nkind = 'mail'\naddress = 'a@tiny.com'\n")
    checked = portico("policy", "check")
    assert checked.code == 0
    assert ": warning: The keyset of this program is missing." in checked.out
    assert portico("policy", "check", str(pack)).err.startswith("0 errors, 0 warnings")
