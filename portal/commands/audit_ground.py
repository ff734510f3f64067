"""What an audit log is checked against: its own head, and the keys that may have signed heads."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from portal.cases import audit
from portal.cases.audit_export import AuditExport
from portal.cases.heads import Head
from portal.cases.signer import Signer, read_receipt_key
from portal.commands.opened import Instance
from portal.errors import FileRefused, StatementRefused
from portal.offline import audit_log, visible, vouching
from portal.offline.audit_log import Logbook
from portal.offline.bundle import MAGIC, Bundle
from portal.offline.pins import Pins
from portal.policy.clocks import utc_now
from portal.policy.succession import Succession

Plain = Mapping[str, Any]
_PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ground:
    """A log, and what it is checked with.

    Attributes:
        entries: In their order; can be gone through once.
        whole: Whether they are all there are.
        head: The signed head that came with it; None on the instance, which signs its own.
        proven: Reads a signed head, and refuses one that no key of this portal signed.
        remarks: What a person should know of the keys.
    """

    entries: Iterable[Plain]
    whole: bool
    head: str | None
    proven: Callable[[str], Head]
    remarks: tuple[str, ...] = ()


def of_instance(instance: Instance) -> Ground:
    """Return the log of an instance, with every receipt key that its keysets ever named."""
    config, catalogue = instance.config, instance.catalogue
    key = read_receipt_key(config.receipt_key)
    export = AuditExport(instance.database, Signer(key, issuer=config.url))
    histories = [
        Succession.read(texts, root=None)
        for program in catalogue.programs(now=utc_now())
        if (texts := catalogue.keyset_texts(program.slug))
    ]

    def proven(text: str) -> Head:
        try:
            return Head.verify(text, key=key.public_key())
        except StatementRefused:
            return audit_log.proven(text, histories, portal=config.url)

    upto = export.head(now=utc_now()).sequence
    return Ground(audit.entries(instance.database, upto=upto), True, None, proven)


def of_file(path: Path, stack: ExitStack, *, root: str | None) -> Ground:
    """Return the log in an export or a bundle, with the keysets in it that can be trusted.

    Args:
        path: The file.
        stack: Closes it.
        root: Fingerprint the user gave; None to go by what was seen of the portal.

    Raises:
        FileRefused: It cannot be read.
        ArchiveRefused: It is neither, or damaged.
        KeysetRefused: A keyset was signed by another root than expected.
        StatementRefused: The bundle was not signed by the portal.
    """
    try:
        file = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise FileRefused(
            f"{visible.line(path)} cannot be read: {error.strerror}.", hint="Check its name."
        ) from None
    start = file.read(len(MAGIC))
    file.seek(0)
    pins = Pins.of_user()
    if start == MAGIC:
        return _of_bundle(Bundle.read(file), pins, root)
    logbook = Logbook.read(_pieces(file))
    return _ground(logbook, dict(_successions(logbook, pins, root)), pins)


def _of_bundle(bundle: Bundle, pins: Pins, root: str | None) -> Ground:
    successions = vouching.vouched(bundle, pins=pins, root=root)
    if bundle.log is None:
        raise StatementRefused(
            "This bundle is of an older form and has no audit log.", hint="Export it again."
        )
    return _ground(Logbook.read(bundle.content(bundle.log)), successions, pins)


def _ground(logbook: Logbook, successions: Mapping[str, Succession], pins: Pins) -> Ground:
    def proven(text: str) -> Head:
        return audit_log.proven(text, successions.values(), portal=logbook.portal)

    remarks = [f"Signed by the portal {logbook.portal}."]
    for program, found in successions.items():
        if pins.of(logbook.portal, program).root is None:
            told = f"{program}: root {found.newest.fingerprint} was not seen before; compare it."
            remarks.append(told)
    return Ground(logbook.entries, logbook.whole, logbook.head, proven, tuple(remarks))


def _successions(
    logbook: Logbook, pins: Pins, root: str | None
) -> Iterator[tuple[str, Succession]]:
    for program, texts in logbook.keysets.items():
        if texts:
            read = [
                pins.read(text, portal=logbook.portal, program=program, root=root) for text in texts
            ]
            yield program, Succession.of(read)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
