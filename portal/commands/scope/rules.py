"""Where the rules of a command come from: a file, a program, and the words of the command."""

import argparse
import sys

from portal.commands.scope import flattened
from portal.commands.scope.misuse import Misuse
from scope import looks, textfile
from scope.quick.draft import Draft
from scope.quick.entries import Entries
from scope.settings import Settings

PAIRED = (".inscope", ".noscope")  # one tool keeps its two sides in two files


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what the rules are."""
    where = parser.add_argument_group("where the rules come from")
    where.add_argument("--rules", metavar="FILE", help="one rule a line, ! excludes")
    where.add_argument(
        "--from", dest="form", metavar="FMT", help="format of FILE, if it does not show"
    )
    where.add_argument("--program", metavar="SLUG", help="in FILE, at URL, or in $PORTICO_DIR")
    where.add_argument("--url", help="a portal; its scope is fetched once, the targets stay here")
    where.add_argument("--in", dest="include", action="append", default=[], metavar="RULE")
    where.add_argument("--out", dest="exclude", action="append", default=[], metavar="RULE")
    how = parser.add_argument_group("how they are read")
    how.add_argument("--strict", action="store_true", help="stop where lint --strict does")
    how.add_argument("--wildcard-apex", action="store_true", help="*.x also means x")
    how.add_argument("--strict-scheme", action="store_true", help="https:// leaves out http://")
    how.add_argument(
        "--out-always-wins", action="store_true", help="an exclusion beats smaller rules inside it"
    )


def book(options: argparse.Namespace) -> tuple[Draft, str]:
    """Return the rules that the options name, and where they are from, in words.

    Raises:
        Misuse: The options do not go together, or name no rules.
        ScopeError: The rules cannot be read.
        PorticoError: A portal or an instance cannot be asked.
    """
    _require_one_place(options)
    include, exclude, settings, origin = _found(options)
    draft = Draft(
        _with(include, options.include, "--in"),
        _with(exclude, options.exclude, "--out"),
        Settings(
            wildcard_apex="include" if options.wildcard_apex else settings.wildcard_apex,
            strict_scheme=options.strict_scheme or settings.strict_scheme,
            out_always_wins=options.out_always_wins or settings.out_always_wins,
        ),
    )
    return draft, origin


def _require_one_place(options: argparse.Namespace) -> None:
    """Refuse options that contradict each other: a gate must not guess which one was meant."""
    if options.rules and options.url:
        raise Misuse("Rules come from --rules or from --url.", hint="Leave one of them out.")
    if options.form and not options.rules:
        raise Misuse("--from is the format of a file.", hint="Give the file with --rules.")
    if not (options.rules or options.url or options.program or options.include or options.exclude):
        raise Misuse(
            "There are no rules to go by.",
            hint="Give --rules FILE, --url URL, --program SLUG, or rules with --in and --out.",
        )


def _found(options: argparse.Namespace) -> tuple[Entries, Entries, Settings, str]:
    """Find the rules that stand outside of the command.

    Most are a file of plain text; nothing that other rules need is imported for those.
    """
    if options.url or (options.program and not options.rules):
        from portal.commands.scope import published

        listing, origin = published.listing(options)
    elif not options.rules:
        return Entries([]), Entries([]), Settings(), ""
    elif (text := _plain(options)) is not None:
        rules = textfile.read(text)
        if not options.form:
            permits, bars = rules.include.texts, rules.exclude.texts
            sys.stderr.write(flattened.notice(options.rules, permits, bars))
        return rules.include, rules.exclude, Settings(), options.rules
    else:
        from portal.commands.scope import listings

        listing, origin = listings.of_file(options), options.rules
    return Entries.of(listing.include), Entries.of(listing.exclude), listing.settings, origin


def _plain(options: argparse.Namespace) -> str | None:
    """Return the text of a file of plain rules; None if it is one of another kind."""
    if options.program or options.form not in (None, "text"):
        return None
    if options.form is None and options.rules.endswith(PAIRED):
        return None
    with open(options.rules, encoding="utf-8") as file:
        text = file.read()
    return text if options.form or looks.plain(text) else None


def _with(entries: Entries, more: list[str], source: str) -> Entries:
    """Return rules with those of the command behind them."""
    if not more:
        return entries
    from scope.rule import Rule

    return entries.and_also([Rule(each, source=source) for each in more])
