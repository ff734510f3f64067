"""The key to answer to, in a report that was sealed by hand.

Nobody but its author vouches for what stands in such a file; the answer goes to whoever wrote it.
"""

import re

from portal.age import recipients
from portal.age.errors import RecipientRefused
from portal.intake.by_hand import OWN_KEY

_STATED = re.compile(re.escape(OWN_KEY) + r"\s*`?(age1[0-9a-z]+)`?(?=\s|$)")


def own_key(text: str) -> str | None:
    """Return the public key that a filled-in `report.md` asks answers to be sealed to.

    Nothing is returned when it names none, or several different ones: an answer must not go to a
    key that its reader may not hold.
    """
    found = {each for each in _STATED.findall(text) if _is_key(each)}
    return found.pop() if len(found) == 1 else None


def _is_key(text: str) -> bool:
    try:
        return str(recipients.parse(text)) == text
    except RecipientRefused:
        return False
