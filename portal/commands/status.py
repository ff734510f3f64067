"""`portico status`: how a report stands, and what was said about it."""

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path
from typing import Any

from portal.intake.token import Token
from portal.offline import status
from portal.offline.connection import Portal
from portal.offline.pins import Pins
from portal.offline.thread import reading
from portal.offline.thread.reading import Reader
from portal.offline.thread.shelf import Shelf

_STATUS_CODE = re.compile(r"[0-9a-f]{64}")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    follow = subparsers.add_parser("status", help="see how a report stands")
    follow.add_argument("--url", required=True, help="address of the portal")
    follow.add_argument(
        "token", nargs="?", metavar="TOKEN|-", help="asked for when left out; - reads it from stdin"
    )
    follow.add_argument(
        "--read", type=Path, metavar="DIR", help="open the report and its messages into a folder"
    )
    follow.set_defaults(run=_status)


def _status(options: argparse.Namespace) -> int:
    portal = Portal.at(options.url)
    text = _token_text(options.token)
    standing = status.ask(portal, _lookup(text))
    for line in status.told(standing):
        print(line)
    if options.read is not None:
        print()
        _read(portal, Token.parse(text), standing, options.read)
    return 0


def _read(portal: Portal, token: Token, standing: Mapping[str, Any], folder: Path) -> None:
    """Open everything that the token opens, and say of each message who signed it."""
    root = Pins.of_user().of(portal.url, str(standing.get("program"))).root
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".reading-") as room:
        reader = Reader(portal, token, Path(room))
        found = reading.read(reader, standing, root=root)
        for line in Shelf(reader, folder, standing.get("zone")).keep(found):
            print(line)


def _token_text(given: str | None) -> str:
    if given is None:
        return getpass("Token: ")
    if given == "-":
        return sys.stdin.readline()
    sys.stderr.write(
        "portico: a token on the command line stays in the shell's history and is visible to "
        "other users; leave it out to be asked.\n"
    )
    return given


def _lookup(text: str) -> str:
    """Return the look-up value of a token, or a status code as it is."""
    code = "".join(text.split()).lower()
    return code if _STATUS_CODE.fullmatch(code) else Token.parse(text).lookup
