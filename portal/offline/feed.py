"""The scope that a portal publishes, fetched as a file and read on one's own machine.

Only the program's name goes out: which targets it is then asked about, the portal never learns.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from portal.errors import FileRefused, PortalRefused
from portal.offline import reading, visible
from portal.offline.answers import Elsewhere
from portal.offline.connection import Portal
from scope import ScopeError
from scope.formats import portico
from scope.formats.portico import Feed

_PROGRAM = re.compile(r"/([a-z0-9][a-z0-9-]*)(?:/.*)?", re.DOTALL)


def fetch(portal: Portal, program: str) -> Feed:
    """Return what a portal says the scope of a program is, now.

    Raises:
        PortalRefused: It refused, could not be reached, or answered with something else.
    """
    text = portal.text(f"/{program}/scope.json")
    try:
        feed = portico.read_feed(text)
    except ScopeError as fault:
        raise PortalRefused(
            f"The portal's scope cannot be read: {visible.line(fault.message)}",
            hint="Check the address: is it a Portico, and of a version not later than this one?",
        ) from None
    if feed.program != program:
        raise PortalRefused(
            f"The portal answered with the scope of {visible.line(feed.program)}.",
            hint="Do not rely on it; tell the portal's operator.",
        )
    return feed


def saved(path: Path) -> Feed:
    """Return the scope that somebody saved, as a portal serves it.

    Raises:
        FileRefused: The file cannot be read, or is something else.
    """
    try:
        return portico.read_feed(reading.text(path))
    except ScopeError as fault:
        raise FileRefused(
            f"{path} is not the scope of a program: {fault.message}",
            hint="Save PORTAL/PROGRAM/scope.json, and give that.",
        ) from None


def program_at(address: str, portal: Portal) -> str | None:
    """Return the program that an address names, or the only one of its portal.

    Any page of a program will do, such as ``https://report.example/shop/scope``. A portal with
    one program sends everybody from its front page to it.

    Returns:
        None when the portal has several programs.

    Raises:
        PortalRefused: The portal refused, or could not be reached.
    """
    named = _PROGRAM.fullmatch(urlsplit(address if "://" in address else f"//{address}").path)
    if named is None:
        named = _PROGRAM.fullmatch(urlsplit(_front(portal)).path)
    return named[1] if named else None


def _front(portal: Portal) -> str:
    """Return where the front page sends everybody; empty when it is a page itself."""
    try:
        portal.text("/")
    except Elsewhere as other:
        return other.location
    return ""
