"""A reporter reads on their own machine what the status page would show, without its script.

Each file is fetched as it is and opened with the token; signatures are checked against the root key
that the reporter's own copy of the report names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import (
    ArchiveRefused,
    KeysetRefused,
    NoSuchReport,
    NoSuchVersion,
    PortalRefused,
    PorticoError,
)
from portal.intake.token import Token
from portal.offline.connection import Portal
from portal.offline.document import Document
from portal.offline.opening import Opened, open_envelope
from portal.offline.promised import objects
from portal.offline.seal import Sealed
from portal.offline.thread.chain import Ground, Judged, Place, judge
from portal.offline.thread.message import AUTHORS, FILE, Message
from portal.offline.thread.opening import open_place
from portal.policy import statement
from portal.policy.keyset import Keyset

MAIN = ("report", "sealed")
NOTHING = "0" * 64  # the link of a message whose file is not there: nobody names it
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Reader:
    """The bearer of a token, at one portal.

    Attributes:
        portal: Where the report is.
        token: Made by the reporter's own client.
        folder: A private folder, for what is fetched and opened on the way.
    """

    portal: Portal
    token: Token = field(repr=False)
    folder: Path

    @property
    def identities(self) -> tuple[KeyIdentity, ...]:
        """The keys that follow from the token."""
        kinds = ("mlkem768x25519", "x25519")
        return tuple(identities.parse(self.token.reply_identity(kind)) for kind in kinds)

    @property
    def signing_key(self) -> str:
        """The public half of the key that the token signs with, base64url."""
        own = Ed25519PrivateKey.from_private_bytes(self.token.signing_seed)
        return statement.key_text(own.public_key())

    def fetch(self, role: str) -> Path:
        """Fetch an age file as it is.

        Raises:
            PortalRefused: The portal has none, or could not be reached.
        """
        path = self.folder / f"{role}.age"
        self.portal.save("/status/envelope", {"lookup": self.token.lookup, "role": role}, path)
        return path

    def open(self, role: str) -> Opened | None:
        """Fetch and open an age file; None when the token does not open it.

        Raises:
            PortalRefused: The portal has none, or could not be reached.
        """
        room = self.folder / f"{role}-opened"
        room.mkdir(mode=0o700)
        with self.fetch(role).open("rb") as source:
            try:
                return open_envelope(source, self.identities, room, name=role)
            except AgeError:
                return None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A report as its reporter reads it again.

    Attributes:
        report: The reporter's own copy; None when they kept none.
        root: Fingerprint of the root that messages were checked against; None when there is none.
        thread: Its messages, judged.
    """

    report: Opened | None
    root: str | None
    thread: Sequence[Judged]


def read(reader: Reader, standing: Mapping[str, Any], *, root: str | None) -> Conversation:
    """Fetch, open and judge everything but files.

    Args:
        reader: Who reads.
        standing: What the portal says about the report.
        root: Fingerprint to go by when the reporter's own copy names none.

    Raises:
        PortalRefused: Something did not arrive, or is not what a portal sends; nothing is
            concluded then.
        KeysetRefused: The own copy names another root than the one given.
    """
    program, report = _named(standing)
    role = next((one for one in MAIN if one in _roles(standing)), MAIN[0])
    own = reader.open(role)
    document = own.document if own else None
    pinned = _root(document, reader, program, root)
    listing = reader.portal.ask("/status/messages", {"lookup": reader.token.lookup})
    places = [_place(reader, one) for one in objects(listing.get("messages"))]
    sealed_to = document.keyset_version if document else None
    in_force = listing.get("keyset_version")
    named = (sealed_to, in_force, *_versions(places))
    versions = {one for one in named if isinstance(one, int)}
    ground = Ground(
        report=report,
        start=Sealed.measured(role, reader.folder / f"{role}.age").payload_sha256,
        reporter=reader.signing_key,
        keysets=_keysets(reader.portal, program, versions, pinned) if pinned else None,
        sealed_to=sealed_to or 0,
    )
    return Conversation(own, pinned, judge(places, ground=ground))


def files_of(reader: Reader, one: Judged) -> Opened:
    """Fetch and open the files that came with a message.

    Raises:
        ArchiveRefused: They are not those that were signed.
        PortalRefused: They did not arrive.
    """
    opened = reader.open(f"message-{one.place.sequence}-files")
    named = one.body.files if one.body else None
    if opened is None or named is None or opened.sha256 != named.sha256:
        raise ArchiveRefused(
            f"The files of message {one.place.sequence} are not those that were signed.",
            hint="They were left out. Ask for them to be sent again.",
        )
    return opened


def _root(document: Document | None, reader: Reader, program: str, given: str | None) -> str | None:
    """Return the root that this token's own copy names; the one given when it names none."""
    if document is None:
        return given
    keyset = document.raw.get("keyset")
    named = keyset.get("root") if isinstance(keyset, dict) else None
    if document.program != program or document.signing_key != reader.signing_key:
        return given
    if not isinstance(named, str):
        return given
    if given not in {None, named}:
        raise KeysetRefused(
            "Your own copy of the report names another root key than this machine has seen.",
            hint="Trust no message, and ask the organisation in another way which one is right.",
        )
    return named


def _keysets(portal: Portal, program: str, versions: set[int], root: str) -> dict[int, Keyset]:
    """Return the keysets that the root vouches for; others count as if they were not there."""
    found = {}
    for version in sorted(versions):
        try:
            text = portal.text(f"/{program}/keyset.jws?version={version}")
            keyset = Keyset.read(text, root=root)
        except (NoSuchVersion, KeysetRefused):
            continue  # any other refusal proves nothing
        if (keyset.version, keyset.program) == (version, program):
            found[version] = keyset
    return found


def _place(reader: Reader, listed: Mapping[str, Any]) -> Place:
    sequence, author = listed.get("sequence"), listed.get("author")
    if not isinstance(sequence, int) or author not in AUTHORS:
        raise _odd()
    try:
        path = reader.fetch(f"message-{int(sequence)}")
        return open_place(path, reader.identities, sequence=sequence, author=author)
    except (NoSuchReport, AgeError):  # one that is gone must not keep the others from being read
        return Place(sequence, author, NOTHING, None)


def _versions(places: Sequence[Place]) -> set[int]:
    found = set()
    for place in places:
        try:
            found.add(Message.parse((place.files or {}).get(FILE, b"")).heading.keyset)
        except ArchiveRefused:
            continue
    return found


def _roles(standing: Mapping[str, Any]) -> set[object]:
    return {one.get("role") for one in objects(standing.get("envelopes"))}


def _named(standing: Mapping[str, Any]) -> tuple[str, str]:
    program, report = standing.get("program"), standing.get("report")
    if not isinstance(program, str) or not _SLUG.fullmatch(program) or not isinstance(report, str):
        raise _odd()
    return program, report


def _odd() -> PorticoError:
    return PortalRefused(
        "The answer is not that of a portal.", hint="Check the address: is it a Portico?"
    )
