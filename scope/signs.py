"""Ways to say in a text file that a rule excludes, other than the plain mark.

Whoever writes ``exclude: dev.shop.example`` or a heading such as "Out of scope" means a refusal.
A sign on the line itself is read as ``!``. A heading is not: how far it reaches is a guess, so a
file that has rules without a mark below one is refused.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from scope.errors import RulesUnreadable

LONGEST_HEADING = 120

_MARKS = "\uff01\ufe57\u2757\u203c\u274c\u2716\u26d4\U0001f6ab"  # full-width, heavy, crosses
_OUT = (
    r"exclu(?:de[ds]?|ding|sions?)|out(?:[ \t_-]+of[ \t_-]+scope)?|not(?:[ \t_-]+in[ \t_-]+scope)?"
    r"|oos|non?[ \t_-]+scope|off[ \t_-]+limits|forbidden|prohibited|den(?:y|ied)|disallow(?:ed)?"
    r"|ignored?|except(?:ions?)?|(?:do[ \t]+not|don't)[ \t]+test"
)
_EDGE = rf"(?:[^\w!{_MARKS}]|_)"
_BULLETS = r"(?:[-\u2022*][ \t]+)*"
_QUOTES = "[\"'`\u201c\u2018(\\[<]*"
_WORD = re.compile(r"[^\W_]+(?:'t)?")
_JOINED = re.compile(r"\w[.@/:]\w")  # a host or address, whatever words it is made of
_REFUSING = frozenset({
    "exclude", "excluded", "excludes", "excluding", "exclusion", "exclusions", "out", "oos", "non",
    "forbidden", "prohibited", "deny", "denied", "disallow", "disallowed", "ignore", "ignored",
    "except", "exception", "exceptions", "not", "don't", "off",
})  # fmt: skip
_AROUND = frozenset({
    "of", "in", "scope", "the", "these", "this", "those", "following", "all", "and", "or", "are",
    "is", "limits", "do", "test", "domain", "domains", "subdomain", "subdomains", "host", "hosts",
    "hostname", "hostnames", "asset", "assets", "target", "targets", "url", "urls", "site",
    "sites", "website", "websites", "list", "items", "rules", "section", "systems", "apps",
    "applications", "ips", "ranges", "addresses",
})  # fmt: skip
_ADMITTING = frozenset({
    "in", "included", "include", "includes", "inclusions", "inclusion", "allowed", "permitted",
})  # fmt: skip


# Expressions that few files need. To compile them takes a third of the time that the interpreter
# takes to start, and the filter promises to be done by then with a hundred targets.
@cache
def _worth_a_look() -> re.Pattern[str]:
    """Return what most lines without a sign fail to match."""
    return re.compile(rf"{_EDGE}*+(?:!|[{_MARKS}]|[^\W_]{{1,20}}(?![\w.@]))")


@cache
def _glued() -> re.Pattern[str]:
    """Return what finds a sign, in a line without a blank, behind its line end."""
    return re.compile(
        rf"[\r\n][-*\"'`(\[]*+(?:(?<![\r\n])!|(?:{_OUT})[\])\"'*]*[:=])", re.IGNORECASE
    )


@cache
def _sign() -> re.Pattern[str]:
    """Return what matches a sign at the start of a line."""
    return re.compile(
        rf"[\s\ufeff]*{_BULLETS}(?:-+(?=[!{_MARKS}]))?({_QUOTES})(?:!|[{_MARKS}]\ufe0f?)+\s*(?=\S)"
        rf"|[\s\ufeff]*{_BULLETS}({_QUOTES})(?:{_OUT})[\])\"'*]*\s*(?::|=+>?|->)\s*"
        rf"(?=[^\s\d#])(?!\d+\Z)"
        rf"|[\s\ufeff]*{_BULLETS}(?:{_OUT})[ \t]+(?=[^\s#]*[.:/][^\s#]*(?:\s+#.*)?\s*\Z)",
        re.IGNORECASE,
    )


def glued(text: str) -> bool:
    r"""Tell whether a line without a blank may have a sign; told of most long files at once.

    >>> glued("a.shop.example\nout:dev.shop.example"), glued("!dev.shop.example\na.example:80")
    (True, False)
    """
    marks = text.count("!") != text.count("\n!") + text.startswith("!")
    limits = text.count(":") != text.count("://") or "=" in text
    return (marks or limits) and _glued().search(f"\n{text}") is not None


def marked(line: str) -> str:
    """Write the sign of an exclusion at the start of a line as ``!``; leave other lines alone.

    >>> marked("exclude: dev.shop.example"), marked("shop.example")
    ('! dev.shop.example', 'shop.example')
    """
    found = _sign().match(line) if _worth_a_look().match(line) else None
    if found is None:
        return line
    return f"! {found[1] or found[2] or ''}{line[found.end() :]}"


class Headings:
    """The headings of a file that say what is out of scope, and those that say what is in."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[tuple[int, bool]] = []

    def takes(self, line: str, number: int) -> bool:
        """Take in a line, comment or not, that is a heading which excludes; note one that admits.

        A heading that admits and is no comment stays a rule, which decides nothing.
        """
        if not _worth_a_look().match(line):
            return False
        refuses = _heads(line, _REFUSING)
        if refuses or _heads(line, _ADMITTING):
            self._found.append((number, refuses))
        return refuses

    def require_marks(self, unmarked: Sequence[int]) -> None:
        """Refuse rules below a heading that excludes, up to one that admits.

        Args:
            unmarked: The lines of rules without a mark, in rising order.

        Raises:
            RulesUnreadable: There are some; the headings are named.
        """
        ends = [number for number, refuses in self._found if not refuses]
        wrong = [at for at, refuses in self._found if refuses and _follows(unmarked, at, ends)]
        if wrong:
            raise RulesUnreadable(
                f"Rules without a mark follow line {', '.join(map(str, wrong))}, which says that "
                "they are out of scope.",
                hint="Write ! before each excluded rule; a heading excludes nothing.",
            )


def _follows(unmarked: Sequence[int], heading: int, ends: list[int]) -> bool:
    """Tell whether a rule without a mark stands between a heading and the next that admits."""
    end = next((each for each in ends if each > heading), None)
    after = bisect_right(unmarked, heading)
    return after < len(unmarked) and (end is None or unmarked[after] < end)


def _heads(line: str, words: frozenset[str]) -> bool:
    """Tell whether a line, comment or not, is nothing but a heading with one of some words."""
    bare = line.strip()
    if len(bare) > LONGEST_HEADING or bare.startswith("!") or _JOINED.search(bare):
        return False
    found = [each.lower() for each in _WORD.findall(bare)]
    return bool(words & set(found)) and all(each in words | _AROUND for each in found)
