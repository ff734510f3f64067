"""`portico status`: how a report stands, what was said about it, and the next message."""

import argparse
import re
import sys
import tempfile
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path
from typing import Any

from portal.age import identities
from portal.commands import letters
from portal.errors import KeysetRefused
from portal.intake.token import Token
from portal.offline import status
from portal.offline.connection import Portal
from portal.offline.pins import Pins
from portal.offline.submit import REPLY_KINDS
from portal.offline.thread import gathering, reading, writing
from portal.offline.thread.reading import Conversation, Reader
from portal.offline.thread.sealing import Draft
from portal.offline.thread.shelf import Shelf
from portal.offline.thread.writing import Pen
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset

_STATUS_CODE = re.compile(r"[0-9a-f]{64}")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    follow = subparsers.add_parser(
        "status",
        help="see how a report stands, read and write messages",
        description="Ask how a report stands. With --read, open it and its messages on this "
        "machine; with --write, seal and sign the next message to staff.",
    )
    follow.add_argument("--url", required=True, help="address of the portal")
    follow.add_argument(
        "token", nargs="?", metavar="TOKEN|-", help="asked for when left out; - reads it from stdin"
    )
    follow.add_argument(
        "--read", type=Path, metavar="DIR", help="open the report and its messages into a folder"
    )
    follow.add_argument(
        "--write", type=Path, metavar="FILE.md", help="send a message with this text to staff"
    )
    follow.add_argument(
        "--attach", type=Path, action="append", default=[], metavar="FILE", help="send it along"
    )
    letters.register(follow)
    follow.set_defaults(run=_status)


def _status(options: argparse.Namespace) -> int:
    said = letters.draft(options.write, options.attach) if options.write else None
    portal = Portal.at(options.url)
    text = _token_text(options.token)
    standing = status.ask(portal, _lookup(text))
    for line in status.told(standing):
        print(line)
    if options.read is not None:
        print()
        _read(portal, Token.parse(text), standing, options)
    if said is not None:
        print()
        _write(said, portal, Token.parse(text), standing, options)
    return 0


def _read(
    portal: Portal, token: Token, standing: Mapping[str, Any], options: argparse.Namespace
) -> None:
    """Open everything that the token opens, and say of each message who signed it."""
    folder = options.read
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".reading-") as room:
        reader = Reader(portal, token, Path(room))
        found = reading.read(reader, standing, root=_root(portal, standing, options.root))
        for line in Shelf(reader, folder, standing.get("zone")).keep(found):
            print(line)


def _write(
    said: Draft,
    portal: Portal,
    token: Token,
    standing: Mapping[str, Any],
    options: argparse.Namespace,
) -> None:
    """Judge the thread, then seal and send the next message of it."""
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        reader = Reader(portal, token, Path(folder))
        found = reading.read(reader, standing, root=_root(portal, standing, options.root))
        letters.show(found.thread, reader="reporter")
        letters.require_fit(said, found.thread, options, author="reporter")
        keyset = _keyset(reader, gathering.named(standing, "report")[0], found)
        own = identities.recipient_of(token.reply_identity(REPLY_KINDS[keyset.kind]))
        pen = Pen("reporter", reader.signing, keyset, str(own))
        room = Path(folder) / "sealing"
        room.mkdir(mode=0o700)
        ready = writing.seal_next(
            said, found.thread, ground=found.ground, pen=pen, folder=room, now=utc_now()
        )
        letters.send(ready, portal, "/status/message", {"lookup": token.lookup})


def _root(portal: Portal, standing: Mapping[str, Any], given: str | None) -> str | None:
    """Return the root key that is expected: the one given, or the one seen before."""
    return given or Pins.of_user().of(portal.url, str(standing.get("program"))).root


def _keyset(reader: Reader, program: str, found: Conversation) -> Keyset:
    """Return the keys in force, and remember them.

    Raises:
        KeysetRefused: No root key is known here, or the portal's keyset is not one to seal to.
    """
    if found.root is None:
        raise KeysetRefused(
            "Your report kept no copy, so nobody here knows the program's root key.",
            hint="Give its fingerprint as --root; it stands on the program's keys page.",
        )
    pins, url = Pins.of_user(), reader.portal.url
    seen = (
        pins.of(url, program).newest,
        found.ground.sealed_to,
        gathering.newest_named(found.thread),
    )
    keyset = Keyset.verify(
        reader.keyset(program, None),
        root=found.root,
        program=program,
        now=utc_now(),
        newest_seen=max(seen),
    )
    pins.remember(url, keyset)
    return keyset


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
