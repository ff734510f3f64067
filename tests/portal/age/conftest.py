"""What the tests of the age room share."""

import io
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from portal.age.decrypting import decrypt
from portal.age.encrypting import encrypt
from portal.age.identities import HybridIdentity, Identity, X25519Identity
from portal.age.recipients import Recipient

Seal = Callable[[bytes, Iterable[Recipient | str]], bytes]
Unseal = Callable[[bytes, Iterable[Identity | str]], bytes]
Tool = Callable[[str], str]


@pytest.fixture(scope="session")
def classic() -> X25519Identity:
    """One classic identity for the whole run."""
    return X25519Identity.generate()


@pytest.fixture(scope="session")
def hybrid() -> HybridIdentity:
    """One hybrid identity for the whole run."""
    return HybridIdentity.generate()


@pytest.fixture(scope="session")
def seal() -> Seal:
    """Seal bytes to recipients."""

    def sealed(content: bytes, to: Iterable[Recipient | str]) -> bytes:
        sink = io.BytesIO()
        encrypt(io.BytesIO(content), to, sink)
        return sink.getvalue()

    return sealed


@pytest.fixture(scope="session")
def unseal() -> Unseal:
    """Open bytes with identities."""

    def opened(file: bytes, using: Iterable[Identity | str]) -> bytes:
        sink = io.BytesIO()
        decrypt(io.BytesIO(file), using, sink)
        return sink.getvalue()

    return opened


@pytest.fixture(scope="session")
def tool() -> Tool:
    """Find a command the comparison needs; its absence is a failure, never a skipped test."""

    def found(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.fail(f"The command `{name}` is not installed, so nothing can be compared.")
        return path

    return found


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of public vectors."""
    return Path(__file__).parents[2] / "vectors" / "age" / "testdata"
