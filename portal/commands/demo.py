"""`portico demo`: a throw-away portal with keys and five programs, served here."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

from portal import house
from portal.cases.catalogue import Catalogue
from portal.cases.database import Database
from portal.cases.program import Program
from portal.commands.instance import create
from portal.commands.publishing import publish_folder, publish_keysets
from portal.config import Config
from portal.policy.clocks import utc_now

EXAMPLE = "example"  # the one program with classic keys, so that any `age` opens its reports
RENEW = timedelta(days=12)  # a demo that was left alone for weeks gets fresh keysets
_ANSWER = 60  # seconds the server may take to come up


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    demo = subparsers.add_parser("demo", help="serve a throw-away portal here")
    demo.add_argument("--dir", type=Path, default=Path("var/demo"), metavar="DIR")
    demo.add_argument("--port", type=int, default=8000, metavar="N")
    demo.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    folder = options.dir.resolve()
    url = f"http://127.0.0.1:{options.port}"
    config = create(folder / "instance", url)
    _publish(config, folder)
    return _serve(config, folder, url)


def _publish(config: Config, folder: Path) -> None:
    for pack in sorted(house.folder("policies").glob("*.toml")):
        shutil.copyfile(pack, config.policies / pack.name)
    database = Database(config.database_url)
    catalogue, now = Catalogue(database), utc_now()
    publish_folder(config.policies, catalogue, now=now)
    programs = catalogue.programs(now=now)
    due = [one for one in programs if not one.keyset or one.keyset.expires < now + RENEW]
    if due:
        _rehearse(due, config, folder)
        publish_keysets(folder / "keysets", catalogue, now=now)
    database.close()


def _rehearse(programs: list[Program], config: Config, folder: Path) -> None:
    """Let another process play the staff: the server's own never sees a key that opens a report."""
    words = [word for program in programs for word in ("--program", ":".join(_wanted(program)))]
    subprocess.run(
        [
            *(sys.executable, "-m", "portal.offline.rehearsal"),
            *("--keys", str(folder / "staff-machine")),
            *("--keysets", str(folder / "keysets")),
            *("--receipt-key", str(config.directory / "receipt.pub")),
            *words,
        ],
        check=True,
    )


def _wanted(program: Program) -> tuple[str, str, str]:
    kind = "classic" if program.slug == EXAMPLE else "hybrid"
    return program.slug, kind, ",".join(program.policy.readers or ("handler",))


def _serve(config: Config, folder: Path, url: str) -> int:
    words = [sys.executable, "-m", "portal", "serve", "--bind", url.removeprefix("http://")]
    environment = {**os.environ, "PORTICO_DIR": str(config.directory), "PORTICO_URL": url}
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: server.send_signal(number))
    if _answers(server, url):
        print(_welcome(folder, url), flush=True)
    return server.wait()


def _answers(server: "subprocess.Popen[bytes]", url: str) -> bool:
    deadline = time.monotonic() + _ANSWER
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _welcome(folder: Path, url: str) -> str:
    key = folder / "staff-machine" / f"{EXAMPLE}-handler.key"
    return f"""
Portico is running: {url}

  Send a report      {url}/{EXAMPLE}/report
  Check a target     {url}/{EXAMPLE}/scope
  Follow a report    {url}/status

Then be the staff, in a second terminal:

  export PORTICO_DIR={folder / "instance"}
  portico report list
  portico export -o bundle.zip
  portico open bundle.zip -i {key} -d opened

(In a checkout, `portico` is .venv/bin/portico.) The staff's keys lie in {folder / "staff-machine"};
the server never looks there. Stop with Ctrl-C; the reports stay until you remove {folder}.
"""
