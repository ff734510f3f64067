"""`portico reply`: staff answer a reporter from their own machine, without a browser."""

import argparse
import re
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from getpass import getpass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.age.identities import KeyIdentity
from portal.commands import desk_key, letters
from portal.errors import IdentityRefused, KeysetRefused, MessageRefused, NoSuchReport
from portal.offline import identity, key_files, visible
from portal.offline.connection import Portal
from portal.offline.pins import Pins
from portal.offline.thread import desk_reading, gathering, writing
from portal.offline.thread.desk_reading import DeskReader, OpenCase
from portal.offline.thread.writing import Pen
from portal.policy import statement
from portal.policy.clocks import utc_now
from portal.policy.keyset import Keyset

_REPORT = re.compile(r"[0-9a-z][0-9a-z-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever answers, by their identity files: what opens reports, and what signs."""

    opening: tuple[KeyIdentity, ...]
    signing: Ed25519PrivateKey

    @classmethod
    def read(cls, paths: list[Path]) -> "Owner":
        """Read identity files, asking for passphrases.

        Raises:
            IdentityRefused: A file cannot be used, or none of them holds a signing key.
        """
        texts = [key_files.read(path, ask=getpass) for path in paths]
        signing = next(filter(None, map(identity.signing_key, texts)), None)
        if signing is None:
            raise IdentityRefused(
                "These identity files hold no signing key, so an answer would count as forged.",
                hint="Use the file that `portico keygen` made.",
            )
        return cls(tuple(one for text in texts for one in identities.parse_file(text)), signing)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    reply = subparsers.add_parser(
        "reply",
        help="answer a reporter from this machine",
        description="Open a report and its thread on this machine, judge every message, then seal "
        "and sign an answer to the reporter and to your colleagues. The first file is its text, "
        "as it stands; all others are sent along. The desk key is asked for: make it on the "
        "portal, on the page Account.",
    )
    reply.add_argument("report", metavar="REPORT")
    reply.add_argument("files", nargs="+", type=Path, metavar="FILE.md [FILE...]")
    reply.add_argument("--url", required=True, help="address of the portal's desk")
    reply.add_argument(
        "--portal", metavar="URL", help="address of the portal itself, if its desk has another"
    )
    reply.add_argument(
        "-i", "--identity", type=Path, action="append", required=True, metavar="IDENTITY"
    )
    desk_key.register(reply)
    letters.register(reply)
    reply.set_defaults(run=_reply)


def _reply(options: argparse.Namespace) -> int:
    _require_name(options.report)
    said, now = letters.draft(options.files[0], options.files[1:]), utc_now()
    owner = Owner.read(options.identity)
    public = Portal.at(options.portal or options.url)
    desk = replace(Portal.at(options.url), key=desk_key.asked(options.key))
    print(f"At the desk as {desk_key.owner(desk)}.")
    with tempfile.TemporaryDirectory(prefix="portico-") as folder:
        reader = DeskReader(desk, options.report, owner.opening, Path(folder))
        shown = desk.get(reader.address)
        keyset = _keyset(reader, gathering.named(shown, "id")[0], public, options.root, now)
        case = desk_reading.read(reader, shown, root=keyset.fingerprint)
        desk.ask(f"{reader.address}/opened", {})  # colleagues see that somebody read it
        letters.show(case.thread, reader="staff")
        letters.require_fit(said, case.thread, options, author="staff")
        pen = _pen(case, keyset, owner, anyway=options.anyway)
        room = Path(folder) / "sealing"
        room.mkdir(mode=0o700)
        ready = writing.seal_next(
            said, case.thread, ground=case.ground, pen=pen, folder=room, now=now
        )
        letters.send(ready, desk, f"{reader.address}/messages", {})
    return 0


def _require_name(text: str) -> None:
    """Make sure that this can be a report's name: it becomes a part of an address."""
    if not _REPORT.fullmatch(text):
        raise NoSuchReport(
            f"No report is called “{visible.line(text)}”.",
            hint="The queue names them, as 7k2m9-qx4dw.",
        )


def _keyset(
    reader: DeskReader, program: str, public: Portal, root: str | None, now: datetime
) -> Keyset:
    """Return the keys in force, under the root that this machine expects; say if it is new."""
    pins = Pins.of_user()
    known = root or pins.of(public.url, program).root
    text = reader.keyset(program, None)
    keyset = pins.verify(text, portal=public.url, program=program, root=root, now=now)
    if known is None:
        print(f"{visible.line(program)}: root {keyset.fingerprint} was not seen before.")
        print("  Compare it with the one on the program's keys page, and with one you got")
        print("  another way. From now on it is expected.")
    return keyset


def _pen(case: OpenCase, keyset: Keyset, owner: Owner, *, anyway: bool) -> Pen:
    """Return what is needed to write to this reporter.

    Raises:
        KeysetRefused: An older keyset than the thread names, or one without the owner's key.
        MessageRefused: The reporter left no key, or the report is not what the portal signed for.
    """
    if case.doubt and not anyway:
        raise MessageRefused(
            case.doubt,
            hint="An answer could go to somebody else. Find out why; --anyway sends it.",
        )
    if case.recipient is None:
        raise MessageRefused(
            "The reporter left no key, so they could not read an answer.",
            hint="If the text of the report names another way to answer, use that.",
        )
    if keyset.version < gathering.newest_named(case.thread):
        raise KeysetRefused(
            "The portal hands out an older keyset than one that a signed message names.",
            hint="Seal nothing to it, and ask whoever keeps the portal why.",
        )
    mine = statement.key_text(owner.signing.public_key())
    if mine not in {statement.key_text(one.signing) for one in keyset.entries if one.signing}:
        raise KeysetRefused(
            f"Your signing key is not in version {keyset.version} of the keyset, so an answer "
            "would count as forged.",
            hint="Ask whoever keeps the keyset.",
        )
    return Pen("staff", owner.signing, keyset, case.recipient)
