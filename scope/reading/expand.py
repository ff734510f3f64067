"""Alternatives, spans and lists in one rule, written out.

    *.shop.(fr|de)         two names         ripe(1to87).example    87 names
    s{1,2}.example         two names         a[.e2e].example        with and without
    a.example, b.example   two names         www.a.com | .fr        the same name, another suffix

Brackets are written out first, then the list is cut.
"""

import re
from collections.abc import Iterator

from scope.places import suffix
from scope.reading import spellings
from scope.reading.finding import UNCLEAR
from scope.targets import address

MOST = 1024  # texts one rule may expand to; the longest real span has 87
MOST_LETTERS = 262_144  # of all these texts together, so that a long rule is not read many times
MOST_GROUPS = 64  # pairs of brackets in one rule

_GROUP = re.compile(r"([(\[{])([^()\[\]{}]*)[)\]}]")
_SPAN = re.compile(r"(\d{1,6})\s*(?:to|\.\.|-|\u2013)\s*(\d{1,6})")
_IPV6 = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[\w.-]*)?")
_SEPARATOR = re.compile(
    r"\s*[|;\u3001\uff0c\uff1b\u2022\u2192]\s*|\s+/\s+|\s+(?:and|or|&)\s+|,\s+|\s+", re.IGNORECASE
)
_QUERIED = re.compile(r"https?://[^\s|;,?]+\?(\S*)", re.IGNORECASE)
_HOSTLIKE = re.compile(r"[\w*-]*\.|https?:", re.IGNORECASE)
_ELLIPSIS = frozenset({"\u2026", "...", "etc", "etc."})
_TRAILING = re.compile(r"\u2026|\.\.\.|\betc\b", re.IGNORECASE)
_ATTACHED = re.compile(r"(?<=\w)\((?=[^()|]*+\)\s*+\Z)(?=[^()|]*?[A-Za-z]{2})")
_HELD = str.maketrans("[]()", "\x01\x02\x04\x05")  # brackets that stay as they are
_FREED = str.maketrans("\x01\x02\x04\x05", "[]()")


def assets(text: str) -> tuple[str, ...]:
    """Return everything that a text without a remark lists, its brackets written out.

    >>> assets("(a|b).example and c.example")
    ('a.example', 'c.example', 'b.example')
    """
    written = alternatives(without_strays(text))
    return tuple(dict.fromkeys(each for one in written for each in items(one)))


def trails_off(text: str) -> bool:
    """Tell whether a text leaves some of what it means to three dots or "etc".

    >>> trails_off("a.example, b.example, etc."), trails_off("a.example")
    (True, False)
    """
    return bool(_TRAILING.search(text))


def without_remark(text: str) -> str:
    """Return a text without the bracketed remark at its end.

    >>> without_remark("help.shop.example (run by others (see below))")
    'help.shop.example'
    >>> without_remark("help.shop.example(legacy)"), without_remark("shop.example/a(b)")
    ('help.shop.example', 'shop.example/a(b)')
    """
    first = re.search(r"\s+[(\[{]", text)
    if first and first.start() and text.rstrip().endswith((")", "]", "}")):
        return text[: first.start()]
    attached = _ATTACHED.search(text)
    return text[: attached.start()] if attached and not _in_path(text) else text


def without_strays(text: str) -> str:
    """Return a text without brackets at its ends that nothing opens or closes.

    >>> without_strays("edge.shop.(fr|de))"), without_strays("shop.example/a(b)")
    ('edge.shop.(fr|de)', 'shop.example/a(b)')
    """
    for opening, closing in ("()", "[]", "{}"):
        extra = text.count(closing) - text.count(opening)
        ends = len(text) - len(text.rstrip(closing) if extra > 0 else text.lstrip(opening))
        cut = min(abs(extra), ends)
        text = text[: len(text) - cut] if extra > 0 else text[cut:]
    return text


def alternatives(text: str) -> tuple[str, ...]:
    """Return every text that the brackets in one stand for.

    >>> alternatives("*.shop.(fr|de)"), alternatives("a[.e2e].example")
    (('*.shop.fr', '*.shop.de'), ('a.example', 'a.e2e.example'))

    More than a thousand are not written out: each bracket becomes a star that nobody wrote.
    """
    waiting, done = [text], []
    if len(re.findall(r"[(\[{]", text)) > MOST_GROUPS:
        return (_GROUP.sub(UNCLEAR, text),)
    while waiting:
        current = waiting.pop()
        group = _GROUP.search(current)
        if not group:
            done.append(current.translate(_FREED))
            continue
        before, after = current[: group.start()], current[group.end() :]
        choices = tuple(_choices(group, before))
        many = len(waiting) + len(done) + len(choices)
        if many > MOST or many * len(text) > MOST_LETTERS:
            return (_GROUP.sub(UNCLEAR, text),)
        waiting += reversed([before + choice + after for choice in choices])
    return tuple(dict.fromkeys(done))


def items(text: str) -> tuple[str, ...]:
    """Return the entries of a list, or the text itself.

    >>> items("a.example and b.example"), items("www.shop.com | .fr")
    (('a.example', 'b.example'), ('www.shop.com', 'www.shop.fr'))
    """
    if address.parse(text) or _one_url(text):
        return (text,)
    if span := spellings.counted(text):
        return span
    found = [each for word in _SEPARATOR.split(text) for each in _at_commas(word)]
    stem = suffix.stem(found[0].lower()) if len(found) > 1 else None
    named = (
        stem + each if stem and re.fullmatch(r"\.[A-Za-z.]+", each) else each
        for each in found
        if each and each not in _ELLIPSIS
    )
    return tuple(dict.fromkeys(named))


def _one_url(text: str) -> bool:
    """Tell whether a text is one URL, in whose query nothing separates entries of a list."""
    found = _QUERIED.fullmatch(text)
    pieces = re.split(r"[|;,]", found[1])[1:] if found else []
    return bool(pieces) and not any(map(_HOSTLIKE.match, pieces))


def _choices(group: re.Match[str], before: str) -> Iterator[str]:
    """Yield what a pair of brackets may stand for."""
    bracket, inner = group[1], group[2].strip()
    span = _SPAN.fullmatch(inner)
    if bracket == "[" and _IPV6.fullmatch(inner):
        yield group[0].translate(_HELD)
    elif "|" in inner or (bracket == "{" and "," in inner):
        listed = (each.strip() for each in re.split(r"[|,]" if bracket == "{" else r"\|", inner))
        yield from (UNCLEAR if each in _ELLIPSIS else each for each in listed)
    elif span:
        yield from _numbers(span[1], span[2])
    elif inner == "*":
        yield "*"
    elif (bracket == "[" and {inner[:1], inner[-1:]} & {".", "-"}) or inner in ("s", "*."):
        yield from ("", inner)
    elif _in_path(before):
        yield group[0].translate(_HELD) if bracket == "(" else "*"
    else:
        yield inner if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*", inner) and bracket == "(" else UNCLEAR


def _in_path(before: str) -> bool:
    """Tell whether what stands before a bracket has reached the path."""
    return "/" in before.rpartition("://")[2]


def _numbers(first: str, last: str) -> Iterator[str]:
    """Count from one number to another, keeping leading zeros."""
    low, high = sorted((int(first), int(last)))
    if high - low >= MOST:
        yield UNCLEAR
        return
    yield from (str(number).zfill(len(first)) for number in range(low, high + 1))


def _at_commas(word: str) -> list[str]:
    """Cut a word at commas, unless a comma may belong to a path."""
    ports = spellings.each_port(word.strip(","))
    if len(ports) > 1:
        return list(ports)
    cut = word.strip(",").split(",")
    if address.parse(word) or len(cut) == 1:
        return [word]
    apart = all("://" in each or address.parse(each) for each in cut)
    return cut if apart or not set("/?#") & set(word) else [word]
