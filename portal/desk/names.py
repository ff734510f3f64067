"""Names of people and labels of things: one line that everybody can see."""

import unicodedata

from portal.errors import NameRefused

LONGEST = 80  # characters, as the tables keep them


def parse(text: str) -> str:
    """Return a name in its normal form, with single blanks.

    Raises:
        NameRefused: It is empty, too long, or holds control or formatting characters, with which
            one name could pass for another.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    hidden = any(unicodedata.category(one).startswith("C") for one in text)
    if not name or len(name) > LONGEST or hidden:
        raise NameRefused(
            "This name cannot be used: it is empty, too long or holds invisible characters.",
            hint=f"Write 1 to {LONGEST} visible characters in one line.",
        )
    return name
