"""`portico status`: how a report stands."""

import argparse
import re
import sys
from getpass import getpass

from portal.intake.token import Token
from portal.offline import status
from portal.offline.connection import Portal

_STATUS_CODE = re.compile(r"[0-9a-f]{64}")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    follow = subparsers.add_parser("status", help="see how a report stands")
    follow.add_argument("--url", required=True, help="address of the portal")
    follow.add_argument(
        "token", nargs="?", metavar="TOKEN|-", help="asked for when left out; - reads it from stdin"
    )
    follow.set_defaults(run=_status)


def _status(options: argparse.Namespace) -> int:
    portal = Portal.at(options.url)
    lookup = _lookup(_token_text(options.token))
    for line in status.told(status.ask(portal, lookup)):
        print(line)
    return 0


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
