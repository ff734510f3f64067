"""A rule's text, freed from what copying and formatting leave behind."""

import re

from scope.reading.finding import UNCLEAR, Finding
from scope.reading.spellings import plain
from scope.targets.edges import EDGES

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_ESCAPED = re.compile(r"\\([*._-])")
_LONG_BLANK = re.compile(r"(?<=\S)\s{2,}(?=\S)")  # long ones would make every later search slow
_SPLIT_STAR = re.compile(r"(\*\.)\s+(?=[\w*-])")
_QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e\u201a\u2039\u203a\u300c\u300d"
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_EITHER_SCHEME = re.compile(r"\Ahttps\?://(?=[^/])", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"<[^<>/:]{1,60}>|#{2,}|%[A-Za-z_]{3,40}%|(?<=[-._])X{2,6}(?=[-._])|\$\{\w{1,40}\}|\$[A-Z][A-Z_]{1,40}\b"
)
_AND_SO_ON = re.compile(r"/(?:\.\.\.|\u2026)\Z")
_BULLET = re.compile(r"(?:[-\u2022]|\*(?=\s+[\w*]))\s+")
_REDACTED = re.compile("[\u2580-\u259f\u25a0\u25fc]|\\[redacted\\]", re.IGNORECASE)


def clean(pattern: str) -> tuple[str, tuple[Finding, ...]]:
    r"""Return the text to read, and what was taken away from it.

    >>> clean("\\*. shop.example, ")
    ('*.shop.example', (Finding(code='blank', detail=''), Finding(code='stray-mark', detail='')))

    Placeholders such as ``<name>`` become a sign of their own, `UNCLEAR`.
    """
    steps = (
        ("invisible-character", lambda text: _INVISIBLE.sub("", text)),
        ("blank", lambda text: _SPLIT_STAR.sub(r"\1", text.strip(EDGES))),
        ("stray-mark", _bare),
        ("respelled", lambda text: plain(_of_either_scheme(text, pattern))),
        ("ellipsis", lambda text: _AND_SO_ON.sub("/*", text)),
        ("placeholder", lambda text: _PLACEHOLDER.sub(UNCLEAR, text)),
    )
    text, findings = _LONG_BLANK.sub(" ", _ESCAPED.sub(r"\1", pattern)), []
    for code, step in steps:
        before, text = text, step(text)
        if text != before:
            findings.append(Finding(code))
    return text, tuple(findings)


def _of_either_scheme(text: str, pattern: str) -> str:
    """Write ``https?://`` as any scheme, unless the rule goes on as an expression does."""
    return text if "\\" in pattern else _EITHER_SCHEME.sub("*://", text)


def redacted(pattern: str) -> bool:
    """Tell whether a part of the text was blacked out before publication."""
    return bool(_REDACTED.search(pattern))


def _bare(text: str) -> str:
    """Take away quotes round the text, marks beside it, and the brackets of a written-out link."""
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    text = _AUTOLINK.sub(r"\1", text).rstrip(",; \t").strip(_QUOTES)
    return text.strip()
