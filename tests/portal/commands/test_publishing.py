"""Publishing: what is sound comes into force; what is not is named and changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.cases.program import Program
from portal.commands import opened
from portal.config import Config
from portal.policy.clocks import utc_now
from tests.live import ROOT

SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"
TEN_FAULTS = ROOT / "tests" / "vectors" / "packs" / "ten-faults.toml"
TEN_LINES = [3, 5, 6, 10, 14, 18, 22, 31, 35, 40]

Portico = Callable[..., Any]


@pytest.fixture
def pack(config: Config) -> Path:
    """The instance's only pack, sound and in force."""
    path = config.policies / "tiny.toml"
    path.write_text(SMALLEST)
    return path


def programs(config: Config) -> tuple[Program, ...]:
    """Return what is published."""
    with opened.instance(config) as instance:
        return instance.catalogue.programs(now=utc_now())


def test_a_pack_comes_into_force_once(config: Config, pack: Path, portico: Portico) -> None:
    """The same text again is the same version; another text is the next."""
    for text, version in ((SMALLEST, 1), (SMALLEST, 1), (SMALLEST + "summary = 'S'\n", 2)):
        pack.write_text(text)
        assert portico("policy", "publish").out == (
            f"tiny.toml: version {version} of “tiny” is in force.\n"
        )
    assert [(one.slug, one.policy_version) for one in programs(config)] == [("tiny", 2)]


def test_ten_faults_are_ten_lines_and_nothing_is_published(
    config: Config, portico: Portico
) -> None:
    """Every fault is named with its file and line; exit is 1; no version is said to stay."""
    said = portico("policy", "publish", str(TEN_FAULTS))
    *faults, last = said.err.splitlines()
    assert said.code == 1
    assert [int(line.removeprefix(f"{TEN_FAULTS}:").split(":")[0]) for line in faults] == TEN_LINES
    assert faults == portico("policy", "check", str(TEN_FAULTS)).out.splitlines()
    assert last == "ten-faults.toml was not published."
    assert programs(config) == ()


@pytest.mark.parametrize(
    "content",
    [
        SMALLEST.encode() + b"colour = 'red'\n",
        SMALLEST.encode() + b"summary = '\xe9t\xe9'\n",
        SMALLEST.encode() + b"summary = \n",
    ],
    ids=["a fault", "not UTF-8", "not TOML"],
)
def test_the_good_version_stays(
    content: bytes, config: Config, pack: Path, portico: Portico
) -> None:
    """A pack that can no longer be used leaves what is in force, and says which version that is."""
    assert portico("policy", "publish").code == 0
    pack.write_bytes(content)
    said = portico("policy", "publish")
    assert said.code == 1
    assert f"{pack}:4: error: " in said.err
    assert "tiny.toml was not published; version 1 of “tiny” stays in force.\n" in said.err
    assert [one.policy.source for one in programs(config)] == [SMALLEST]


def test_packs_with_one_slug_are_refused(config: Config, pack: Path, portico: Portico) -> None:
    """Two packs for one program never take turns; what was in force stays."""
    assert portico("policy", "publish").code == 0
    (config.policies / "another.toml").write_text(SMALLEST + "summary = 'Another'\n")
    for _ in range(2):
        said = portico("policy", "publish")
        assert said.code == 1
        assert said.out == ""
        assert said.err.count("is the slug of") == 2
    assert [(one.policy_version, one.policy.source) for one in programs(config)] == [(1, SMALLEST)]


@pytest.mark.parametrize("place", ["empty", "absent", "absent.toml"])
def test_nothing_to_publish_is_an_error(
    place: str, tmp_path: Path, config: Config, portico: Portico
) -> None:
    """A misspelt folder must not pass for a success."""
    (tmp_path / "empty").mkdir()
    said = portico("policy", "publish", str(tmp_path / place))
    assert said.code == 1
    assert "There is no policy pack in" in said.err


def test_what_cannot_be_read_is_named(config: Config, portico: Portico) -> None:
    """A folder called like a pack is a fault of that name, and the others are published."""
    (config.policies / "folder.toml").mkdir()
    (config.policies / "tiny.toml").write_text(SMALLEST)
    said = portico("policy", "publish")
    assert said.code == 1
    assert "folder.toml:1: error: Is a directory." in said.err
    assert [one.slug for one in programs(config)] == ["tiny"]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe", "line 1 is not UTF-8"), ("é.é.é".encode(), "refused"), (b"", "refused")],
)
def test_a_keyset_that_is_none_is_refused(
    content: bytes, told: str, tmp_path: Path, config: Config, portico: Portico
) -> None:
    """Whatever bytes a keyset file holds, the answer is a sentence."""
    file = tmp_path / "example.keyset.jws"
    file.write_bytes(content)
    said = portico("keyset", "publish", str(file))
    assert said.code == 1
    assert told in said.err


def test_a_policy_that_names_a_reader_without_a_key_waits(
    config: Config, pack: Path, portico: Portico, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy in force stays until the keyset has a key for everyone it says reads reports."""
    monkeypatch.chdir(tmp_path)
    for line in (
        "policy publish",
        "keygen --root -o root.key",
        "keygen -o ada.key",
        "keygen -o safe.key",
        f"keyset new --program tiny --receipt-key {config.directory}/receipt.pub -o tiny.json",
        "keyset add tiny.json ada.key.card",
        "keyset add tiny.json safe.key.card --role recovery",
        "keyset sign tiny.json --root root.key -o tiny.jws",
        "keyset publish tiny.jws",
    ):
        assert portico(*line.split()).code == 0, line
    pack.write_text(SMALLEST + "[readers]\nroles = ['auditor']\n")
    said = portico("policy", "publish")
    assert said.code == 1
    assert "auditor" in said.err
    assert "version 1 of “tiny” stays in force" in said.err
