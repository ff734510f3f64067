"""The wheel: installed somewhere clean, it serves every page and asset without the checkout."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.live import ROOT, Live

pytestmark = pytest.mark.packaging

PAGES = ("/", "/status", "/verify", "/example/", "/example/scope", "/example/report")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the unpacked wheel and nothing else of ours."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as files:
        files.extractall(site)
    return site


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The demo, run from the installed wheel in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        running = Live(tmp_path_factory.mktemp("served"), code=installed)
        patch.chdir(running.folder)
        running.start()
        yield running
        running.stop()


def test_no_test_or_tool_is_shipped(installed: Path) -> None:
    """The wheel holds the program, its pages, its assets, its packs and the WSGI entry."""
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {
        "portal",
        "scope",
        "wsgi.py",
        "portico",
    }


def test_every_page_and_asset_is_there(served: Live) -> None:
    """Each page answers, and so does whatever it refers to, down to the scripts' own imports."""
    seen: set[str] = set()
    waiting = [*PAGES]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = requests.get(served.url + path, timeout=30)
        assert answer.status_code == 200, path
        if path in PAGES:
            waiting += re.findall(r'(?:src|href)="(/static/[^"#]+)', answer.text)
        elif path.endswith(".js"):
            base = path.rsplit("/", 1)[0]
            imported = re.findall(r'from "(\.{1,2}/[^"]+)"', answer.text)
            waiting += [os.path.normpath(f"{base}/{one}") for one in imported]
    assert len(seen) > 20


def test_the_wheel_runs_without_the_checkout(served: Live, installed: Path) -> None:
    """The running server took its code from the wheel."""
    where = subprocess.run(
        [sys.executable, "-c", "import portal.house as h; print(h.folder('templates'))"],
        env={**os.environ, "PYTHONPATH": str(installed)},
        cwd=served.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
