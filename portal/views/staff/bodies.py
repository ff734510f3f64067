"""Reading the JSON that a page of the desk sends."""

import re
from collections.abc import Iterator
from typing import Any

from portal import web
from portal.errors import BodyRefused

# Half of a surrogate pair has no UTF-8, and PostgreSQL keeps no NUL.
_LOST = re.compile("[\x00\ud800-\udfff]")


def given() -> object:
    """Return the JSON of the request; None when it is none, or holds text that nothing keeps."""
    body = web.json_body()
    return body if _can_be_kept(body) else None


def fields() -> dict[str, Any]:
    """Return the JSON object of the request.

    Raises:
        BodyRefused: There is none, or it holds text that nothing keeps.
    """
    body = given()
    if not isinstance(body, dict):
        raise _refused("a JSON object")
    return body


def perhaps() -> dict[str, Any]:
    """Return the JSON object of a request that need not have one; empty when it has none."""
    body = given()
    return body if isinstance(body, dict) else {}


def text(body: dict[str, Any], name: str) -> str:
    """Return one member that must be text.

    Raises:
        BodyRefused: It is missing, or something else.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise _refused(f"“{name}” as text")
    return value


def texts(body: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return one member that must be a list of texts.

    Raises:
        BodyRefused: It is missing, or something else.
    """
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _refused(f"“{name}” as a list of texts")
    return tuple(value)


def _can_be_kept(body: object) -> bool:
    """Tell whether all text in a body is whole characters and no NUL."""
    return not any(isinstance(one, str) and _LOST.search(one) for one in _parts(body))


def _parts(body: object) -> Iterator[object]:
    """Yield everything in a body, however deeply it is nested."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one


def _refused(wanted: str) -> BodyRefused:
    return BodyRefused(
        f"This address needs {wanted}.", hint="Load the page again, and do it there."
    )
