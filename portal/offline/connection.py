"""Talking to a portal over HTTP, with nothing but the standard library."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from portal.errors import NoSuchReport, NoSuchVersion, PortalRefused, PorticoError, SignInNeeded
from portal.offline import visible
from portal.offline.multipart import Form

TIMEOUT = 60.0  # seconds without a byte
MAX_ANSWER_BYTES = 16 * 1024 * 1024  # a keyset takes 170 kB, a scope of 40,000 rules some 6 MB
PIECE = 1024 * 1024  # bytes written at a time
PLAIN = "/?="  # what stays as it is in an address; names come from us, never from a portal
PAUSES = (2.0, 5.0)  # seconds between three tries
PASSING = frozenset({502, 503, 504})  # a restart, or too much to do

# Refusals that a caller tells from others, by their code.
KNOWN: Mapping[str, type[PorticoError]] = {
    each.code: each for each in (NoSuchReport, NoSuchVersion, SignInNeeded)
}

# Without a handler for redirects: a report goes to the address the user typed, or nowhere.
HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
)

Body = bytes | Iterable[bytes]


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


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal, by its address.

    Attributes:
        url: Scheme, host and port, in lower case, without a trailing slash.
        pause: Waits that many seconds between tries.
        key: A desk key, for the staff API; None for everybody else.
    """

    url: str
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)
    key: str | None = field(default=None, repr=False)

    @classmethod
    def at(cls, text: str) -> "Portal":
        """Read an address as typed; anything after the host is left out.

        Raises:
            PortalRefused: Not a web address, or one without encryption to another machine.
        """
        parts = urlsplit(text if "://" in text else f"https://{text}")
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            raise PortalRefused(
                "This is not the address of a portal.", hint="Give it as https://report.example."
            )
        if parts.scheme == "http" and not _stays_near(parts.hostname):
            raise PortalRefused(
                "This address is not encrypted: what passes could be read and changed on the way.",
                hint="Use https://, or an .onion address through Tor.",
            )
        return cls(f"{parts.scheme}://{parts.netloc}".lower())

    def text(self, path: str) -> str:
        """Return a text document.

        Raises:
            PortalRefused: The portal refused, or could not be reached.
        """
        return self._tried(path, lambda: None, {}).decode("utf-8", "replace")

    def get(self, path: str) -> dict[str, Any]:
        """Return a JSON object.

        Raises:
            PortalRefused: The portal refused, could not be reached, or answered something else.
        """
        return _object(self._tried(path, lambda: None, {}))

    def fetch(self, path: str, target: Path) -> None:
        """Write a file that the portal has.

        Raises:
            PortalRefused: The portal refused, or could not be reached; the file may be cut then.
        """
        self._tried(path, lambda: None, {}, read=lambda answer: _copied(answer, target))

    def ask(self, path: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """Send JSON and return the JSON that comes back.

        Raises:
            PortalRefused: The portal refused, could not be reached, or answered something else.
        """
        body = json.dumps(question).encode("utf-8")
        return _object(self._tried(path, lambda: body, {"Content-Type": "application/json"}))

    def send(self, path: str, form: Form) -> dict[str, Any]:
        """Send a form, again if the connection fails, and return the JSON that comes back.

        Sending the same sealed files twice is harmless: the portal keeps one report.

        Raises:
            PortalRefused: The portal refused, or answered something else.
            Unanswered: Three tries failed; whether the portal has the report is not known.
        """
        headers = {"Content-Type": form.content_type, "Content-Length": str(form.length)}
        return _object(self._tried(path, form.pieces, headers))

    def save(self, path: str, question: Mapping[str, Any], target: Path) -> None:
        """Send JSON and write the file that comes back.

        Raises:
            PortalRefused: The portal refused, or could not be reached; the file may be cut then.
        """
        body = json.dumps(question).encode("utf-8")
        headers = {"Content-Type": "application/json"}
        self._tried(path, lambda: body, headers, read=lambda answer: _copied(answer, target))

    def _tried(
        self,
        path: str,
        body: Callable[[], Body | None],
        headers: Mapping[str, str],
        read: "Callable[[Answer], bytes] | None" = None,
    ) -> bytes:
        """Make a request until it is answered, or three tries have failed."""
        for pause in PAUSES:
            try:
                return self._once(path, body(), headers, read or _short)
            except Unanswered:
                self.pause(pause)
        return self._once(path, body(), headers, read or _short)

    def _once(
        self,
        path: str,
        body: Body | None,
        headers: Mapping[str, str],
        read: "Callable[[Answer], bytes]",
    ) -> bytes:
        sent = {"Accept": "application/json, text/plain", "User-Agent": "portico", **headers}
        if self.key is not None:
            sent["Authorization"] = f"Bearer {self.key}"
        # `at` has made sure that the scheme is one of the web's
        address = self.url + quote(path, safe=PLAIN)
        request = urllib.request.Request(address, data=body, headers=sent)  # noqa: S310
        try:
            with _opener().open(request, timeout=TIMEOUT) as answer:
                return read(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise _unanswered(visible.line(reason)) from None


class Answer(Protocol):
    """What is read of an answer."""

    def read(self, amount: int, /) -> bytes:
        """Return at most so many bytes; nothing only at the end."""


def _short(answer: Answer) -> bytes:
    """Read an answer into memory."""
    content = answer.read(MAX_ANSWER_BYTES + 1)
    if len(content) > MAX_ANSWER_BYTES:
        raise PortalRefused(
            f"The answer is longer than {MAX_ANSWER_BYTES} bytes.",
            hint="Check the address: is it a Portico?",
        )
    return content


def _copied(answer: Answer, target: Path) -> bytes:
    """Write an answer to a file, in constant memory."""
    with target.open("wb") as file:
        while piece := answer.read(PIECE):
            file.write(piece)
    return b""


def _unanswered(reason: str) -> Unanswered:
    return Unanswered(
        f"The portal did not answer: {reason}.",
        hint="Check the address and your connection, then try again.",
    )


def _opener() -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    return opener


def _stays_near(host: str) -> bool:
    """Say whether traffic to a host is safe without TLS: this machine, or an onion service."""
    if host == "localhost" or host.endswith((".localhost", ".onion")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _refusal(error: urllib.error.HTTPError) -> Exception:
    """Turn an error answer into an error of ours, its words made harmless."""
    if error.code in PASSING:
        return _unanswered(f"it answered {error.code}")
    if 300 <= error.code < 400:
        return Elsewhere(error.headers.get("Location", "another address"))
    try:
        said = _object(error.read(MAX_ANSWER_BYTES))["error"]
        kind = KNOWN.get(said["code"], PortalRefused)
        return kind(visible.line(said["message"]), hint=visible.line(said["hint"]))
    except (PortalRefused, KeyError, TypeError, OSError, http.client.HTTPException):
        return PortalRefused(
            f"The portal answered {error.code}.", hint="Check the address and the program's name."
        )


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise PortalRefused(
            "The answer is not that of a portal.", hint="Check the address: is it a Portico?"
        )
    return answer
