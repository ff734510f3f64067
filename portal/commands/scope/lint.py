"""`portico scope lint`: advice about a file of rules, in any format."""

import argparse

from portal.commands.scope import listings, sources
from portal.commands.scope.misuse import guarded
from portal.offline import visible


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
    from scope.lint import lint

    source = sources.read(options.file, options.form)
    meant: Listing = listings.chosen(formats.read(source.form, source.text), options.program)
    for remark in meant.remarks:
        entry = f" {remark.entry}:" if remark.entry else ""
        _say(f"{options.file}: notice: {remark.code}:{entry} {remark.message}")
    today = utc_now().astimezone().date()
    found = lint(meant.include, meant.exclude, meant.settings, now=today)
    for each in sorted(found, key=lambda one: one.rule.line or 0):
        place = f":{each.rule.line}" if each.rule.line else f": {each.rule.pattern}"
        _say(f"{options.file}{place}: {each.grade.value}: {each.code}: {each.message} {each.hint}")
    silent = set(meant.scope().inert) & set(meant.exclude) if options.strict else set()
    for rule in sorted(silent, key=lambda one: one.line or 0):
        place = f":{rule.line}" if rule.line else f": {rule.pattern}"
        _say(f"{options.file}{place}: error: silent-exclusion: The exclusion excludes nothing.")
    return 1 if silent or any(each.grade == "error" for each in found) else 0


def _say(text: str) -> None:
    """Print one line, whatever the file holds."""
    print(visible.line(text))
