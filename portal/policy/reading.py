"""Reading a pack key by key: every fault is noted, and the reading goes on.

What a faulty key leaves behind is a stand-in that nobody sees, because a pack with any fault at all
is refused in the end (`Notebook.settle`).
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, Self, TypeVar

from portal.policy.advice import did_you_mean, hint_of, wrong
from portal.policy.faults import Notebook, Path

S = TypeVar("S", bound=str)
T = TypeVar("T")
LINE: Final = 300  # characters of a name, a label or a question
PROSE: Final = 20_000  # characters of a clause or a paragraph
ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


class Table:
    """One table of a pack.

    Leaving its ``with`` block notes every key that was not asked for, so that a misspelt key never
    passes in silence.
    """

    def __init__(self, values: Mapping[str, Any], path: Path, notebook: Notebook) -> None:
        self.path = path
        self._values = values
        self._notebook = notebook
        self._asked: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._values.keys() - self._asked:
            absent = self._asked - self._values.keys()
            hint = did_you_mean(name, absent, "Take it out, or look in the reference.")
            self.note(name, f"{name!r} is not a key of this table.", hint)

    def has(self, name: str) -> bool:
        """Tell whether a key is there; whoever asks knows what to do with it."""
        self._asked.add(name)
        return name in self._values

    def holds_text(self, name: str) -> bool:
        """Tell whether a key has text for its value, for keys that take more than one form."""
        return isinstance(self._values.get(name), str)

    @property
    def asked(self) -> frozenset[str]:
        """The keys that somebody has asked for so far."""
        return frozenset(self._asked)

    @property
    def number(self) -> int:
        """Return the line on which the table begins."""
        return self._notebook.line(self.path)

    def note(self, name: str | None, message: str, hint: str) -> None:
        """Write down a fault at a key, or at the table itself."""
        self._notebook.note(self.path if name is None else (*self.path, name), message, hint)

    def line(self, name: str, *, limit: int = LINE) -> str:
        """Return a line of text that has to be there."""
        return self.maybe_line(name, limit=limit) or self._missing(name)

    def maybe_line(self, name: str, *, limit: int = LINE) -> str | None:
        """Return a line of text, or None when the pack does not have it."""
        text = self.maybe_prose(name, limit=limit)
        if text is not None and not text.isprintable():
            self.note(name, "This must be one line of plain text.", "Take out the line breaks.")
        return text

    def prose(self, name: str) -> str:
        """Return a text of any number of paragraphs that has to be there."""
        return self.maybe_prose(name) or self._missing(name)

    def maybe_prose(self, name: str, *, limit: int = PROSE) -> str | None:
        """Return a text without blanks around it, or None when the pack does not have it."""
        raw = self._value(name, str, "text in quotes")
        if raw is None:
            return None
        text = raw.strip()
        if not text:
            self.note(name, "This is empty.", "Take the key out: then the policy does not say.")
        if len(text) > limit:
            self.note(name, f"This is longer than {limit} characters.", "Shorten it.")
        return text

    def lines(self, name: str, check: Callable[[str], object] | None = None) -> tuple[str, ...]:
        """Return a list of lines of text; an absent one is empty, and a date is its ISO text.

        Args:
            name: The key.
            check: Raises ValueError for a line that will not do.
        """
        raw = self._value(name, list, "a list of texts in quotes") or []
        found = [one.isoformat() if type(one) is date else one for one in raw]
        for number, one in enumerate(found):
            where = (*self.path, name, number)
            if not isinstance(one, str) or not one.strip() or not one.isprintable():
                self._notebook.note(where, "This is not a line of text.", "Write text in quotes.")
            elif check:
                self._attempt(where, check, one.strip())
        return tuple(one.strip() for one in found if isinstance(one, str))

    def choice(self, name: str, allowed: Collection[S], default: S | None = None) -> S:
        """Return one of the allowed words; without a default it has to be there."""
        first = next(iter(allowed))
        if default is not None and not self.has(name):
            return default
        found = self.line(name)
        match = next((word for word in allowed if word == found), None)
        if match is None and found:
            hint = f"{did_you_mean(found, allowed)} Use one of: {', '.join(allowed)}."
            self.note(name, f"{found!r} is not a value of this key.", hint.strip())
        return match or first

    def maybe_choice(self, name: str, allowed: Collection[S]) -> S | None:
        """Return one of the allowed words, or None when the pack does not have the key."""
        return self.choice(name, allowed) if self.has(name) else None

    def some(self, name: str, allowed: Collection[S]) -> tuple[S, ...]:
        """Return a list of allowed words, each named once; an absent one is empty."""

        def check(word: str) -> None:
            if word not in allowed:
                hint = f"{did_you_mean(word, allowed)} Use some of: {', '.join(allowed)}."
                raise wrong(f"{word!r} is not a value of this key", hint.strip())

        words = self.lines(name, check)
        if len(set(words)) < len(words):
            self.note(name, "A word stands here twice.", "Name each one once.")
        return tuple(word for found in words for word in allowed if word == found)

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false; an absent one is the default."""
        raw = self._value(name, bool, "true or false")
        return default if raw is None else raw

    def day(self, name: str) -> date | None:
        """Return a date, or None when the pack does not have it."""
        raw = self._value(name, date, "a date such as 2026-11-22, without quotes")
        if isinstance(raw, datetime):
            self.note(name, "This is a time, not a date.", "Write the date alone: 2026-11-22.")
        return raw

    def made(self, name: str, make: Callable[[str], T], *, needed: bool = False) -> T | None:
        """Return what a line of text stands for, or None when it is absent or wrong.

        Args:
            name: The key.
            make: Turns the text into a value; its ValueError says what is wrong, and its notes
                (`BaseException.add_note`), if any, what to do.
            needed: The key has to be there.
        """
        text = self.line(name) if needed else self.maybe_line(name)
        return self._attempt((*self.path, name), make, text) if text else None

    def id(self, taken: set[str]) -> str:
        """Return the key ``id``, which has to be there and be new, and take it."""
        name = self.line("id")
        if name and not ID.fullmatch(name):
            hint = "Use small letters, digits and hyphens: no-social-engineering."
            self.note("id", f"{name!r} is not an id.", hint)
        if name in taken:
            self.note("id", f"The id {name!r} is taken already.", "Give this one another id.")
        taken.add(name)
        return name

    def maybe_id(self, taken: set[str]) -> str | None:
        """Return the key ``id`` as `id` does, or None when the table has none."""
        return self.id(taken) if self.has("id") else None

    def needed_table(self, name: str) -> "Table":
        """Return a table that has to be there."""
        if not self.has(name):
            self.note(None, f"The table [{name}] is missing.", f"Add it: [{name}].")
        return self.table(name) or Table({}, (*self.path, name), self._notebook)

    def table(self, name: str) -> "Table | None":
        """Return a table inside this one, or None when the pack does not have it."""
        raw = self._value(name, dict, f"a table: [{name}]")
        return None if raw is None else Table(raw, (*self.path, name), self._notebook)

    def tables(self, name: str) -> list["Table"]:
        """Return the tables of an array; an absent one is empty."""
        raw = self._value(name, list, f"a list of tables: [[{name}]]") or []
        wrong = [number for number, one in enumerate(raw) if not isinstance(one, dict)]
        for number in wrong:
            hint = f"Write [[{name}]], or {{ … }} inside the list."
            self._notebook.note((*self.path, name, number), "This is not a table.", hint)
        return [
            Table(one, (*self.path, name, number), self._notebook)
            for number, one in enumerate(raw)
            if number not in wrong
        ]

    def _value(self, name: str, kind: type[T], wanted: str) -> T | None:
        """Return a value of the kind wanted, noting any other kind."""
        self._asked.add(name)
        raw = self._values.get(name)
        if raw is None or isinstance(raw, kind):
            return raw
        self.note(name, f"This must be {wanted}.", "Correct the value or take the key out.")
        return None

    def _attempt(self, where: Path, make: Callable[[str], T], text: str) -> T | None:
        """Return what the text makes, noting the ValueError when it makes nothing."""
        try:
            return make(text)
        except ValueError as error:
            self._notebook.note(where, f"{error}.", hint_of(error))
            return None

    def _missing(self, name: str) -> str:
        """Note that a key is missing, unless something else was wrong with it."""
        if name not in self._values:
            self.note(None, f"The key {name!r} is missing.", f"Add {name} = … to this table.")
        return ""
