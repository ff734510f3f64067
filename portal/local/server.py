"""The local desk's server: pages from the package, the staff API from the portal, nothing else."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from portal.errors import PorticoError
from portal.local import elsewhere, files, pinning
from portal.local.answering import DATA, Answering
from portal.local.gate import COOKIE, Gate
from portal.local.pages import OPEN, Pages
from portal.local.passing import ASKED, METHODS, TARGET, Answered, Asked, Line
from portal.local.pinning import Pinning
from portal.local.refusals import Stranger
from portal.policy.statement import MAX_CHARACTERS

HOST: Final = "127.0.0.1"
API: Final = "/staff/api/"
CLOSED: Final = "/staff/sign-in"  # what is shown to whoever has no session
IDLE: Final = 120  # seconds a browser may keep a connection without asking
MAX_SMALL: Final = 4096  # bytes of what is sent to the desk itself


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


class Handler(Answering):
    """Answers one browser's requests, one after the other."""

    timeout = IDLE

    def do_GET(self) -> None:  # noqa: N802 - the library calls it by this name
        """Answer a request."""
        self._handle()

    do_POST = do_DELETE = do_GET  # noqa: N815 - likewise

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
            self.refuse(refusal)

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
            self.send(HTTPStatus.SEE_OTHER, b"", {"Location": CLOSED})
        elif not gate.knows(known) and not page:
            raise Stranger(HTTPStatus.UNAUTHORIZED)
        elif api:
            self._api(path)
        elif path == "/":
            self.send(HTTPStatus.SEE_OTHER, b"", {"Location": "/staff/"})
        else:
            self._page(path)

    # --- the desk itself -------------------------------------------------------------------

    def _page(self, path: str) -> None:
        shown = self._desk.pages.page(path, self._desk.pinning.roots())
        if shown is None or self.command != "GET":
            raise Stranger(HTTPStatus.NOT_FOUND)
        self.send(HTTPStatus.OK, shown.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _asset(self, path: str) -> None:
        found = files.asset(path)
        if found is None:
            raise Stranger(HTTPStatus.NOT_FOUND)
        self.send(HTTPStatus.OK, *found)

    def _enter(self) -> None:
        secret = self._small().get("secret")
        session = self._desk.gate.enter(secret) if isinstance(secret, str) else None
        if session is None:
            raise Stranger(HTTPStatus.UNAUTHORIZED)
        cookie = f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"
        self.send(HTTPStatus.OK, b"{}", {"Content-Type": "application/json", "Set-Cookie": cookie})

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
        elsewhere.require_here(path, portal=self._desk.pages.portal)
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
            told = elsewhere.told(answered.whole(MAX_SMALL), portal=self._desk.pages.portal)
            self.send(answered.status, told, {**answered.headers, **DATA})
        else:
            self.stream(answered)

    def _leave(self) -> None:
        self._length()
        self.close_connection = True
        self._desk.gate.leave()
        gone = f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
        kind = {"Content-Type": "application/json", "Clear-Site-Data": '"cache", "storage"'}
        self.send(HTTPStatus.OK, b'{"signed_out":true}', {**kind, "Set-Cookie": gone})

    def _keyset(self, answered: Answered, program: str, newest: bool) -> None:
        text = answered.whole(MAX_CHARACTERS).decode("ascii", "replace")
        self._desk.pinning.judge(program, text, newest=newest)
        self.send(answered.status, text.encode(), {**answered.headers, **DATA})
