"""`portico report list | event` and `portico export`: what staff do on the server."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from portal.cases import events
from portal.cases.events import Event
from portal.cases.listing import Line, listed
from portal.cases.report import Report
from portal.cases.signer import Signer, read_receipt_key
from portal.cases.store import Store
from portal.commands import entering, opened
from portal.desk import exports
from portal.desk.bundle import Exporter
from portal.desk.casework import two_people
from portal.errors import EventRefused, FileRefused
from portal.policy.clocks import utc_now
from portal.policy.dates import moment

_DATA = ("expected", "date", "of", "message", "event")  # options that an event can carry


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    report = subparsers.add_parser("report", help="list reports, record what happens to them")
    verbs = report.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="every report, what is due next first").set_defaults(run=_list)
    event = verbs.add_parser("event", help="record an event")
    event.add_argument("id", metavar="ID")
    event.add_argument("name", metavar="NAME", help=", ".join(events.verbs()))
    event.add_argument("--expected", metavar="DATE", help="when a fix is expected, as 2027-01-31")
    event.add_argument("--date", metavar="DATE", help="proposed for publication, as 2027-01-31")
    event.add_argument("--of", metavar="ID", help="the report that came first")
    event.add_argument("--message", metavar="N", type=int, help="number of a reporter's message")
    event.add_argument("--event", metavar="N", type=int, help="number of the event to verify")
    event.add_argument("--by", default=os.environ.get("USER", "operator"), help="who records it")
    event.set_defaults(run=_event)
    entering.register(verbs)
    export = subparsers.add_parser("export", help="write sealed reports into a bundle")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="BUNDLE")
    export.add_argument("--program", metavar="SLUG", help="only this program's reports")
    export.add_argument("--report", action="append", metavar="ID", default=[])
    export.add_argument("--since", metavar="DATE", type=_since, help="received on or after")
    export.add_argument("--by", default=os.environ.get("USER", "operator"), help="who exports")
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
    words = [
        line.report,
        line.program,
        line.state,
        line.ruling,
        f"received {line.received_at:%Y-%m-%d %H:%M} UTC",
        f"due {moment(line.due_at)}" if line.due_at else "nothing promised is open",
        f"{line.size:,} bytes",
    ]
    return "  ".join(words)


def _event(options: argparse.Namespace) -> int:
    named = {name: getattr(options, name) for name in _DATA}
    data = {name: value for name, value in named.items() if value is not None}
    event = Event(events.named(options.name), utc_now(), options.by, data)
    with opened.instance() as instance:
        report = instance.store.report(options.id)
        _require_one(event, two_people(report, instance.catalogue, now=event.at))
        instance.store.append(report.id, event)
    print(f"{options.id}: {event.name}.")
    return 0


def _require_one(event: Event, needs_two: frozenset[str]) -> None:
    """Make sure that one person may record this.

    Raises:
        EventRefused: The policy leaves it to two.
    """
    verb = events.STEPS[event.name].verb
    if verb in needs_two:
        raise EventRefused(
            f"The policy leaves “{verb}” to two people.",
            hint="Ask for it at the desk, where a second person can grant it.",
        )


def _export(options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        config, store = instance.config, instance.store
        signer = Signer(read_receipt_key(config.receipt_key), issuer=config.url)
        exporter = Exporter(store, instance.catalogue, signer)
        chosen, now = _chosen(options, store), utc_now()
        exports.note(instance.database, chosen, actor=options.by, now=now)
        everything = not (options.report or options.program or options.since)
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
