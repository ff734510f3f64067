"""Where a reporter keeps what they have read: a folder per message, nothing ever overwritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.errors import PorticoError
from portal.offline import promised, visible
from portal.offline.file_names import flat_name
from portal.offline.opening import FOLDER_MODE, place, write_private
from portal.offline.thread import agreement_text
from portal.offline.thread.body import KINDS, Body
from portal.offline.thread.chain import Judged
from portal.offline.thread.message import Author
from portal.offline.thread.reading import Conversation, Reader, files_of

NAMES: dict[Author, str] = {"staff": "Staff", "reporter": "You"}
CLAIMED: dict[Author, str] = {
    "staff": "Said to be from staff",
    "reporter": "Said to be from you",
}
AGREED = "agreed.txt"
RELIABLE = {"good", "broken"}  # of these, the author is known


@dataclass(frozen=True, slots=True)
class Shelf:
    """Writes a conversation into a folder, and tells it as lines for a terminal.

    Attributes:
        reader: Who reads.
        folder: Where it goes; it need not be there yet.
        zone: IANA name of the zone that times are written in; None for UTC.
    """

    reader: Reader
    folder: Path
    zone: object = None

    def keep(self, found: Conversation) -> Iterator[str]:
        """Write everything, and yield what there is to say about each.

        Raises:
            ArchiveRefused: Something of that name is there already.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        if found.report is not None:
            kept = place(found.report.folder, self.folder / "report")
            yield f"Your report: {visible.line(kept)}"
        else:
            yield "Your report does not open with this token; no copy was kept for you."
        if found.root is None and found.thread:
            yield "So nobody here knows the program's root key, and signatures of staff stay open."
        for one in found.thread:
            yield ""
            yield from self._message(one)
        if found.thread:
            yield ""
            yield from self._agreed(found)

    def _agreed(self, found: Conversation) -> Iterator[str]:
        said = tuple(agreement_text.told(found.thread, reader="reporter"))
        yield agreement_text.TITLE
        yield from (f"  {each}" for each in said or (agreement_text.NOTHING,))
        if said:
            made = self.reader.folder / AGREED
            write_private(made, "\n".join(said) + "\n")
            yield f"  Kept in {visible.line(place(made, self.folder / AGREED))}"

    def _message(self, one: Judged) -> Iterator[str]:
        by = (NAMES if one.verdict in RELIABLE else CLAIMED)[one.place.author]
        yield f"Message {one.place.sequence}. {by}"
        words = filter(None, (one.headline("reporter"), one.detail))
        yield f"  {visible.line(' '.join(words))}"
        if one.body is None or one.verdict == "forged":
            yield f"  {self._sealed(one.place.sequence)}"
            return
        yield f"  {promised.when(one.body.at.isoformat(), self.zone)}, by their clock"
        yield from _said(one.body)
        folder = self._room(one.body, one.place.sequence)
        yield f"  Kept in {visible.line(folder)}"
        if one.body.files is not None:
            yield f"  {self._files(one, folder)}"

    def _sealed(self, sequence: int) -> str:
        name = f"message-{sequence}.age"
        if not (self.reader.folder / name).exists():
            return "The portal lists it, and does not have it."
        kept = place(self.reader.folder / name, self.folder / name)
        return f"Kept as it was sealed: {visible.line(kept)}"

    def _room(self, body: Body, sequence: int) -> Path:
        made = self.reader.folder / f"made-{sequence}"
        made.mkdir(mode=FOLDER_MODE)
        write_private(made / "message.txt", body.text + "\n")
        return place(made, self.folder / f"message-{sequence}")

    def _files(self, one: Judged, folder: Path) -> str:
        try:
            opened = files_of(self.reader, one)
            kept = place(opened.folder, folder / "files")
        except PorticoError as error:
            return f"{visible.line(error.message)} {visible.line(error.hint)}"
        names = ", ".join(visible.line(flat_name(each.name)) for each in opened.files)
        return f"Files in {visible.line(kept)}: {names}"


def _said(body: Body) -> Iterator[str]:
    if body.kind != "message":
        values = ", ".join(visible.line(each) for each in body.data.values() if each is not None)
        yield f"  {KINDS[body.kind]}{': ' if values else '.'}{values}"
    for line in visible.lines(body.text).split("\n") if body.text else ():
        yield f"  | {line}"
