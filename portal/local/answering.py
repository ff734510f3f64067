"""How the local desk answers: every answer with the headers of the portal's own pages."""

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Final

from portal.defence import HEADERS
from portal.errors import PortalRefused, PorticoError
from portal.local.passing import Answered
from portal.local.refusals import status_of

# An answer of the API is data: opened in a tab of its own, it must not become a page.
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
DATA: Final = {"Content-Security-Policy": DATA_POLICY}


class Answering(BaseHTTPRequestHandler):
    """Sends what was found: whole, piece by piece, or a refusal."""

    protocol_version = "HTTP/1.1"
    server_version = "portico-desk"
    sys_version = ""

    def log_message(self, *_: object) -> None:
        """Keep no log: what is asked for says what somebody works on."""

    def refuse(self, refusal: PorticoError) -> None:
        """Say no, with what to do next."""
        told = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
        content = json.dumps({"error": told}).encode()
        self.send(status_of(refusal), content, {"Content-Type": "application/json", **DATA})

    def send(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """Send what is there as a whole."""
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

    def stream(self, answered: Answered) -> None:
        """Pass an answer on piece by piece; one that breaks off never ends as if it were whole."""
        self.send_response(answered.status)
        self._headers({**answered.headers, **DATA})
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
