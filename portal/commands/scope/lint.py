"""`portico scope lint`: advice about a rules file."""

import argparse
from pathlib import Path

from portal.commands.scope import rules
from portal.commands.scope.misuse import guarded


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    lint = verbs.add_parser("lint", help="advice about a rules file; exit 1 on errors")
    lint.add_argument("file", type=Path, metavar="FILE")
    lint.set_defaults(run=guarded(_lint))


def _lint(options: argparse.Namespace) -> int:
    """Print advice the way compilers do, so that editors can jump to it."""
    from scope.lint import lint

    read = rules.read(options.file)
    found = lint(read.include, read.exclude)
    for each in sorted(found, key=lambda one: one.rule.line or 0):
        where = f"{options.file}:{each.rule.line}"
        print(f"{where}: {each.grade.value}: {each.code}: {each.message} {each.hint}")
    return 1 if any(each.grade == "error" for each in found) else 0
