"""JSON read strictly: every value knows where it stands, and an odd one is refused by its place."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Never

from scope.errors import FormatUnreadable


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value and its place in the document, such as ``out[3].redirect.vendor``."""

    raw: object = field(repr=False)
    place: str = ""

    def members(self, known: Collection[str] | None = None) -> dict[str, "Value"]:
        """Return the members of an object by name.

        Args:
            known: The only names it may have; None takes any.

        Raises:
            FormatUnreadable: Not an object, or a member of another name: it might have been a
                limit, and a limit that is overlooked would permit too much.
        """
        if not isinstance(self.raw, dict):
            self.refuse("is not an object")
        for name in self.raw:
            if known is not None and name not in known:
                Value(None, self._below(name)).refuse("is not known")
        return {name: Value(raw, self._below(name)) for name, raw in self.raw.items()}

    def items(self) -> Iterable["Value"]:
        """Return the items of a list.

        Raises:
            FormatUnreadable: Not a list.
        """
        if not isinstance(self.raw, list):
            self.refuse("is not a list")
        return (Value(raw, f"{self.place}[{number}]") for number, raw in enumerate(self.raw))

    def text(self) -> str:
        """Return a text.

        Raises:
            FormatUnreadable: Something else.
        """
        if not isinstance(self.raw, str):
            self.refuse("is not a text")
        return self.raw

    def flag(self) -> bool:
        """Return true or false.

        Raises:
            FormatUnreadable: Something else.
        """
        if not isinstance(self.raw, bool):
            self.refuse("is not true or false")
        return self.raw

    def count(self) -> int:
        """Return a whole number from 1.

        Raises:
            FormatUnreadable: Something else.
        """
        if not isinstance(self.raw, int) or isinstance(self.raw, bool) or self.raw < 1:
            self.refuse("is not a whole number from 1")
        return self.raw

    def refuse(self, what: str) -> Never:
        """Say what is wrong here.

        Raises:
            FormatUnreadable: Always; the message names the place.
        """
        raise FormatUnreadable(
            f"{self.place or 'The document'} {what}.",
            hint="Correct it, or fetch the file again from where it came from.",
        )

    def _below(self, name: str) -> str:
        shown = name if name.isidentifier() else json.dumps(name[:40])
        return f"{self.place}.{shown}" if self.place else shown


def document(text: str) -> Value:
    """Read a JSON text.

    Raises:
        FormatUnreadable: Not JSON, nested beyond reason, a text with half a character in it, or
            an object with a name in it twice, which every reader would understand in its own way
            (RFC 8259 sections 4 and 8.2).
    """
    try:
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(raw, ensure_ascii=False).encode()  # half a character cannot be written again
    except UnicodeEncodeError as fault:
        raise FormatUnreadable(
            "The text is not JSON that can be kept: it has half a character in it.",
            hint=r"Look for an escape such as \ud800 that has no other half.",
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise FormatUnreadable(
            "The text is not JSON.", hint="Fetch the file again from where it came from."
        ) from fault
    return Value(raw)


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object in which every name stands once."""
    built = dict(members)
    if len(built) != len(members):
        twice = Counter(name for name, _ in members).most_common(1)[0][0]
        Value(None, json.dumps(twice[:40])).refuse("stands twice in one object")
    return built


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")
