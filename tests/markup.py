"""Pages as somebody without script reads them."""

import re
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_UNSEEN: Final = frozenset({"head", "template", "script", "style"})
# Marks that stand close to the word before them, or after them, whatever tag is in between.
_BEFORE: Final = re.compile(r" ([.,;”])")
_AFTER: Final = re.compile(r"(“) ")


class _Reading(HTMLParser):
    """Collects the text of whatever is neither hidden nor kept for a script."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = 0  # open elements, counted from the outermost one that is not shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in."""
        if tag not in _VOID and (self._unseen or tag in _UNSEEN or "hidden" in dict(attrs)):
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        """Come out."""
        if tag not in _VOID and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        """Read."""
        if not self._unseen:
            self.said.append(data)


def words(markup: str) -> str:
    """Return the words of a page, or of a part of one, that are shown."""
    reading = _Reading()
    reading.feed(markup)
    reading.close()
    said = " ".join(" ".join(reading.said).split())
    return _AFTER.sub(r"\1", _BEFORE.sub(r"\1", said))
