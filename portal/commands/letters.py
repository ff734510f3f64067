"""What `portico reply` and `portico status --write` share: the words, the thread, the sending."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.offline import readiness, reading, visible
from portal.offline.answers import Unanswered
from portal.offline.connection import Portal
from portal.offline.thread import agreement_text, writing
from portal.offline.thread.chain import Judged
from portal.offline.thread.message import Author
from portal.offline.thread.sealing import Draft
from portal.offline.thread.writing import Ready

LOOKS_FIRST = (
    "Whether the message arrived is not known. The same command again looks first, and sends "
    "nothing twice.\n"
)


def register(command: argparse.ArgumentParser) -> None:
    """Add the options of whoever writes."""
    command.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    command.add_argument(
        "--anyway", action="store_true", help="write although the thread was tampered with"
    )
    command.add_argument(
        "--again", action="store_true", help="say once more what the last message says"
    )


def draft(text: Path, files: Sequence[Path]) -> Draft:
    """Read what is to be said.

    Raises:
        FileRefused: The text is missing, unreadable or not UTF-8.
        MessageRefused: There is nothing in it, or too much.
        PortalRefused: One of the files is none.
        TooLarge: The files are more than a portal takes.
    """
    made = Draft(text=reading.text(text), files=tuple(files))
    writing.check(made)
    readiness.check_files(files)
    return made


def show(thread: Sequence[Judged], *, reader: Author) -> None:
    """Say what can be relied on in a thread, and what was agreed in it."""
    doubtful = [one for one in thread if one.verdict != "good"]
    count = f"{len(thread)} message{'' if len(thread) == 1 else 's'}"
    print(f"Thread: {count}{'' if doubtful or not thread else ', signed, and none missing'}.")
    for one in doubtful:
        loud = "WARNING: " if one.verdict in writing.DOUBTFUL else ""
        told = f"{one.headline(reader)} {one.detail}".strip()
        print(f"  {loud}message {one.place.sequence}: {visible.line(told)}")
    for sentence in agreement_text.told(thread, reader=reader):
        print(f"  {visible.line(sentence)}")


def require_fit(
    said: Draft, thread: Sequence[Judged], options: argparse.Namespace, *, author: Author
) -> None:
    """Make sure that a message may follow what is there.

    Raises:
        MessageRefused: The thread was tampered with, or the message is there already.
    """
    if not options.anyway:
        writing.require_sound(thread)
    if not options.again:
        writing.require_unsaid(said, thread, author=author)


def send(ready: Ready, portal: Portal, path: str, fields: Mapping[str, str]) -> None:
    """Hand a message to the portal, and say what became of it.

    Raises:
        PortalRefused: The portal did not take it.
        Unanswered: Whether it did is not known.
    """
    try:
        portal.send(path, ready.form(fields))
    except Unanswered:
        sys.stderr.write(LOOKS_FIRST)
        raise
    print(f"Kept as message {ready.sequence}, sealed to version {ready.keyset} of the keyset.")
