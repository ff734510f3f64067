"""On which line each key of a TOML text stands.

The standard reader gives values without positions. This second look goes over a text that is
already known to be valid TOML 1.0, so it needs no errors of its own: it only has to tell keys,
tables and the ends of values apart, past strings of all four kinds, comments and nesting.
"""

import re
import tomllib
from typing import Any, Final

from portal.policy.faults import Path

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
# One part of a key, or dotted parts: bare, "basic" or 'literal' (toml.io/en/v1.0.0, "Keys").
_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY: Final = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[^,\]}#\n]+")


def index(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every key, table and array element of a valid TOML text.

    A table that is opened several times has the line of the first; array elements are counted
    from 0.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    """A position in the text, and the lines found so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}  # elements of each array of tables
        self._counted = (0, 1)  # a position and its line: counting goes on from there

    def document(self) -> None:
        """Go over the whole text."""
        table: Path = ()
        self._blanks()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._blanks()

    def _header(self) -> Path:
        """Read ``[table]`` or ``[[array of tables]]`` and return the path of what it opens."""
        line, double = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        self._blanks()
        path = self._opened(self._key(), line)
        self._blanks()
        self.at += 2 if double else 1
        if double:
            path = (*path, self._counts.setdefault(path, 0))
            self._counts[path[:-1]] += 1
            self._mark(path, line)
        return path

    def _opened(self, keys: Path, line: int) -> Path:
        """Mark the tables on the way and return the path a header means.

        A name on the way that is an array of tables stands for its latest element.
        """
        path: Path = ()
        for key in keys:
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
            path = (*path, key)
            self._mark(path, line)
        return path

    def _pair(self, table: Path) -> None:
        """Read ``key = value``."""
        line, path = self._line(), table
        for key in self._key():
            path = (*path, key)
            self._mark(path, line)
        self._blanks()
        self.at += 1  # the equals sign
        self._value(path)

    def _value(self, path: Path) -> None:
        """Go over one value."""
        self._blanks()
        opening = self.text[self.at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            found = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            self.at = found.end() if found else len(self.text)

    def _array(self, path: Path) -> None:
        """Go over an array and mark its elements."""
        self.at += 1
        self._blanks()
        number = 0
        while self.text[self.at] != "]":
            self._mark((*path, number), self._line())
            self._value((*path, number))
            number += 1
            self._comma()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        """Go over an inline table and mark its keys."""
        self.at += 1
        self._blanks()
        while self.text[self.at] != "}":
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        """Go past what parts two elements, or to the bracket that ends them."""
        self._blanks()
        if self.text[self.at] == ",":
            self.at += 1
            self._blanks()

    def _key(self) -> Path:
        """Read a key and return its parts, escapes undone."""
        found = _KEY.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no key on line {self._line()}")
        self.at = found.end()
        parts: list[str | int] = []
        inner: Any = tomllib.loads(f"{found[0]} = 0")
        while isinstance(inner, dict):
            key, inner = next(iter(inner.items()))
            parts.append(key)
        return tuple(parts)

    def _blanks(self) -> None:
        """Go past blanks, line breaks and comments."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _mark(self, path: Path, line: int) -> None:
        self.lines.setdefault(path, line)

    def _line(self) -> int:
        """Return the line of the present position; positions only ever grow."""
        before, line = self._counted
        line += self.text.count("\n", before, self.at)
        self._counted = (self.at, line)
        return line
