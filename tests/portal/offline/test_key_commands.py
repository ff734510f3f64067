"""`portico keygen` and `portico keyset`, from an empty folder to a signed keyset."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.cli import main
from portal.offline import key_files
from portal.policy import statement
from portal.policy.keyset import Keyset


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server_key: Ed25519PrivateKey) -> Path:
    """A working folder with the server's public receipt key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "receipt.pub").write_text(statement.key_text(server_key.public_key()) + "\n")
    return tmp_path


def run(line: str) -> int:
    """Run a command line."""
    return main(line.split())


def test_from_nothing_to_a_signed_keyset(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step a team takes works in order, and the result is what a sender accepts."""
    assert run("keygen --root -o root.key") == 0
    assert run("keygen -o ada.key") == 0
    assert run("keygen -o safe.key --name Safe") == 0
    assert run("keyset new --program example --receipt-key receipt.pub -o draft.json") == 0
    assert run("keyset add draft.json ada.key.card --role handler") == 0
    assert "still needs a recovery recipient" in capsys.readouterr().out
    assert run("keyset sign draft.json --root root.key -o early.jws") == 1
    assert "no recovery recipient" in capsys.readouterr().err
    assert run("keyset add draft.json safe.key.card --role recovery") == 0
    assert run("keyset sign draft.json --root root.key -o keyset.jws") == 0
    keyset = Keyset.read((folder / "keyset.jws").read_text(), root=None)
    assert run(f"keyset verify keyset.jws --root {keyset.fingerprint}") == 0
    assert "Ada" not in capsys.readouterr().err
    assert run(f"keyset verify keyset.jws --root {'0' * 64}") == 1
    assert keyset.fingerprint in (folder / "root.key").read_text()
    assert not (folder / "early.jws").exists()


@pytest.mark.thorough
def test_people_come_and_go(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next keyset starts from the last, without whoever left."""
    test_from_nothing_to_a_signed_keyset(folder, capsys)
    assert run("keyset new --after keyset.jws -o next.json") == 0
    assert run("keyset remove next.json ada") == 0
    assert run("keyset sign next.json --root root.key -o next.jws --days 7") == 0
    first = Keyset.read((folder / "keyset.jws").read_text(), root=None)
    second = Keyset.read((folder / "next.jws").read_text(), root=first.fingerprint)
    assert (second.version, second.previous) == (2, first.sha256)
    assert [entry.name for entry in second.entries] == ["Safe"]


def test_an_identity_is_private_and_final(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The secret is its owner's alone, the card is not secret, and neither is overwritten."""
    assert run("keygen --classic -o carl.key") == 0
    assert "quantum" in capsys.readouterr().out
    assert (folder / "carl.key").stat().st_mode & 0o077 == 0
    secret = (folder / "carl.key").read_text()
    (identity,) = identities.parse_file(secret)
    assert identity.text not in (folder / "carl.key.card").read_text()
    derived = subprocess.run(
        ["age-keygen", "-y", "carl.key"], capture_output=True, check=True, text=True
    )
    assert derived.stdout.strip() == str(identity.recipient)
    assert run("keygen --classic -o carl.key") == 1
    (folder / "carl.key").unlink()
    assert run("keygen --classic -o carl.key") == 1  # the card is still there
    assert not (folder / "carl.key").exists()


def test_a_locked_identity(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A passphrase is asked for twice; two different ones write nothing."""
    answers = iter(["one", "other", "five words", "five words"])
    monkeypatch.setattr("portal.commands.keygen.getpass", lambda _: next(answers))
    monkeypatch.setattr(key_files.locked, "__kwdefaults__", {"work_factor": 6})
    assert run("keygen -o ada.key --passphrase") == 1
    assert "differ" in capsys.readouterr().err
    assert not (folder / "ada.key").exists()
    assert run("keygen -o ada.key --passphrase") == 0
    assert (folder / "ada.key").read_bytes().startswith(b"-----BEGIN AGE")
    text = key_files.read(folder / "ada.key", ask=lambda _: "five words")
    assert len(identities.parse_file(text)) == 1


def test_faults_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing files and wrong kinds of files are said plainly."""
    assert run("keygen -o ada.key") == 0
    for line in (
        "keyset add none.json ada.key.card",
        "keyset add ada.key ada.key.card",
        "keyset new --program x --receipt-key ada.key -o draft.json",
        "keyset sign ada.key.card --root ada.key -o x.jws",
        "keyset verify ada.key",
        "keygen -o nowhere/ada.key",
    ):
        capsys.readouterr()
        assert run(line) == 1, line
        assert capsys.readouterr().err.startswith("portico: ")
