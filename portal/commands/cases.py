"""`portico report list | event` and `portico export`: what staff do on the server."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from portal.cases import events
from portal.cases.events import Event
from portal.cases.prospects import next_due
from portal.cases.report import Report
from portal.cases.signer import Signer, read_receipt_key
from portal.cases.standing import Standing, standing
from portal.cases.store import Store
from portal.commands import opened
from portal.desk.bundle import Exporter
from portal.errors import FileRefused
from portal.policy.clocks import utc_now
from portal.policy.dates import moment


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    report = subparsers.add_parser("report", help="list reports, record what happens to them")
    verbs = report.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="every report, what is due next first").set_defaults(run=_list)
    event = verbs.add_parser("event", help="record an event")
    event.add_argument("id", metavar="ID")
    event.add_argument("name", metavar="NAME", help=", ".join(events.verbs()))
    event.add_argument("--expected", metavar="DATE", help="when a fix is expected, as 2027-01-31")
    event.add_argument("--by", default=os.environ.get("USER", "operator"), help="who records it")
    event.set_defaults(run=_event)
    export = subparsers.add_parser("export", help="write sealed reports into a bundle")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="BUNDLE")
    export.add_argument("--program", metavar="SLUG", help="only this program's reports")
    export.add_argument("--report", action="append", metavar="ID", default=[])
    export.add_argument("--since", metavar="DATE", type=_since, help="received on or after")
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
        store, catalogue, now = instance.store, instance.catalogue, utc_now()
        found = [
            standing(report, store=store, catalogue=catalogue, now=now)
            for report in store.reports()
        ]
    for one in sorted(found, key=_urgency):
        print(_line(one))
    if not found:
        print("No reports yet.")
    return 0


def _urgency(found: Standing) -> tuple[bool, datetime]:
    due = next_due(found.deadlines)
    return (due is None, due or found.report.received_at)


def _line(found: Standing) -> str:
    report, due = found.report, next_due(found.deadlines)
    ruling = report.verdict.ruling if report.verdict else "not checked"
    size = sum(envelope.length for envelope in found.envelopes)
    words = [
        report.id,
        report.program,
        found.state,
        ruling,
        f"received {report.received_at:%Y-%m-%d %H:%M} UTC",
        f"due {moment(due)}" if due else "nothing promised is open",
        f"{size:,} bytes",
    ]
    return "  ".join(words)


def _event(options: argparse.Namespace) -> int:
    data = {"expected": options.expected} if options.expected else {}
    event = Event(events.named(options.name), utc_now(), options.by, data)
    with opened.instance() as instance:
        instance.store.append(instance.store.report(options.id).id, event)
    print(f"{options.id}: {event.name}.")
    return 0


def _export(options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        config, store = instance.config, instance.store
        signer = Signer(read_receipt_key(config.receipt_key), issuer=config.url)
        exporter = Exporter(store, instance.catalogue, signer)
        count = _written(exporter, options.output, _chosen(options, store), utc_now())
    held = "1 report is" if count == 1 else f"{count} reports are"
    print(f"{held} in {options.output}. Open it on your own machine: `portico open`.")
    return 0


def _chosen(options: argparse.Namespace, store: Store) -> list[Report]:
    if options.report:
        return [store.report(name) for name in options.report]
    found = store.reports(since=options.since)
    return [one for one in found if options.program in {None, one.program}]


def _written(exporter: Exporter, path: Path, chosen: list[Report], now: datetime) -> int:
    """Write beside the final name first, so that a bundle is whole or not there."""
    unfinished = path.parent / f"{path.name}.part"
    try:
        with _removed_on_failure(unfinished):
            with unfinished.open("wb") as sink:
                count = exporter.write(chosen, sink, now=now)
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
