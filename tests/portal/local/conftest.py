"""A local desk in front of a portal that really listens, both on this machine."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.desk.desk_keys import DeskKeys
from portal.desk.member import Member
from portal.local.gate import Gate
from portal.local.pages import Pages
from portal.local.passing import Line
from portal.local.pinning import Pinning
from portal.local.server import Desk, Server
from portal.offline.connection import Portal
from portal.offline.pins import Pins
from tests.colleagues import Colleague
from tests.conftest import Clock
from tests.listening import listening

OWN_DESK = "https://desk.example.org"  # where the portal's own desk is, to which passkeys belong


@dataclass(frozen=True)
class Reply:
    """What the local desk answered."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body, as JSON."""
        return json.loads(self.content)


@dataclass
class Local:
    """A local desk, and a browser that entered it."""

    server: Server
    gate: Gate
    said: list[str] = field(default_factory=list)
    cookie: str = ""

    def ask(
        self, method: str, path: str, body: bytes | None = None, /, **headers: str | None
    ) -> Reply:
        """Ask as the desk's own page would; a header that is None is left out."""
        usual = {"Host": f"{self.gate.name}:{self.gate.port}", "Sec-Fetch-Site": "same-origin"}
        if self.cookie:
            usual["Cookie"] = self.cookie
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in {**usual, **given}.items() if value is not None}
        line = http.client.HTTPConnection("127.0.0.1", self.gate.port, timeout=20)
        line.request(method, path, body, sent)
        answer = line.getresponse()
        reply = Reply(answer.status, dict(answer.getheaders()), answer.read())
        line.close()
        return reply

    def get(self, path: str, /, **headers: str | None) -> Reply:
        """Ask for something."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object = None, /, **headers: str | None) -> Reply:
        """Send JSON."""
        sent = json.dumps(body or {}).encode()
        return self.ask("POST", path, sent, **{"Content_Type": "application/json", **headers})

    def enter(self) -> Reply:
        """Use the link."""
        reply = self.post("/start", {"secret": self.gate.link.partition("#")[2]})
        self.cookie = reply.headers.get("Set-Cookie", "").partition(";")[0]
        return reply


@pytest.fixture
def upstream(app: Flask) -> Iterator[str]:
    """The portal, listening; its address."""
    with listening(app) as address:
        yield address


@pytest.fixture
def ada(hire: Callable[..., Colleague]) -> Colleague:
    """Somebody who handles reports to the example program."""
    return hire("Ada", example="handler")


@pytest.fixture
def key(app: Flask, ada: Colleague, clock: Clock) -> str:
    """Her desk key."""
    database = app.extensions["portico"].store.database
    owner = Member(ada.id, ada.name, {}, confirmed_at=clock())
    return DeskKeys(database).issue(owner, now=clock())


@pytest.fixture
def pins(tmp_path: Path) -> Pins:
    """What this machine has seen of keys: nothing."""
    return Pins(tmp_path / "pins" / "roots.json")


@pytest.fixture
def shut(upstream: str, key: str, pins: Pins) -> Iterator[Local]:
    """A local desk whose link was not used yet."""
    server, portal, said = Server(0), Portal.at(upstream), list[str]()
    gate = Gate(server.server_port)
    pinning = Pinning(pins, portal.url, said.append)
    server.desk = Desk(gate, Pages(OWN_DESK), Line(portal, key), pinning)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Local(server, gate, said)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def local(shut: Local) -> Local:
    """A local desk, entered."""
    assert shut.enter().status == 200
    return shut
