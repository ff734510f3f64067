"""Expressions of other tools, as rules: those that can be read, and the rest for a person.

An expression that cannot be read still names hosts most of the time. They are left to a person on
either side; an exclusion that names none leaves everything to a person.
"""

import re
import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scope.formats import shape_rules, shapes
from scope.formats.aheads import opened
from scope.formats.globs import Foreign, globs
from scope.formats.listing import Remark
from scope.formats.shapes import Shape
from scope.formats.whole_urls import ANY_HOST
from scope.places import suffix
from scope.rule import Rule

UNREAD = "<expression>"  # a placeholder that leaves all it may stand for to a person
ANY = "[^/?#]*"
LONGEST_NOTE = 500  # characters of an expression that its rules quote
MOST_RULES = 64  # that one expression may become
IN_PART = "No rule says just what the expression does; a person decides about the rest."
UNREADABLE = "The expression cannot be read; a person decides about the hosts it names."
NOWHERE = "The expression cannot be read and names no host, so it permits nothing."

_ESCAPED = re.compile(r"\\([A-Za-z0-9]|.)", re.DOTALL)
_KNOWN = frozenset("QEdDwWsSbB" + string.punctuation)  # others may be letters of a name
_NAME = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,20}[A-Za-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a tool's list.

    Attributes:
        text: The entry as written, in one line.
        source: Where it stood.
        permits: It includes.
        line: Its line in the file, from 1; None where there are no lines.
    """

    text: str
    source: str | None
    permits: bool
    line: int | None = None

    def rules(self, read: Callable[[], Iterable[Shape]]) -> tuple[list[Rule], list[Remark]]:
        """Return the rules for an entry, and what a person should know of them.

        Args:
            read: Reads the entry, or raises `Foreign`.
        """
        try:
            found = [shape_rules.rule(each, permits=self.permits) for each in read()]
        except Foreign:
            return self.unread()
        texts = list(dict.fromkeys(each for each in found if each))
        if not texts or len(texts) > MOST_RULES:
            return self.unread()
        unsure = [each for each in texts if shape_rules.UNSURE in each]
        rules = [self._rule(each, quoted=shape_rules.UNSURE in each) for each in texts]
        return rules, [self.remark("expression", IN_PART)] if unsure else []

    def unread(self) -> tuple[list[Rule], list[Remark]]:
        """Return what leaves an entry that cannot be read to a person."""
        hidden = not self.permits and not _KNOWN.issuperset(_ESCAPED.findall(self.text))
        named = [] if hidden else [f"{UNREAD}{host}" for host in _hosts(self.text)]
        if not named and not self.permits:
            named = [UNREAD]
        rules = [self._rule(each, quoted=True) for each in named]
        return rules, [self.remark("expression", UNREADABLE if rules else NOWHERE)]

    def remark(self, code: str, message: str) -> Remark:
        """Say something about the entry."""
        return Remark(code, self.text, message)

    def _rule(self, text: str, *, quoted: bool) -> Rule:
        """Make a rule; it quotes the expression where it cannot say all of it."""
        note = f"From the expression {self.text[:LONGEST_NOTE]}" if quoted else None
        return Rule(text, note=note, source=self.source, line=self.line)


def _hosts(text: str) -> list[str]:
    """Return the names in an expression that could be hosts."""
    plain = re.sub(r"\\[A-Za-z]|\\([.-])", lambda found: found[1] or " ", text[: 4 * 1024])
    named = dict.fromkeys(found.lower() for found in _NAME.findall(plain))
    return [each for each in named if suffix.exists(each)][:MOST_RULES]


def of_url(expression: str, *, permits: bool) -> list[Shape]:
    """Read an expression that has to fit a whole URL.

    Raises:
        Foreign: It cannot be read.
    """
    plain = expression.replace(ANY_HOST, ANY)  # as we write it; brackets would make two of it
    found = globs(bare(plain, permits=permits), whole=True, permits=permits)
    made = [shape for each in found for shape in shapes.of_url(each, permits=permits)]
    return shapes.merged(made, default_ports=True)


def bare(expression: str, *, permits: bool) -> str:
    """Return an exclusion without the look-aheads it opens with, so that it takes more."""
    if permits:
        return expression
    found = opened(expression)
    return f"^{found.only}$" if found.only else found.rest
