"""The half of the room that a server may hold never pulls in the half that opens files."""

import subprocess
import sys

import pytest

import portal.age
from portal.age import probe
from portal.age.errors import HybridUnsupported

OPENERS = {"identities", "unwrapping", "decrypting"}
SAFE = ["portal.age", "portal.age.header", "portal.age.recipients", "portal.age.errors"]
SAFE += ["portal.age.sizes", "portal.age.probe", "portal.age.encrypting", "portal.age.armor"]


@pytest.mark.parametrize("module", SAFE)
def test_a_server_never_holds_code_that_opens(module: str) -> None:
    """After importing a server-safe module, no opening module is in memory."""
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert module in loaded
    assert not {f"portal.age.{name}" for name in OPENERS} & loaded


def test_opening_is_found_when_asked_for() -> None:
    """The two verbs of the room are there, and nothing else is made up."""
    assert callable(portal.age.encrypt)
    assert callable(portal.age.decrypt)
    with pytest.raises(AttributeError):
        portal.age.explode  # noqa: B018


def test_hybrid_keys_work_here() -> None:
    """The start-up check passes on an installation fit for use."""
    probe.require_hybrid()


def test_an_old_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ML-KEM the message says what to install."""
    from cryptography.exceptions import UnsupportedAlgorithm

    def missing() -> None:
        raise UnsupportedAlgorithm("ML-KEM is not supported by this backend")

    monkeypatch.setattr("portal.age.probe.MLKEM768PrivateKey.generate", missing)
    with pytest.raises(HybridUnsupported) as caught:
        probe.require_hybrid()
    assert "cryptography 48" in caught.value.hint
