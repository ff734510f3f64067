"""Rules as a plain text file: one a line, ``!`` before an exclusion.

    # the shop                          a comment
    *.shop.example
    api.shop.example/v2   # since May   a rule with a note
    ! legacy.shop.example               an exclusion
    - www.shop.example                  a bullet, which means nothing
    exclude: dev.shop.example           an exclusion too (`scope.signs`)

Lines keep their order and their numbers, and a file that was written reads back the same.
"""

import re
from array import array
from collections.abc import Iterable
from itertools import compress, count

from scope import signs
from scope.errors import RulesUnreadable
from scope.frozen import Frozen
from scope.quick.entries import Entries
from scope.targets.edges import EDGES

TYPE_CHECKING = False  # as in `typing`, which the filter has no time to load
if TYPE_CHECKING:
    from scope.rule import Rule

_BULLET = re.compile(r"(?:[-\u2022]|\*(?=\s+\S))\s+")
_NOTE = re.compile(r"(?<!\s)\s++#\s+")  # a long run of blanks is tried once, from its start
_EXCLUSION = re.compile(r"! ?([A-Za-z0-9*][!-~]*)").fullmatch
_SILENT = bytes(sorted({*range(0x21, 0x7F)} - {*b"!#"}))  # characters that say nothing about a line


class RulesFile(Frozen):
    """The rules of a file, side by side."""

    __slots__ = ("exclude", "include")

    include: Entries
    exclude: Entries

    def __init__(self, include: Entries, exclude: Entries) -> None:
        self._hold(include=include, exclude=exclude)


def read(text: str, *, source: str | None = None) -> RulesFile:
    r"""Read the rules of a file.

    >>> rules = read("*.shop.example   # ours\n! old.shop.example\n")
    >>> rules.include[0].note, rules.exclude[0].pattern, rules.exclude[0].line
    ('ours', 'old.shop.example', 2)

    Args:
        text: The file.
        source: Its name, for the rules to remember.

    Raises:
        RulesUnreadable: A line has an exclamation mark and no rule, or rules without one follow a
            heading that says they are out of scope; all such lines are named.
    """
    sides = _Lines(), _Lines()
    empty: list[int] = []
    headings, lines, done = signs.Headings(), text.splitlines(), 0
    for at in _worth_a_look(lines):
        sides[0].add_all(lines, done, at)  # most lines have nothing to look for
        line, number, done = lines[at], at + 1, at + 1
        if plain := _EXCLUSION(line):
            sides[1].add(plain[1], number)
            continue
        if headings.takes(line, number):
            continue
        rest = _BULLET.sub("", signs.marked(line).strip(EDGES), count=1)
        excluded = rest.startswith("!")
        pattern = rest.removeprefix("!").strip(EDGES)
        if pattern and not pattern.startswith("#"):
            sides[excluded].add(pattern, number)
        elif excluded:
            empty.append(number)
    sides[0].add_all(lines, done, len(lines))
    if empty:
        raise RulesUnreadable(
            f"Nothing follows the exclamation mark in line {', '.join(map(str, empty))}.",
            hint="Write the excluded rule after it, or delete the line.",
        )
    headings.require_marks(sides[0].numbers)
    return RulesFile(*(each.entries(source) for each in sides))


def write(include: "Iterable[Rule]", exclude: "Iterable[Rule]" = ()) -> str:
    """Write rules as a file, included rules first.

    >>> from scope import Rule
    >>> print(write([Rule("shop.example", note="ours")], [Rule("old.shop.example")]), end="")
    shop.example  # ours
    ! old.shop.example
    """
    lines = [_line(rule) for rule in include] + [f"! {_line(rule)}" for rule in exclude]
    return "".join(f"{line}\n" for line in lines)


def _worth_a_look(lines: list[str]) -> Iterable[int]:
    """Return the places of lines that may be something else than a rule by itself, in rising order.

    All others have a dot, no blank, and nothing but printed ASCII. To look at the whole text takes
    a tenth of the time of a look at each line.
    """
    joined = "\n".join(lines)  # lines may have ended in other ways
    if signs.glued(joined):
        return range(len(lines))
    left = joined.encode("utf-8", "surrogatepass").translate(None, _SILENT)
    found = set(compress(count(), left.split(b"\n"))) if len(left) >= len(lines) else set()
    found.update(at for at, line in enumerate(lines) if "." not in line)
    return sorted(found)


class _Lines:
    """The rules of one side, as they are found.

    Attributes:
        numbers: The line of each.
    """

    __slots__ = ("_notes", "_texts", "numbers")

    def __init__(self) -> None:
        self._texts: list[str] = []
        self.numbers = array("L")  # a list of numbers would take eight times the memory
        self._notes: dict[int, str] = {}

    def add(self, text: str, number: int) -> None:
        """Take in one rule and the note behind it, if there is one."""
        if "#" in text:
            text, *note = _NOTE.split(text, maxsplit=1)
            self._notes.update((len(self._texts), each) for each in note)
        self._texts.append(text)
        self.numbers.append(number)

    def add_all(self, lines: list[str], first: int, end: int) -> None:
        """Take in the lines of a stretch, which have no notes."""
        self._texts += lines[first:end]
        self.numbers.extend(range(first + 1, end + 1))

    def entries(self, source: str | None) -> Entries:
        """Return the rules."""
        return Entries(self._texts, lines=self.numbers, notes=self._notes, source=source)


def _line(rule: "Rule") -> str:
    """Write one rule on one line."""
    pattern = " ".join(rule.pattern.split())
    return f"{pattern}  # {' '.join(rule.note.split())}" if rule.note else pattern
