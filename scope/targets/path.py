"""Paths of a URL: one normal form, the other ways a server might read it, and patterns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from scope.errors import InvalidTarget
from scope.places import glob
from scope.places.extent import Extent
from scope.targets import disguise

MOST_LAYERS = 4  # an escape escaped more often than this hides something; nobody needs it
MOST_READINGS = 128  # steps to the readings of one path; one with every disguise takes about 60

MOST_LETTERS = 16_384  # in all readings of a path together, or four times its own letters

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})|%|[^!-~]")
_LONE = re.compile("[\ud800-\udfff]")  # halves of a character, such as bytes that are no text
_KEPT = frozenset("/\\%?#*")  # undoing these escapes would change what the path means
_LOOSE = re.compile(  # what `disguise` looks at: few paths have any of it
    r"%(?:[cCuU]|[01][0-9A-Fa-f]|7[fF]|20|[89ABDEFabdef])|[^!-~]|\.(?=[/;]|\Z)"
)
_FOREIGN = re.compile("()[^!-~]")
_SIMPLE = re.compile(r"(?:/[A-Za-z0-9_-]+)+/?")
_BEYOND = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # letters beyond ASCII, escaped
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

    A server, and whatever passes a request on to it, may undo escapes, drop ``;`` parameters, join
    slashes and resolve dots in any order, and some take other characters for plainer ones
    (`scope.targets.disguise`). A permit has to hold for every reading, a refusal for any one.

    >>> readings("/app/..;/admin")
    ('/app/..;/admin', '/admin')
    >>> readings("/app/a%2Fb/../..%2Fadmin")[0::2]
    ('/app/..%2Fadmin', '/admin')

    Raises:
        InvalidTarget: The path is escaped more than four times over, or can be read in more ways
            than anyone needs (``escaped-path``).
    """
    slashed = text.replace("\\", "/")
    if _SIMPLE.fullmatch(slashed):
        return (slashed,)
    _refuse_layers(slashed)
    found, letters = [slashed], max(MOST_LETTERS, 4 * len(slashed))
    for each in found:
        found += [new for new in dict.fromkeys(_steps(each)) if new not in found]
        if len(found) > MOST_READINGS or sum(map(len, found)) > letters:
            raise _hidden()
    return tuple(dict.fromkeys(map(normalise, found)))


def faithful(text: str) -> str:
    r"""Return a path as short as it can be written without taking a reading from it.

    Tidied up, an odd path may look like another, which has rules of its own. It keeps as much of
    its oddness as its readings need, so that nobody who asks again gets another answer.

    >>> faithful("/a/./b%41"), faithful("/a//../b")
    ('/a/bA', '/a//../b')

    Raises:
        InvalidTarget: See `readings`.
    """
    shortest, slashed = normalise(text), text.replace("\\", "/")
    if shortest == slashed:
        return shortest
    tidied = _ESCAPED.sub(_tidy, slashed)
    wanted = set(readings(text))
    for each in (shortest, tidied):
        if _same_readings(each, wanted):
            return each
    return _FOREIGN.sub(_tidy, slashed)


def _same_readings(text: str, wanted: set[str]) -> bool:
    """Tell whether a path has just these readings."""
    try:
        return set(readings(text)) == wanted
    except InvalidTarget:  # one layer of escapes more than there was
        return False


def _steps(text: str) -> Iterator[str]:
    """Yield what single steps of a server may make of a path."""
    yield _resolve(_ESCAPED.sub(_tidy, text))
    yield _collapse(text)
    yield _PARAMETER.sub("", text)
    yield unquote(text).replace("\\", "/")
    if _LOOSE.search(text):
        yield disguise.removed(text)


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
    return quote(unquote(found[0], errors="surrogateescape").lower(), errors="surrogateescape")


def _has_cases(text: str) -> bool:
    """Tell whether case makes a difference to a text."""
    return text.lower() != text.upper()


def _refuse_layers(path: str) -> None:
    """Refuse a path with too many escapes of escapes."""
    for _ in range(MOST_LAYERS):
        before, path = path, unquote(path)
        if path == before:
            return
    raise _hidden()


def _hidden() -> InvalidTarget:
    return InvalidTarget(
        "The path hides characters behind too many layers of % escapes.",
        hint="Write the path the way your browser shows it.",
        code="escaped-path",
    )


def _tidy(found: re.Match[str]) -> str:
    """Undo an escape that was not needed; write all others, and what needs one, in one way."""
    if not found[1]:
        written = _LONE.sub("\ufffd", found[0]).encode()
        return "".join(f"%{byte:02X}" for byte in written)
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
