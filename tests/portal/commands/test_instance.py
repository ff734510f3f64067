"""`portico init | serve | tick`: an instance is made whole, kept as it is, and served."""

import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portal.commands import opened
from portal.commands.instance import create
from portal.config import Config
from portal.desk.challenges import Challenges, Purpose
from portal.policy.clocks import utc_now

URL = "https://report.example.org"
SMALLEST = "[program]\nslug = 'tiny'\nname = 'Tiny'\n"

Portico = Callable[..., Any]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the process would become; here it only returns."""
    started: list[list[str]] = []

    def execv(_path: str, words: list[str]) -> None:
        started.append(words)
        raise SystemExit(0)

    monkeypatch.setattr(os, "execv", execv)
    return started


def test_init_makes_an_instance_for_its_owner_alone(tmp_path: Path, portico: Portico) -> None:
    """Folder and receipt key are private; the public half and the address are there."""
    assert portico("init", str(tmp_path / "new"), "--url", URL).code == 0
    config = Config.load({"PORTICO_DIR": str(tmp_path / "new")})
    assert config.url == URL
    assert stat.S_IMODE(config.directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(config.receipt_key.stat().st_mode) == 0o600
    assert (config.directory / "receipt.pub").read_text().strip()


@pytest.mark.parametrize("url", ["nonsense", "ftp://a.example", "http://[::1", "https://a.b/c", ""])
def test_init_writes_nothing_for_a_bad_address(url: str, tmp_path: Path, portico: Portico) -> None:
    """A mistyped address is refused before there is a folder with it."""
    said = portico("init", str(tmp_path / "new"), "--url", url)
    assert said.code == 1
    assert "URL" in said.err
    assert not (tmp_path / "new").exists()


def test_a_second_init_keeps_everything_and_says_so(config: Config, portico: Portico) -> None:
    """Key, settings and address stay; whoever wanted another address learns where to change it."""
    key = config.receipt_key.read_text()
    same = portico("init", str(config.directory), "--url", URL)
    assert "kept: its address is https://report.example.org." in same.out
    assert same.err == ""
    other = portico("init", str(config.directory), "--url", "https://other.example")
    assert other.code == 0
    assert "kept: its address is https://report.example.org." in other.out
    assert "To change the address to https://other.example, edit `url`" in other.err
    assert Config.load({"PORTICO_DIR": str(config.directory)}).url == URL
    assert config.receipt_key.read_text() == key


def test_init_leaves_the_mode_of_a_folder_in_use(tmp_path: Path, portico: Portico) -> None:
    """A folder that holds other things is not shut to those who use it."""
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared" / "other.txt").write_text("")
    assert portico("init", str(tmp_path / "shared"), "--url", URL).code == 0
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755


def test_init_where_nothing_can_be_made(tmp_path: Path, portico: Portico) -> None:
    """A file in the place of the folder is named."""
    (tmp_path / "file").write_text("")
    said = portico("init", str(tmp_path / "file"), "--url", URL)
    assert said.code == 1
    assert "cannot be made" in said.err


def test_serve_puts_packs_in_force_and_becomes_the_server(
    config: Config, portico: Portico, served: list[list[str]]
) -> None:
    """After the packs, the process turns into gunicorn with the addresses it was given."""
    (config.policies / "tiny.toml").write_text(SMALLEST)
    with pytest.raises(SystemExit):
        portico("serve", "--bind", "127.0.0.1:9999")
    ((_, _, server, *words),) = served
    assert server == "gunicorn"
    assert "127.0.0.1:9999" in words
    with opened.instance(config) as instance:
        assert [one.slug for one in instance.catalogue.programs(now=utc_now())] == ["tiny"]


@pytest.mark.parametrize("content", [b"\xff", b"colour = 1", None])
def test_serve_goes_on_with_what_was_published(
    content: bytes | None,
    config: Config,
    portico: Portico,
    served: list[list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A pack that broke, or went away, is told; the portal serves the last good version."""
    pack = config.policies / "tiny.toml"
    pack.write_text(SMALLEST)
    assert portico("policy", "publish").code == 0
    pack.unlink() if content is None else pack.write_bytes(content)
    with pytest.raises(SystemExit):
        portico("serve")
    assert served
    told = capsys.readouterr().err
    assert "There is no policy pack" in told if content is None else "was not published" in told


def test_serve_with_nothing_to_serve_is_refused(
    config: Config, portico: Portico, served: list[list[str]]
) -> None:
    """Without one sound pack there is no portal, and no version is said to be served."""
    said = portico("serve")
    assert said.code == 1
    assert "nothing to serve" in said.err
    assert "published before" not in said.err
    assert served == []


def test_serve_without_its_key_is_refused(
    config: Config, portico: Portico, served: list[list[str]]
) -> None:
    """A missing receipt key stops the start with one sentence, not in each worker."""
    (config.policies / "tiny.toml").write_text(SMALLEST)
    config.receipt_key.unlink()
    said = portico("serve")
    assert said.code == 1
    assert "receipt.key" in said.err
    assert served == []


def test_settings_of_a_shell_reach_no_instance_that_is_given_its_own(tmp_path: Path) -> None:
    """Whoever passes an environment to `create` decides alone which database is touched."""
    elsewhere = tmp_path / "elsewhere.db"
    environ = {"PORTICO_DATABASE_URL": f"sqlite:///{elsewhere}"}
    assert create(tmp_path / "a", URL, environ={}).database_url.endswith("a/portico.db")
    assert not elsewhere.exists()
    create(tmp_path / "b", URL, environ=environ)
    assert elsewhere.exists()


def test_tick_removes_what_was_abandoned(config: Config, portico: Portico) -> None:
    """It says how much it removed."""
    with opened.instance(config) as instance:
        yesterday = utc_now() - timedelta(days=1)
        Challenges(instance.database).issue(Purpose.SIGN_IN, now=yesterday)
    uploads, over = portico("tick").out.splitlines()
    assert uploads == "0 abandoned uploads removed."
    assert over.startswith("1 sessions, links, desk keys and challenges removed")
    with opened.instance(config) as instance:
        assert Challenges(instance.database).sweep(now=utc_now()) == 0
