"""A portal that hands out the same files to everybody, and remembers what it was asked."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Kiosk:
    """What a kiosk has on its shelves.

    Attributes:
        url: Its address.
        files: Text by path.
        front: Where the front page sends everybody; empty when it is a page.
        asked: Every request line and body it got, in their order.
    """

    url: str
    files: dict[str, str] = field(default_factory=dict)
    front: str = ""
    asked: list[str] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    kiosk: Kiosk

    def do_GET(self) -> None:
        """Hand out a file, or say that there is none."""
        self.kiosk.asked.append(self.requestline)
        if self.path == "/" and self.kiosk.front:
            self._answer(302, "", {"Location": self.kiosk.front})
        else:
            text = self.kiosk.files.get(self.path)
            self._answer(404 if text is None else 200, text or "", {})

    def _answer(self, status: int, text: str, headers: Mapping[str, str]) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in ({**headers, "Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def opened() -> Iterator[Kiosk]:
    """Open a kiosk on this machine, and close it afterwards."""
    handler = type("Bound", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    kiosk = handler.kiosk = Kiosk(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield kiosk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
