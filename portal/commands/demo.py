"""`portico demo`: a throw-away portal with keys and five programs, served here."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from portal import house
from portal.cases.program import Program
from portal.commands import opened, packs, staff
from portal.commands.instance import create
from portal.commands.publishing import publish_keysets, publish_packs
from portal.config import Config
from portal.desk.authority import Authority
from portal.desk.member import Role
from portal.errors import SettingMissing
from portal.policy.clocks import utc_now

DESK_HOST = "localhost"  # browsers make passkeys for names, not for bare addresses
ADMIN = "Demo admin"
HOST = "127.0.0.1"  # a demo's keys lie beside it: nobody else's business
MAX_PORT = 65535
EXAMPLE = "example"  # the one program with classic keys, so that any `age` opens its reports
RENEW = timedelta(days=12)  # a demo that was left alone for weeks gets fresh keysets
_ANSWER = 60  # seconds the server may take to come up


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    demo = subparsers.add_parser("demo", help="serve a throw-away portal here")
    demo.add_argument("--dir", type=Path, default=Path("var/demo"), metavar="DIR")
    demo.add_argument("--port", type=_port, default=8000, metavar="N")
    demo.set_defaults(run=_run)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {MAX_PORT}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    _require_free(options.port)
    folder, environ = options.dir.resolve(), _own(os.environ)
    url = f"http://{HOST}:{options.port}"
    # A demo is its own operator: its reports may be opened in its own pages.
    desk: dict[str, str | bool] = {
        "staff_url": f"http://{DESK_HOST}:{options.port}",
        "open_in_browser": True,
    }
    config = create(folder / "instance", url, environ=environ, renew=True, more=desk)
    _publish(config, folder, environ)
    return _serve(config, folder, environ)


def _require_free(port: int) -> None:
    """Make sure that nobody else answers where the demo is going to.

    Raises:
        SettingMissing: The port cannot be had.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind((HOST, port))
        except OSError as fault:
            raise SettingMissing(
                f"The demo cannot listen on {HOST}:{port}: {fault.strerror}.",
                hint="If a demo runs there already, use or stop that one; otherwise choose another "
                "port: `portico demo --port 8001`, or `make run PORT=8001`.",
            ) from fault


def _own(environ: Mapping[str, str]) -> dict[str, str]:
    """Leave out the settings of any real instance: a demo publishes into its own database alone."""
    return {name: value for name, value in environ.items() if not name.startswith("PORTICO_")}


def _publish(config: Config, folder: Path, environ: Mapping[str, str]) -> None:
    for pack in sorted(house.folder("policies").glob("*.toml")):
        shutil.copyfile(pack, config.policies / pack.name)
    with opened.instance(config) as instance:
        catalogue, now = instance.catalogue, utc_now()
        publish_packs(packs.read(config.policies), catalogue, now=now)
        programs = catalogue.programs(now=now)
        due = [one for one in programs if not one.keyset or one.keyset.expires < now + RENEW]
        if due:
            _rehearse(due, config, folder, environ)
            publish_keysets(folder / "keysets", catalogue, now=now)


def _rehearse(
    programs: list[Program], config: Config, folder: Path, environ: Mapping[str, str]
) -> None:
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
        env=dict(environ),
        check=True,
    )


def _wanted(program: Program) -> tuple[str, str, str]:
    kind = "classic" if program.slug == EXAMPLE else "hybrid"
    return program.slug, kind, ",".join(program.policy.readers or ("handler",))


def _serve(config: Config, folder: Path, environ: Mapping[str, str]) -> int:
    words = [sys.executable, "-m", "portal", "serve", "--bind", config.url.removeprefix("http://")]
    environment = {**environ, "PORTICO_DIR": str(config.directory)}
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _frame: server.send_signal(number))
    if _answers(server, config.url):
        print(_welcome(folder, config.url, _invitation(config)), flush=True)
    return server.wait()


def _invitation(config: Config) -> str:
    """Return a link to the desk; each start makes one, which ends the one before."""
    roles, by = {EXAMPLE: Role.ADMIN}, Authority("demo")
    with opened.instance(config) as instance:
        return staff.invite(instance, ADMIN, roles, by=by, now=utc_now())


def _answers(server: "subprocess.Popen[bytes]", url: str) -> bool:
    deadline = time.monotonic() + _ANSWER
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _welcome(folder: Path, url: str, invitation: str) -> str:
    machine = folder / "staff-machine"
    key = machine / f"{EXAMPLE}-handler.key"
    keyset = folder / "keysets" / f"{EXAMPLE}.keyset.jws"
    elsewhere = " ".join(sorted(name for name in os.environ if name.startswith("PORTICO_")))
    unset = f"unset {elsewhere}\n  " if elsewhere else ""  # that terminal may have them, too
    return f"""
Portico is running: {url}

  Send a report      {url}/{EXAMPLE}/report
  Check a target     {url}/{EXAMPLE}/scope
  Follow a report    {url}/status

Then be the staff. Come to the desk, once, with a passkey of this browser:

  {invitation}

or work in a second terminal:

  {unset}export PORTICO_DIR={folder / "instance"}
  portico report list
  portico export --program {EXAMPLE} -o {folder / "bundle.zip"}
  portico open {folder / "bundle.zip"} -i {key} -d {folder / "opened"}

Next to that key lie the one for recovery and the root's. Try what they are for:

  portico drill {folder / "bundle.zip"} -i {machine / f"{EXAMPLE}-recovery.key"}
  portico keyset new --after {keyset} -o {folder / "next.json"}
  portico keyset sign {folder / "next.json"} --root {machine / "root.key"} -o {folder / "next.jws"}

(In a checkout, `portico` is .venv/bin/portico.) The staff's keys lie in {machine};
the server never looks there. Stop with Ctrl-C; the reports stay until you remove {folder}.
"""
