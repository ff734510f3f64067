"""The ground rules of the repository that no tool checks."""

import pytest

from tests.live import ROOT

LOCKS = ("package-lock.json", "requirements/run.txt", "requirements/dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_hold_hashes_and_no_addresses(name: str) -> None:
    """What is installed is fixed by its hash; where it comes from is each machine's own affair."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "sha512-" in text or "--hash=sha256:" in text
    assert "://" not in text


def test_ci_calls_the_two_targets_and_nothing_else() -> None:
    """What decides about a change is what anybody can run: `make check` and `make test`."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
