"""What someone who asks about a target says of it: read strictly, within bounds.

A fact that was dropped for being odd could permit what it would have forbidden, so it is refused.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from portal.errors import InquiryRefused
from scope import Facts, ScopeError
from scope.formats.strict import Value

NOTHING_KNOWN: Final = Facts()
LISTS: Final = ("ips", "cnames", "tags")
KINDS: Final = (*LISTS, "date")
MOST: Final = 100  # of one kind, about one target
LONGEST: Final = 253  # characters; the longest name there is

_BETWEEN = re.compile(r"[\s,;]+")


def read(value: Value, known: Facts = NOTHING_KNOWN) -> Facts:
    """Read ``{"ips": [...], "cnames": [...], "tags": [...], "date": "2026-11-22"}``.

    Args:
        value: The object; an empty list in it says that there are known to be none.
        known: Where to take what it does not say.

    Raises:
        ScopeError: Something odd; the message names its place.
    """
    members = value.members(KINDS)
    lists = {
        name: _texts(members[name]) if name in members else getattr(known, name) for name in LISTS
    }
    day = _day(members["date"]) if "date" in members else known.date
    try:
        return Facts(**lists, date=day)
    except ScopeError as fault:
        value.refuse(f"cannot be used: {fault.message.rstrip('.')}")


def from_json(raw: object) -> Facts:
    """Read what stands in a JSON body under ``facts``; None says nothing.

    Raises:
        InquiryRefused: Something odd.
    """
    try:
        return NOTHING_KNOWN if raw is None else read(Value(raw, "What was said of the target"))
    except ScopeError as fault:
        raise refused(fault) from fault


def from_form(fields: Mapping[str, str]) -> Facts:
    """Read `fact-ips`, `fact-cnames` and `fact-tags`: words with blanks or commas between them.

    An empty field says nothing.

    Raises:
        InquiryRefused: Something that is no address, no name, or far too much of it.
    """
    typed = {name: _BETWEEN.split(fields.get(f"fact-{name}", "").strip(" ,;")) for name in LISTS}
    said = {name: words for name, words in typed.items() if words != [""]}
    return from_json(said)


def refused(fault: ScopeError) -> InquiryRefused:
    """Say to whoever asked what the library says of their question."""
    return InquiryRefused(
        fault.message,
        hint="Write it as the page shows it, or as /api/v1/openapi.json describes it.",
    )


def _texts(value: Value) -> tuple[str, ...]:
    """Read a short list of short texts."""
    texts = tuple(each.text() for each in value.items())
    if len(texts) > MOST or any(len(text) > LONGEST for text in texts):
        value.refuse("is longer than a target's facts can be")
    return texts


def _day(value: Value) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(value.text())
    except ValueError:
        value.refuse("is not a day such as 2026-11-22")
