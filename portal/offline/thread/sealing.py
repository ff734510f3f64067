"""Sealing a message: its files first, because the signed body names their archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.age import recipients
from portal.offline.archive import Member
from portal.offline.document import Attachments
from portal.offline.report_text import fence, span
from portal.offline.seal import Sealed, seal_files, seal_members
from portal.offline.thread import body as bodies
from portal.offline.thread import message as messages
from portal.offline.thread.body import KINDS, Body, Kind
from portal.offline.thread.message import Author, Heading, sign

READABLE = "message.md"
COPY = "This text is a copy. What is signed is body.json, whose hash stands in message.json."


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say.

    Attributes:
        kind: As in `Body`.
        text: As they wrote it.
        data: What the kind needs.
        files: Sent along as they are, under safe names.
    """

    kind: Kind = "message"
    text: str = field(default="", repr=False)
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    files: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a message goes: what its heading says besides the body."""

    report: str
    author: Author
    sequence: int
    previous: str
    keyset: int


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """A message, ready to be sent.

    Attributes:
        envelopes: ``message`` first, then ``files`` if there are any.
        link: What the next message names this one by.
    """

    envelopes: tuple[Sealed, ...]
    link: str


def seal_message(
    draft: Draft,
    slot: Slot,
    *,
    key: Ed25519PrivateKey,
    to: Sequence[str],
    folder: Path,
    now: datetime,
) -> SealedMessage:
    """Sign and seal a message.

    Args:
        draft: What it says.
        slot: Where it goes.
        key: The author's signing key.
        to: The keyset's recipients and the reporter's own, all of one kind.
        folder: A private folder, where the age files are written.
        now: Present time, aware.

    Raises:
        RecipientRefused: The recipients are malformed or of both kinds.
        ArchiveRefused: A file cannot be packed, or changed meanwhile.
    """
    recipients.one_kind(to)  # before a byte of plaintext is touched
    named: Attachments | None = None
    envelopes: list[Sealed] = []
    if draft.files:
        listed, files = seal_files("files", draft.files, to=to, folder=folder, now=now)
        named = Attachments(listed["length"], listed["sha256"], tuple(listed["files"]))
        envelopes.append(files)
    body = Body(draft.kind, draft.text, now.replace(microsecond=0), draft.data, named)
    heading = _heading(slot, body.content)
    members = pack(body, heading, key=key)
    message, _ = seal_members("message", members, to=to, folder=folder, now=now)
    return SealedMessage((message, *envelopes), heading.link)


def pack(body: Body, heading: Heading, *, key: Ed25519PrivateKey) -> list[Member]:
    """Sign a message and return what goes into its envelope."""
    signed = sign(heading, key=key)
    return [
        Member.of_bytes(messages.FILE, signed.content),
        Member.of_bytes(bodies.FILE, body.content),
        Member.of_bytes(READABLE, readable(body, heading).encode("utf-8")),
    ]


def readable(body: Body, heading: Heading) -> str:
    """Return a message as Markdown, for somebody who unpacks it by hand."""
    who = "staff" if heading.author == "staff" else "the reporter"
    lines = [
        f"# Message {heading.sequence} to report {heading.report}",
        f"{KINDS[body.kind]}, by {who}, {body.at:%Y-%m-%d %H:%M} UTC by their clock.",
    ]
    lines += [fence(body.text)] if body.text else []
    # What is more than a word, such as the answers of a form, stands in the text already.
    words = {name: one for name, one in body.data.items() if not isinstance(one, dict | list)}
    lines += [f"- {span(name)}: {span(value)}" for name, value in words.items()]
    if body.files is not None:
        listed = (f"- {span(one['name'])}, {one['size']} bytes" for one in body.files.files)
        lines += ["## Files", "\n".join(listed)]
    return "\n\n".join([*lines, COPY]) + "\n"


def _heading(slot: Slot, content: bytes) -> Heading:
    return Heading(
        report=slot.report,
        author=slot.author,
        sequence=slot.sequence,
        previous=slot.previous,
        keyset=slot.keyset,
        body_sha256=bodies.sha256(content),
    )
