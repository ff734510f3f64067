"""Passing the staff API on: to one portal, with the desk key, in constant memory."""

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final, Protocol

from portal.errors import PortalRefused
from portal.offline.connection import Portal

TIMEOUT: Final = 60.0  # seconds without a byte
PIECE: Final = 64 * 1024
METHODS: Final = frozenset({"GET", "POST", "DELETE"})
TARGET: Final = re.compile(
    r"/staff/api/[A-Za-z0-9._~/%:@-]*(\?[A-Za-z0-9._~/%:@+,=&-]*)?", re.ASCII
)

# Headers of a request and of an answer that are passed on; no cookie is, in either direction.
ASKED: Final = ("Content-Type", "Accept")
_ANSWERED: Final = ("Content-Disposition", "Retry-After")
# Kinds of content that a browser never runs, whatever the portal calls them.
_HARMLESS: Final = frozenset(
    {"application/json", "application/jsonl", "application/zip", "text/plain"}
)
_OTHER: Final = "application/octet-stream"

# Neither redirects nor errors are handled: every answer of the portal is an answer.
_HANDLERS: Final = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
)


class Readable(Protocol):
    """What a body is read from."""

    def read(self, size: int, /) -> bytes:
        """Return that many bytes at most; none at the end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the page.

    Attributes:
        method: One of `METHODS`.
        target: Path and query, as `TARGET` has it.
        headers: Those of `ASKED` that it has.
        body: What it carries; None without.
        length: Of the body, bytes.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: Readable | None
    length: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What the portal answers; its pieces are read while they are passed on.

    Attributes:
        status: HTTP status.
        headers: Those that are passed on, made harmless.
        length: Bytes, if the portal says so.
        pieces: The body.
    """

    status: int
    headers: Mapping[str, str]
    length: int | None
    pieces: Iterator[bytes]

    def whole(self, limit: int) -> bytes:
        """Return the body if it is small.

        Raises:
            PortalRefused: It is larger than `limit` bytes.
        """
        content = b""
        for piece in self.pieces:
            content += piece
            if len(content) > limit:
                raise PortalRefused("The portal's answer is too long.", hint="Try again later.")
        return content


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the portal.

    Attributes:
        portal: The only place anything is sent to.
        key: The desk key.
    """

    portal: Portal
    key: str = field(repr=False)

    def ask(self, asked: Asked) -> Answered:
        """Pass a request on.

        Raises:
            PortalRefused: The portal did not answer.
        """
        request = urllib.request.Request(  # noqa: S310 - `Portal.at` made sure of the scheme
            self.portal.url + asked.target, method=asked.method
        )
        for name, value in asked.headers.items():
            request.add_header(name, value)
        request.add_header("User-Agent", "portico-desk")
        request.add_unredirected_header("Authorization", f"Bearer {self.key}")
        if asked.body is not None:
            request.data = _Bounded(asked.body, asked.length)
            request.add_header("Content-Length", str(asked.length))
        try:
            answer = _opener().open(request, timeout=TIMEOUT)
        except (OSError, http.client.HTTPException) as fault:
            raise _unanswered() from fault
        return _answered(answer)


class _Bounded:
    """A body that ends where its length says, so that the next request is not read as a part."""

    def __init__(self, source: Readable, length: int) -> None:
        self._source, self._left = source, length

    def read(self, size: int = PIECE) -> bytes:
        """Return the next bytes; none at the end."""
        block = self._source.read(min(self._left, size if size > 0 else PIECE))
        self._left -= len(block)
        return block


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    return opener


def _answered(answer: http.client.HTTPResponse) -> Answered:
    kind = answer.headers.get_content_type()
    headers = {"Content-Type": kind if kind in _HARMLESS else _OTHER}
    for name in _ANSWERED:
        if value := answer.headers.get(name):
            headers[name] = " ".join(value.split())
    stated = answer.headers.get("Content-Length", "")
    length = int(stated) if stated.isascii() and stated.isdecimal() else None
    return Answered(answer.status, headers, length, _pieces(answer))


def _pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    with closing(answer):
        try:
            while piece := answer.read(PIECE):
                yield piece
        except (OSError, http.client.HTTPException) as fault:
            raise _unanswered() from fault


def _unanswered() -> PortalRefused:
    return PortalRefused(
        "The portal did not answer.", hint="Check your connection, then try again."
    )
