"""What can be done on the portal's own page alone: passkeys belong to its address."""

import json
from typing import Final

from portal.errors import ConfirmationNeeded, NotAllowed

_PASSKEYS: Final = ("sign-in/", "enrol/", "confirm/", "account/passkeys", "desk-keys")


def require_here(path: str, *, portal: str) -> None:
    """Make sure that an address of the staff API can do its work from the local desk.

    Args:
        path: The address.
        portal: Where the portal's own desk is.

    Raises:
        NotAllowed: It takes a passkey, which this page cannot ask for.
    """
    below = path.removeprefix("/staff/api/")
    if below.startswith(_PASSKEYS):
        raise NotAllowed(_SENTENCE, hint=_hint(portal))


def told(content: bytes, *, portal: str) -> bytes:
    """Return the portal's refusal, in words that lead on from here.

    A page that is told to confirm would ask for the passkey itself, in vain.
    """
    try:
        code = json.loads(content)["error"]["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return content
    if code != ConfirmationNeeded.code:
        return content
    error = {"code": NotAllowed.code, "message": _SENTENCE, "hint": _hint(portal)}
    return json.dumps({"error": error}).encode()


_SENTENCE: Final = "This takes your passkey, which works on the portal's own page only."


def _hint(portal: str) -> str:
    return f"Do it there: {portal}/staff/"
