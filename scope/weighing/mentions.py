"""Notes of a program about a name: rules that decide nothing there and still mention it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from scope.places import suffix
from scope.places.names import Names
from scope.reading import LONGEST
from scope.rule import Rule
from scope.targets.target import Target

_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Rules by the names in their text, as far as two labels tell names apart."""

    _shelves: dict[str, list[tuple[str, Rule]]] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Mentions":
        """Sort rules by the names they mention."""
        found = cls()
        for rule in rules:
            for name in dict.fromkeys(_NAME.findall(rule.pattern[:LONGEST].lower())):
                found._shelves.setdefault(_ending(name), []).append((name, rule))
        return found

    def about(self, target: Target) -> tuple[Rule, ...]:
        """Return the rules that mention a name under which the same owner registered the target's.

        >>> from scope import normalise
        >>> notes = Mentions.of([Rule("We will add new.shop.com soon"), Rule("Ask eshop.com")])
        >>> [rule.pattern for rule in notes.about(normalise("https://www.shop.com/"))]
        ['We will add new.shop.com soon']
        """
        if not self._shelves or not isinstance(target.hosts, Names):
            return ()
        host = target.hosts.text.removeprefix("*.")
        near = self._shelves.get(_ending(host), ())
        own = registrable(host) if near else ""
        found = {rule for name, rule in near if registrable(name) == own}
        return tuple(sorted(found, key=repr))


def registrable(name: str) -> str:
    """Return the name under which its owner registered a name: one label and a public suffix.

    >>> registrable("www.shop.co.uk"), registrable("db.corp"), registrable("co.uk")
    ('shop.co.uk', 'db.corp', 'co.uk')
    """
    stem = suffix.stem(name)
    if stem is None:
        return _ending(name)
    below = stem.rpartition(".")[0]
    return name[len(below) + 1 :] if below else name


def _ending(name: str) -> str:
    """Return the last two labels of a name."""
    return ".".join(name.rsplit(".", 2)[-2:])
