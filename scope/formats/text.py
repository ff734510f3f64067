"""Plain text: one rule a line, ``!`` before an exclusion (`scope.textfile`)."""

from scope import textfile
from scope.formats.listing import Listing, Written


def read(text: str) -> tuple[Listing, ...]:
    """Read the rules of a text file.

    Raises:
        RulesUnreadable: A line has an exclamation mark and no rule.
    """
    rules = textfile.read(text)
    return (Listing("", rules.include, rules.exclude),)


def write(listing: Listing) -> Written:
    """Write the rules of a scope, a line each."""
    return Written(textfile.write(listing.include, listing.exclude))
