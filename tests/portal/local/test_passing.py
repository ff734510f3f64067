"""What is passed on between page and portal: nothing that a browser runs, nothing too much."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from portal.errors import PortalRefused
from portal.local.passing import TARGET, Asked, Line
from portal.offline.connection import Portal

LARGE = 3 * 1024 * 1024


class Hostile(BaseHTTPRequestHandler):
    """A portal that was taken over."""

    def do_GET(self) -> None:
        """Answer by the address."""
        if self.path.endswith("short"):
            self._say(200, {"Content-Length": "100"}, b"half")
        elif self.path.endswith("away"):
            self._say(302, {"Location": "/staff/api/elsewhere"}, b"")
        elif self.path.endswith("endless"):
            self._say(200, {"Content-Type": "application/json"}, bytes(LARGE))
        else:
            more = {"Content-Type": "text/html", "Set-Cookie": "a=b", "X-Odd": "1", "Refresh": "0"}
            self._say(200, more, b"<script>alert(1)</script>")

    def do_POST(self) -> None:
        """Say how much came, and with which headers."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen = " ".join(sorted(self.headers.keys()))
        self._say(200, {}, f"{len(body)} {self.headers['Authorization']} {seen}".encode())

    def _say(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def line() -> Iterator[Line]:
    """The line to it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Line(Portal.at(f"http://127.0.0.1:{server.server_port}"), "the-key")
    server.shutdown()
    thread.join()
    server.server_close()


def get(target: str) -> Asked:
    """Ask for something."""
    return Asked("GET", f"/staff/api/{target}", {"Accept": "*/*"}, None, 0)


def test_a_page_of_the_portal_s_becomes_a_file(line: Line) -> None:
    """Whatever it calls itself; no cookie, refresh or other header of its comes along."""
    answered = line.ask(get("page"))
    assert answered.headers == {"Content-Type": "application/octet-stream"}
    assert answered.whole(100) == b"<script>alert(1)</script>"


def test_it_is_not_sent_elsewhere(line: Line) -> None:
    """A redirect is an answer, and not an order."""
    answered = line.ask(get("away"))
    assert (answered.status, answered.whole(10)) == (302, b"")


def test_an_answer_that_breaks_off_is_known_by_its_length(line: Line) -> None:
    """Whoever passes it on can tell that something is missing."""
    answered = line.ask(get("short"))
    assert answered.length == 100
    assert b"".join(answered.pieces) == b"half"


def test_a_small_answer_is_not_waited_for_without_end(line: Line) -> None:
    """What should be short and is not is given up."""
    answered = line.ask(get("endless"))
    with pytest.raises(PortalRefused):
        answered.whole(1024)
    list(answered.pieces)


def test_a_body_passes_up_to_its_length(line: Line) -> None:
    """What follows in the connection is the next request; only the key and few headers go along."""
    headers = {"Content-Type": "application/json"}
    answered = line.ask(Asked("POST", "/staff/api/x", headers, BytesIO(bytes(LARGE + 9)), LARGE))
    length, scheme, key, *names = answered.whole(1000).decode().split()
    assert (int(length), scheme, key) == (LARGE, "Bearer", "the-key")
    assert "Cookie" not in names
    assert {"Content-Type", "Content-Length", "User-Agent"} <= set(names)


def test_the_key_is_not_shown_by_accident(line: Line) -> None:
    """Not in a trace, not in a log."""
    assert "the-key" not in repr(line)


@pytest.mark.parametrize(
    ("target", "sound"),
    [
        ("/staff/api/reports/a-b/envelopes/message-1?header=1", True),
        ("/staff/api/audit?actor=a%20b&since=2026-11-22", True),
        ("/staff/api", False),
        ("/staff/apix/y", False),
        ("/staff/api/x y", False),
        ("/staff/api/x\r\nHost: y", False),
        ("/staff/api/x#y", False),
        ("http://evil.example/staff/api/x", False),
        ("//evil.example/staff/api/x", False),
        ("/staff/api/@evil.example\\", False),
    ],
)
def test_targets_are_read_strictly(target: str, sound: bool) -> None:
    """Only paths of the staff API, written in one way."""
    assert bool(TARGET.fullmatch(target)) is sound
