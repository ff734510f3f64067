"""`portico scope lint`: advice about a file of rules, in any format."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from portal.commands.scope import listings, sources
from portal.commands.scope.misuse import Misuse, guarded
from portal.offline import visible

if TYPE_CHECKING:
    from scope.lint import Lint


def register(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    lint = verbs.add_parser("lint", help="advice about a file of rules; exit 1 on errors")
    sources.add(lint)
    lint.add_argument(
        "--strict", action="store_true", help="an exclusion that excludes nothing is an error"
    )
    lint.set_defaults(run=guarded(_lint))


def _lint(options: argparse.Namespace) -> int:
    """Print advice the way compilers do, so that editors can jump to it."""
    from portal.policy.clocks import utc_now
    from scope import formats
    from scope.formats.listing import Listing
    from scope.lint import lint, strict

    source = sources.read(options.file, options.form)
    meant: Listing = listings.chosen(formats.read(source.form, source.text), options.program)
    for remark in meant.remarks:
        entry = f" {remark.entry}:" if remark.entry else ""
        _say(f"{options.file}: notice: {remark.code}:{entry} {remark.message}")
    if not (meant.include or meant.exclude):
        raise Misuse(f"There is no rule in {options.file}.", hint="Check the file.")
    today = utc_now().astimezone().date()
    found = lint(meant.include, meant.exclude, meant.settings, now=today)
    for each in sorted(found, key=lambda one: one.rule.line or 0):
        _say(_line(options.file, each))
    stops = strict.stops(meant.include, meant.exclude, meant.settings) if options.strict else ()
    for each in (one for one in stops if one not in found):
        _say(_line(options.file, each))
    return 1 if stops or any(each.grade == "error" for each in found) else 0


def _line(file: Path, found: "Lint") -> str:
    """Write one piece of advice the way compilers do."""
    place = f":{found.rule.line}" if found.rule.line else f": {found.rule.pattern}"
    return f"{file}{place}: {found.grade.value}: {found.code}: {found.message} {found.hint}"


def _say(text: str) -> None:
    """Print one line, whatever the file holds."""
    print(visible.line(text))
