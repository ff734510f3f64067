"""`portico scope convert`: the scope of one tool or platform as a file for another."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from portal.commands.scope import flattened, listings, sources
from portal.commands.scope.misuse import Misuse, guarded
from portal.offline import visible
from scope import formats
from scope.formats import Listing, Remark
from scope.formats.tally import tally

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
    source = sources.read(options.file, options.form)
    found = formats.read(source.form, source.text)
    if source.guessed and source.form == "text":
        sys.stderr.write(_notice(options.file, found[0]))
    if options.report:
        _report(found, options.program)
        return 0
    if not options.to:
        raise Misuse(
            "The format to write is not said.",
            hint=f"Say it with --to, or use --report.\n  {formats.known('write')}",
        )
    meant = listings.chosen(found, options.program)
    written = formats.write(options.to, [meant])
    _put(written.text, options)
    _remarks("while reading", meant.remarks)
    _remarks("not carried, or not wholly", written.lost)
    return 0


def _notice(path: Path, plain: Listing) -> str:
    """Return what to say of a file that nobody said to be plain text."""
    permits = [rule.pattern for rule in plain.include]
    bars = [rule.pattern for rule in plain.exclude]
    return flattened.notice(str(path), permits, bars)


def _report(found: Sequence[Listing], program: str | None) -> None:
    """Print what was understood of each program, or of the one that is meant."""
    for each in found if program is None else [listings.chosen(found, program)]:
        print(visible.line(tally(each).line()))
        _remarks(each.name or "the file", each.remarks, to=sys.stdout)


def _remarks(title: str, remarks: Sequence[Remark], to: TextIO | None = None) -> None:
    """Print remarks under a title, those of one kind together."""
    for each in sorted(remarks, key=lambda one: one.code):
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
