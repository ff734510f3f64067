"""Rulings alone, for millions of targets: most take two or three look-ups.

For a plain host or URL the ruling depends on the host only, unless a rule near it is limited to
a port, path, scheme or query. So each host of a rule, and each name that has a wildcard, gets one
slot with the ruling of all that lies there. A target takes the slot of its host, or else of the
nearest name above that has one. Whatever is not plain, in the target or in the rules near it,
goes the careful way.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scope.claim import Claim
from scope.index import Index
from scope.names import Names
from scope.region import Region
from scope.verdict import Ruling

# A host whose last label starts with a letter, at most one short port, then what cannot make a
# target invalid. The names that stores, apps and foreign letters need are left to the careful way.
_LINE = re.compile(
    r"(?:https?://)?"
    r"(?!(?:com|org|net|io|play|market|apps|itunes)\.)"
    r"((?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9_-]{0,62})"
    r"(?::[0-9]{1,4})?"
    r"(?:[/?#\\](?:[!-$&-~]|%(?!25))*)?"
)


class Slot(NamedTuple):
    """The ruling of all names below one, but for those with an ending that needs care."""

    ruling: Ruling
    endings: tuple[str, ...]


@dataclass(slots=True)
class Sieve:
    """The rulings of one scope, worked out when first needed and kept by rule, never by target.

    Attributes:
        careful: Gives the ruling of any text.
        judge: Gives the ruling of a name that only the given claims may cover.
    """

    included: Index
    excluded: Index
    careful: Callable[[str], Ruling]
    judge: Callable[[str, list[Claim], list[Claim]], Ruling]
    exact: dict[str, Ruling | None] = field(default_factory=dict)
    below: dict[str, Slot | None] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    plain: bool = True

    def __post_init__(self) -> None:
        sides = self.included, self.excluded
        self.names = frozenset(name for side in sides for name in side.exact)
        self.bases = frozenset(name for side in sides for name in side.below)
        self.labels = frozenset(label for side in sides for label in side.labelled)
        self.plain = not any(side.others for side in sides)

    def ruling(self, text: str) -> Ruling:
        """Return the ruling of a target, the same that the scope's verdict has."""
        found = _LINE.fullmatch(text) if self.plain else None
        quick = self._quick(found[1]) if found else None
        return quick or self.careful(text)
