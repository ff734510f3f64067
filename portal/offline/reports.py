"""From sealed files to folders that staff can read: `report.md`, attachments, thread, receipt.

What a reporter packed stands apart from what is written here, under a name of its own, so a file of
theirs is never taken for one of ours. A report that cannot be opened is an outcome like any other.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.cases.steps import STEPS
from portal.errors import ArchiveRefused, PorticoError
from portal.offline import comparing, report_text, visible
from portal.offline.bundle import UNSOUND, Bundle
from portal.offline.correspondence import Thread
from portal.offline.document import Document
from portal.offline.file_names import flat_name
from portal.offline.formats import FORMATS, Format
from portal.offline.manifest import Case
from portal.offline.opening import (
    FOLDER_MODE,
    READABLE,
    REPORT,
    Opened,
    open_envelope,
    place,
    private_folder,
    write_private,
)
from portal.offline.outside import Outside
from portal.offline.unsealing import Unsealer
from portal.policy.succession import Succession

FORM_REPORT = "report"  # role of an envelope that a form made
BY_HAND = "sealed"
ATTACHMENTS = "attachments"
AS_SENT = "as-sent"  # what a reporter put beside the report, or sealed by hand
RECEIPT = "receipt.jws"
MEMOS = "notes"  # notes and tags of staff
DELETED = "The report was deleted: only what happened to it is left."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report or file.

    Attributes:
        name: Of the report or file.
        folder: Where it is now; None when it could not be opened.
        checks: Sentences about what was compared.
        error: Why it could not be opened; otherwise None.
    """

    name: str
    folder: Path | None
    checks: tuple[str, ...] = ()
    error: AgeError | PorticoError | None = None


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens reports into one folder.

    Attributes:
        identities: Keys to try.
        folder: Each report gets a folder of its own in it.
        form: How a report is written.
        outside: Whom for, where it is not for staff.
    """

    identities: Sequence[KeyIdentity]
    folder: Path
    form: Format
    outside: Outside | None = None

    def file(self, path: Path) -> Outcome:
        """Open one age file that came by itself."""
        name = flat_name(path.name.removesuffix(".age") or "opened")
        try:
            return self._file(path, name)
        except (AgeError, PorticoError) as error:
            return Outcome(name, None, error=error)

    def bundle(self, bundle: Bundle, keysets: Mapping[str, Succession]) -> Iterator[Outcome]:
        """Open every report of a bundle; one that fails does not stop the others.

        Args:
            bundle: Read, its signature checked by the caller.
            keysets: Those that vouch for it, by program; empty when nobody does.
        """
        for case in bundle.cases:
            try:
                yield self._case(bundle, case, keysets.get(case.program))
            except (AgeError, PorticoError) as error:
                yield Outcome(case.report, None, error=error)

    def _file(self, path: Path, name: str) -> Outcome:
        with _explained(), private_folder(self.folder) as room, path.open("rb") as source:
            opened = open_envelope(source, self.identities, room, name=name)
            document, made = opened.document, _folder(room)
            checks = [*_told(opened), comparing.ALONE]
            checks += self._told_outside(document)
            if self.outside is None:
                opened.folder.rename(made / AS_SENT)
            if document is not None:
                self._write(made, document, {}, checks)
            return Outcome(name, place(made, self.folder / name), tuple(checks))

    def _case(self, bundle: Bundle, case: Case, keysets: Succession | None) -> Outcome:
        with _explained(), private_folder(self.folder) as room:
            unsealer = Unsealer(bundle, self.identities, room)
            opened = {filed.role: unsealer.open(filed) for filed in case.delivered}
            made = _folder(room)
            main = opened.get(FORM_REPORT) or opened.get(BY_HAND)
            document = main.document if main else None
            checks = [each for one in opened.values() for each in _told(one)]
            if main is None:
                checks.append(DELETED)
            else:
                checks += comparing.compared(case, document, opened.get(ATTACHMENTS), keysets)
                checks += self._told_outside(document)
                if self.outside is None:
                    main.folder.rename(made / AS_SENT)
            if ATTACHMENTS in opened:
                opened[ATTACHMENTS].folder.rename(made / ATTACHMENTS)
            if case.letters and self.outside is None:
                received = [unsealer.received(case, letter) for letter in case.letters]
                thread = Thread.of(received, case=case, document=document, keysets=keysets)
                checks += thread.checks()
                thread.write(made, case.report)
            if self.outside is None:
                checks += unsealer.memos(case.memos, made / MEMOS)
            if document is not None:
                if FORM_REPORT in opened and self.outside is None:
                    _drop_rendered(made / AS_SENT)
                facts = _facts(case, outside=self.outside is not None)
                self._write(made, document, facts, checks)
            write_private(made / RECEIPT, case.receipt + "\n")
            return Outcome(case.report, place(made, self.folder / case.report), tuple(checks))

    def _told_outside(self, document: Document | None) -> Iterator[str]:
        """Yield what a copy for others says of whoever reported, and what it leaves out.

        Raises:
            ArchiveRefused: It was sealed by hand, so nobody knows where in it a name stands.
        """
        if self.outside is None:
            return
        if document is None:
            raise ArchiveRefused(
                "This report was sealed by hand: no program can tell where in it a name stands.",
                hint="Open it for yourself, without --for, and write what others may read.",
            )
        yield from self.outside.told(document)

    def _write(
        self, folder: Path, document: Document, facts: Mapping[str, str], checks: Sequence[str]
    ) -> None:
        """Write the report in the form asked for, beside the JSON it can be converted from."""
        if self.outside is not None:
            document = self.outside.document(document)
        markdown = report_text.render(document, facts=facts, checks=checks)
        for form in {each.file_name: each for each in (FORMATS["json"], self.form)}.values():
            write_private(folder / form.file_name, form.text(document, markdown))


def _facts(case: Case, *, outside: bool) -> dict[str, str]:
    # What stays with the staff, such as whom else it was passed on to, is not for others to read.
    told = [each for each in case.events if not (outside and _is_private(each))]
    events = ", ".join(f"{each.get('name')} ({each.get('at')})" for each in told)
    facts = {"Report": case.report, "Received": case.received_at}
    return facts | ({"History": events} if events else {})


def _is_private(event: Mapping[str, Any]) -> bool:
    step = STEPS.get(str(event.get("name")))
    return step is None or step.private  # what this version does not know may be anything


def _told(opened: Opened) -> list[str]:
    if opened.refusal is None:
        return []
    kept = report_text.span(opened.files[0].name)
    return [f"{opened.refusal.message} It is kept as {kept}."]


def _folder(room: Path) -> Path:
    made = room / "made"
    made.mkdir(mode=FOLDER_MODE)
    return made


def _drop_rendered(sent: Path) -> None:
    """Drop the two files of a form that ours are made from, and the folder if nothing is left."""
    for name in (REPORT, READABLE):
        (sent / name).unlink(missing_ok=True)
    if not any(sent.iterdir()):
        sent.rmdir()


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what a library raises over one hostile report into the refusal of that report."""
    try:
        yield
    except UNSOUND as error:
        reason = visible.line(error) or type(error).__name__
        raise ArchiveRefused(
            f"It could not be opened: {reason}.",
            hint="The other reports are not touched by it; keep the file for a closer look.",
        ) from error
