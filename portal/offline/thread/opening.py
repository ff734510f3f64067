"""Opening the age file of a message, just far enough to judge it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.offline.opening import open_envelope, private_folder
from portal.offline.seal import Sealed
from portal.offline.thread import body as bodies
from portal.offline.thread import message as messages
from portal.offline.thread.chain import Place
from portal.offline.thread.message import Author

_READ = {messages.FILE: messages.MAX_BYTES, bodies.FILE: bodies.MAX_BYTES}


def open_place(
    path: Path, identities: Sequence[KeyIdentity], *, sequence: int, author: Author
) -> Place:
    """Open a message into memory; one that does not open is a place without files.

    Args:
        path: The age file.
        identities: Keys to try.
        sequence: Its number, as the portal says.
        author: Who wrote it, as the portal says.

    Raises:
        HeaderFailure: It is not an age file at all.
    """
    payload = Sealed.measured("message", path).payload_sha256
    return Place(sequence, author, payload, _files(path, identities))


def _files(path: Path, identities: Sequence[KeyIdentity]) -> Mapping[str, bytes] | None:
    with private_folder(path.parent) as room, path.open("rb") as source:
        try:
            opened = open_envelope(source, identities, room, name="opened")
        except AgeError:
            return None
        return {each.name: _start(each) for each in opened.files if each.name in _READ}


def _start(path: Path) -> bytes:
    """Read a file up to one byte more than it may have: enough for a parser to refuse it."""
    with path.open("rb") as file:
        return file.read(_READ[path.name] + 1)
