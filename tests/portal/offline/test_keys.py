"""Identities, cards, root keys and the files they lie in."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.age.errors import AgeError, NoMatch
from portal.errors import IdentityRefused
from portal.offline import identity, key_files
from portal.offline.identity import StaffIdentity
from portal.policy import statement


def nobody(_prompt: str) -> str:
    """Fail, because no passphrase should be asked for."""
    pytest.fail("a passphrase was asked for")


@pytest.mark.parametrize("classic", [False, True])
def test_an_identity_file_holds_both_keys(classic: bool, now: datetime) -> None:
    """The file gives back the opening key, as age reads it, and the signing key."""
    made = StaffIdentity.generate("Ada Lovelace", classic=classic)
    text = made.file_text(made=now)
    assert identities.parse_file(text) == (made.opening,)
    signing = identity.signing_key(text)
    assert signing is not None
    assert signing.private_bytes_raw() == made.signing.private_bytes_raw()
    card = identity.parse_card(made.card_text())
    assert card == {
        "name": "Ada Lovelace",
        "recipient": str(made.opening.recipient),
        "signing": statement.key_text(made.signing.public_key()),
    }
    assert "SECRET" not in made.card_text().upper()


def test_the_age_command_uses_the_file(tmp_path: Path, now: datetime) -> None:
    """`age -d -i FILE` opens with the file as it is."""
    made = StaffIdentity.generate("Ada", classic=True)
    path = tmp_path / "ada.key"
    key_files.write_new(path, made.file_text(made=now).encode())
    sealed = subprocess.run(
        ["age", "-r", str(made.opening.recipient)], input=b"hello", capture_output=True, check=True
    )
    opened = subprocess.run(
        ["age", "-d", "-i", str(path)], input=sealed.stdout, capture_output=True, check=True
    )
    assert opened.stdout == b"hello"


def test_key_files_are_private_and_final(tmp_path: Path) -> None:
    """A key file is its owner's alone, and no other file ever takes its place."""
    path = tmp_path / "key"
    key_files.write_new(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(IdentityRefused, match="there already"):
        key_files.write_new(path, b"two")
    assert path.read_bytes() == b"one"
    with pytest.raises(IdentityRefused, match="cannot be written"):
        key_files.write_new(tmp_path / "no" / "key", b"")


def test_a_passphrase_locks_the_file(tmp_path: Path, now: datetime) -> None:
    """A locked file opens with its passphrase only, and shows nothing without it."""
    made = StaffIdentity.generate("Ada")
    path = tmp_path / "ada.key"
    key_files.write_new(
        path, key_files.locked(made.file_text(made=now), "five words", work_factor=6)
    )
    # long strings only: a few letters turn up in ciphertext by chance
    for secret in (made.opening.text, "# name: Ada", "# Portico identity"):
        assert secret.encode() not in path.read_bytes()
    text = key_files.read(path, ask=lambda _: "five words")
    assert identities.parse_file(text) == (made.opening,)
    with pytest.raises(NoMatch):
        key_files.read(path, ask=lambda _: "other words")
    with pytest.raises(IdentityRefused, match="empty"):
        key_files.locked("x", "")


def test_an_unlocked_file_asks_for_nothing(tmp_path: Path) -> None:
    """A plain file is read without a question; what is no key file is refused."""
    path = tmp_path / "key"
    path.write_text("# just a remark\n")
    assert key_files.read(path, ask=nobody) == "# just a remark\n"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(IdentityRefused):
        key_files.read(path, ask=nobody)
    path.write_bytes(bytes(key_files.MAX_BYTES + 1))
    with pytest.raises(IdentityRefused, match="too large"):
        key_files.read(path, ask=nobody)
    with pytest.raises(IdentityRefused, match="cannot be read"):
        key_files.read(tmp_path / "none", ask=nobody)
    path.write_bytes(b"age-encryption.org/v1\n")
    with pytest.raises(AgeError):
        key_files.read(path, ask=lambda _: "x")


def test_a_root_key_is_read_back(root: Ed25519PrivateKey, now: datetime) -> None:
    """The root's file gives the root, and no other key passes for one."""
    text = identity.root_text(root, made=now)
    assert identity.parse_root(text).private_bytes_raw() == root.private_bytes_raw()
    assert statement.fingerprint(root.public_key()) in text
    made = StaffIdentity.generate("Ada").file_text(made=now)
    secret = identity.secret_text(identity.SIGNING_PREFIX, root)
    for wrong in ("", made, secret, text + text, text[:-5]):
        with pytest.raises(IdentityRefused):
            identity.parse_root(wrong)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines", "bell\x07", "\u202eadA"])
def test_names_are_one_plain_line(name: str) -> None:
    """A name that could break a file or fool a reader is refused before a key is made."""
    with pytest.raises(IdentityRefused):
        StaffIdentity.generate(name)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "portico/card/v1"}', "[" * 50_000])
def test_what_is_no_card_is_refused(text: str) -> None:
    """Only a whole card is one."""
    with pytest.raises(IdentityRefused):
        identity.parse_card(text)
