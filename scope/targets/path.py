"""Paths of a URL: one normal form, and the other ways a server might read them."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scope.errors import InvalidTarget
from scope.targets import disguise

MOST_LAYERS = 4  # an escape escaped more often than this hides something; nobody needs it
MOST_READINGS = 128  # steps to the readings of one path; one with every disguise takes about 60

MOST_LETTERS = 16_384  # in all readings of a path together, or four times its own letters

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})|%|[^!-~]")
_LONE = re.compile("[\ud800-\udfff]")  # halves of a character, such as bytes that are no text
_KEPT = frozenset("/\\%?#*")  # undoing these escapes would change what the path means
_LOOSE = re.compile(  # what `disguise` looks at: few paths have any of it
    r"%(?:[cCuU]|[01][0-9A-Fa-f]|7[fF]|20|[89ABDEFabdef])|[^!-~]|\.(?=[/;]|\Z)|:\$"
)
_FOREIGN = re.compile("()[^!-~]")
_SIMPLE = re.compile(r"(?:/[A-Za-z0-9_-]+)+/?")
_ASKED = re.compile(r"(?:%3[fF]|%23|[?#]).*", re.DOTALL)  # undone too early, it ends the path
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
    yield _ASKED.sub("", text) or "/"
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
