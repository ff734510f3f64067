"""The line between a browser and a portal, with every byte that the browser puts on it."""

import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer

from tests.journeys.traces import carries, guises

MOST = 256 * 1024 * 1024  # bytes a test may send; more would be a loop
PIECE = 64 * 1024  # bytes handed on at a time
SEALED = b"age-encryption.org/v1"  # how every age file begins
_REQUEST = re.compile(rb"(?:^|\r\n|\n)([A-Z]+) (\S+) HTTP/1\.1\r\n")


class _Server(ThreadingTCPServer):
    """Takes any number of connections, each in a thread that ends with the test."""

    daemon_threads = True
    block_on_close = False
    wire: "Wire"


@dataclass
class Wire:
    """A proxy on 127.0.0.1 that hands on and remembers what is sent to a portal.

    The browser's own protocol does not show the files in a request, so the bytes themselves are
    kept, one piece of memory for each connection.

    Attributes:
        portal: Port of the portal.
        silent: Reports are handed on, and the portal's answers to them are thrown away.
    """

    portal: int
    silent: bool = False
    connections: list[bytearray] = field(default_factory=list)
    _server: _Server | None = None

    def start(self) -> "Wire":
        """Listen."""
        self._server = _Server(("127.0.0.1", 0), _Relay)
        self._server.wire = self
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Listen no more."""
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address to browse to."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> list[str]:
        """Method and path of everything asked, connection by connection."""
        return [
            f"{method.decode()} {path.decode()}"
            for sent in self.connections
            for method, path in _REQUEST.findall(bytes(sent))
        ]

    @property
    def posts(self) -> list[str]:
        """Paths to which something was sent, by whatever method."""
        return [one.split()[1] for one in self.requests if not one.startswith("GET ")]

    @property
    def delivered(self) -> bool:
        """Tell whether anything was sent to a report's address."""
        return any(path.endswith("/report") for path in self.posts)

    @property
    def sealed(self) -> bool:
        """Tell whether an age file was sent; if not, nothing else here saw a report either."""
        return any(SEALED in sent for sent in self.connections)

    def carries(self, secret: str | bytes) -> bool:
        """Tell whether the secret was sent, in any form."""
        forms = guises(secret)
        return any(carries(bytes(sent), forms) for sent in self.connections)

    def hushes(self, sent: bytearray) -> bool:
        """Tell whether the answer to what was sent last is to be thrown away."""
        asked = _REQUEST.findall(bytes(sent)) if self.silent else []
        return bool(asked) and asked[-1][0] == b"POST" and asked[-1][1].endswith(b"/report")


class _Relay(BaseRequestHandler):
    """One connection."""

    server: _Server

    def handle(self) -> None:
        """Hand on both ways until one side is done."""
        wire, sent = self.server.wire, bytearray()
        wire.connections.append(sent)
        with socket.create_connection(("127.0.0.1", wire.portal)) as portal:
            back = threading.Thread(target=self._answers, args=(portal, sent), daemon=True)
            back.start()
            with suppress(OSError):
                while piece := self.request.recv(PIECE):
                    sent += piece
                    if sum(map(len, wire.connections)) > MOST:
                        break
                    portal.sendall(piece)
            _hang_up(portal)
            back.join()

    def _answers(self, portal: socket.socket, sent: bytearray) -> None:
        with suppress(OSError):
            while piece := portal.recv(PIECE):
                if self.server.wire.hushes(sent):
                    break
                self.request.sendall(piece)
        _hang_up(self.request)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
