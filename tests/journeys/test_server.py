"""What the running server holds and touches: nothing that opens a report."""

import json
import shutil
import time
from pathlib import Path

import pytest
import requests

from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset
from tests.inotify import Watch
from tests.journeys.sending import submit
from tests.live import Live

pytestmark = pytest.mark.browser

HOOK = """
import json, os, sys

def worker_exit(server, worker):
    path = os.path.join({folder!r}, f"modules-{{os.getpid()}}.json")
    with open(path, "w") as file:
        json.dump(sorted(sys.modules), file)
"""
# What could open an age file, make a sealed one, or touch plaintext.
FORBIDDEN = (
    "portal.offline",
    "portal.age.identities",
    "portal.age.decrypting",
    "portal.age.encrypting",
    "portal.age.unwrapping",
    "portal.commands",
    "portal.cli",
    "pyrage",
)


@pytest.fixture
def demo(tmp_path: Path) -> Live:
    """A demo of its own, stopped after its first start."""
    made = Live(tmp_path / "demo").start()
    made.stop()
    return made


def use(live: Live) -> None:
    """Visit every page, send a report, look it up and fetch it back."""
    for path in ("", "scope", "report", "keys", "keyset.jws", "report.md", "recipients.txt"):
        assert requests.get(f"{live.url}/example/{path}", timeout=30).status_code == 200
    for path in ("/", "/status", "/verify", "/healthz", "/readyz"):
        assert requests.get(live.url + path, timeout=30).status_code == 200
    text = requests.get(f"{live.url}/example/keyset.jws", timeout=30).text
    keyset = Keyset.verify(text, root=None, program="example", now=utc_now())
    body = {"target": "https://api.example.com:8443"}
    assert requests.post(f"{live.url}/example/scope", json=body, timeout=30).status_code == 200
    for number in range(8):  # enough for every worker to have had one
        token, _ = submit(live.url, keyset, number)
        for path in ("/status", "/status/envelope"):
            body = {"lookup": token.lookup, "role": "report"}
            assert requests.post(live.url + path, json=body, timeout=30).status_code == 200


def test_no_worker_holds_anything_that_opens_an_age_file(
    demo: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: after a whole journey, no module of a running worker can open a report."""
    hook = tmp_path / "hook.py"
    hook.write_text(HOOK.format(folder=str(tmp_path)))
    monkeypatch.setenv("GUNICORN_CMD_ARGS", f"--config {hook}")
    demo.start()
    use(demo)
    demo.stop()
    deadline = time.monotonic() + 10
    while not (dumps := list(tmp_path.glob("modules-*.json"))) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(dumps) == 2
    for dump in dumps:
        loaded = json.loads(dump.read_text())
        assert "portal.views.report" in loaded
        assert [name for name in loaded if name.startswith(FORBIDDEN)] == []


def test_no_server_process_opens_the_staffs_folder(demo: Live) -> None:
    """The staff's keys lie beside a demo; from start to stop the server never opens one."""
    watch = Watch(demo.staff_machine)
    assert list(demo.staff_machine.iterdir())
    assert watch.opened() == [""]  # the watch sees what we just did
    demo.start()
    use(demo)
    demo.stop()
    assert watch.opened() == []


def test_the_demo_renews_nothing_while_its_keysets_are_fresh(demo: Live) -> None:
    """A second start needs no staff: their folder may even be gone."""
    shutil.rmtree(demo.staff_machine)
    demo.start()
    use(demo)
    demo.stop()
