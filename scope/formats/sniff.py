"""What format a file is in, where it says so itself; a doubtful one is for the caller to name."""

import re
from collections.abc import Iterator, Mapping

from scope import looks
from scope.errors import FormatUnreadable
from scope.formats import strict

LONGEST = 64  # objects that are looked at; a platform's file has as many as it has programs

_PLAN = re.compile(r"^env\s*:.*?^\s+contexts\s*:", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"identifier,asset_type,")
_HEADING = re.compile(r"^# \.(?:inscope|noscope)\s*$", re.MULTILINE)

_MARKS = (  # names of members that one platform alone gives an entry or a program together
    (frozenset({"asset_identifier"}), "hackerone"),
    (frozenset({"ipAddress"}), "bugcrowd"),
    (frozenset({"managed_by_bugcrowd"}), "bugcrowd"),
    (frozenset({"endpoint"}), "intigriti"),
    (frozenset({"scope", "scope_type"}), "yeswehack"),
    (frozenset({"disabled", "managed", "min_bounty", "targets"}), "yeswehack"),
    (frozenset({"identifier", "in_scope"}), "federacy"),
    (frozenset({"offers_awards"}), "federacy"),
)


def guess(text: str) -> str | None:
    """Return the name of a file's format; None when the file does not say.

    >>> guess('{"target": {"scope": {"include": []}}}'), guess("*.shop.example")
    ('burp', 'text')

    Lists for other tools look like plain text, or like each other: those of names are taken for
    plain text, those of expressions for nothing.
    """
    bare = text.lstrip("\ufeff \t\r\n")
    if looks.plain(bare):
        return "text"
    if bare.startswith(("{", "[")):
        return _of_json(bare)
    if bare.startswith("<"):
        return "zap-context" if re.search(r"<configuration[\s>]", bare) else None
    if _TABLE.match(bare):
        return "hackerone"
    if _PLAN.search(bare):
        return "zap-plan"
    return "hacker-scoper" if _HEADING.search(bare) else None


def _of_json(text: str) -> str | None:
    """Tell JSON by the names in it; None when it says nothing, or says two things."""
    try:
        raw = strict.document(text).raw
    except FormatUnreadable:
        return None
    if isinstance(raw, Mapping):
        if str(raw.get("format", "")).startswith("portico-scope/"):
            return "portico"
        if "env" in raw:
            return "zap-plan"
        if _burp(raw):
            return "burp"
    objects = [set(each) for each in _objects(raw)]
    found = {form for names, form in _MARKS if any(names <= each for each in objects)}
    return found.pop() if len(found) == 1 else None


def _burp(raw: Mapping[str, object]) -> bool:
    """Tell whether an object holds a target scope."""
    target = raw.get("target", raw)
    inner = target.get("scope", target) if isinstance(target, Mapping) else None
    return isinstance(inner, Mapping) and any(
        isinstance(inner.get(side), list) for side in ("include", "exclude")
    )


def _objects(raw: object) -> Iterator[Mapping[str, object]]:
    """Go through the objects of a document, the outer first, some of each list."""
    waiting, seen = [raw], 0
    while waiting and seen < LONGEST * LONGEST:
        current = waiting.pop(0)
        seen += 1
        if isinstance(current, Mapping):
            yield current
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current[:LONGEST]
