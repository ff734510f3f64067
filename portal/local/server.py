"""The local desk's server: pages from the package, the staff API from the portal, nothing else."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from portal.defence import HEADERS
from portal.errors import PortalRefused, PorticoError
from portal.local import elsewhere, files, pinning
from portal.local.gate import COOKIE, Gate
from portal.local.pages import OPEN, Pages
from portal.local.passing import ASKED, METHODS, TARGET, Answered, Asked, Line
from portal.local.pinning import Pinning
from portal.local.refusals import Stranger, status_of
from portal.policy.statement import MAX_CHARACTERS

HOST: Final = "127.0.0.1"
API: Final = "/staff/api/"
CLOSED: Final = "/staff/sign-in"  # what is shown to whoever has no session
IDLE: Final = 120  # seconds a browser may keep a connection without asking
MAX_SMALL: Final = 4096  # bytes of what is sent to the desk itself
# An answer of the API is data: opened in a tab of its own, it must not become a page.
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the local desk is made of."""

    gate: Gate
    pages: Pages
    line: Line
    pinning: Pinning


class Server(ThreadingHTTPServer):
    """Listens on the loopback address alone."""

    daemon_threads = True
    allow_reuse_address = True
    address_family = socket.AF_INET

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), Handler)
        self.desk: Desk | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that went away is no news, and a request is nobody's business."""


class Handler(BaseHTTPRequestHandler):
    """Answers one browser's requests, one after the other."""

    protocol_version = "HTTP/1.1"
    server_version = "portico-desk"
    sys_version = ""
    timeout = IDLE

    def do_GET(self) -> None:
        """Answer a request."""
        self._handle()

    do_POST = do_DELETE = do_GET  # noqa: N815 - likewise

    def log_message(self, *_: object) -> None:
        """Keep no log: what is asked for says what somebody works on."""

    @property
    def _desk(self) -> Desk:
        assert isinstance(self.server, Server)  # noqa: S101 - it made this handler
        assert self.server.desk is not None  # noqa: S101 - set before it serves
        return self.server.desk

    def _handle(self) -> None:
        try:
            self._answer(urlsplit(self.path).path)
        except PorticoError as refusal:
            self.close_connection = True  # a body may be left unread
            self._error(refusal)

    def _answer(self, path: str) -> None:
        gate, known = self._desk.gate, self.headers.get("Cookie", "")
        api = path.startswith(API)
        if not gate.is_here(self.headers.get_all("Host") or []):
            raise Stranger(HTTPStatus.MISDIRECTED_REQUEST)
        site = self.headers.get("Sec-Fetch-Site")
        page = self.command == "GET" and not api
        if not gate.is_ours(self.headers.get("Origin"), site, page=page):
            raise Stranger(HTTPStatus.FORBIDDEN)
        if path.startswith("/static/") and self.command == "GET":
            self._asset(path)
        elif (self.command, path) == ("POST", "/start"):
            self._enter()
        elif not gate.knows(known) and page and path not in OPEN:
            self._send(HTTPStatus.SEE_OTHER, b"", {"Location": CLOSED})
        elif not gate.knows(known) and not page:
            raise Stranger(HTTPStatus.UNAUTHORIZED)
        elif api:
            self._api(path)
        elif path == "/":
            self._send(HTTPStatus.SEE_OTHER, b"", {"Location": "/staff/"})
        else:
            self._page(path)

    # --- the desk itself -------------------------------------------------------------------

    def _page(self, path: str) -> None:
        shown = self._desk.pages.page(path, self._desk.pinning.roots())
        if shown is None or self.command != "GET":
            raise Stranger(HTTPStatus.NOT_FOUND)
        self._send(HTTPStatus.OK, shown.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _asset(self, path: str) -> None:
        found = files.asset(path)
        if found is None:
            raise Stranger(HTTPStatus.NOT_FOUND)
        self._send(HTTPStatus.OK, *found)

    def _enter(self) -> None:
        secret = self._small().get("secret")
        session = self._desk.gate.enter(secret) if isinstance(secret, str) else None
        if session is None:
            raise Stranger(HTTPStatus.UNAUTHORIZED)
        cookie = f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"
        self._send(HTTPStatus.OK, b"{}", {"Content-Type": "application/json", "Set-Cookie": cookie})

    def _small(self) -> Mapping[str, Any]:
        length = self._length()
        try:
            raw = json.loads(self.rfile.read(length)) if length <= MAX_SMALL else None
        except (ValueError, RecursionError):
            raw = None
        return raw if isinstance(raw, dict) else {}

    def _length(self) -> int:
        """Return the length of the body; one that does not state it cannot be passed on."""
        stated = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (stated.isascii() and stated.isdecimal()):
            raise Stranger(HTTPStatus.LENGTH_REQUIRED)
        return int(stated)

    # --- what is passed on -----------------------------------------------------------------

    def _api(self, path: str) -> None:
        if path == f"{API}sign-out":
            self._leave()
            return
        elsewhere.require_here(path, portal=self._desk.line.portal.url)
        if self.command not in METHODS or not TARGET.fullmatch(self.path) or ".." in self.path:
            raise Stranger(HTTPStatus.NOT_FOUND)
        length = self._length()
        body = None if self.command == "GET" else self.rfile
        headers = {name: self.headers[name] for name in ASKED if name in self.headers}
        answered = self._desk.line.ask(Asked(self.command, self.path, headers, body, length))
        asked = pinning.asked_for(self.path)
        if asked and answered.status == HTTPStatus.OK:
            self._keyset(answered, *asked)
        elif answered.status == HTTPStatus.FORBIDDEN:
            told = elsewhere.told(answered.whole(MAX_SMALL), portal=self._desk.line.portal.url)
            self._send(answered.status, told, {**answered.headers, **_DATA})
        else:
            self._stream(answered)

    def _leave(self) -> None:
        self._length()
        self.close_connection = True
        self._desk.gate.leave()
        gone = f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
        kind = {"Content-Type": "application/json", "Clear-Site-Data": '"cache", "storage"'}
        self._send(HTTPStatus.OK, b'{"signed_out":true}', {**kind, "Set-Cookie": gone})

    def _keyset(self, answered: Answered, program: str, newest: bool) -> None:
        text = answered.whole(MAX_CHARACTERS).decode("ascii", "replace")
        self._desk.pinning.judge(program, text, newest=newest)
        self._send(answered.status, text.encode(), {**answered.headers, **_DATA})

    def _stream(self, answered: Answered) -> None:
        """Pass an answer on piece by piece; one that breaks off never ends as if it were whole."""
        self.send_response(answered.status)
        self._headers({**answered.headers, **_DATA})
        chunked = answered.length is None
        name, value = (
            ("Transfer-Encoding", "chunked")
            if chunked
            else ("Content-Length", str(answered.length))
        )
        self.send_header(name, value)
        self.end_headers()
        sent = 0
        try:
            for piece in answered.pieces:
                sent += len(piece)
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        except PortalRefused:
            self.close_connection = True
            return
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        elif sent != answered.length:
            self.close_connection = True

    # --- answers ---------------------------------------------------------------------------

    def _error(self, refusal: PorticoError) -> None:
        told = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
        content = json.dumps({"error": told}).encode()
        self._send(status_of(refusal), content, {"Content-Type": "application/json", **_DATA})

    def _send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self._headers(headers)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def _headers(self, headers: Mapping[str, str]) -> None:
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)


_DATA: Final = {"Content-Security-Policy": DATA_POLICY}
