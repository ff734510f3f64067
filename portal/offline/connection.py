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
from typing import Any
from urllib.parse import quote, urlsplit

from portal.errors import PortalRefused
from portal.offline import answers, visible
from portal.offline.answers import Answer, Unanswered
from portal.offline.multipart import Form

TIMEOUT = 60.0  # seconds without a byte
PLAIN = "/?="  # what stays as it is in an address; names come from us, never from a portal
PAUSES = (2.0, 5.0)  # seconds between three tries

# Without a handler for redirects: a report goes to the address the user typed, or nowhere.
HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
)

Body = bytes | Iterable[bytes]


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
        return answers.json_object(self._tried(path, lambda: None, {}))

    def fetch(self, path: str, target: Path) -> None:
        """Write a file that the portal has.

        Raises:
            PortalRefused: The portal refused, or could not be reached; the file may be cut then.
        """
        self._tried(path, lambda: None, {}, read=lambda answer: answers.copied(answer, target))

    def ask(self, path: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """Send JSON and return the JSON that comes back.

        Raises:
            PortalRefused: The portal refused, could not be reached, or answered something else.
        """
        body = json.dumps(question).encode("utf-8")
        return answers.json_object(
            self._tried(path, lambda: body, {"Content-Type": "application/json"})
        )

    def send(self, path: str, form: Form) -> dict[str, Any]:
        """Send a form, again if the connection fails, and return the JSON that comes back.

        Sending the same sealed files twice is harmless: the portal keeps one report.

        Raises:
            PortalRefused: The portal refused, or answered something else.
            Unanswered: Three tries failed; whether the portal has the report is not known.
        """
        headers = {"Content-Type": form.content_type, "Content-Length": str(form.length)}
        return answers.json_object(self._tried(path, form.pieces, headers))

    def save(self, path: str, question: Mapping[str, Any], target: Path) -> None:
        """Send JSON and write the file that comes back.

        Raises:
            PortalRefused: The portal refused, or could not be reached; the file may be cut then.
        """
        body = json.dumps(question).encode("utf-8")
        headers = {"Content-Type": "application/json"}
        self._tried(path, lambda: body, headers, read=lambda answer: answers.copied(answer, target))

    def _tried(
        self,
        path: str,
        body: Callable[[], Body | None],
        headers: Mapping[str, str],
        read: Callable[[Answer], bytes] = answers.in_memory,
    ) -> bytes:
        """Make a request until it is answered, or three tries have failed."""
        for pause in PAUSES:
            try:
                return self._once(path, body(), headers, read)
            except Unanswered:
                self.pause(pause)
        return self._once(path, body(), headers, read)

    def _once(
        self,
        path: str,
        body: Body | None,
        headers: Mapping[str, str],
        read: Callable[[Answer], bytes],
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
                raise answers.refusal(error) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise answers.unanswered(visible.line(reason)) from None


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
