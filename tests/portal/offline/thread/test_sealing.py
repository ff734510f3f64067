"""A sealed message: opened it is the original, and a plain `age` and `tar` suffice to read it."""

import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.age.errors import RecipientRefused
from portal.age.identities import HybridIdentity, X25519Identity
from portal.offline.document import whole
from portal.offline.opening import open_envelope
from portal.offline.thread.chain import Ground, judge
from portal.offline.thread.opening import open_place
from portal.offline.thread.sealing import Draft, SealedMessage, Slot, seal_message
from portal.policy import statement

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SLOT = Slot("7k2m9-qx4dw", "reporter", 1, "ab" * 32, 3)
GROUND = Ground("7k2m9-qx4dw", "ab" * 32, statement.key_text(KEY.public_key()), None, 3)
NOW = datetime(2026, 11, 22, 9, 30, 12, 345, tzinfo=UTC)


def sealed(draft: Draft, folder: Path, *to: str) -> SealedMessage:
    """Seal a message of the reporter."""
    return seal_message(draft, SLOT, key=KEY, to=to, folder=folder, now=NOW)


@settings(max_examples=25, deadline=None)
@given(
    text=st.text(st.characters(codec=None)),
    make=st.sampled_from([X25519Identity, HybridIdentity]),
    content=st.binary(max_size=500),
)
def test_sealed_then_opened_is_the_original(
    text: str, make: type[X25519Identity | HybridIdentity], content: bytes
) -> None:
    """Whatever is written, and whatever comes with it."""
    identity = make.generate()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a file.bin").write_bytes(content)
        made = sealed(
            Draft(text=text, files=[folder / "a file.bin"]), folder, str(identity.recipient)
        )
        message, files = made.envelopes
        place = open_place(message.path, [identity], sequence=1, author="reporter")
        (judged,) = judge([place], ground=GROUND)
        assert (judged.verdict, judged.link) == ("good", made.link)
        assert place.payload_sha256 == message.payload_sha256
        assert judged.body is not None
        assert judged.body.text == whole({"text": text})["text"]
        assert judged.body.at == NOW.replace(microsecond=0)
        with files.path.open("rb") as source:
            opened = open_envelope(source, [identity], folder, name="files")
        assert judged.body.files is not None
        assert opened.sha256 == judged.body.files.sha256
        assert [each.read_bytes() for each in opened.files] == [content]


def test_age_and_tar_are_enough_to_read_it(tmp_path: Path) -> None:
    """`message.md` says what was written, and that another file is what was signed."""
    age = shutil.which("age")
    if age is None:
        pytest.fail("age is missing: run `make system`, or `sudo apt-get install age`.")
    identity = X25519Identity.generate()
    (tmp_path / "key.txt").write_text(identity.text + "\n")
    draft = Draft("publication-agreed", "Gladly.\n# not a heading", {"date": "2027-01-31"})
    made = sealed(draft, tmp_path, str(identity.recipient))
    recipe = f'"{age}" -d -i key.txt "{made.envelopes[0].path}" | tar x'
    subprocess.run(["sh", "-c", recipe], cwd=tmp_path, check=True, timeout=60)
    text = (tmp_path / "message.md").read_text()
    assert "Publication agreed, by the reporter, 2026-11-22 09:30 UTC" in text
    assert "```text\nGladly.\n# not a heading\n```" in text
    assert "What is signed is body.json" in text


def test_both_kinds_of_keys_at_once_are_refused(tmp_path: Path) -> None:
    """Before anything of the message is written."""
    both = (str(X25519Identity.generate().recipient), str(HybridIdentity.generate().recipient))
    with pytest.raises(RecipientRefused):
        sealed(Draft(text="Hello."), tmp_path, *both)
    assert list(tmp_path.iterdir()) == []
