"""What someone who follows a report shows at the door, read without ever keeping it."""

import re

from portal.errors import MalformedToken
from portal.intake.delivery import stored
from portal.intake.token import MADE_BY_CLIENT, Token

_STATUS_CODE = re.compile(r"[0-9a-f]{64}")


def from_json(body: object) -> str:
    """Return the stored form of the look-up value in ``{"lookup": 64 hex digits}``.

    Raises:
        MalformedToken: It is absent or malformed.
    """
    lookup = body.get("lookup") if isinstance(body, dict) else None
    if not isinstance(lookup, str) or not _STATUS_CODE.fullmatch(lookup):
        raise MalformedToken(
            "The look-up value is not 64 hexadecimal digits.",
            hint="Derive it from the token, as `portico status` and the status page do.",
            reason="length",
        )
    return stored(lookup)


def from_text(text: str) -> str:
    """Return the stored form of what was typed without script: a status code or an issued token.

    Raises:
        MalformedToken: Neither; or a token that the reporter's own browser made. That one holds
            the key to the report, so it is not looked up and should not be used again.
    """
    code = "".join(text.split()).lower()
    if _STATUS_CODE.fullmatch(code):
        return stored(code)
    token = Token.parse(text)
    if token.version == MADE_BY_CLIENT:
        raise MalformedToken(
            "This token must not be sent to a server: it can also open your report. It was not "
            "looked up, but treat it as exposed.",
            hint="Use the status code from your private card here, or allow scripts on this page, "
            "which then never sends the token.",
            reason="version",
        )
    return token.stored
