"""Many targets: those whose ruling was asked for pass, in their order."""

import argparse
import sys
from collections.abc import Iterable, Iterator

from portal.commands.scope import verdicts
from scope import Ruling, Scope


def run(scope: Scope, options: argparse.Namespace, shown: tuple[Ruling, ...]) -> int:
    """Show those of many targets whose ruling was asked for; return how many are no targets.

    Only what is shown in full gets a verdict: a ruling alone takes a fiftieth of the time.
    """
    quick = scope.sieve().ruling
    bare = options.format == "text" and not options.explain
    write = None if bare else verdicts.writer(options.format, explain=options.explain)
    invalid = 0
    for target in _targets(options.targets):
        ruling = quick(target)
        invalid += ruling is Ruling.INVALID
        if ruling in shown:
            verdicts.put(f"{target}\n" if write is None else write(target, scope.check(target)))
    return invalid


def _targets(given: Iterable[str]) -> Iterator[str]:
    """Go through the targets given, and through standard input where a dash stands."""
    for target in given or ["-"]:
        if target != "-":
            yield target
            continue
        for line in sys.stdin.buffer:
            text = line.decode("utf-8", "surrogateescape").rstrip("\r\n")
            if text.strip() and text.lstrip()[0] != "#":
                yield text
