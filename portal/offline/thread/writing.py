"""The next message of a thread, by either side: looked over, sealed, and handed to the portal.

A message names the one before it, so the whole thread is opened and judged first. A line may break
before the answer comes; the next try looks whether the message is there, and sends nothing twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.errors import MessageRefused
from portal.offline.file_names import flat_names
from portal.offline.multipart import Form
from portal.offline.thread.chain import Ground, Judged
from portal.offline.thread.message import Author
from portal.offline.thread.sealing import Draft, SealedMessage, Slot, seal_message
from portal.policy.keyset import Keyset

MAX_TEXT: Final = 100_000  # characters, as many as the pages take
DOUBTFUL: Final = frozenset({"forged", "broken"})


@dataclass(frozen=True, slots=True)
class Pen:
    """Whoever writes, and to whom.

    Attributes:
        author: Their side.
        signing: Their signing key.
        keyset: In force, verified under the pinned root.
        reporter: The reporter's own age key.
    """

    author: Author
    signing: Ed25519PrivateKey = field(repr=False)
    keyset: Keyset
    reporter: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A sealed message and its place.

    Attributes:
        sequence: Its number.
        keyset: Version it is sealed to.
        sealed: Its age files.
    """

    sequence: int
    keyset: int
    sealed: SealedMessage

    def form(self, fields: Mapping[str, str]) -> Form:
        """Return it as the portal takes it, with what else the address asks for."""
        told = {"sequence": str(self.sequence), "keyset": str(self.keyset), "reply": "yes"}
        for one in self.sealed.envelopes:
            told[f"{one.role}_length"] = str(one.length)
            told[f"{one.role}_sha256"] = one.sha256
        files = {one.role: one.path for one in self.sealed.envelopes}
        return Form({**fields, **told}, files)


def check(draft: Draft) -> None:
    """Make sure that there is something to say, and no more than can be read.

    Raises:
        MessageRefused: Neither words nor files, or more words than a message takes.
    """
    if draft.kind == "message" and not draft.text.strip() and not draft.files:
        raise MessageRefused("There is nothing to send yet.", hint="Write something first.")
    if len(draft.text) > MAX_TEXT:
        raise MessageRefused(
            f"The text has {len(draft.text):,} characters; a message takes {MAX_TEXT:,}.",
            hint="Shorten it, or send the rest as a file.",
        )


def require_sound(thread: Sequence[Judged]) -> None:
    """Make sure that nobody answers a forgery unawares.

    Raises:
        MessageRefused: A message is forged, missing or was moved.
    """
    found = [str(one.place.sequence) for one in thread if one.verdict in DOUBTFUL]
    if found:
        raise MessageRefused(
            f"Something is wrong with the thread, at message {', '.join(found)}; see above.",
            hint="Find out why. To send yours all the same, add --anyway.",
        )


def require_unsaid(draft: Draft, thread: Sequence[Judged], *, author: Author) -> None:
    """Make sure that the newest message of this side does not say the very same.

    Raises:
        MessageRefused: It does: the message arrived when the answer of the portal did not.
    """
    own = [one for one in thread if one.place.author == author and one.verdict == "good"]
    body = own[-1].body if own else None
    if body is None:
        return
    listed = [(one["name"], one["size"]) for one in body.files.files] if body.files else []
    said = (body.kind, body.text, dict(body.data), listed)
    if said == (draft.kind, draft.text, dict(draft.data), list(_files(draft.files))):
        raise MessageRefused(
            f"Message {own[-1].place.sequence} says exactly this: it has arrived.",
            hint="Nothing was sent. To say it once more, add --again.",
        )


def seal_next(
    draft: Draft,
    thread: Sequence[Judged],
    *,
    ground: Ground,
    pen: Pen,
    folder: Path,
    now: datetime,
) -> Ready:
    """Sign a message for the place after the last one, and seal it to both sides.

    Args:
        draft: What it says.
        thread: As it was judged.
        ground: What it was judged by.
        pen: Whoever writes.
        folder: A private folder, where the age files are written.
        now: Present time, aware.

    Raises:
        RecipientRefused: The reporter's key is none, or of another kind than the keyset.
        ArchiveRefused: A file cannot be packed, or changed meanwhile.
    """
    sequence, previous = 1, ground.start
    if thread:
        sequence, previous = thread[-1].place.sequence + 1, thread[-1].link
    slot = Slot(ground.report, pen.author, sequence, previous, pen.keyset.version)
    to = [*pen.keyset.recipients, pen.reporter]
    sealed = seal_message(draft, slot, key=pen.signing, to=to, folder=folder, now=now)
    return Ready(sequence, pen.keyset.version, sealed)


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, int]]:
    """Yield names and sizes, in the order and under the names in which they are packed."""
    names = flat_names(path.name for path in paths)
    yield from zip(names, (path.stat().st_size for path in paths), strict=True)
