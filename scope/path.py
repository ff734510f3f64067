"""Paths of a URL: one normal form, the other ways a server might read it, and patterns."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from scope import glob
from scope.errors import InvalidTarget
from scope.extent import Extent

MOST_LAYERS = 4  # an escape escaped more often than this hides something; nobody needs it

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})|%|[^!-~]")
_KEPT = frozenset("/\\%?#*")  # undoing these escapes would change what the path means
_PARAMETER = re.compile(r";[^/]*")  # RFC 3986 section 3.3; several servers drop it


def normalise(text: str) -> str:
    r"""Return the one way to write a path; it opens with a slash and keeps its case.

    >>> normalise(r"\a\.\%62//c/%2e%2E/d%2Fe")
    '/a/b/d%2Fe'
    """
    tidied = _ESCAPED.sub(_tidy, text.replace("\\", "/"))
    return _collapse(_resolve(tidied))


def readings(text: str) -> tuple[str, ...]:
    """Return the ways a server might read a path, each normalised, the usual one first.

    A server may undo escaped slashes, drop ``;`` parameters or join slashes before it resolves
    dots. A permit has to hold for every reading, a refusal for any one.

    >>> readings("/app/..;/admin")
    ('/app/..;/admin', '/admin')

    Raises:
        InvalidTarget: The path is escaped more than four times over (``escaped-path``).
    """
    slashed = text.replace("\\", "/")
    plain = _PARAMETER.sub("", _unescaped(slashed).replace("\\", "/"))
    ways = (slashed, _collapse(slashed), plain, _collapse(plain))
    return tuple(dict.fromkeys(map(normalise, ways)))


def keys(query: str) -> frozenset[str]:
    """Return the names that a query string gives a value, or just mentions.

    >>> sorted(keys("page=2&debug&=x"))
    ['debug', 'page']
    """
    names = (each.partition("=")[0] for each in query.split("&"))
    return frozenset(_ESCAPED.sub(_tidy, name) for name in names if name)


@dataclass(frozen=True, slots=True)
class Paths:
    """A path of a rule and everything below it.

    Attributes:
        text: A normalised path without a slash at its end; stars allowed.
        wide: Stars run across slashes and any reading counts (how a refusal is read); otherwise
            each star stays in its segment and every reading has to fit.

    >>> Paths("/app").match(("/app/x",)), Paths("/app").match(("/apple",))
    (True, False)
    """

    text: str
    wide: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """How specific the path is; greater is more specific."""
        return (self.text.count("/"), len(self.text.replace("*", "")))

    def match(self, read: tuple[str, ...]) -> bool:
        """Tell whether a target's path, given as its readings, is covered."""
        return any(map(self._fits, read)) if self.wide else all(map(self._fits, read))

    def contains(self, other: "Paths") -> bool:
        """Tell whether every path that ``other`` covers is certainly covered here."""
        if other.wide and not self.wide and "*" in other.text:
            return False
        return self._fits(other.text)

    def extent(self, read: tuple[str, ...]) -> Extent:
        """Tell whether a target's path is covered; no readings mean the whole site."""
        if not read:
            return Extent.PART
        return Extent.WHOLE if self.match(read) else Extent.NONE

    def _fits(self, path: str) -> bool:
        """Tell whether a path is this one or lies below it, at a segment boundary."""
        if self.wide:
            return glob.covers(self.text, path) or glob.covers(f"{self.text}/*", path)
        wanted, given = self.text.split("/"), path.split("/")
        return len(given) >= len(wanted) and all(map(glob.covers, wanted, given))


def _unescaped(path: str) -> str:
    """Undo every escape, and every escape of an escape."""
    for _ in range(MOST_LAYERS):
        before, path = path, unquote(path)
        if path == before:
            return path
    raise InvalidTarget(
        "The path hides characters behind too many layers of % escapes.",
        hint="Write the path the way your browser shows it.",
        code="escaped-path",
    )


def _tidy(found: re.Match[str]) -> str:
    """Undo an escape that was not needed; write all others, and what needs one, in one way."""
    if found[1] is None:
        return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
    character = chr(int(found[1], 16))
    plain = "!" <= character <= "~" and character not in _KEPT
    return character if plain else found[0].upper()


def _resolve(path: str) -> str:
    """Remove dot segments (RFC 3986 section 5.2.4)."""
    kept: list[str] = []
    *segments, last = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        del kept[-1:]
    kept.append("" if last in (".", "..") else last)
    return "/" + "/".join(kept)


def _collapse(path: str) -> str:
    """Write one slash where there are many."""
    return re.sub(r"//+", "/", path)
