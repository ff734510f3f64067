"""Conditions in the words of a rule: found, written out as a proposal, never guessed at."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_AND = " AND "
_RESOLVES = re.compile(
    r"(.{0,300}?)\b(?:that|which|who)?\s{0,3}\bresolv(?:es?|ing)\s{1,3}(?:in)?to\s{1,3}(.{1,300})",
    re.IGNORECASE | re.DOTALL,
)
_OUTSIDE = re.compile(
    r"\boutside\s{1,3}(?:of\s{1,3})?.{0,60}?\b(?:ranges?|blocks?|networks?|subnets?|addresses|ips?)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no)\b|n[o']t\b", re.IGNORECASE)


class Clause(NamedTuple):
    """A rule's words, cut where its condition begins.

    Attributes:
        about: What the rule is about, such as "Any host".
        where: What it has to resolve to, as written.
        outside: It has to resolve to anything else.
    """

    about: str
    where: str
    outside: bool


def possible(text: str) -> bool:
    """Tell whether it pays to look for a condition; most texts have none."""
    return _AND in text or "resolv" in text.lower()


def joined(text: str) -> tuple[str, str] | None:
    """Return what stands on the two sides of a logical AND; None when there is none.

    Only in capitals: in small letters, "and" mostly separates the entries of a list.

    >>> joined("(*.shop.example:80) AND 192.0.2.0/24"), joined("a.example and 192.0.2.1")
    (('(*.shop.example:80)', '192.0.2.0/24'), None)
    """
    one, found, other = text.partition(_AND)
    if not found or _AND in other or not any(letter.islower() for letter in text):
        return None
    return one.strip(), other.strip()


def resolving(text: str) -> Clause | None:
    """Return a condition of the form "… that resolves to …"; None when there is none.

    >>> resolving("Anything that resolves to 192.0.2.0/24")
    Clause(about='Anything', where='192.0.2.0/24', outside=False)
    """
    found = _RESOLVES.match(text)
    if not found:
        return None
    about = found[1].strip()
    return Clause(about, found[2].strip(), bool(_NOT.search(about)))


def outside(text: str) -> bool:
    """Tell whether a text speaks of what lies outside of some addresses it does not list.

    >>> outside("Any *.shop.example host located outside of the in-scope IP ranges")
    True
    """
    return bool(_OUTSIDE.search(text))


def proposal(pattern: str, key: str, texts: Iterable[str]) -> str:
    """Write a rule with a condition the way a policy pack holds it.

    >>> proposal("*", "cname", ["*.login.example"])
    'pattern = "*", when = { cname = ["*.login.example"] }'
    """
    listed = ", ".join(map(_quoted, texts))
    return f"pattern = {_quoted(pattern)}, when = {{ {key} = [{listed}] }}"


def _quoted(text: str) -> str:
    """Put a text in quotes as TOML does."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
