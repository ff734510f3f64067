"""`portico demo`: throw-away in every respect, and never mixed up with anything that is not."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from portal.commands import demo, opened
from portal.config import Config
from portal.policy.clocks import utc_now
from tests.live import free_port

pytestmark = pytest.mark.thorough

Portico = Callable[..., Any]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


class Server:
    """Stands for the server process that a demo starts."""

    started: list[dict[str, str]]

    def __init__(self, words: list[str], *, env: dict[str, str], **_: Any) -> None:
        self.started.append({**env, "words": " ".join(words)})

    def poll(self) -> int:
        """It has ended."""
        return 0

    def wait(self) -> int:
        """It ended well."""
        return 0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The environments, and words, of the servers that would have been started."""
    Server.started = []
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    # `run` uses Popen itself, so only the name that the demo knows is replaced.
    known = SimpleNamespace(Popen=Server, run=subprocess.run, DEVNULL=subprocess.DEVNULL)
    monkeypatch.setattr(demo, "subprocess", known)
    return Server.started


def test_a_taken_port_is_said_before_anything_is_made(
    taken: int, tmp_path: Path, portico: Portico, server: list[dict[str, str]]
) -> None:
    """If another program listens there, the demo says so, claims nothing and leaves no trace."""
    said = portico("demo", "--dir", str(tmp_path / "demo"), "--port", str(taken))
    assert said.code == 1
    assert f"127.0.0.1:{taken}" in said.err
    assert "Portico is running" not in said.out
    assert not (tmp_path / "demo").exists()
    assert server == []


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_that_is_none_is_a_misuse(port: str, portico: Portico) -> None:
    """Only what can be a port is taken for one."""
    with pytest.raises(SystemExit) as misuse:
        portico("demo", f"--port={port}")
    assert misuse.value.code == 2


def test_an_operators_settings_are_left_out(
    tmp_path: Path,
    portico: Portico,
    server: list[dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`make run` in the shell of a real instance publishes nothing into its database."""
    real = tmp_path / "real.db"
    monkeypatch.setenv("PORTICO_DATABASE_URL", f"sqlite:///{real}")
    monkeypatch.setenv("PORTICO_URL", "https://report.example.org")
    monkeypatch.setenv("PORTICO_DIR", str(tmp_path))
    port = free_port()
    assert portico("demo", "--dir", str(tmp_path / "demo"), "--port", str(port)).code == 0
    (started,) = server
    assert {name: value for name, value in started.items() if name.startswith("PORTICO_")} == {
        "PORTICO_DIR": str(tmp_path / "demo" / "instance")
    }
    assert f"--bind 127.0.0.1:{port}" in started["words"]
    assert not real.exists()
    assert (tmp_path / "demo" / "instance" / "portico.db").exists()


def test_a_demo_has_five_programs_that_take_reports(
    tmp_path: Path, portico: Portico, server: list[dict[str, str]]
) -> None:
    """Every shipped pack is published with a keyset; the example's keys suit any `age`."""
    assert portico("demo", "--dir", str(tmp_path), "--port", str(free_port())).code == 0
    with opened.instance(Config.load({"PORTICO_DIR": str(tmp_path / "instance")})) as instance:
        programs = instance.catalogue.programs(now=utc_now())
    kinds = {one.slug: one.keyset.kind for one in programs if one.keyset}
    assert len(kinds) == 5
    assert {slug for slug, kind in kinds.items() if kind == "classic"} == {"example"}
    assert os.listdir(tmp_path / "staff-machine")


def test_the_keys_that_a_demo_names_are_there_and_do_what_it_says(
    tmp_path: Path, portico: Portico, server: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recovery key passes a drill, and the root signs the next keyset."""
    monkeypatch.setattr("portal.commands.demo._answers", lambda *_: True)
    said = portico("demo", "--dir", str(tmp_path), "--port", str(free_port())).out
    lines = [line.strip() for line in said.splitlines()]
    drill, new, sign = (
        next(line.split()[1:] for line in lines if line.startswith(f"portico {start}"))
        for start in ("drill", "keyset new", "keyset sign")
    )
    assert Path(drill[drill.index("-i") + 1]).exists()
    assert [portico(*words).code for words in (new, sign)] == [0, 0]


def test_another_port_is_another_address(
    tmp_path: Path, portico: Portico, server: list[dict[str, str]]
) -> None:
    """What a demo exports and signs names the address at which it now runs."""
    for port in (free_port(), free_port()):
        assert portico("demo", "--dir", str(tmp_path), "--port", str(port)).code == 0
        config = Config.load({"PORTICO_DIR": str(tmp_path / "instance")})
        assert config.url == f"http://127.0.0.1:{port}"
