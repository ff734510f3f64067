"""Bundles, read with suspicion: their first bytes, their members and their bounds."""

import io
import json
import random
import struct
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from portal.age import header, primitives, recipients
from portal.errors import ArchiveRefused
from portal.offline.bundle import Bundle
from portal.offline.identity import StaffIdentity
from tests.press import PORTAL, REPORT, Open, Press, tree


def polyglot(to: str) -> bytes:
    """Seal plaintext chosen so that the age file ends as a ZIP, with its tag as the comment."""
    made = io.BytesIO()
    manifest = {"format": "portico/bundle/v1", "portal": PORTAL, "reports": [], "keysets": {}}
    with zipfile.ZipFile(made, "w") as bundle:
        bundle.writestr("manifest.json", json.dumps(manifest))
        bundle.writestr("manifest.jws", "a.b.c")
    wanted = made.getvalue()[:-2] + struct.pack("<H", 16)  # the comment's length: the tag
    file_key, nonce = bytes(16), bytes(range(16))
    text = header.unfinished([each.wrap(file_key) for each in recipients.one_kind([to])])
    start = header.finished(text, primitives.header_mac(file_key, text))
    cipher = ChaCha20Poly1305(primitives.payload_key(file_key, nonce))
    last = bytes(11) + b"\x01"
    stream = cipher.encrypt(last, bytes(len(wanted)), None)
    plain = bytes(a ^ b for a, b in zip(wanted, stream, strict=False))
    return start + nonce + cipher.encrypt(last, plain, None)


def test_an_age_file_that_is_also_a_zip_is_an_age_file(
    opening: Open, tmp_path: Path, ada: StaffIdentity
) -> None:
    """A reporter cannot make a sealed file pass for an export of the portal."""
    path = tmp_path / "poly.age"
    path.write_bytes(polyglot(str(ada.opening.recipient)))
    assert zipfile.is_zipfile(path)
    code, out, err = opening(path, "--unsigned")
    assert (code, err) == (0, "")
    assert "of 0 reports" not in out
    assert tree(tmp_path / "out") == {"poly/as-sent/poly"}


@pytest.mark.parametrize("start", [b"", b"MZ", b"\x00PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_neither_is_refused(start: bytes, opening: Open, tmp_path: Path) -> None:
    """Only the very first bytes decide, and other ones are named as such."""
    path = tmp_path / "other"
    path.write_bytes(start)
    code, _, err = opening(path)
    assert code == 1
    assert "neither an age file nor a bundle" in err


def test_a_bundle_with_something_before_it_is_refused(
    press: Press, opening: Open, tmp_path: Path
) -> None:
    """A ZIP that starts as something else is not looked into."""
    envelopes = press.sealed()
    whole = press.bundle([press.case(envelopes)], envelopes)
    path = tmp_path / "prefixed.zip"
    path.write_bytes(b"#!/bin/sh\n" + whole.read_bytes())
    assert zipfile.is_zipfile(path)
    assert "neither an age file nor a bundle" in opening(path)[2]


def test_a_compressed_bundle_is_refused(press: Press, opening: Open, tmp_path: Path) -> None:
    """An export stores its files as they are; a ZIP that has to be inflated is not one."""
    envelopes = press.sealed()
    bundle = press.bundle([press.case(envelopes)], envelopes, compression=zipfile.ZIP_DEFLATED)
    code, _, err = opening(bundle)
    assert code == 1
    assert "compressed or encrypted" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["manifest.json", f"{REPORT}/report.age"])
def test_an_encrypted_member_is_refused(name: str, press: Press, opening: Open) -> None:
    """A member that asks for a ZIP password is refused in words."""
    envelopes = press.sealed()
    bundle = press.bundle([press.case(envelopes)], envelopes)
    content = bytearray(bundle.read_bytes())
    entry = content.rindex(name.encode()) - 46  # its line in the directory at the end
    assert content[entry : entry + 4] == b"PK\x01\x02"
    content[entry + 8] |= 1
    bundle.write_bytes(content)
    code, _, err = opening(bundle)
    assert code == 1
    assert "compressed or encrypted" in err


def test_damage_anywhere_is_refused_in_words(press: Press) -> None:
    """No change to a bundle's bytes makes reading it raise anything but a refusal."""
    envelopes = press.sealed()
    whole = press.bundle([press.case(envelopes)], envelopes).read_bytes()
    directory = whole.index(b"PK\x01\x02")
    chance = random.Random(7)
    for _ in range(1500):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(directory, len(whole))] = chance.choice((0, 255, 1, 80))
        try:
            bundle = Bundle.read(io.BytesIO(content))
            for case in bundle.cases:
                for filed in case.files:
                    for _piece in bundle.content(filed):
                        pass
        except ArchiveRefused:
            continue
