"""Where the rules of a command come from: a file, and the words of the command itself."""

import argparse
from pathlib import Path

from scope import Rule, Scope, textfile


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what the rules are."""
    parser.add_argument("--rules", type=Path, metavar="FILE", help="one rule a line, ! excludes")
    parser.add_argument("--in", dest="include", action="append", default=[], metavar="RULE")
    parser.add_argument("--out", dest="exclude", action="append", default=[], metavar="RULE")


def scope(options: argparse.Namespace) -> Scope:
    """Build the scope that the options name.

    Raises:
        ScopeError: The rules cannot be read.
    """
    rules = read(options.rules) if options.rules else textfile.RulesFile((), ())
    return Scope.from_rules(
        [*rules.include, *map(Rule, options.include)],
        [*rules.exclude, *map(Rule, options.exclude)],
    )


def read(path: Path) -> textfile.RulesFile:
    """Read a rules file."""
    return textfile.read(path.read_text(encoding="utf-8"))
