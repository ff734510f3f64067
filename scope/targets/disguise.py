"""Characters of a path that some servers take for plainer ones.

An exclusion has to hold against them, and a permission must not be won by them.
"""

import re
import unicodedata
from urllib.parse import unquote

_OVERLONG = re.compile(  # two to four bytes for one of ASCII; the last is read as laxly as some do
    r"%(?:[cC]|[eE]0%8|[fF]0%80%8)([01])%([0-9A-Fa-f]{2})"
)
_SIXTEEN = re.compile(r"%[uU]([0-9A-Fa-f]{4})")  # as old web servers write Unicode
_CONTROL = re.compile("[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff]")  # and marks without width
_STREAM = re.compile(r":(?:\$?\w{0,20}):\$\w{1,30}(?=/|\Z)")  # of a file or folder on NTFS
_END = re.compile(  # of a file's name, which Windows drops, and blanks behind dots
    r"(?:(?<=[^/. ])[. ]+|(?<=/\.) +|(?<=/\.\.) +)(?=/|\Z)"
)
_SLASHES = str.maketrans("\\\u2044\u2215\u2216", "////")  # what Windows fits to the ASCII ones
_LAYERS = 4  # of escapes; a path with more is refused elsewhere


def removed(path: str) -> str:
    r"""Return a path with every character in its plainest form; its escapes are undone.

    >>> removed("/a/%c0%ae%c0%ae/b"), removed("/%u0061dmin"), removed("/admin.%20/x%00")
    ('/a/../b', '/admin', '/admin/x')
    """
    text = _SIXTEEN.sub(_sixteen, _OVERLONG.sub(_short, path))
    for _ in range(_LAYERS):
        text = unquote(text)
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = _CONTROL.sub("", folded).translate(_SLASHES)
    return _END.sub("", _STREAM.sub("", plain))


def _short(found: re.Match[str]) -> str:
    """Undo an overlong form."""
    return chr((int(found[1]) & 1) << 6 | int(found[2], 16) & 0x3F)


def _sixteen(found: re.Match[str]) -> str:
    """Undo a form with four digits."""
    return chr(int(found[1], 16))
