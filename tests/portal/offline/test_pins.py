"""What this machine remembers of each program's keys."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.cli import main
from portal.errors import KeysetRefused
from portal.offline.keyring import KeysetDraft
from portal.offline.pins import Pin, Pins
from portal.policy.keyset import Keyset

PORTAL = "https://report.example"


@pytest.fixture
def pins(home: Path) -> Pins:
    """The user's pins, still empty."""
    found = Pins.of_user({"XDG_CONFIG_HOME": str(home)})
    assert found.path.is_relative_to(home)
    return found


def test_the_first_root_is_expected_ever_after(pins: Pins, keyset: Keyset, now: datetime) -> None:
    """Another root signing the same program is refused from the second time on."""
    assert pins.of(PORTAL, "example") == Pin()
    pins.verify(keyset.text, portal=PORTAL, program="example", root=None, now=now)
    assert pins.of(PORTAL, "example") == Pin(keyset.fingerprint, 1)
    assert pins.path.stat().st_mode & 0o077 == 0
    other = KeysetDraft.after(keyset).signed(Ed25519PrivateKey.generate(), days=30, now=now)
    with pytest.raises(KeysetRefused, match="another root") as caught:
        pins.verify(other, portal=PORTAL, program="example", root=None, now=now)
    assert pins.shown in caught.value.message
    assert f"portico keyset forget --url {PORTAL} --program example" in caught.value.hint


def test_an_older_keyset_is_refused(
    pins: Pins, keyset: Keyset, root: Ed25519PrivateKey, now: datetime
) -> None:
    """A server cannot go back to a set whose people have left."""
    newer = KeysetDraft.after(keyset).signed(root, days=30, now=now)
    pins.verify(newer, portal=PORTAL, program="example", root=None, now=now)
    with pytest.raises(KeysetRefused, match="seen before"):
        pins.verify(keyset.text, portal=PORTAL, program="example", root=None, now=now)
    pins.remember(PORTAL, keyset)
    assert pins.of(PORTAL, "example").newest == 2


def test_programs_and_portals_are_kept_apart(pins: Pins, keyset: Keyset) -> None:
    """What was seen on one portal says nothing about another."""
    pins.remember(PORTAL, keyset)
    pins.remember(PORTAL, replace(keyset, program="other", version=5))
    assert pins.of(PORTAL, "other").newest == 5
    assert pins.of(PORTAL, "example").newest == 1
    assert pins.of("https://elsewhere.example", "example") == Pin()


def test_the_file_is_named_as_people_write_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, pins: Pins
) -> None:
    """A home folder is a tilde; another place is named in full."""
    assert pins.shown == str(pins.path)
    monkeypatch.setenv("HOME", str(home))
    assert pins.shown == "~/portico/roots.json"


def test_a_root_can_be_forgotten(
    pins: Pins, keyset: Keyset, capsys: pytest.CaptureFixture[str]
) -> None:
    """One program, or all of a portal: what is left is still expected, and typos are told."""
    for portal in (PORTAL, f"{PORTAL}.org"):
        for program in ("example", "other", "third"):
            pins.remember(portal, replace(keyset, program=program))
    assert main(["keyset", "forget", "--url", PORTAL, "--program", "exampel"]) == 1
    assert f"{PORTAL} example" in capsys.readouterr().err
    assert main(["keyset", "forget", "--url", PORTAL + "/", "--program", "example"]) == 0
    assert "Forgotten: the root of example." in capsys.readouterr().out
    assert pins.of(PORTAL, "example") == Pin()
    assert pins.of(PORTAL, "other").root == keyset.fingerprint
    assert main(["keyset", "forget", "--url", "report.example"]) == 0
    assert not pins.knows(PORTAL)
    assert pins.knows(f"{PORTAL}.org")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}'])
def test_damaged_pins_are_not_passed_over(pins: Pins, content: str) -> None:
    """A damaged file stops everything, instead of silently trusting anew."""
    pins.path.parent.mkdir(parents=True)
    pins.path.write_text(content)
    with pytest.raises(KeysetRefused, match="damaged"):
        pins.of(PORTAL, "example")


def test_a_relative_configuration_folder_is_passed_over() -> None:
    """The XDG standard says to ignore a relative path."""
    assert Pins.of_user({"XDG_CONFIG_HOME": "here"}).path.parts[-3:-1] == (".config", "portico")
