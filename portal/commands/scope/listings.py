"""A file of rules in any format, and which of the programs in it is meant."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from portal.commands.scope import sources
from portal.commands.scope.misuse import Misuse
from scope import formats
from scope.formats import Listing

SHOWN = 5  # names of programs in a complaint; a platform's file has hundreds


def of_file(options: argparse.Namespace) -> Listing:
    """Return the rules of the program that is meant, from the file in ``--rules``.

    Raises:
        Misuse: The format is not certain, or it is not certain which program is meant.
        ScopeError: The file is not in that format.
        OSError: It cannot be read.
    """
    source = sources.read(Path(options.rules), options.form)
    return chosen(formats.read(source.form, source.text), options.program)


def chosen(listings: Sequence[Listing], name: str | None) -> Listing:
    """Return the program that is meant, of those in a file.

    Raises:
        Misuse: None is named and there are several, or none has that name.
    """
    meant = [one for one in listings if name is None or one.name.casefold() == name.casefold()]
    if len(meant) == 1:
        return meant[0]
    raise Misuse(
        f"The file has {len(meant) or 'no'} programs{f' called {name}' if name else ''}.",
        hint=_hint(listings),
    )


def _hint(listings: Sequence[Listing]) -> str:
    """Name some of the programs, each as a shell takes it: some have blanks and commas in them."""
    named = [f"\n    --program {shlex.quote(one.name)}" for one in listings[:SHOWN] if one.name]
    if not named:
        return "Check the file."
    more = len(listings) - SHOWN
    rest = f"\n    and {more} more, which --report lists" if more > 0 else ""
    return f"Name one of them:{''.join(named)}{rest}"
