"""The wheel: installed where nothing else is, it serves all its pages without the checkout."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.live import ROOT, Live, environment

pytestmark = pytest.mark.packaging

PAGES = (
    "/",
    "/status",
    "/verify",
    "/example/",
    "/example/scope",
    "/example/report",
    "/example/keys",
)
FILES = (
    "/example/report.md",
    "/example/recipients.txt",
    "/example/keyset.jws",
    "/example/scope.json",
    "/example/scope.txt",
    "/example/scope/burp.json",
    "/example/scope/zap.context",
    "/api/v1/openapi.json",
)
# How a page, a stylesheet and a script name what they need.
REFERENCES = {
    "html": r'(?:src|href)="(/static/[^"#]+)',
    "css": r"""(?:url\(|@import )\s*["']?([^"'()#]+)""",
    "js": r'(?:\bfrom |\bimport |\bimport\(|new URL\()"(\.{1,2}/[^"]+)"',
}
EVERY_MODULE = """
import importlib, pkgutil, portal, scope
for room in (portal, scope):
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
"""


@dataclass(frozen=True)
class Installed:
    """A Python with the wheel and what it needs at run time, and nothing else."""

    folder: Path
    wheel: Path

    @property
    def python(self) -> Path:
        """The interpreter."""
        return self.folder / "bin" / "python"

    @property
    def portico(self) -> Path:
        """The command that the wheel brings."""
        return self.folder / "bin" / "portico"

    @property
    def site(self) -> Path:
        """Where its packages are."""
        (found,) = self.folder.glob("lib/python3.*/site-packages")
        return found

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run its Python, far from the checkout."""
        return subprocess.run(
            [str(self.python), *words],
            cwd=self.folder,
            env=environment(None),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def pip(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Let the pip of the tests work on it, so that it needs none of its own."""
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        return subprocess.run(
            [*pip, "--python", str(self.python), *words],
            env=environment(None),
            capture_output=True,
            text=True,
            check=False,
        )


def pinned() -> list[str]:
    """Return the distributions that `requirements/run.txt` names for this machine."""
    lines = (ROOT / "requirements" / "run.txt").read_text().splitlines()
    wanted = [Requirement(line.rstrip("\\ ")) for line in lines if re.match(r"[a-z]", line)]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def copy(name: str, site: Path) -> None:
    """Copy the files of one installed distribution, and of no other."""
    distribution = metadata.distribution(name)
    for file in distribution.files or ():
        if ".." in file.parts or file.suffix == ".pyc":
            continue  # a command of its own, or made by this Python
        target = site / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(distribution.locate_file(file)), target)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A fresh virtual environment with the run-time requirements and the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    made = Installed(folder / "venv", wheel)
    venv = [sys.executable, "-m", "venv", "--without-pip", str(made.folder)]
    subprocess.run(venv, check=True, capture_output=True)
    for name in pinned():
        copy(name, made.site)
    done = made.pip("install", "--quiet", "--no-deps", "--no-index", str(wheel))
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def served(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The demo, run by the installed command in a folder of its own."""
    folder = tmp_path_factory.mktemp("served")
    running = Live(folder, code=None, portico=(str(installed.portico),)).start()
    yield running
    running.stop()


def test_no_test_or_tool_is_shipped(installed: Installed) -> None:
    """The wheel holds the program, its pages, its assets, its packs and the WSGI entry."""
    listed = installed.run("-m", "zipfile", "-l", str(installed.wheel)).stdout
    names = {line.split()[0].split("/")[0] for line in listed.splitlines()[1:]}
    assert {name.split("-")[0] for name in names} == {"portal", "scope", "wsgi.py", "portico"}


def test_nothing_else_is_installed(installed: Installed) -> None:
    """No tool of the developers is there to make up for a requirement that was forgotten."""
    there = {one.metadata["Name"] for one in metadata.distributions(path=[str(installed.site)])}
    assert {canonicalize_name(one) for one in there} == {*pinned(), "portico"}
    for tool in ("pytest", "playwright", "pip", "setuptools"):
        assert installed.run("-c", f"import {tool}").returncode != 0


def test_the_wheel_names_all_that_it_needs(installed: Installed) -> None:
    """Following what it requires, one comes to every pinned distribution and to no other."""
    there = {
        canonicalize_name(one.metadata["Name"]): one
        for one in metadata.distributions(path=[str(installed.site)])
    }
    needed, waiting = set(), ["portico"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in needed:
            continue
        needed.add(name)
        for line in there[name].requires or ():
            one = Requirement(line)
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                waiting.append(one.name)
    assert needed == set(there)
    checked = installed.pip("check")
    assert checked.returncode == 0, checked.stdout


def test_every_module_can_be_imported(installed: Installed) -> None:
    """With nothing but the pinned requirements, also what no page needs."""
    done = installed.run("-c", EVERY_MODULE)
    assert done.returncode == 0, done.stderr


def test_the_rules_of_law_are_there(installed: Installed) -> None:
    """They are data beside the code, and no page of a test would miss them."""
    done = installed.run("-c", "from portal.policy.legal import rulebook as b; print(b().rules[0])")
    assert "cra-14-vulnerability" in done.stdout, done.stderr


def test_every_page_and_asset_is_there(served: Live) -> None:
    """Each page and file answers, and so does whatever it refers to, worker and imports included.

    Every asset is the one of the checkout, byte for byte.
    """
    seen: dict[str, bytes] = {}
    waiting = [*PAGES, *FILES]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = requests.get(served.url + path, timeout=30)
        assert answer.status_code == 200, path
        assert answer.content, path
        seen[path] = answer.content
        waiting += references(path, answer.text) if path not in FILES else []
    assets = {path.split("/", 3)[3]: data for path, data in seen.items() if "/static/" in path}
    for path, data in assets.items():
        assert data == (ROOT / "static" / path).read_bytes(), path
    assert {"js/report.js", "js/seal-worker.js", "vendor/age.js", "css/print.css"} <= set(assets)


def references(path: str, text: str) -> list[str]:
    """Return the addresses on this portal that a page, a stylesheet or a script names."""
    kind = "html" if path in PAGES else path.rsplit(".", 1)[1]
    return [urljoin(path, found) for found in re.findall(REFERENCES.get(kind, "$^"), text)]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("/status", '<script src="/static/b/js/a.js"></script>', "/static/b/js/a.js"),
        ("/status", '<use href="/static/b/img/a.svg#in"/>', "/static/b/img/a.svg"),
        ("/static/b/css/a.css", "a { background: url(../img/a.svg#x) }", "/static/b/img/a.svg"),
        ("/static/b/css/a.css", "@import 'c.css';", "/static/b/css/c.css"),
        ("/static/b/js/a.js", 'import { x } from "./x.js"', "/static/b/js/x.js"),
        ("/static/b/js/a.js", 'await import("./x.js")', "/static/b/js/x.js"),
        ("/static/b/js/a.js", 'new URL("./w.js", import.meta.url)', "/static/b/js/w.js"),
        ("/static/b/js/a.js", 'import "../vendor/x.js"', "/static/b/vendor/x.js"),
    ],
)
def test_references_are_recognised(path: str, text: str, found: str) -> None:
    """Whichever way one asset names another."""
    assert references(path, text) == [found]


def test_the_wheel_runs_without_the_checkout(served: Live, installed: Installed) -> None:
    """The running server is that Python, and takes code and pages from what was installed."""
    assert served.process is not None
    command = Path(f"/proc/{served.process.pid}/cmdline").read_bytes().split(b"\0")
    assert command[0] == bytes(installed.python)
    assert served.workers()
    for pid in served.workers():
        assert str(ROOT) not in Path(f"/proc/{pid}/maps").read_text()  # libraries it has loaded
        assert not Path(f"/proc/{pid}/cwd").resolve().is_relative_to(ROOT)
    where = installed.run("-c", "import portal.house as h; print(h.folder('templates'))")
    assert where.stdout.startswith(str(installed.site))
