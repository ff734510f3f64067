"""`portico desk`: the staff's pages on one's own machine, where reports may be opened."""

import argparse
import json
from dataclasses import dataclass
from http import HTTPStatus

from portal.commands import desk_key
from portal.config import public_url
from portal.errors import PortalRefused, SettingMissing
from portal.local.gate import Gate
from portal.local.pages import Pages
from portal.local.passing import Asked, Line
from portal.local.pinning import Pinning
from portal.local.server import HOST, Desk, Server
from portal.offline import visible
from portal.offline.connection import Portal
from portal.offline.pins import Pins

MAX_PORT = 65535
MAX_ANSWER = 64 * 1024  # bytes of who one is


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    desk = subparsers.add_parser(
        "desk",
        help="show the desk's pages from this machine",
        description="Serve the desk's pages on this machine, from what is installed here, and talk "
        "to the portal with a desk key. Make the key on the portal: Account, Desk keys. It is "
        "asked for, never stored, and never seen by a page. Reports are opened in these pages, so "
        "the portal never sends the script that sees your identity.",
    )
    desk.add_argument("--url", required=True, help="address of the portal's desk")
    desk.add_argument(
        "--portal", metavar="URL", help="address of the portal itself, if its desk has another"
    )
    desk.add_argument("--port", type=_port, default=0, metavar="N", help="0, as usual: any")
    desk_key.register(desk)
    desk.set_defaults(run=_run)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {MAX_PORT}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    portal = Portal.at(options.url)
    public = Portal.at(options.portal) if options.portal else portal
    line = Line(portal, desk_key.asked(options.key))
    who = _who(line)
    with _server(options.port) as server:
        gate = Gate(server.server_port)
        pinning = Pinning(Pins.of_user(), public.url, _say)
        server.desk = Desk(gate, Pages(who.desk), line, pinning)
        print(
            f"The desk of {who.name} is open. Go there, once, with your browser:\n\n  {gate.link}\n"
        )
        print("Stop with Ctrl-C.", flush=True)
        server.serve_forever(poll_interval=0.2)
    return 0


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose key it is.

    Attributes:
        name: Of the person.
        desk: Address of the portal's own desk, which passkeys belong to.
    """

    name: str
    desk: str


def _who(line: Line) -> Owner:
    """Return whose key it is, and where they work without it.

    Raises:
        PortalRefused: The portal does not answer, or does not take the key.
    """
    answer = line.ask(Asked("GET", "/staff/api/me", {"Accept": "application/json"}, None, 0))
    content = answer.whole(MAX_ANSWER)
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise PortalRefused(
            "The portal does not take this desk key.",
            hint="A key lasts a working day. Make a new one on the portal: Account, Desk keys.",
        )
    try:
        said = json.loads(content)
        # An older portal does not tell, and serves the desk where it was reached.
        return Owner(visible.line(said["name"]), public_url(said.get("desk", line.portal.url)))
    except (ValueError, KeyError, TypeError, AttributeError, SettingMissing):
        raise PortalRefused(
            "This is not the desk of a portal.", hint="Check the address: is it a Portico?"
        ) from None


def _server(port: int) -> Server:
    try:
        return Server(port)
    except OSError as fault:
        raise SettingMissing(
            f"The desk cannot listen on {HOST}:{port}: {fault.strerror}.",
            hint="Leave --port out, or choose another.",
        ) from fault


def _say(sentence: str) -> None:
    print(visible.line(sentence), flush=True)
