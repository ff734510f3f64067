"""Promise 2: acknowledged means kept, once, whatever happens to the server next."""

import io
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from portal import age
from portal.intake.token import Token
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset
from tests.journeys.sending import submit
from tests.live import PORTICO, ROOT, Live, environment, free_port

ROUNDS = 50
PATIENCE = 60  # seconds until a restarted server must answer

pytestmark = pytest.mark.browser


@dataclass
class Server:
    """The bare server on the demo's instance, killed and started again at will."""

    instance: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [*PORTICO, "serve", "--bind", f"127.0.0.1:{self.port}"],
            cwd=ROOT,
            env=environment() | {"PORTICO_DIR": str(self.instance), "PORTICO_URL": self.url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the server did not come back")

    def kill(self) -> None:
        """Kill master and workers, without a chance to tidy up."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on an instance of its own."""
    prepared = Live(tmp_path / "demo").start()
    prepared.stop()
    running = Server(prepared.instance, free_port())
    running.start()
    yield running
    running.kill()


def test_every_acknowledged_report_survives_a_kill(server: Server, tmp_path: Path) -> None:
    """Fifty times: send, see the receipt, kill everything. All fifty are there, once, and open."""
    text = requests.get(f"{server.url}/example/keyset.jws", timeout=30).text
    keyset = Keyset.verify(text, root=None, program="example", now=utc_now())
    sent: dict[str, tuple[Token, int]] = {}
    for number in range(ROUNDS):
        token, report = submit(server.url, keyset, number)
        server.kill()
        sent[report] = (token, number)
        server.start()
    for token, _ in sent.values():
        answer = requests.post(f"{server.url}/status", json={"lookup": token.lookup}, timeout=30)
        assert answer.status_code == 200
    bundle = tmp_path / "bundle.zip"
    exported = subprocess.run(
        [*PORTICO, "export", "-o", str(bundle)],
        env=environment() | {"PORTICO_DIR": str(server.instance)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{ROUNDS} reports" in exported.stdout
    with zipfile.ZipFile(bundle) as files:
        names = [name for name in files.namelist() if name.endswith("report.age")]
        assert sorted(name.split("/")[0] for name in names) == sorted(sent)
        for name in names:
            token, number = sent[name.split("/")[0]]
            plain = io.BytesIO()
            with files.open(name) as sealed:
                age.decrypt(io.BytesIO(sealed.read()), [token.reply_identity("x25519")], plain)
            assert f"report {number}".encode() in plain.getvalue()
