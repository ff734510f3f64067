"""The thread of a report, opened: every message judged, and written out for people.

What can be relied on stands above each message in words of ours; what its author wrote stands in
fences that it cannot close.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.offline.document import Document
from portal.offline.filed import Letter
from portal.offline.manifest import Case
from portal.offline.opening import FOLDER_MODE, Opened, write_private
from portal.offline.report_text import fence, span
from portal.offline.thread import agreement_text
from portal.offline.thread import body as bodies
from portal.offline.thread import message as messages
from portal.offline.thread.body import KINDS
from portal.offline.thread.chain import Ground, Judged, Place, judge
from portal.policy.succession import Succession

FOLDER = "thread"
READABLE = "thread.md"
INTRODUCTION = (
    "What can be relied on stands above each message. A message that is not signed, forged or out "
    "of its place proves nothing, whatever it says."
)
_LIMITS = {messages.FILE: messages.MAX_BYTES, bodies.FILE: bodies.MAX_BYTES}


@dataclass(frozen=True, slots=True)
class Received:
    """What came for one message.

    Attributes:
        letter: What the portal says of it.
        message: Its envelope; None when none of the keys opens it.
        payload_sha256: Of that envelope as it was read, hex; empty when the bundle has none.
        files: The envelope of its files; None when there is none, or none of the keys opens it.
    """

    letter: Letter
    message: Opened | None
    payload_sha256: str
    files: Opened | None

    @property
    def place(self) -> Place:
        """The message in the form that is judged."""
        read = None if self.message is None else _read(self.message)
        return Place(self.letter.sequence, self.letter.author, self.payload_sha256, read)


@dataclass(frozen=True, slots=True)
class Thread:
    """Messages and what can be said of each, in the portal's order.

    Attributes:
        received: What came.
        judged: One for each of them.
    """

    received: tuple[Received, ...]
    judged: tuple[Judged, ...]

    @classmethod
    def of(
        cls,
        received: Sequence[Received],
        *,
        case: Case,
        document: Document | None,
        keysets: Succession | None,
    ) -> "Thread":
        """Judge a thread.

        Args:
            received: In the portal's order.
            case: The report.
            document: The report in the envelope; None when it was sealed by hand.
            keysets: Vouch for the bundle; None when nobody does.
        """
        sealed_to = document.keyset_version if document else None
        ground = Ground(
            report=case.report,
            start=case.main.payload_sha256 if case.main else "",
            reporter=document.signing_key if document else None,
            keysets=keysets.by_version if keysets else None,
            sealed_to=sealed_to or case.keyset or 0,
        )
        return cls(tuple(received), judge((each.place for each in received), ground=ground))

    def checks(self) -> Iterator[str]:
        """Yield sentences on what was found."""
        doubtful = [one for one in self.judged if one.verdict != "good"]
        if self.judged and not doubtful:
            count = "its message" if len(self.judged) == 1 else f"all {len(self.judged)} messages"
            yield f"The thread holds: {count} signed, and none missing."
        for one in doubtful:
            told = " ".join((one.headline("staff"), one.detail)).strip()
            yield f"{_loud(one)}message {one.place.sequence}: {told}"
        for each, one in zip(self.received, self.judged, strict=True):
            if one.verdict == "good" and not _files_fit(each, one):
                number = each.letter.sequence
                yield f"WARNING: message {number}: its files are not the ones that it names."
        yield from self.agreements()

    def agreements(self) -> Iterator[str]:
        """Yield sentences on what both sides are bound by, as far as good messages say so."""
        return agreement_text.told(self.judged, reader="staff")

    def write(self, made: Path, report: str) -> None:
        """Write the thread into the folder of a report, and move what was opened there, too."""
        folder = made / FOLDER
        folder.mkdir(mode=FOLDER_MODE)
        for each in self.received:
            for suffix, opened in {"": each.message, "-files": each.files}.items():
                if opened is not None:
                    opened.folder.rename(folder / f"{each.letter.sequence}{suffix}")
        write_private(made / READABLE, self.text(report))

    def text(self, report: str) -> str:
        """Return the thread as Markdown."""
        said = [f"- {each}" for each in self.agreements()]
        blocks = [f"# Thread of report {span(report)}", INTRODUCTION]
        blocks += [f"## {agreement_text.TITLE}", "\n".join(said) or agreement_text.NOTHING]
        for each, one in zip(self.received, self.judged, strict=True):
            blocks += _told(each.letter, one)
        return "\n\n".join(blocks) + "\n"


def _told(letter: Letter, one: Judged) -> Iterator[str]:
    side = "staff" if letter.author == "staff" else "the reporter"
    yield f"## Message {letter.sequence}, filed under {side}"
    yield f"**{one.headline('staff')}** {one.detail}".strip()
    yield f"- Kept by the portal: {span(letter.at)}"
    if one.body is None:
        yield f"What came is in the folder {span(f'{FOLDER}/{letter.sequence}')}, if it opened."
        return
    body = one.body
    yield f"- {KINDS[body.kind]}, {body.at:%Y-%m-%d %H:%M} UTC by its author's clock"
    yield from ([fence(body.text)] if body.text else ())
    lines = [f"- {span(name)}: {span(value)}" for name, value in body.data.items()]
    if body.files is not None:
        lines += [f"- File {span(file['name'])}, {file['size']} bytes" for file in body.files.files]
    yield from (["\n".join(lines)] if lines else ())


def _loud(one: Judged) -> str:
    return "WARNING: " if one.verdict in {"forged", "broken"} else ""


def _files_fit(received: Received, one: Judged) -> bool:
    named = one.body.files if one.body else None
    came = received.files
    if named is None or came is None:
        return named is None and came is None
    return (named.sha256, named.length) == (came.sha256, came.length)


def _read(opened: Opened) -> Mapping[str, bytes]:
    """Return the two files that are judged, each up to a byte more than it may have."""
    found = {}
    for path in opened.files:
        if path.name in _LIMITS:
            with path.open("rb") as file:
                found[path.name] = file.read(_LIMITS[path.name] + 1)
    return found
