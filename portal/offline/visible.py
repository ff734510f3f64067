"""Making text from elsewhere harmless to look at.

A report, a portal's answer or a file name may hold terminal commands, or characters that reorder
what is shown. They are replaced, visibly, before anything is printed or written for people.
"""

import re

REPLACEMENT = "\ufffd"

_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}{_HIDDEN}]")
_LINE_ENDS = re.compile(r"\r\n?")


def lines(text: str) -> str:
    """Return text whose only control characters are line feeds and tabs."""
    return _UNSAFE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))


def line(text: object) -> str:
    """Return text on one line, fit for a terminal."""
    return " ".join(lines(str(text)).split())
