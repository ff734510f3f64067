"""The files of hacker-scoper: ``.inscope`` for what is permitted, ``.noscope`` for what is not.

Its own names and stars take more than they say (``shop.example`` takes ``notshop.example``), so a
scope is written as expressions between ``^`` and ``$``, which have to fit a whole target. One text
holds both files, each under its name; `split` and `joined` go between the two forms.
"""

import re
from collections.abc import Iterator

from scope.formats import foreign, guards, whole_urls, wins
from scope.formats.foreign import Entry
from scope.formats.listing import Listing, Written
from scope.formats.wins import Found
from scope.rule import Rule
from scope.targets import address

INSIDE, OUTSIDE = "# .inscope", "# .noscope"

_WEB = re.compile(r"\Ahttps?://", re.IGNORECASE)
_NAME = re.compile(r"[\w.*-]+")


def read(text: str) -> tuple[Listing, ...]:
    """Read the rules of both files; lines above the first heading are permitted."""
    sides: dict[bool, list[Found]] = {True: [], False: []}
    permits = True
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().removeprefix("\ufeff")
        permits = {INSIDE: True, OUTSIDE: False}.get(bare, permits)
        if bare and not bare.startswith(("#", "//")):
            sides[permits].append(_found(Entry(bare, None, permits, number)))
    return (wins.listing("", sides[True], sides[False]),)


def write(listing: Listing) -> Written:
    """Write a scope as expressions for whole targets; Go's know no look-aheads."""
    found = whole_urls.context(listing, aheads=False)
    sides = ((INSIDE, found.include), (OUTSIDE, found.exclude))
    lines = [line for name, side in sides for line in (name, *map(_target, side))]
    return Written("".join(f"{line}\n" for line in lines), found.lost)


def split(text: str) -> tuple[str, str]:
    r"""Return the two files that one text holds.

    >>> split("# .inscope\nshop.example\n# .noscope\nold.shop.example\n")
    ('shop.example\n', 'old.shop.example\n')
    """
    inside, _, outside = text.removeprefix(f"{INSIDE}\n").partition(f"{OUTSIDE}\n")
    return inside, outside


def joined(inside: str, outside: str) -> str:
    """Return one text that holds two files."""
    return "\n".join([INSIDE, *_lines(inside), OUTSIDE, *_lines(outside), ""])


def _lines(text: str) -> Iterator[str]:
    """Go through lines, headings of this module left out."""
    return (line for line in text.splitlines() if line.strip() not in (INSIDE, OUTSIDE))


def _found(entry: Entry) -> Found:
    """Read one line: an expression, or a name with stars, an address or a block."""
    if entry.text.startswith("^") and entry.text.endswith("$"):
        if not entry.permits and guards.is_guard(*guards.cut(entry.text.removesuffix(")$"))):
            return Found(())
        rules, remarks = entry.rules(lambda: foreign.of_url(entry.text, permits=entry.permits))
        return Found(tuple(rules), tuple(remarks))
    text, note = (entry.text, None) if entry.permits else _widely(entry.text)
    return Found((Rule(text, note=note, line=entry.line),))


def _widely(text: str) -> tuple[str, str | None]:
    """Return an excluded name as the tool takes it: whatever ends so, and by any scheme."""
    if _NAME.fullmatch(text) and not address.parse(text):
        return f"*{text.removeprefix('*')}", f"Written {text}, which also takes names that end so."
    return _WEB.sub("", text), None


def _target(expression: str) -> str:
    """Let the scheme be absent, for targets are hosts as often as URLs."""
    inner = expression.removeprefix("^").removesuffix("$")
    if inner.startswith("https?://"):
        inner = f"(?:https?://)?{inner.removeprefix('https?://')}"
    return f"^(?i:{inner})$"
