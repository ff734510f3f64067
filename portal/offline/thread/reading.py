"""A reporter reads on their own machine what the status page would show, without its script.

Each file is fetched as it is and opened with the token; signatures are checked against the root key
that the reporter's own copy of the report names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import identities
from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import ArchiveRefused, KeysetRefused
from portal.intake.token import Token
from portal.offline.connection import Portal
from portal.offline.document import Document
from portal.offline.opening import Opened, open_envelope
from portal.offline.seal import Sealed
from portal.offline.thread import gathering
from portal.offline.thread.chain import Ground, Judged, judge
from portal.policy import statement


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
    def signing(self) -> Ed25519PrivateKey:
        """The key that the token signs with."""
        return Ed25519PrivateKey.from_private_bytes(self.token.signing_seed)

    @property
    def signing_key(self) -> str:
        """The public half of it, base64url."""
        return statement.key_text(self.signing.public_key())

    def fetch(self, role: str) -> Path:
        """Fetch an age file as it is.

        Raises:
            PortalRefused: The portal has none, or could not be reached.
        """
        path = self.folder / f"{role}.age"
        self.portal.save("/status/envelope", {"lookup": self.token.lookup, "role": role}, path)
        return path

    def keyset(self, program: str, version: int | None) -> str:
        """Return a signed keyset; the one in force for None.

        Raises:
            NoSuchVersion: There is no such version.
            PortalRefused: The portal has none, or could not be reached.
        """
        asked = "" if version is None else f"?version={version}"
        return self.portal.text(f"/{program}/keyset.jws{asked}")

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
        ground: What they were judged by.
    """

    report: Opened | None
    root: str | None
    thread: Sequence[Judged]
    ground: Ground


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
    program, report = gathering.named(standing, "report")
    role = gathering.main_role(standing)
    own = reader.open(role)
    document = own.document if own else None
    pinned = _root(document, reader, program, root)
    listing = reader.portal.ask("/status/messages", {"lookup": reader.token.lookup})
    places = gathering.places(reader, listing)
    sealed_to = document.keyset_version if document else None
    versions = (sealed_to, listing.get("keyset_version"), *gathering.versions_in(places))
    ground = Ground(
        report=report,
        start=Sealed.measured(role, reader.folder / f"{role}.age").payload_sha256,
        reporter=reader.signing_key,
        keysets=gathering.keysets(reader, program, versions, root=pinned) if pinned else None,
        sealed_to=sealed_to or 0,
    )
    return Conversation(own, pinned, judge(places, ground=ground), ground)


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
