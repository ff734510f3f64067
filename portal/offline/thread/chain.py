"""Judging a whole thread: is each message by whom it seems to be, and is it where it belongs?

What the portal says about a message is a claim. What counts is which key signed it, whether a
keyset under the pinned root lists that key, and whether it names the message before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.errors import ArchiveRefused
from portal.offline.thread import body as bodies
from portal.offline.thread import message as messages
from portal.offline.thread.body import Body
from portal.offline.thread.message import Author, Heading, Message
from portal.offline.thread.verdicts import DETAILS, VERDICTS, Reason, Verdict, headline
from portal.policy import statement
from portal.policy.entries import Entry
from portal.policy.keyset import CLOCK_SKEW, Keyset


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the thread, with what the portal handed over for it.

    Attributes:
        sequence: Its number, as the portal says.
        author: Who wrote it, as the portal says.
        payload_sha256: Of the age file that was read, hex.
        files: What was in it; None when it did not open.
    """

    sequence: int
    author: Author
    payload_sha256: str
    files: Mapping[str, bytes] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a reader knows for certain before the first message.

    Attributes:
        report: The report's name.
        start: SHA-256 of the payload of its main envelope, as it was read, hex.
        reporter: The reporter's signing key, base64url; None when the report names none.
        keysets: By version, each signed by the pinned root; None when no root is pinned.
        sealed_to: Version the report was sealed to.
    """

    report: str
    start: str
    reporter: str | None
    keysets: Mapping[int, Keyset] | None
    sealed_to: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A message and what can be said of it.

    Attributes:
        place: Where the portal put it.
        reason: Why it was judged so.
        link: What the message after it has to name.
        heading: What it says of itself; None when it says nothing that can be read.
        body: What it says; None when it cannot be read. Trust it only if the verdict is good.
        signer: The keyset's entry of whoever signed, for messages of staff.
    """

    place: Place
    reason: Reason
    link: str
    heading: Heading | None = None
    body: Body | None = None
    signer: Entry | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether it can be relied on."""
        return VERDICTS[self.reason]

    @property
    def role(self) -> str | None:
        """What the signer does, for messages of staff."""
        return self.signer.role if self.signer else None

    def headline(self, reader: Author) -> str:
        """Return the verdict in a sentence for this reader."""
        return headline(self.reason, author=self.place.author, role=self.role, reader=reader)

    @property
    def detail(self) -> str:
        """Why, in a further sentence; empty when there is nothing to add."""
        return DETAILS[self.reason]


def judge(places: Iterable[Place], *, ground: Ground) -> tuple[Judged, ...]:
    """Return what can be said of each message, in the order the portal gave them."""
    return tuple(_judged(places, ground))


def _judged(places: Iterable[Place], ground: Ground) -> Iterator[Judged]:
    number, link, reached = 0, ground.start, ground.sealed_to
    for place in places:
        follows = place.sequence == number + 1
        one = _one(place, ground, follows=follows, previous=link, reached=reached)
        yield one
        number, link = place.sequence, one.link
        if one.verdict == "good" and one.heading and _vouched(one.heading.keyset, ground):
            reached = max(reached, one.heading.keyset)


def _one(place: Place, ground: Ground, *, follows: bool, previous: str, reached: int) -> Judged:
    """Judge one message.

    Args:
        place: The message.
        ground: What is certain.
        follows: Whether the portal numbers it right after the one before.
        previous: Link to the message before it.
        reached: Newest keyset that a message before it names.
    """
    # Without signed lines the sealed bytes themselves are what the next message can name.
    unread = place.payload_sha256
    if place.files is None:
        return Judged(place, "unopened", unread)
    if messages.FILE not in place.files:
        return Judged(place, "by-hand", unread)
    try:
        message = Message.parse(place.files[messages.FILE])
    except ArchiveRefused:
        return Judged(place, "malformed", unread)
    heading = message.heading
    content = place.files.get(bodies.FILE, b"")
    body, signer = _body(content), _signer(message, ground.keysets or {})
    reason = (
        _claims(message, place, ground, content)
        or ("malformed" if body is None else _key(message, signer, body, ground, reached))
        or _order(heading, place, follows=follows, previous=previous)
    )
    return Judged(place, reason, heading.link, heading, body, signer)


def _claims(message: Message, place: Place, ground: Ground, content: bytes) -> Reason | None:
    """Return what is wrong with a message by itself."""
    heading = message.heading
    if heading.report != ground.report:
        return "other-report"
    if heading.author != place.author:
        return "other-author"
    if heading.body_sha256 != bodies.sha256(content):
        return "changed"
    return None if message.is_signed else "signature"


def _key(
    message: Message, signer: Entry | None, body: Body, ground: Ground, reached: int
) -> Reason | None:
    """Return why the key is not the author's."""
    heading = message.heading
    if heading.author == "reporter":
        if ground.reporter is None:
            return "no-key"
        return None if message.key == ground.reporter else "stranger"
    if ground.keysets is None:
        return "no-root"
    if heading.keyset not in ground.keysets:
        return "keyset"
    if signer is None:
        return "stranger"
    live = _is_live(message.key, heading.keyset, ground.keysets, at=body.at, reached=reached)
    return None if live else "retired"


def _order(heading: Heading, place: Place, *, follows: bool, previous: str) -> Reason:
    placed = follows and heading.sequence == place.sequence and heading.previous == previous
    return "signed" if placed else "order"


def _is_live(
    key: str, version: int, keysets: Mapping[int, Keyset], *, at: datetime, reached: int
) -> bool:
    """Say whether a key still counted when a message was written.

    A date is the writer's word, so whoever holds a withdrawn key could set it back; but not to
    before a message that stands earlier in the thread.
    """
    named = keysets[version]
    later = (
        keyset
        for number, keyset in keysets.items()
        if number > version and (number <= reached or keyset.created <= at)
    )
    within = named.created - CLOCK_SKEW <= at < named.expires
    return within and all(_entry(key, keyset) is not None for keyset in later)


def _signer(message: Message, keysets: Mapping[int, Keyset]) -> Entry | None:
    keyset = keysets.get(message.heading.keyset)
    if keyset is None or message.heading.author != "staff":
        return None
    return _entry(message.key, keyset)


def _entry(key: str, keyset: Keyset) -> Entry | None:
    listed = (one for one in keyset.entries if one.signing is not None)
    return next((one for one in listed if statement.key_text(one.signing) == key), None)  # type: ignore[arg-type]


def _vouched(version: int, ground: Ground) -> bool:
    """Say whether a keyset is known to exist; a reporter could name any number."""
    return ground.keysets is not None and version in ground.keysets


def _body(content: bytes) -> Body | None:
    try:
        return Body.parse(content)
    except ArchiveRefused:
        return None
