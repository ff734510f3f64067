"""`portico scope check`: the verdict on one target, or a filter for many."""

import argparse
import sys

from portal.commands.scope import filter as many
from portal.commands.scope import known, rules, unread
from portal.commands.scope.misuse import Misuse, guarded
from scope.quick.draft import Draft
from scope.ruling import Ruling

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from pathlib import Path

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
3 unknown, 4 partial or review. What the command cannot do ends with 2 as well, so 0 is the only
permission. Scripts write --target="$1": then a text that looks like an option, a dash or nothing
at all is ruled on as it stands. With several targets, with -i, or with - for standard input (one a
line; blank lines and lines with # are skipped), text output repeats those that are in scope, in
their order, and the exit code is 0. jsonl and csv show every ruling unless --only says otherwise;
csv starts with the names of its columns, unless it goes on with a file that has rows.
"""


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    check = verbs.add_parser(
        "check",
        help="rule on targets, or filter them",
        epilog=EPILOG,
    )
    rules.add(check)
    known.add(check)
    shown = check.add_argument_group("what is shown")
    shown.add_argument("--format", choices=["text", "jsonl", "csv"], default="text")
    shown.add_argument("--only", choices=RULINGS, help="show these and no others")
    shown.add_argument("--also", choices=RULINGS, action="append", default=[])
    shown.add_argument("--explain", action="store_true", help="say why, and what came close")
    check.add_argument(
        *("-i", "--input"),
        dest="inputs",
        type=_path,
        action="append",
        default=[],
        metavar="FILE",
        help="a file of targets; may be repeated",
    )
    many.add(check)
    check.add_argument("--target", metavar="TEXT", help="one target, whatever it looks like")
    check.add_argument("targets", nargs="*", metavar="TARGET", help="or - for standard input")
    check.set_defaults(run=guarded(_check))


def _check(options: argparse.Namespace) -> int:
    """Rule on one target, or filter many."""
    one = _is_one(options)
    if known.given(options) and not one:
        raise Misuse(
            "Facts and answers are about one target.", hint="Give one TARGET, or leave them out."
        )
    draft, origin = rules.book(options)
    if options.strict:
        unread.require(draft)
    sys.stderr.write(unread.warning(unread.exclusions(draft)))
    if one:
        return _one(draft, origin, options)
    if options.format != "text":
        from portal.commands.scope import verdicts

        verdicts.start(options.format)
    invalid = many.run(draft, options, _shown(options))
    if invalid:
        said = "1 line is no target" if invalid == 1 else f"{invalid} lines are no targets"
        sys.stderr.write(f"{said}\n")
    return 0


def _is_one(options: argparse.Namespace) -> bool:
    """Tell whether one target is to be ruled on; `--target` is put where the others stand.

    Raises:
        Misuse: There is no target, or `--target` has company.
    """
    if options.target is not None:
        if options.targets or options.inputs:
            raise Misuse("--target stands alone.", hint="Leave out the other targets.")
        options.targets = [options.target]
        return True
    if not options.targets and not options.inputs:
        raise Misuse(
            "There is nothing to check.", hint="Give a TARGET, -i FILE, or - for standard input."
        )
    return len(options.targets) == 1 and options.targets != ["-"] and not options.inputs


def _one(draft: Draft, origin: str, options: argparse.Namespace) -> int:
    """Show the verdict on one target; its ruling is the exit code."""
    from portal.commands.scope import explained, verdicts

    target, scope = options.targets[0], draft.scope
    answers = known.answers(options, scope)
    verdict = scope.check(target, facts=known.facts(options, draft), answers=answers)
    if options.only is None or verdict.ruling in _shown(options):
        verdicts.start(options.format)
        write = verdicts.writer(options.format, explain=options.explain, origin=origin)
        verdicts.put(write(target, verdict))
        if options.format == "text" and not options.explain and _watched():
            verdicts.put("".join(f"  {line}\n" for line in explained.asked(verdict)))
    return EXIT_CODES[verdict.ruling]


def _path(text: str) -> "Path":
    """Read the name of a file; what reads names is loaded only for it."""
    from pathlib import Path

    return Path(text)


def _watched() -> bool:
    """Say whether a person is there, who can be told what to answer and how."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _shown(options: argparse.Namespace) -> tuple[Ruling, ...]:
    """Return the rulings to show: by default permissions in text, everything for programs."""
    usual = {options.only} if options.only else set(RULINGS)
    if options.format == "text" and not options.only:
        usual = {Ruling.IN.value}
    return tuple(ruling for ruling in Ruling if ruling.value in usual | set(options.also))
