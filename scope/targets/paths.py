"""Paths of a rule: patterns that cover a path and all that lies below it."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from scope.places import glob
from scope.places.extent import Extent

_BEYOND = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # letters beyond ASCII, escaped


@dataclass(frozen=True, slots=True)
class Paths:
    """A path of a rule and everything below it.

    Attributes:
        text: A normalised path without a slash at its end; stars allowed.
        wide: Stars run across slashes, letters match in either case, since some servers do not
            tell them apart, and any reading counts (how a refusal is read); otherwise each star
            stays in its segment, case counts, and every reading has to fit.

    >>> Paths("/app").match(("/app/x",)), Paths("/app").match(("/apple",))
    (True, False)
    """

    text: str
    wide: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """How specific the path is; greater is more specific."""
        return (self.text.count("/"), len(self.text.replace("*", "")))

    def match(self, read: tuple[str, ...], *, cased: bool = False) -> bool:
        """Tell whether a target's path, given as its readings, is covered.

        Args:
            read: The readings.
            cased: Tell letters apart by case even when this is wide.
        """
        fits = (self._fits(each, cased=cased) for each in read)
        return any(fits) if self.wide else all(fits)

    def contains(self, other: "Paths") -> bool:
        """Tell whether every path that ``other`` covers is certainly covered here."""
        if other.wide and not self.wide and ("*" in other.text or _has_cases(other.text)):
            return False
        return self._fits(other.text)

    def extent(self, read: tuple[str, ...], *, cased: bool = False) -> Extent:
        """Tell whether a target's path is covered; no readings mean the whole site."""
        if not read:
            return Extent.PART
        return Extent.WHOLE if self.match(read, cased=cased) else Extent.NONE

    def _fits(self, path: str, *, cased: bool = False) -> bool:
        """Tell whether a path is this one or lies below it, at a segment boundary."""
        if self.wide:
            text, path = (self.text, path) if cased else (_folded(self.text), _folded(path))
            texts = {text, text.replace("/**/", "/")}  # folders between, or none
            return any(glob.covers(t, path) or glob.covers(f"{t}/*", path) for t in texts)
        wanted, given = self.text.split("/"), path.split("/")
        return len(given) >= len(wanted) and all(map(glob.covers, wanted, given))


def _folded(text: str) -> str:
    """Write a normalised path without regard to case, also in letters that are escaped.

    >>> _folded("/Admin/%C3%84") == _folded("/admin/%C3%A4")
    True
    """
    return _BEYOND.sub(_lower_beyond, text).lower()


def _lower_beyond(found: re.Match[str]) -> str:
    """Write escaped letters small; bytes that are none stay apart."""
    letters = unquote(found[0], errors="surrogateescape")
    return quote(
        letters.upper().lower(), errors="surrogateescape"
    )  # "\u0131" has the capital of "i"


def _has_cases(text: str) -> bool:
    """Tell whether case makes a difference to a text."""
    return text.lower() != text.upper()
