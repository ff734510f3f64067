"""`portico scope convert`: the scope of one tool or platform as a file for another."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from portal.commands.scope import listings, sources
from portal.commands.scope.misuse import Misuse, guarded
from portal.offline import visible

EPILOG = """\
What the other format cannot hold is left out on the safe side, and all of it is named on standard
error. One thing has no safe side: tools that know hosts alone cannot hold the exclusion of a path
on every host. Such a line says not-excluded; to mind it is up to you. With --report nothing is
converted: a line for each program says how much of it was understood. hacker-scoper has two files:
name the first, NAME.inscope, and NAME.noscope is read or written beside it.
"""


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    convert = verbs.add_parser(
        "convert",
        help="turn a scope into the format of another tool",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sources.add(convert)
    convert.add_argument("--to", metavar="FMT", help="one of: portico, text, burp, zap-context …")
    convert.add_argument("--report", action="store_true", help="say how much was understood")
    convert.add_argument("-o", dest="output", type=Path, metavar="FILE", help="not standard output")
    convert.set_defaults(run=guarded(_convert))


def _convert(options: argparse.Namespace) -> int:
    """Read, then report or write."""
    from scope import formats
    from scope.formats.listing import Listing

    source = sources.read(options.file, options.form)
    found: Sequence[Listing] = formats.read(source.form, source.text)
    if options.report:
        _report(found, options.program)
        return 0
    if not options.to:
        raise Misuse("The format to write is not said.", hint="Say it with --to, or use --report.")
    meant = listings.chosen(found, options.program)
    written = formats.write(options.to, [meant])
    _put(written.text, options)
    _remarks("while reading", meant.remarks)
    _remarks("not carried, or not wholly", written.lost)
    return 0


def _report(found: Iterable[object], program: str | None) -> None:
    """Print what was understood of each program, or of the one that is meant."""
    from scope.formats.listing import Listing
    from scope.formats.tally import tally

    for each in found:
        if isinstance(each, Listing) and program in (None, each.name):
            print(visible.line(tally(each).line()))
            _remarks(each.name or "the file", each.remarks, to=sys.stdout)


def _remarks(title: str, remarks: Sequence[object], to: TextIO | None = None) -> None:
    """Print remarks under a title, those of one kind together."""
    from scope.formats.listing import Remark

    given = [each for each in remarks if isinstance(each, Remark)]
    for each in sorted(given, key=lambda one: one.code):
        entry = f" {each.entry}:" if each.entry else ""
        line = visible.line(f"{title}: {each.code}:{entry} {each.message}")
        (to or sys.stderr).write(f"{line}\n")


def _put(text: str, options: argparse.Namespace) -> None:
    """Write the result where it was asked for."""
    if options.to == "hacker-scoper":
        sources.put_pair(text, options.output)
    elif options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        # Only a terminal can be harmed; for the next program every character may matter.
        sys.stdout.write(visible.lines(text) if sys.stdout.isatty() else text)
