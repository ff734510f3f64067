"""`portico report list | event` and `portico export`: what staff do on the server."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from portal.cases import events
from portal.cases.events import Event
from portal.cases.kinds import KINDS
from portal.cases.listing import Line, listed
from portal.cases.report import Report
from portal.cases.signer import Signer, read_receipt_key
from portal.cases.steps import STEPS
from portal.cases.store import Store
from portal.commands import entering, event_options, opened, thanks, why
from portal.desk import exports
from portal.desk.bundle import Exporter
from portal.desk.casework import two_people
from portal.desk.hiding import EVERYTHING, Hiding
from portal.errors import EventRefused, FileRefused
from portal.policy.clocks import utc_now
from portal.policy.dates import moment


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    report = subparsers.add_parser("report", help="list reports, record what happens to them")
    verbs = report.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="every report, the urgent first").set_defaults(run=_list)
    event = verbs.add_parser("event", help="record an event")
    event.add_argument("id", metavar="ID")
    event.add_argument("name", metavar="NAME", help=", ".join(events.verbs()))
    event_options.offer(event)
    why.offer(event, "declined", "duplicate", "closed")
    event.add_argument("--by", default=os.environ.get("USER", "operator"), help="who records it")
    event.set_defaults(run=_event)
    entering.register(verbs)
    thanks.register(verbs)
    export = subparsers.add_parser("export", help="write sealed reports into a bundle")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="BUNDLE")
    export.add_argument("--program", metavar="SLUG", help="only this program's reports")
    export.add_argument("--report", action="append", metavar="ID", default=[])
    export.add_argument("--since", metavar="DATE", type=_since, help="received on or after")
    export.add_argument("--by", default=os.environ.get("USER", "operator"), help="who exports")
    why.offer(export, "export")
    export.set_defaults(run=_export)


def _since(text: str) -> datetime:
    """Read a day or a moment; without an offset it is meant in UTC."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "write it as 2026-11-22, or as 2026-11-22T09:30+01:00"
        ) from None
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _list(_options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        found = list(listed(instance.database))
    for one in found:
        print(_written_out(one))
    if not found:
        print("No reports yet.")
    return 0


def _written_out(line: Line) -> str:
    flags = ((line.exposed, "DATA EXPOSED"), (line.exploited, "EXPLOITED"))
    words = [
        line.report,
        line.program,
        KINDS[line.kind].lower(),
        *[words for ticked, words in flags if ticked],
        line.state,
        line.ruling,
        f"received {line.received_at:%Y-%m-%d %H:%M} UTC",
        f"due {moment(line.due_at)}" if line.due_at else "nothing promised is open",
        f"{line.size:,} bytes",
    ]
    return "  ".join(words)


def _event(options: argparse.Namespace) -> int:
    data = event_options.given(options)
    name = events.named(options.name)
    reason = None if why.belongs_to(name) else why.given(name, options.reason)
    if why.belongs_to(name) and options.reason is not None:
        data["reason"] = options.reason
    event = Event(name, utc_now(), options.by, data)
    with opened.instance() as instance:
        report = instance.store.report(options.id)
        _require_one(event, two_people(report, instance.catalogue, now=event.at))
        instance.store.append(report.id, event, reason=reason)
    print(f"{options.id}: {event.name}.")
    return 0


def _require_one(event: Event, needs_two: frozenset[str]) -> None:
    """Make sure that one person may record this.

    Raises:
        EventRefused: The policy leaves it to two.
    """
    verb = STEPS[event.name].verb
    if verb in needs_two:
        raise EventRefused(
            f"The policy leaves “{verb}” to two people.",
            hint="Ask for it at the desk, where a second person can grant it.",
        )


def _export(options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        config, store = instance.config, instance.store
        signer = Signer(read_receipt_key(config.receipt_key), issuer=config.url)
        chosen, now = _chosen(options, store), utc_now()
        everything = not (options.report or options.program or options.since)
        hiding = EVERYTHING if everything else Hiding({one.program for one in chosen})
        exporter = Exporter(store, instance.catalogue, signer, hiding)
        reason = why.given("export", options.reason)
        exports.note(instance.database, chosen, actor=options.by, now=now, reason=reason)
        count = _written(exporter, options.output, chosen, now, whole_log=everything)
    held = "1 report is" if count == 1 else f"{count} reports are"
    print(f"{held} in {options.output}. Open it on your own machine: `portico open`.")
    return 0


def _chosen(options: argparse.Namespace, store: Store) -> list[Report]:
    if options.report:
        return [store.report(name) for name in options.report]
    found = store.reports(since=options.since)
    return [one for one in found if options.program in {None, one.program}]


def _written(
    exporter: Exporter, path: Path, chosen: list[Report], now: datetime, *, whole_log: bool
) -> int:
    """Write beside the final name first, so that a bundle is whole or not there."""
    unfinished = path.parent / f"{path.name}.part"
    try:
        with _removed_on_failure(unfinished):
            with unfinished.open("wb") as sink:
                count = exporter.write(chosen, sink, now=now, whole_log=whole_log)
            unfinished.replace(path)
    except OSError as error:
        raise FileRefused(
            f"{path} cannot be written: {error.strerror}.",
            hint="Name a file in a folder that is there, that you may write to, and has space.",
        ) from error
    return count


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
