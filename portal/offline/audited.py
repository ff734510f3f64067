"""The audit log of a bundle, compared with itself and with the reports beside it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from portal.cases import chain
from portal.cases.heads import judged
from portal.offline import audit_log
from portal.offline.audit_log import Logbook
from portal.offline.bundle import Bundle
from portal.policy.succession import Succession

SHOWN: Final = 5  # faults that are told; `portico audit verify` tells more
_SENT: Final = frozenset({"message sent", "message received"})


def told(bundle: Bundle, successions: Mapping[str, Succession]) -> Iterator[str]:
    """Yield sentences on the log of a bundle; none for an older bundle, which has no log.

    Raises:
        ArchiveRefused: The log is not the one that the manifest names.
        StatementRefused: Its head was not signed by the portal.
    """
    if bundle.log is None:
        return
    logbook = Logbook.read(bundle.content(bundle.log))
    head = audit_log.proven(logbook.head, successions.values(), portal=bundle.portal)
    written: dict[str, int] = {}
    redacted: list[int] = []
    entries = _noting(logbook.entries, written, redacted)
    faults = list(islice(judged(entries, [head], whole=logbook.whole), SHOWN))
    for fault in faults:
        yield f"WARNING: the audit log in the bundle does not hold. {fault.sentence}"
    if not faults:
        part = "" if logbook.whole else ", which is a part of the whole,"
        yield f"The audit log in the bundle{part} holds, up to entry {head.sequence}."
    if redacted:
        yield audit_log.withheld(len(redacted))
    for case in bundle.cases:
        known, here = written.get(case.report, 0), len(case.letters)
        if case.main is not None and known > here:
            yield (
                f"WARNING: {case.report}: the audit log tells of {known} messages, and {here} are "
                "here: the last ones are missing."
            )


def _noting(
    entries: Iterable[Mapping[str, Any]], written: dict[str, int], redacted: list[int]
) -> Iterator[Mapping[str, Any]]:
    """Yield the entries on; note each report's last message, and entries that were redacted."""
    for entry in entries:
        if chain.is_redacted(entry):
            redacted.append(chain.number_of(entry))
        data = entry.get("data")
        number = data.get("message") if isinstance(data, dict) else None
        if entry.get("act") in _SENT and isinstance(number, int):
            report = str(entry.get("subject"))
            written[report] = max(number, written.get(report, 0))
        yield entry
