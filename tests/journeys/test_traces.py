"""The searches of the other tests: they find what they look for, so finding nothing means it."""

import base64
import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.intake.token import Token
from portal.policy import statement
from tests.journeys.traces import carries, files_with, guises
from tests.journeys.wire import MOST, SEALED, Wire

WORD, OTHER = "canary-5d2e90b7", "canary-5d7e90b7"
PAGE = 512  # bytes of a database page, the smallest there is


def claim(before: int) -> Callable[[str], bytes]:
    """Sign a statement with the word in a claim, some letters into it."""
    key = Ed25519PrivateKey.generate()

    def signed(word: str) -> bytes:
        claims = {"note": "x" * before + word, "more": 1}
        return statement.sign(claims, key=key, typ=statement.REPORT_RECEIPT).encode()

    return signed


HIDDEN: dict[str, Callable[[str], bytes]] = {
    "plain": lambda word: f"a {word} b".encode(),
    "capitals": lambda word: word.upper().encode(),
    "no hyphens": lambda word: word.replace("-", "").encode(),
    "UTF-16": lambda word: f"a {word} b".encode("utf-16"),
    "hex": lambda word: f"0{word}9".encode().hex().encode(),
    "HEX": lambda word: word.encode().hex().upper().encode(),
    "percent": lambda word: "".join(f"%{one:02X}" for one in word.encode()).encode(),
    "address": lambda word: quote(f"https://x.example/?q={word}", safe="").encode(),
    "JSON": lambda word: json.dumps({"a": [word]}).encode(),
    "JSON escapes": lambda word: "".join(f"\\u{ord(one):04x}" for one in word).encode(),
    "claim, first place": claim(0),
    "claim, second place": claim(1),
    "claim, third place": claim(2),
    "base64": lambda word: base64.b64encode(f"\xff{word}\xfe".encode("latin-1")),
    "base64 of UTF-16": lambda word: base64.b64encode(word.encode("utf-16")),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_word_is_found_in_every_form(tmp_path: Path, how: str) -> None:
    """In a file and in bytes that were sent; and another word is not found."""
    planted = b"\x00\x01" + HIDDEN[how](WORD) + b"\x02"
    (tmp_path / "file").write_bytes(planted)
    assert files_with(WORD, [tmp_path / "file"]) == [tmp_path / "file"]
    assert Wire(0, connections=[bytearray(planted)]).carries(WORD)
    assert not carries(planted, guises(OTHER))


def test_a_token_is_found_in_every_form() -> None:
    """Its text with hyphens, blanks or neither, in either case, and its secret itself."""
    token = Token.mint()
    for text in (token.text, token.text.replace("-", " "), token.text.replace("-", "").lower()):
        assert carries(text.encode(), guises(token.text.replace("-", "")))
    for data in (token.secret, token.secret.hex().encode(), base64.b64encode(b"x" + token.secret)):
        assert carries(data, guises(token.secret))


def test_a_word_is_found_in_a_database(tmp_path: Path) -> None:
    """Also where a long value is cut in two, so that its bytes alone would not give it away."""
    cut = []
    for after in range(PAGE - 40, PAGE):
        path = tmp_path / f"{after}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {PAGE}")
            connection.execute("CREATE TABLE kept (note TEXT, sealed BLOB)")
            connection.execute(
                "INSERT INTO kept VALUES (?, ?)", ("x" * 99 + WORD + "y" * after, b"")
            )
            connection.commit()
        assert files_with(WORD, [path]) == [path]
        assert files_with(OTHER, [path]) == []
        cut += [] if carries(path.read_bytes(), guises(WORD)) else [after]
    assert cut


class Echo(StreamRequestHandler):
    """Says back what it hears."""

    def handle(self) -> None:
        """Answer line by line."""
        for line in self.rfile:
            self.wfile.write(line)


@pytest.fixture
def wire() -> Iterator[Wire]:
    """A line to a server that says everything back."""
    with ThreadingTCPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        server.block_on_close = False
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        made = Wire(server.server_address[1]).start()
        yield made
        made.stop()
        server.shutdown()


def said(wire: Wire, *lines: bytes) -> bytes:
    """Send lines over one connection and return what comes back."""
    port = int(wire.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"".join(lines))
        answer = b""
        while len(answer) < sum(map(len, lines)) and (piece := line.recv(65536)):
            answer += piece
        return answer


def test_the_wire_hands_on_and_keeps_every_byte(wire: Wire) -> None:
    """What a file in a request holds is seen, and what was asked is told apart."""
    body = SEALED + b"\n" + bytes(range(256)) * 1000 + b"\n"
    lines = (b"POST /example/report HTTP/1.1\r\n", b"Host: x\r\n\r\n", body)
    assert said(wire, *lines) == b"".join(lines)
    assert [bytes(one) for one in wire.connections] == [b"".join(lines)]
    assert wire.requests == ["POST /example/report"]
    assert wire.posts == ["/example/report"]
    assert wire.delivered
    assert wire.sealed
    assert len(b"".join(lines)) < MOST


def test_a_silent_wire_hands_on_and_answers_nothing(wire: Wire) -> None:
    """Only reports meet silence; other requests are answered."""
    wire.silent = True
    asked = b"GET /example/keyset.jws HTTP/1.1\r\n"
    assert said(wire, asked) == asked
    assert said(wire, b"POST /example/report HTTP/1.1\r\n") == b""
    assert wire.delivered
