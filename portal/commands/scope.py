"""`portico scope check` and `portico scope lint`: the scope as a gate for scripts and people."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from portal.commands import verdicts
from scope import Rule, Ruling, Scope, ScopeError, textfile

EXIT_CODES = {
    Ruling.IN: 0,
    Ruling.OUT: 1,
    Ruling.INVALID: 2,
    Ruling.UNKNOWN: 3,
    Ruling.PARTIAL: 4,
    Ruling.REVIEW: 4,
}
MISUSED = 2  # like an invalid target: a script must never take it for a permission
RULINGS = [ruling.value for ruling in Ruling]

EPILOG = """\
With one TARGET the verdict is shown, and the exit code is the ruling: 0 in, 1 out, 2 invalid,
3 unknown, 4 partial or review. With several, or with - for standard input (one a line; blank
lines and lines with # are skipped), text output repeats those that are in scope, in their order,
and the exit code is 0. jsonl and csv show every ruling unless --only says otherwise.
"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    scope = subparsers.add_parser("scope", help="is this target in scope?")
    verbs = scope.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser(
        "check",
        help="rule on targets, or filter them",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_rules(check)
    _add_output(check)
    check.add_argument("targets", nargs="*", metavar="TARGET", help="or - for standard input")
    check.set_defaults(run=_guarded(_check))
    lint = verbs.add_parser("lint", help="advice about a rules file; exit 1 on errors")
    lint.add_argument("file", type=Path, metavar="FILE")
    lint.set_defaults(run=_guarded(_lint))


def _add_rules(check: argparse.ArgumentParser) -> None:
    """Add the options that say what the rules are."""
    check.add_argument("--rules", type=Path, metavar="FILE", help="one rule a line, ! excludes")
    check.add_argument("--in", dest="include", action="append", default=[], metavar="RULE")
    check.add_argument("--out", dest="exclude", action="append", default=[], metavar="RULE")


def _add_output(check: argparse.ArgumentParser) -> None:
    """Add the options that say what is shown."""
    check.add_argument("--format", choices=["text", "jsonl", "csv"], default="text")
    check.add_argument("--only", choices=RULINGS, help="show these and no others")
    check.add_argument("--also", choices=RULINGS, action="append", default=[])
    check.add_argument("--explain", action="store_true", help="say why, and what came close")


def _check(options: argparse.Namespace) -> int:
    """Rule on one target, or filter many."""
    scope = _scope(options)
    if len(options.targets) == 1 and options.targets != ["-"]:
        return _one(scope, options)
    invalid = _many(scope, options)
    if invalid:
        sys.stderr.write(f"{invalid} lines are no targets\n")
    return 0


def _one(scope: Scope, options: argparse.Namespace) -> int:
    """Show the verdict on one target; its ruling is the exit code."""
    target = options.targets[0]
    verdict = scope.check(target)
    if options.only is None or verdict.ruling in _shown(options):
        write = verdicts.writer(options.format, explain=options.explain)
        _put(write(target, verdict))
    return EXIT_CODES[verdict.ruling]


def _many(scope: Scope, options: argparse.Namespace) -> int:
    """Show those of many targets whose ruling was asked for; return how many are no targets.

    Only what is shown in full gets a verdict: a ruling alone takes a fiftieth of the time.
    """
    shown, quick = _shown(options), scope.sieve().ruling
    bare = options.format == "text" and not options.explain
    write = None if bare else verdicts.writer(options.format, explain=options.explain)
    invalid = 0
    for target in _targets(options.targets):
        ruling = quick(target)
        invalid += ruling is Ruling.INVALID
        if ruling in shown:
            _put(f"{target}\n" if write is None else write(target, scope.check(target)))
    return invalid


def _shown(options: argparse.Namespace) -> tuple[Ruling, ...]:
    """Return the rulings to show: by default permissions in text, everything for programs."""
    usual = {options.only} if options.only else set(RULINGS)
    if options.format == "text" and not options.only:
        usual = {Ruling.IN.value}
    return tuple(ruling for ruling in Ruling if ruling.value in usual | set(options.also))


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


def _put(text: str) -> None:
    """Write text, and bytes that were no text when they came in, as they were."""
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


def _scope(options: argparse.Namespace) -> Scope:
    """Build the scope from a file and from the words of the command."""
    rules = _read(options.rules) if options.rules else textfile.RulesFile((), ())
    return Scope.from_rules(
        [*rules.include, *map(Rule, options.include)],
        [*rules.exclude, *map(Rule, options.exclude)],
    )


def _read(path: Path) -> textfile.RulesFile:
    """Read a rules file."""
    return textfile.read(path.read_text(encoding="utf-8"))


def _lint(options: argparse.Namespace) -> int:
    """Print advice the way compilers do, so that editors can jump to it."""
    from scope.lint import lint

    rules = _read(options.file)
    found = lint(rules.include, rules.exclude)
    for each in sorted(found, key=lambda one: one.rule.line or 0):
        where = f"{options.file}:{each.rule.line}"
        print(f"{where}: {each.grade.value}: {each.code}: {each.message} {each.hint}")
    return 1 if any(each.grade == "error" for each in found) else 0


def _guarded(
    command: Callable[[argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """Let a command that cannot start end as misused: never with the exit code of a ruling."""

    def run(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except ScopeError as refusal:
            sys.stderr.write(f"portico: {refusal.message}\n  {refusal.hint}\n")
        except UnicodeDecodeError:
            sys.stderr.write("portico: The rules file is not UTF-8.\n  Save it as UTF-8.\n")
        except BrokenPipeError:
            raise  # the reader of our output has seen enough; the dispatcher knows
        except OSError as error:
            sys.stderr.write(f"portico: {error.filename}: {error.strerror}.\n  Check its name.\n")
        return MISUSED

    return run
