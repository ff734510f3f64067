"""A portal that really runs: the demo, started as its operator would, on a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds until a starting portal must answer
PORTICO = (sys.executable, "-m", "portal")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Live:
    """A running demo.

    Attributes:
        folder: Where it keeps the instance and the staff's keys.
        port: Where it listens, on 127.0.0.1.
        code: The folder its code comes from; None when `portico` is installed with it.
        portico: The words that run the command.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    code: Path | None = ROOT
    portico: tuple[str, ...] = PORTICO
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def instance(self) -> Path:
        """The server's folder."""
        return self.folder / "instance"

    @property
    def staff_machine(self) -> Path:
        """The staff's folder, which no server process may open."""
        return self.folder / "staff-machine"

    @property
    def log(self) -> Path:
        """Everything the portal printed."""
        return self.folder / "portal.log"

    def start(self) -> "Live":
        """Start the demo and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.portico, "demo", "--dir", str(self.folder), "--port", str(self.port)],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=environment(self.code),
            )
        self.wait()
        return self

    def wait(self) -> None:
        """Return once the portal answers."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process is None or self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise AssertionError(f"the portal did not answer:\n{self.log.read_text()}")

    def workers(self) -> list[int]:
        """Return the process ids of the server: its master and its workers."""
        assert self.process is not None
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid,sid,args"], capture_output=True, text=True, check=True
        ).stdout
        pattern = re.compile(rf"\s*(\d+)\s+{self.process.pid}\s+.*gunicorn")
        return [int(match[1]) for line in listed.splitlines() if (match := pattern.match(line))]

    def kill(self) -> None:
        """End every process of the portal at once, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the portal politely."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def command(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a `portico` command on this instance and return what it printed."""
        return subprocess.run(
            [*self.portico, *words],
            cwd=self.folder,
            env=environment(self.code) | {"PORTICO_DIR": str(self.instance)} | more,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def environment(code: Path | None = ROOT) -> dict[str, str]:
    """Return the environment for a child that runs this code, or what is installed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTICO_")}
    own.pop("PYTHONPATH", None)
    return {**own, **({"PYTHONPATH": str(code)} if code else {}), "PYTHONUNBUFFERED": "1"}
