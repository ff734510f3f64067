r"""Regular expressions of other tools, read as patterns with stars; never run.

Only the plain ones can be read: literal text, ``.*`` and its like, optional parts, alternatives.
An expression that could hold a reader up is one of those that are not read, so nothing here takes
longer than its text is long, times `MOST`.
"""

import re
from dataclasses import dataclass
from itertools import product

from scope.formats import octets
from scope.formats.marks import ANY, DEEP, IN_LABEL, LABEL, MANY, SEGMENT, SOME

_DOT = "\x08"  # a dot that is not escaped
MOST = 512  # alternatives one expression may have
LONGEST = 4096  # characters of an expression that is read
DEEPEST = 8  # groups within groups

_LOOSE_DOT = re.compile(rf"{_DOT}(?=[^/]*\.)")  # in one place with a dot that is escaped
_SET = re.compile(r"\[(\^?)((?:\\.|[^\\\]\[])+)\]")
_OPENED = re.compile(r"\((?:\?(?:-?[a-z]{1,4})?:)?(?!\?)")
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|\Z)", re.DOTALL)
_FLAGS = re.compile(r"\(\?[a-z]{1,4}\)")
_NON_BLANK = "\x06"  # one of any characters but blanks
_EVERYTHING = frozenset({r"\s\S", r"\S", r"\w\W", r"\d\D"})
_LABELS = frozenset({"a-z0-9-", "a-z0-9_-", "A-Za-z0-9-", "a-zA-Z0-9-", "A-Za-z0-9_-", r"\w-"})

_MANY_TIMES = {
    (MANY, "*"): ANY, (MANY, "+"): MANY, (_NON_BLANK, "*"): ANY, (_NON_BLANK, "+"): MANY,
    (IN_LABEL, "*"): IN_LABEL, (IN_LABEL, "+"): LABEL,
    (SEGMENT, "*"): SEGMENT, (SEGMENT, "+"): SEGMENT,
}  # fmt: skip


class Foreign(Exception):
    """An expression that is not read."""


def globs(expression: str, *, whole: bool, permits: bool = True) -> tuple[str, ...]:
    r"""Return the patterns that an expression stands for, one for each alternative.

    >>> globs(r"^(?:.*\.)?shop\.example$", whole=False)
    ('*.shop.example', 'shop.example')
    >>> globs(r"/log(in|out)", whole=False)
    ('*/login*', '*/logout*')

    Args:
        expression: In the dialect of Java, Go or Python.
        whole: It has to fit all of a text; otherwise it may fit anywhere unless it is anchored.
        permits: A dot that is not escaped is no more than a dot. Otherwise it takes any character
            wherever one that is escaped follows, for there it was most likely meant so.

    Raises:
        Foreign: It has parts that no pattern with stars can stand for.
    """
    if len(expression) > LONGEST or re.search(r"[\x00-\x1f]", expression):
        raise Foreign
    text = octets.plain(_QUOTED.sub(_unquoted, _FLAGS.sub("", expression, count=1)))
    reader = _Reader(text)
    found = reader.choices(depth=0, whole=whole)
    if reader.at != len(text):
        raise Foreign
    settled = (_settled(each, permits=permits) for each in found)
    return tuple(dict.fromkeys(re.sub(r"\*+", ANY, each) for each in settled))


def _settled(text: str, *, permits: bool) -> str:
    """Say what the dots that are not escaped stand for."""
    return (text if permits else _LOOSE_DOT.sub(SOME, text)).replace(_DOT, ".")


@dataclass(slots=True)
class _Reader:
    """An expression, and how far it has been read."""

    text: str
    at: int = 0

    def choices(self, *, depth: int, whole: bool = True) -> list[str]:
        """Read alternatives up to the end, or to the bracket that closes their group."""
        if depth > DEEPEST:
            raise Foreign
        found = self._sequence(depth, whole=whole)
        while self._take("|"):
            found += self._sequence(depth, whole=whole)
        return _few(found)

    def _sequence(self, depth: int, *, whole: bool) -> list[str]:
        """Read one alternative; outside of groups it may be anchored."""
        texts = ["" if (depth == 0 and self._take("^")) or whole else ANY]
        while self.at < len(self.text) and self.text[self.at] not in "|)$":
            texts = _joined(texts, self._atom(depth))
        bound = self._take("$") if depth == 0 else False
        return texts if bound or whole else _joined(texts, [ANY])

    def _atom(self, depth: int) -> list[str]:
        """Read one character, class or group, and how often it may stand there."""
        opened = _OPENED.match(self.text, self.at)
        if opened:
            self.at = opened.end()
            inner = self.choices(depth=depth + 1)
            if not self._take(")"):
                raise Foreign
            return self._repeated(inner, group=True)
        found = _SET.match(self.text, self.at)
        if found:
            self.at = found.end()
            return self._repeated(_of_set(found[1], found[2]))
        return self._repeated([self._character()])

    def _character(self) -> str:
        """Read one character; ``.`` gives `MANY`, a class one of its own marks."""
        character = self.text[self.at]
        self.at += 1
        if character == "\\" and self.at < len(self.text):
            character = self.text[self.at]
            self.at += 1
            if character.isalnum():
                return {"S": _NON_BLANK, "d": SOME, "w": SOME}.get(character) or _foreign()
        elif character == ".":
            return MANY
        elif character in "*+?{}[]()^\\":
            raise Foreign
        return _foreign() if character in "*\n" else character

    def _repeated(self, once: list[str], *, group: bool = False) -> list[str]:
        """Read how often something may stand there."""
        mark = self.text[self.at : self.at + 1]
        if mark == "{":
            raise Foreign
        if not mark or mark not in "*+?":
            return [_once(each, group=group) for each in once]
        self.at += 1
        if not self._take("?"):
            self._take("+")
        if mark == "?":
            return _few([*(_once(each, group=group) for each in once), ""])
        return _labels(once, mark) if group else [_MANY_TIMES.get((once[0], mark), SOME)]

    def _take(self, mark: str) -> bool:
        """Step over a mark if it stands here."""
        there = self.text.startswith(mark, self.at)
        self.at += len(mark) * there
        return there


def _once(text: str, *, group: bool) -> str:
    """Return one character for itself; an unescaped dot has a mark until the end."""
    if group or len(text) > 1:
        return text
    return {MANY: _DOT, _NON_BLANK: SOME, IN_LABEL: SOME, SEGMENT: SOME}.get(text, text)


def _labels(once: list[str], mark: str) -> list[str]:
    """Read a repeated group: labels of a name, each with its dot, or nothing that is known."""
    if all(each[:-1] in (LABEL, MANY, ANY) and each[-1:] in (".", _DOT) for each in once):
        return [f"{DEEP}.", ""] if mark == "*" else [f"{DEEP}."]
    return [SOME]


def _of_set(negated: str, members: str) -> list[str]:
    """Read a class: a few characters are alternatives."""
    if not negated and members in _EVERYTHING:
        return [_NON_BLANK]
    if members in _LABELS if not negated else "." in members:
        return [IN_LABEL]
    if negated and "/" in members:
        return [SEGMENT]
    plain = re.sub(r"\\([^\w\s])", r"\1", members)
    if not negated and len(plain) <= 4 and not set("\\-*") & set(plain):
        return list(plain)
    return [SOME]


def _joined(texts: list[str], more: list[str]) -> list[str]:
    """Put every continuation behind every text."""
    return _few([one + other for one, other in product(texts, more)])


def _few(found: list[str]) -> list[str]:
    """Refuse more alternatives than are read."""
    unique = list(dict.fromkeys(found))
    if len(unique) > MOST or sum(map(len, unique)) > LONGEST * 4:
        raise Foreign
    return unique


def _foreign() -> str:
    raise Foreign


def _unquoted(found: re.Match[str]) -> str:
    r"""Write what stands between ``\Q`` and ``\E`` without them."""
    return re.sub(r"([^\w/])", r"\\\1", found[1])
