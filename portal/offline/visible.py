"""Making text from elsewhere harmless to look at.

A report, a portal's answer or a file name may hold terminal commands, or characters that reorder
what is shown. They are replaced, visibly, before anything is printed or written for people.
"""

import re

REPLACEMENT = "\ufffd"

_HIDDEN = "\u00ad\u034f\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\ufeff\ufff9-\ufffb"
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul that show nothing
_DIRECTION = "\u061c\u202a-\u202e"  # further marks and isolates are among the hidden
# A tag or a selector can carry a whole message behind one letter.
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0000-\U000e0fff"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}{_HIDDEN}{_FILLERS}{_DIRECTION}{_SELECTORS}]")
_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")


def lines(text: str) -> str:
    """Return text whose only control characters are line feeds and tabs."""
    return _UNSAFE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))


def whole(text: str) -> str:
    """Return text without halves of characters, which stand for bytes that are no text."""
    return _HALVES.sub(REPLACEMENT, text)


def line(text: object) -> str:
    """Return text on one line, fit for a terminal."""
    return " ".join(lines(str(text)).split())
