"""Staff read a report and its thread on their own machine, through the staff API.

What is opened is compared with what the portal signed; whom an answer can be sealed to stands in
the sealed report alone, never in what the portal says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from portal.age.identities import KeyIdentity
from portal.errors import KeysetRefused, MessageRefused, StatementRefused
from portal.offline import receipts
from portal.offline.connection import Portal
from portal.offline.document import Document
from portal.offline.filed import DELIVERED
from portal.offline.opening import READABLE, Opened, open_envelope
from portal.offline.promised import objects
from portal.offline.seal import Sealed
from portal.offline.thread import gathering
from portal.offline.thread.chain import Ground, Judged, judge
from portal.offline.thread.own_key import own_key
from portal.policy.keyset import Keyset
from portal.policy.succession import Succession

MAIL: Final = "mail"  # how a report came that staff entered: nobody has a token for it
MAX_TEXT: Final = 1024 * 1024  # bytes in which the key of a report by hand is looked for


@dataclass(frozen=True, slots=True)
class DeskReader:
    """Somebody of the staff, at one portal and one report.

    Attributes:
        portal: Where the report is; it has their desk key.
        report: Its name.
        identities: Keys to try.
        folder: A private folder, for what is fetched and opened on the way.
    """

    portal: Portal
    report: str
    identities: Sequence[KeyIdentity] = field(repr=False)
    folder: Path

    @property
    def address(self) -> str:
        """Of the report in the staff API."""
        return f"/staff/api/reports/{self.report}"

    def fetch(self, role: str) -> Path:
        """Fetch an age file with its newest header.

        Raises:
            PortalRefused: The portal has none, or could not be reached.
        """
        path = self.folder / f"{role}.age"
        self.portal.fetch(f"{self.address}/envelopes/{role}", path)
        return path

    def keyset(self, program: str, version: int | None) -> str:
        """Return a signed keyset; the one in force for None.

        Raises:
            NoSuchVersion: There is no such version.
            PortalRefused: The portal has none, or could not be reached.
        """
        asked = "" if version is None else f"?version={version}"
        return self.portal.text(f"/staff/api/programs/{program}/keyset.jws{asked}")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A report and its thread, opened.

    Attributes:
        program: Slug.
        recipient: The reporter's own age key, as the sealed report names it; None without one.
        thread: Its messages, judged.
        ground: What they were judged by.
        doubt: Why an answer might go astray; empty when the report is what the portal signed for.
    """

    program: str
    recipient: str | None
    thread: Sequence[Judged]
    ground: Ground
    doubt: str


def read(reader: DeskReader, shown: Mapping[str, Any], *, root: str) -> OpenCase:
    """Fetch, open and judge everything but files.

    Args:
        reader: Who reads.
        shown: What the portal says about the report.
        root: Fingerprint of the program's root key, pinned.

    Raises:
        AgeError: None of the keys opens the report.
        MessageRefused: The report came by mail, so nobody could read an answer here.
        PortalRefused: Something did not arrive, or is not what a portal sends.
    """
    program, report = gathering.named(shown, "id")
    if shown.get("origin") == MAIL:
        raise MessageRefused(
            "This report came by mail, so its sender has no token to read an answer with.",
            hint="Answer by mail, to the address that the report names.",
        )
    role = gathering.main_role(shown)
    opened = _opened(reader, role)
    document = opened.document
    listing = reader.portal.get(f"{reader.address}/messages")
    places = gathering.places(reader, listing)
    first = shown.get("keyset_version")
    sealed_to = document.keyset_version if document else None
    versions = (first, sealed_to, listing.get("keyset_version"), *gathering.versions_in(places))
    known = gathering.keysets(reader, program, versions, root=root)
    payload = Sealed.measured(role, reader.folder / f"{role}.age").payload_sha256
    ground = Ground(
        report=report,
        start=payload,
        reporter=document.signing_key if document else None,
        keysets=known,
        sealed_to=sealed_to or (first if isinstance(first, int) else 0),
    )
    doubt = "".join(_doubts(shown, payload, document, known, root))
    thread = judge(places, ground=ground)
    return OpenCase(program, _recipient(opened, document), thread, ground, doubt)


def _opened(reader: DeskReader, role: str) -> Opened:
    room = reader.folder / f"{role}-opened"
    room.mkdir(mode=0o700)
    with reader.fetch(role).open("rb") as source:
        return open_envelope(source, reader.identities, room, name=role)


def _recipient(opened: Opened, document: Document | None) -> str | None:
    """Return whom to answer to: a report by hand names a key in its words."""
    if document is not None:
        return document.recipient
    named = opened.folder / READABLE
    path = named if named in opened.files else opened.files[0]
    with path.open("rb") as file:
        return own_key(file.read(MAX_TEXT).decode("utf-8", "replace"))


def _doubts(
    shown: Mapping[str, Any],
    payload: str,
    document: Document | None,
    known: Mapping[int, Keyset],
    root: str,
) -> Iterator[str]:
    """Yield why an answer could go to somebody else than the one who wrote the report."""
    claims = _claims(shown, payload, known)
    if claims is None:
        yield "The portal's receipt does not name the file that was opened."
    elif document and not receipts.is_filed_as(claims, kind=document.kind, ticked=document.urgent):
        yield "The portal filed it as another kind, or with other ticks, than its reporter sealed."
    keyset = document.raw.get("keyset") if document else None
    seen = keyset.get("root") if isinstance(keyset, dict) else None
    if seen not in {None, root}:
        yield "The reporter saw another root key than this machine."


def _claims(
    shown: Mapping[str, Any], payload: str, known: Mapping[int, Keyset]
) -> Mapping[str, Any] | None:
    """Return what the receipt that the reporter has says; None if it is not about these bytes."""
    files = {
        str(one["role"]): {"payload_sha256": str(one.get("payload_sha256"))}
        for one in objects(shown.get("envelopes"))
        if one.get("role") in DELIVERED
    }
    files[gathering.main_role(shown)] = {"payload_sha256": payload}
    try:
        keysets = Succession.of(known.values())
        claims = receipts.verify_among(str(shown.get("receipt")), keysets=keysets).claims
    except (KeysetRefused, StatementRefused):
        return None
    named = claims.get("report") == shown.get("id") and receipts.names_files(claims, files)
    return claims if named else None
