"""The first look at a pack: is it TOML at all?"""

import re
import tomllib
from typing import Any, Final

from portal.policy.faults import Fault, PackRefused

MAX_SOURCE: Final = 1024 * 1024  # characters; packs are written by hand
# How the standard reader ends its message; it names no other place before Python 3.14.
_WHERE: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def values(text: str) -> dict[str, Any]:
    """Return the values of a TOML text.

    Raises:
        PackRefused: It is not TOML, or longer than any pack; the one fault has its line.
    """
    if len(text) > MAX_SOURCE:
        hint = "Move long texts to a page of their own."
        raise PackRefused((Fault(1, "", f"This is longer than {MAX_SOURCE} characters.", hint),))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackRefused((_syntax(str(error), text),)) from error


def _syntax(message: str, text: str) -> Fault:
    """Return the fault for what the reader said."""
    place = _WHERE.search(message)
    last = text.rstrip("\n").count("\n") + 1
    line = int(place[1]) if place and place[1] else (last if place else 1)
    said = _WHERE.sub("", message).strip() or "too much is nested"
    hint = "Correct the TOML first; other faults show once it can be read (toml.io)."
    return Fault(line, "", f"This is not TOML: {said}.", hint)
