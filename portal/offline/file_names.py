"""Names for files from elsewhere that are safe to write anywhere.

`static/js/file-names.js` makes the same names, so that a report looks the same whichever client
sealed it.
"""

import re
import unicodedata
from collections.abc import Iterable

NAME_BYTES = 100  # the name field of a ustar header
MAX_ENDING = 12  # characters; longer ones are not file types

# What some system treats as a separator or a command, and what reorders or hides text on a screen.
_UNSAFE = re.compile(
    '[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE | re.ASCII)


def flat_names(names: Iterable[str]) -> list[str]:
    """Return flat, safe and different names, in the same order."""
    taken: set[str] = set()
    free = []
    for name in names:
        free.append(_untaken(flat_name(name), taken))
        taken.add(free[-1].lower())  # some file systems do not tell cases apart
    return free


def flat_name(name: str) -> str:
    """Return a name without folders, odd characters or leading dots and hyphens.

    At most 100 bytes of UTF-8, never empty, never a name that Windows keeps for itself.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = re.sub(r"[. ]+$", "", _UNSAFE.sub("_", last).strip())
    shown = re.sub(r"^[.\-~]+", "_", shown)
    if _DEVICES.match(shown):
        shown = "_" + shown
    return _shortened(shown or "file", "")


def _untaken(name: str, taken: set[str]) -> str:
    free, copy = name, 2
    while free.lower() in taken:
        free = _shortened(name, f"-{copy}")
        copy += 1
    return free


def _shortened(name: str, mark: str) -> str:
    """Put a mark before the ending, cutting the stem so that the whole still fits."""
    dot = name.rfind(".")
    ending = name[dot:] if dot > 0 and len(name) - dot <= MAX_ENDING else ""
    stem = name[: len(name) - len(ending)]
    while len((stem + mark + ending).encode("utf-8")) > NAME_BYTES:
        stem = re.sub(r"[.\s]+$", "", stem[:-1])  # a cut must not end in what some system drops
    return stem + mark + ending
