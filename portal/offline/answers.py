"""What comes back from a portal: a file, an object, a refusal, or nothing at all."""

import http.client
import json
import urllib.error
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from portal.errors import NoSuchReport, NoSuchVersion, PortalRefused, PorticoError, SignInNeeded
from portal.offline import visible

MAX_ANSWER_BYTES = 16 * 1024 * 1024  # a keyset takes 170 kB, a scope of 40,000 rules some 6 MB
PIECE = 1024 * 1024  # bytes written at a time
PASSING = frozenset({502, 503, 504})  # a restart, or too much to do

# Refusals that a caller tells from others, by their code.
KNOWN: Mapping[str, type[PorticoError]] = {
    each.code: each for each in (NoSuchReport, NoSuchVersion, SignInNeeded)
}


class Unanswered(PortalRefused):
    """No answer came; the request may or may not have arrived."""


class Elsewhere(PortalRefused):
    """The portal points to another address, which is not followed.

    Attributes:
        location: That address, as it was given; not fit for a terminal.
    """

    def __init__(self, location: str) -> None:
        super().__init__(
            f"The portal points to {visible.line(location)}.", hint="Use that address, if right."
        )
        self.location = location


class Answer(Protocol):
    """What is read of an answer."""

    def read(self, amount: int, /) -> bytes:
        """Return at most so many bytes; nothing only at the end."""


def in_memory(answer: Answer) -> bytes:
    """Read an answer into memory.

    Raises:
        PortalRefused: It is longer than any answer of a portal.
    """
    content = answer.read(MAX_ANSWER_BYTES + 1)
    if len(content) > MAX_ANSWER_BYTES:
        raise PortalRefused(
            f"The answer is longer than {MAX_ANSWER_BYTES} bytes.",
            hint="Check the address: is it a Portico?",
        )
    return content


def copied(answer: Answer, target: Path) -> bytes:
    """Write an answer to a file, in constant memory."""
    with target.open("wb") as file:
        while piece := answer.read(PIECE):
            file.write(piece)
    return b""


def unanswered(reason: str) -> Unanswered:
    """Say that no answer came, and why."""
    return Unanswered(
        f"The portal did not answer: {reason}.",
        hint="Check the address and your connection, then try again.",
    )


def refusal(error: urllib.error.HTTPError) -> Exception:
    """Turn an error answer into an error of ours, its words made harmless."""
    if error.code in PASSING:
        return unanswered(f"it answered {error.code}")
    if 300 <= error.code < 400:
        return Elsewhere(error.headers.get("Location", "another address"))
    try:
        said = json_object(error.read(MAX_ANSWER_BYTES))["error"]
        kind = KNOWN.get(said["code"], PortalRefused)
        return kind(visible.line(said["message"]), hint=visible.line(said["hint"]))
    except (PortalRefused, KeyError, TypeError, OSError, http.client.HTTPException):
        return PortalRefused(
            f"The portal answered {error.code}.", hint="Check the address and the program's name."
        )


def json_object(content: bytes) -> dict[str, Any]:
    """Return the JSON object in an answer.

    Raises:
        PortalRefused: It is none.
    """
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise PortalRefused(
            "The answer is not that of a portal.", hint="Check the address: is it a Portico?"
        )
    return answer
