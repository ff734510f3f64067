"""`portico scope check`: the verdict on one target, or a filter for many."""

import argparse
import sys

from portal.commands.scope import filter as many
from portal.commands.scope import rules, verdicts
from portal.commands.scope.misuse import guarded
from scope import Ruling, Scope

EXIT_CODES = {
    Ruling.IN: 0,
    Ruling.OUT: 1,
    Ruling.INVALID: 2,
    Ruling.UNKNOWN: 3,
    Ruling.PARTIAL: 4,
    Ruling.REVIEW: 4,
}
RULINGS = [ruling.value for ruling in Ruling]

EPILOG = """\
With one TARGET the verdict is shown, and the exit code is the ruling: 0 in, 1 out, 2 invalid,
3 unknown, 4 partial or review. With several, or with - for standard input (one a line; blank
lines and lines with # are skipped), text output repeats those that are in scope, in their order,
and the exit code is 0. jsonl and csv show every ruling unless --only says otherwise.
"""


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    check = verbs.add_parser(
        "check",
        help="rule on targets, or filter them",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rules.add(check)
    check.add_argument("--format", choices=["text", "jsonl", "csv"], default="text")
    check.add_argument("--only", choices=RULINGS, help="show these and no others")
    check.add_argument("--also", choices=RULINGS, action="append", default=[])
    check.add_argument("--explain", action="store_true", help="say why, and what came close")
    check.add_argument("targets", nargs="*", metavar="TARGET", help="or - for standard input")
    check.set_defaults(run=guarded(_check))


def _check(options: argparse.Namespace) -> int:
    """Rule on one target, or filter many."""
    scope = rules.scope(options)
    if len(options.targets) == 1 and options.targets != ["-"]:
        return _one(scope, options)
    invalid = many.run(scope, options, _shown(options))
    if invalid:
        sys.stderr.write(f"{invalid} lines are no targets\n")
    return 0


def _one(scope: Scope, options: argparse.Namespace) -> int:
    """Show the verdict on one target; its ruling is the exit code."""
    target = options.targets[0]
    verdict = scope.check(target)
    if options.only is None or verdict.ruling in _shown(options):
        write = verdicts.writer(options.format, explain=options.explain)
        verdicts.put(write(target, verdict))
    return EXIT_CODES[verdict.ruling]


def _shown(options: argparse.Namespace) -> tuple[Ruling, ...]:
    """Return the rulings to show: by default permissions in text, everything for programs."""
    usual = {options.only} if options.only else set(RULINGS)
    if options.format == "text" and not options.only:
        usual = {Ruling.IN.value}
    return tuple(ruling for ruling in Ruling if ruling.value in usual | set(options.also))
