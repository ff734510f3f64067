"""`portico audit head | export | verify`: the log of every act, signed, taken away and checked."""

import argparse
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from portal.cases import chain
from portal.cases.audit_export import AuditExport
from portal.cases.chain import Fault
from portal.cases.heads import Head, judged
from portal.cases.signer import Signer, read_receipt_key
from portal.commands import audit_ground, opened
from portal.commands.audit_ground import Ground
from portal.commands.opened import Instance
from portal.errors import FileRefused, StatementRefused
from portal.offline import audit_log, visible
from portal.policy.clocks import utc_now

SHOWN = 20  # faults that are printed; one is enough to doubt the rest
STDIN = "-"
Output = Callable[[bytes], object]


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = subparsers.add_parser("audit", help="the log of every act: sign, export, check it")
    verbs = parser.add_subparsers(dest="verb", required=True)
    head = verbs.add_parser(
        "head",
        help="sign where the log ends now",
        description="Print a signed statement of where the log ends now. Keep it on another "
        "machine: with it, a tail that is cut off later shows.",
    )
    head.set_defaults(run=_head)
    export = verbs.add_parser("export", help="write the whole log as JSON lines, with its head")
    export.add_argument("-o", "--output", default=STDIN, metavar="FILE", help="- for stdout")
    export.set_defaults(run=_export)
    verify = verbs.add_parser(
        "verify",
        help="find entries that were altered, removed, put in or moved",
        description="Check an exported log or a bundle, on any machine; without a file, the log "
        "of the instance. Exit: 0 it holds, 1 it does not.",
    )
    verify.add_argument("file", nargs="?", type=Path, metavar="FILE|BUNDLE")
    verify.add_argument(
        "--head", action="append", default=[], metavar="FILE", help="a head kept earlier, or -"
    )
    verify.add_argument("--root", metavar="FINGERPRINT", help="the root key you expect")
    verify.set_defaults(run=_verify)


def _head(_options: argparse.Namespace) -> int:
    with opened.instance() as instance:
        export = _exporter(instance)
        head = export.head(now=utc_now())
        print(export.signer.audit_head(head))
    sys.stderr.write(f"It names entry {head.sequence}. Keep it on another machine.\n")
    return 0


def _export(options: argparse.Namespace) -> int:
    with opened.instance() as instance, ExitStack() as stack:
        slugs = [one.slug for one in instance.catalogue.programs(now=utc_now())]
        keysets = {slug: instance.catalogue.keyset_texts(slug) for slug in slugs}
        sink = _sink(options.output, stack)
        for line in _exporter(instance).lines(now=utc_now(), keysets=keysets):
            sink(line)
    return 0


def _exporter(instance: Instance) -> AuditExport:
    config = instance.config
    signer = Signer(read_receipt_key(config.receipt_key), issuer=config.url)
    return AuditExport(instance.database, signer)


def _sink(name: str, stack: ExitStack) -> Output:
    if name == STDIN:
        return sys.stdout.buffer.write
    try:
        file: BinaryIO = stack.enter_context(Path(name).open("xb"))  # noqa: SIM115 - closed by the stack
    except OSError as error:
        raise FileRefused(
            f"{visible.line(name)} cannot be written: {error.strerror}.",
            hint="Name a new file in a folder that you may write to.",
        ) from error
    return file.write


def _verify(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        if options.file is None:
            ground = audit_ground.of_instance(stack.enter_context(opened.instance()))
        else:
            ground = audit_ground.of_file(options.file, stack, root=options.root)
        heads = [*_own(ground), *_kept(options.head, ground)]
        count = _Count()
        found = list(_told(judged(count.over(ground.entries), heads, whole=ground.whole)))
    for line in found:
        print(visible.line(line))
    if found:
        print("The log does not hold. Keep this file, and compare it with an older export.")
        return 1
    for line in _holds(ground, heads, count):
        print(visible.line(line))
    return 0


class _Count:
    """Counts entries as they pass, and those of which something was withheld."""

    def __init__(self) -> None:
        self.entries = 0
        self.redacted = 0

    def over(self, entries: Iterable[audit_ground.Plain]) -> Iterator[audit_ground.Plain]:
        for self.entries, entry in enumerate(entries, start=1):
            self.redacted += chain.is_redacted(entry)
            yield entry


def _own(ground: Ground) -> list[Head]:
    return [] if ground.head is None else [ground.proven(ground.head)]


def _kept(names: Iterable[str], ground: Ground) -> list[Head]:
    """Read the heads that somebody kept.

    Raises:
        StatementRefused: One is not a head of this log's portal.
        FileRefused: One cannot be read.
    """
    return [ground.proven(_text(name)) for name in names]


def _text(name: str) -> str:
    if name == STDIN:
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="ascii")
    except UnicodeDecodeError:
        raise StatementRefused(
            f"{visible.line(name)} is not a head of an audit log.",
            hint="Give what `portico audit head` printed.",
        ) from None
    except OSError as error:
        raise FileRefused(
            f"{visible.line(name)} cannot be read: {error.strerror}.", hint="Check its name."
        ) from None


def _told(faults: Iterator[Fault]) -> Iterator[str]:
    yield from (fault.sentence for fault in itertools.islice(faults, SHOWN))
    more = sum(1 for _ in faults)
    if more:
        yield f"And {more} more."


def _holds(ground: Ground, heads: list[Head], count: _Count) -> Iterator[str]:
    yield from ground.remarks
    number = "1 entry" if count.entries == 1 else f"{count.entries:,} entries"
    if ground.whole:
        yield f"The log holds: {number}, none altered, removed, put in or moved."
    else:
        yield f"This part of the log holds: {number}, in order; those side by side fit each other."
        # Beside a gap nothing names an entry's hash, so it could be another one with its own.
        yield "An entry removed, or written anew beside a gap, shows only in the whole log:"
        yield "`portico audit export`."
    if count.redacted:
        yield audit_log.withheld(count.redacted)
    for head in heads:
        moment = f"{head.at:%Y-%m-%d %H:%M} UTC"
        yield f"It fits the head of {moment}, which names entry {head.sequence}."
