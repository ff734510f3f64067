"""From sealed files to folders that staff can read: `report.md`, attachments, receipt.

What the portal signed is compared with what was in the envelope, and every comparison is told: what
holds, what fails, and what could not be checked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.age.errors import AgeError
from portal.age.identities import KeyIdentity
from portal.errors import PorticoError, StatementRefused
from portal.offline import receipts, report_text
from portal.offline.bundle import Bundle, Case, Filed, refused
from portal.offline.document import Document
from portal.offline.formats import FORMATS, Format
from portal.offline.opening import (
    READABLE,
    REPORT,
    Opened,
    open_envelope,
    place,
    private_folder,
    write_private,
)
from portal.offline.seal import Sealed
from portal.policy.keyset import Keyset

ATTACHMENTS = "attachments"
AS_SENT = "as-sent"  # what a reporter put beside the report, or sealed by hand
RECEIPT = "receipt.jws"


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
    """

    identities: Sequence[KeyIdentity]
    folder: Path
    form: Format

    def file(self, path: Path) -> Outcome:
        """Open one age file that came by itself.

        Raises:
            AgeError: Damaged, or for somebody else.
            ArchiveRefused: Its folder is there already.
        """
        name = path.name.removesuffix(".age") or "opened"
        with private_folder(self.folder) as room, path.open("rb") as source:
            opened = open_envelope(source, self.identities, room, name=name)
            checks = _told(opened)
            document = opened.document
            if document is not None:
                self._write(opened.folder, document, {}, checks)
            return Outcome(name, place(opened.folder, self.folder / name), tuple(checks))

    def bundle(self, bundle: Bundle, keysets: Mapping[str, Keyset]) -> Iterator[Outcome]:
        """Open every report of a bundle; one that fails does not stop the others.

        Args:
            bundle: Read, its signature checked by the caller.
            keysets: Checked keysets by program, as far as there are any.
        """
        for case in bundle.cases:
            try:
                yield self._case(bundle, case, keysets.get(case.program))
            except (AgeError, PorticoError) as error:
                yield Outcome(case.report, None, error=error)

    def _case(self, bundle: Bundle, case: Case, keyset: Keyset | None) -> Outcome:
        with private_folder(self.folder) as room:
            opened = {filed.role: self._opened(bundle, filed, room) for filed in case.files}
            made = room / "case"
            made.mkdir(mode=0o700)
            main = opened.get("report") or opened.get("sealed")
            document = main.document if main else None
            checks = [each for one in opened.values() for each in _told(one)]
            checks += _compared(case, document, opened.get(ATTACHMENTS), keyset)
            if main:
                main.folder.rename(made / AS_SENT)
            if ATTACHMENTS in opened:
                opened[ATTACHMENTS].folder.rename(made / ATTACHMENTS)
            if document is not None:
                self._promote(made, document, case, checks)
            write_private(made / RECEIPT, case.receipt + "\n")
            return Outcome(case.report, place(made, self.folder / case.report), tuple(checks))

    def _opened(self, bundle: Bundle, filed: Filed, room: Path) -> Opened:
        inner = room / filed.role
        inner.mkdir(mode=0o700)
        sealed = inner / "sealed.age"
        with sealed.open("xb") as sink:
            for piece in bundle.content(filed):
                sink.write(piece)
        if Sealed.measured(filed.role, sealed).payload_sha256 != filed.payload_sha256:
            raise refused(f"{filed.path} in it has another payload than its manifest says")
        with sealed.open("rb") as source:
            opened = open_envelope(source, self.identities, inner, name=filed.role)
        sealed.unlink()
        return opened

    def _promote(self, made: Path, document: Document, case: Case, checks: Sequence[str]) -> None:
        """Put our own rendering in front, and drop the two files it is made from."""
        sent = made / AS_SENT
        for name in (REPORT, READABLE):
            (sent / name).unlink(missing_ok=True)
        if not any(sent.iterdir()):
            sent.rmdir()
        self._write(made, document, _facts(case), checks)

    def _write(
        self, folder: Path, document: Document, facts: Mapping[str, str], checks: Sequence[str]
    ) -> None:
        """Write the report in the form asked for, beside the JSON it can be converted from."""
        markdown = report_text.render(document, facts=facts, checks=checks)
        for form in {each.file_name: each for each in (FORMATS["json"], self.form)}.values():
            (folder / form.file_name).unlink(missing_ok=True)
            write_private(folder / form.file_name, form.text(document, markdown))
        if self.form.file_name != READABLE:
            (folder / READABLE).unlink(missing_ok=True)  # the reporter's; ours was not asked for


def _facts(case: Case) -> dict[str, str]:
    events = ", ".join(f"{each.get('name')} ({each.get('at')})" for each in case.events)
    facts = {"Report": case.report, "Received": case.received_at}
    return facts | ({"History": events} if events else {})


def _told(opened: Opened) -> list[str]:
    if opened.refusal is None:
        return []
    return [f"{opened.refusal.message} It is kept as {opened.files[0].name}."]


def _compared(
    case: Case, document: Document | None, attached: Opened | None, keyset: Keyset | None
) -> Iterator[str]:
    """Yield what comparing the envelope with the portal's words showed."""
    yield _receipt_check(case, keyset)
    if document is None:
        yield "It was sealed by hand, so there is nothing to compare with the form."
        return
    if document.program != case.program:
        yield f"WARNING: the report names another program: {document.program}."
    yield _files_check(document, attached)
    yield _verdict_check(document, keyset)


def _receipt_check(case: Case, keyset: Keyset | None) -> str:
    if keyset is None:
        return "The portal's receipt was not checked: the bundle carries no keyset for it."
    try:
        proof = receipts.verify_by(case.receipt, keyset=keyset)
    except StatementRefused as error:
        return f"WARNING: the portal's receipt was not confirmed. {error.message}"
    payloads = {each.role: each.payload_sha256 for each in case.files}
    if proof.claims.get("report") != case.report or not receipts.names_files(
        proof.claims, payloads
    ):
        return "WARNING: the portal's receipt is for other files than these."
    return "The portal's receipt names exactly these files."


def _files_check(document: Document, attached: Opened | None) -> str:
    named = document.attachments
    if named is None and attached is None:
        return "The report has no attachments, and none came."
    if named is None or attached is None:
        return "WARNING: the report and the bundle disagree on whether there are attachments."
    if (named.sha256, named.length) != (attached.sha256, attached.length):
        return "WARNING: these are not the attachments that the report names."
    return "The attachments are the ones that the report names."


def _verdict_check(document: Document, keyset: Keyset | None) -> str:
    target = document.target
    if target.receipt is None or keyset is None:
        return "The verdict on the target is not confirmed by a receipt."
    try:
        proof = receipts.verify_by(target.receipt, keyset=keyset)
    except StatementRefused as error:
        return f"WARNING: the verdict was not confirmed. {error.message}"
    if not receipts.names_target(proof.claims, nonce=target.nonce, target=target.normalised):
        return "WARNING: the scope receipt is about another target than the report says."
    if proof.claims.get("ruling") != target.verdict.get("ruling"):
        return "WARNING: the report states another verdict than its scope receipt."
    return f"The portal confirms the verdict “{proof.claims.get('ruling')}” for this target."
