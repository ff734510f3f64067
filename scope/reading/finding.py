"""What was noticed while a rule was read; `lint` turns it into advice."""

from typing import NamedTuple

UNCLEAR = "\x03"  # stands for a star that nobody wrote: a placeholder, an ellipsis


class Finding(NamedTuple):
    """Something noticed in a rule's text.

    Attributes:
        code: Stable name, in kebab-case.
        detail: The piece of text that it is about.
    """

    code: str
    detail: str = ""
