"""A security.txt that somebody signed is served only as long as it says what is true."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sectxt import Parser

from portal.policy import security_txt, signed_file
from portal.policy.pack import Policy
from portal.policy.security_txt import SecurityTxt, Subject

URL = "https://report.example.org"
PACK = (Path(__file__).parents[3] / "policies" / "example.toml").read_text("utf-8")
NOW = datetime.now(UTC)
MADE = security_txt.of_program(Subject(Policy.parse(PACK)), url=URL, now=NOW)
OPENING = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
CLOSING = "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n-----END PGP SIGNATURE-----\n"


def signed(file: SecurityTxt = MADE, *, text: str | None = None) -> bytes:
    """Return a file in the form of a cleartext signature; who signed is not looked at."""
    return f"{OPENING}{text or file.text}{CLOSING}".encode()


def code(raw: bytes, *, now: datetime = NOW) -> str | None:
    """Return the code of what is wrong with a file."""
    complaint = signed_file.judge(raw, MADE, now=now)
    return complaint.code if complaint else None


def test_what_says_the_same_is_served() -> None:
    """Also with other line ends, other remarks and its own date of expiry."""
    assert code(signed()) is None
    assert code(signed().replace(b"\n", b"\r\n")) is None
    assert code(signed(replace(MADE, remarks=("- Ours",)))) is None
    assert code(signed(replace(MADE, expires=NOW + timedelta(days=60)))) is None


@pytest.mark.parametrize(
    ("expires", "expected", "serves"),
    [
        (-1, "file-expired", False),
        (0, "file-expired", False),
        (13, "file-expires", True),
        (15, None, True),
        (365, None, True),
        (367, "file-far-expiry", False),
    ],
)
def test_its_dates_are_watched(expires: int, expected: str | None, serves: bool) -> None:
    """Two weeks before the end somebody is told; after it, the portal's own file is served."""
    moment = NOW.replace(microsecond=0) + timedelta(days=expires)
    complaint = signed_file.judge(signed(replace(MADE, expires=moment)), MADE, now=NOW)
    assert (complaint.code if complaint else None) == expected
    assert complaint is None or complaint.serves is serves


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mailto:security@example.com", "mailto:gone@example.com"),
        (f"Contact: {URL}/example/report\n", ""),
        (f"Policy: {URL}/example/\n", f"Policy: {URL}/example/\nHiring: https://x.example.org\n"),
        (f"Canonical: {URL}/example/security.txt", "Canonical: https://x.example.org/security.txt"),
        ("en, nl", "nl, en"),
        ("Encryption:", "no field"),
    ],
)
def test_what_says_something_else_is_not_served(old: str, new: str) -> None:
    """An address that is gone, one that is missing, one too many, another order."""
    assert old in MADE.text
    assert code(signed(text=MADE.text.replace(old, new))) == "file-differs"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        MADE.text.encode(),
        signed() + b"Contact: https://evil.example.org/\n",
        b"Contact: https://evil.example.org/\n" + signed(),
        signed().replace(b"Hash: SHA512\n", b"Hash: SHA512\nContact: https://evil.example.org/\n"),
        signed().replace(
            b"-----BEGIN PGP SIGNED MESSAGE-----", b"Contact: https://evil.example.org/"
        ),
        signed().replace(b"\n\n", b"\n", 1),
        signed().replace(b"-----BEGIN PGP SIGNATURE-----\n", b""),
        signed(text="# Ours\rContact: mailto:eve@evil.example\n" + MADE.text),
        signed(text="# Ours\u2028Contact: mailto:eve@evil.example\n" + MADE.text),
        signed().replace(b"iHUEARYKAB0=\n", b"iHUEARYKAB0=\nContact: mailto:eve@evil.example\n"),
        b"\xff" + signed(),
        signed(text=MADE.text + "#" * 70_000 + "\n"),
    ],
)
def test_what_is_not_wholly_signed_is_not_served(raw: bytes) -> None:
    """Nothing before, after or between the signed lines passes for a part of the file."""
    assert code(raw) == "file-not-signed"


@pytest.mark.parametrize("line", ["", "Expires: tomorrow\n", "Expires: 2027-01-01T00:00:00\n"])
def test_one_readable_date_is_needed(line: str) -> None:
    """None, one without a zone, or two of them: nobody knows how long it holds."""
    whole = MADE.text.split("Expires:")[0]
    assert code(signed(text=whole + line)) == "file-unreadable"
    assert code(signed(text=MADE.text + MADE.text[len(whole) :])) == "file-unreadable"


def test_gpg_agrees(tmp_path: Path) -> None:
    """Signed with gpg it is served as it is; gpg finds it good, and altered, bad."""
    home = tmp_path / "g"  # short: the agent listens below it
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--passphrase", ""]

    def run(*words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run([*gpg, *words], input=given, capture_output=True, check=False)

    made = run("--quick-gen-key", "security@example.com", "ed25519", "sign")
    assert made.returncode == 0, made.stderr
    clear = run("--clearsign", given=MADE.text.encode()).stdout
    assert code(clear) is None
    assert run("--verify", given=clear).returncode == 0
    assert run("--verify", given=clear.replace(b"en, nl", b"nl, en")).returncode != 0
    assert Parser(clear, urls=f"{URL}/example/security.txt").is_valid()
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "gpg-agent"], check=False)
