"""The server's log and patience: it names nobody, quotes nothing, and outlasts silent clients."""

import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.live import Live


def test_a_fault_is_logged_without_its_message(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """An unforeseen error may quote a request; the log says only its kind and where it was."""
    words = "SECRET from a request"

    def fail() -> str:
        raise RuntimeError(words)

    app.add_url_rule("/fail", "fail", fail)
    with caplog.at_level(logging.ERROR):
        assert client.get("/fail").status_code == 500
    assert "RuntimeError" in caplog.text
    assert "SECRET" not in caplog.text


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A demo of its own: what is sent to it is not polite."""
    running = Live(tmp_path_factory.mktemp("rough")).start()
    yield running
    running.stop()


def spoken(live: Live, words: bytes) -> bytes:
    """Send raw bytes from another address and return the answer."""
    with socket.create_connection(("127.0.0.1", live.port), 10, ("127.0.0.2", 0)) as wire:
        wire.sendall(words)
        wire.settimeout(10)
        return wire.recv(4096)


FORM = "application/x-www-form-urlencoded"
ODD_JSON = (
    b"POST /status HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b'Content-Length: 9\r\n\r\n"SECRET5"'
)


def sent(path: str, body: bytes, kind: str = "application/json") -> bytes:
    """Write a request that posts a body."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


CHECK = "/api/v1/programs/example/scope/check"
ASKED = (
    sent(CHECK, b'{"target": "SECRET6.example"}'),
    sent(CHECK, b'{"targets": ["SECRET6.example", "SECRET7"], "facts": {"tags": ["SECRET8"]}}'),
    sent(CHECK, b'{"targets": ["SECRET6.example", 5, "SECRET7'),
    sent("/api/v1/programs/SECRET9/scope/check", b"{}"),
    sent("/verify", b"statement=SECRET1&target=SECRET2&code=SECRET3", FORM),
    b"GET /example/scope.json?version=SECRET4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
)


@pytest.mark.browser
def test_no_address_and_no_word_of_a_request_is_written_down(live: Live) -> None:
    """Promise 6: good requests and broken ones leave neither sender nor contents anywhere."""
    for words in (
        b"GET /example/ HTTP/1.1\r\nHost: x\r\nUser-Agent: SECRET1\r\nConnection: close\r\n\r\n",
        b"GET SECRET2\r\n\r\n",
        b"GET / HTTP/1.1\r\nCookie SECRET3\r\n\r\n",
        b"POST /status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nSECRET4\r\n",
        ODD_JSON,
        *ASKED,
    ):
        assert spoken(live, words)
    places = [live.log, *(path for path in live.instance.rglob("*") if path.is_file())]
    for path in places:
        held = path.read_bytes()
        assert b"SECRET" not in held, path
        assert b"127.0.0.2" not in held, path


HALF = (
    b"POST /status HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\n1"
)


@pytest.mark.browser
def test_silent_clients_do_not_stop_the_portal(live: Live) -> None:
    """Forty connections that stop in the middle of a request leave room for others."""
    opened = []
    try:
        for _ in range(40):
            wire = socket.create_connection(("127.0.0.1", live.port), 10)
            wire.sendall(HALF)
            opened.append(wire)
        time.sleep(0.5)
        start = time.monotonic()
        answer = spoken(live, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b" 200 " in answer.splitlines()[0]
        assert time.monotonic() - start < 10
    finally:
        for wire in opened:
            wire.close()


def test_the_wait_for_a_silent_client_is_bounded(tmp_path: Path) -> None:
    """One that says or takes nothing: the limit is the kernel's, so no library lifts it."""
    from portal.server import PATIENCE, bound

    ours, theirs = socket.socketpair()
    with ours, theirs:
        bound(ours, seconds=0.25)
        ours.setblocking(True)
        start = time.monotonic()
        with pytest.raises(BlockingIOError):
            ours.recv(1)
        with pytest.raises(BlockingIOError):
            ours.sendall(bytes(8 * 1024 * 1024))
        assert time.monotonic() - start < 5
    assert PATIENCE < 60
