"""The local desk: the staff's pages from the package, the portal's data, and nobody else's ear."""

import http.client
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from flask import Flask

from portal.defence import HEADERS, MUTE_POLICY
from portal.errors import KeysetRefused
from portal.local.answering import DATA_POLICY
from portal.local.pages import PAGES, Pages
from portal.local.server import HOST
from portal.offline.pins import Pins
from tests.actors import Researcher, Staff, seal
from tests.conftest import Clock
from tests.portal.local.conftest import OWN_DESK, Local

pytestmark = pytest.mark.thorough


class Marked(HTMLParser):
    """Collects the names of what stands in the parts of a page that take a passkey."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self._inside: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = dict(attrs)
        if tag == "fieldset":
            self._inside.append(self._inside[-1] or "data-passkey" in given)
        if self._inside[-1]:
            self.ids.add(given.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a part."""
        if tag == "fieldset":
            self._inside.pop()


@pytest.fixture
def report(researcher: Researcher) -> str:
    """A report that arrived."""
    return str(researcher.send().json["report"])


def test_the_link_opens_it_once(shut: Local) -> None:
    """The secret becomes a cookie that no script and no other site sees; then it is used up."""
    secret = shut.gate.link.partition("#")[2]
    assert shut.post("/start", {"secret": "x" * 43}).status == 401
    entered = shut.enter()
    assert entered.headers["Set-Cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert shut.get("/staff/api/me").json["name"] == "Ada"
    assert shut.post("/start", {"secret": secret}).status == 401


def test_it_listens_on_this_machine_alone(shut: Local) -> None:
    """No other machine can reach it."""
    assert shut.server.server_address[0] == HOST == "127.0.0.1"


def test_without_the_session_there_is_nothing(shut: Local, report: str) -> None:
    """Somebody else on this machine, who even knows the name, gets neither pages nor data."""
    for path in ("/staff/", "/staff/audit", f"/staff/reports/{report}", "/"):
        reply = shut.get(path)
        assert (reply.status, reply.headers["Location"]) == (303, "/staff/sign-in")
    for path in ("/staff/api/me", "/staff/api/queue", "/staff/api/sign-out"):
        assert shut.get(path).status == 401
        assert shut.get(path, Cookie="portico-local-desk=x; other=1").status == 401
        assert shut.get(path, Cookie="portico-local-desk").status == 401


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:{port}",
        "localhost:{port}",
        "evil.example",
        "{name}",
        "x{name}:{port}",
    ],
)
def test_another_name_is_not_answered(host: str, local: Local) -> None:
    """A name that is made to point here (DNS rebinding) gets nothing, cookie or not."""
    wrong = host.format(port=local.gate.port, name=local.gate.name)
    for path in ("/start", "/staff/", "/staff/api/me", "/static/x/css/base.css"):
        reply = local.get(path, Host=wrong)
        assert reply.status == 421
        assert b"Ada" not in reply.content


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": None, "Origin": "http://localhost"},
    ],
)
def test_another_origin_is_not_answered(headers: dict[str, str | None], local: Local) -> None:
    """A page elsewhere, and one typed in: the data is for the desk's own pages."""
    assert local.get("/staff/api/me", **headers).status == 403
    assert local.post("/staff/api/views", {"name": "x", "filters": {}}, **headers).status == 403
    assert local.post("/start", {"secret": "x"}, **headers).status == 403


def test_pages_and_scripts_come_from_the_package(local: Local, app: Flask, report: str) -> None:
    """Byte for byte the portal's own, but for what may be opened in them, and what is not done."""
    told = b'data-opening="yes" data-portal="https://desk.example.org"'
    client = app.test_client()
    for path in (*PAGES, f"/staff/reports/{report}"):
        reply = local.get(path)
        assert reply.status == 200, path
        assert b'data-opening="yes"' in reply.content
        for name, value in HEADERS.items():
            assert reply.headers[name] == value
        if path.startswith("/staff/") and path != "/staff/sign-in":
            theirs = client.get(path).get_data()
            assert reply.content == theirs.replace(b'data-opening="no"', told)


def test_every_page_of_the_staff_is_there(app: Flask) -> None:
    """A page that the portal has and the local desk lacks would be a dead end."""
    theirs = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/staff/") and "/api/" not in rule.rule and "GET" in rule.methods  # type: ignore[operator]
    }
    shown = {rule.replace("<report_id>", "a").replace("<slug:slug>", "a") for rule in theirs}
    pages = Pages("https://report.example")
    assert {path for path in shown if pages.page(path, {}) is None} == {"/staff/enrol"}
    assert set(PAGES) - theirs == {"/start"}


def test_assets_keep_their_policies(local: Local) -> None:
    """What sees an identity talks to its page alone; nothing outside the assets is served."""
    worker = local.get("/static/x/js/desk/vault-worker.js")
    assert worker.headers["Content-Security-Policy"] == MUTE_POLICY
    assert worker.headers["Content-Type"].startswith("text/javascript")
    for path in ("/static/x/../pyproject.toml", "/static/x/%2e%2e/pyproject.toml", "/static/x/no"):
        assert local.get(path).status == 404


def test_the_key_is_never_shown(local: Local, key: str, report: str) -> None:
    """Not in a page, not in an answer, not in a header."""
    for path in ("/staff/", "/staff/api/me", "/staff/api/queue", "/staff/account", "/start"):
        reply = local.get(path)
        assert key.encode() not in reply.content
        assert key not in str(reply.headers)


def test_a_file_passes_as_it_is(local: Local, researcher: Researcher) -> None:
    """Large or small, byte for byte, as a file that no browser runs."""
    large = seal(bytes(400_000), researcher.recipients())
    report = researcher.send(None, large).json["report"]
    reply = local.get(f"/staff/api/reports/{report}/envelopes/attachments")
    assert reply.content == large
    assert reply.headers["Content-Type"] == "application/octet-stream"
    assert reply.headers["Content-Security-Policy"] == DATA_POLICY


def test_changes_pass(local: Local, report: str) -> None:
    """With the key, no cross-site token is needed; the portal's refusals come through."""
    assert local.post(f"/staff/api/reports/{report}/seen", {"activity": 1}).status == 200
    refused = local.post(f"/staff/api/reports/{report}/events", {"name": "explode"})
    assert refused.status == 409
    assert refused.json["error"]["code"] == "event-refused"


@pytest.mark.parametrize(
    "path", ["/staff/api/../admin", "/staff/api/%2e%2e/x?<", "/status", "/example/report", "/x"]
)
def test_nothing_but_the_staff_api_is_passed_on(path: str, local: Local) -> None:
    """Not the public face, and no address that could be read in two ways."""
    assert local.get(path).status == 404
    assert local.post(path).status in {404, 403}


def test_what_takes_a_passkey_is_done_at_the_portal(local: Local, report: str) -> None:
    """A passkey belongs to the portal's own address; the page is told where."""
    for path in (
        "/staff/api/confirm/options",
        "/staff/api/sign-in/options",
        "/staff/api/desk-keys",
    ):
        reply = local.post(path)
        assert reply.status == 403
        assert f"{OWN_DESK}/staff/" in reply.json["error"]["hint"]
    reply = local.post("/staff/api/export", {"reports": [report], "reason": "backup"})
    assert reply.status == 403
    assert f"{OWN_DESK}/staff/" in reply.json["error"]["hint"]
    assert reply.json["error"]["code"] == "not-allowed"


@pytest.mark.parametrize(
    ("page", "controls"),
    [
        ("/staff/account", ["add-passkey", "passkey-list", "make-key", "end-keys"]),
        ("/staff/people", ["people-list", "send"]),
        ("/staff/audit", ["take-entries"]),
        ("/staff/", ["export"]),
        ("/staff/reports/a", ["export"]),
    ],
)
def test_what_takes_a_passkey_is_marked_beforehand(
    local: Local, page: str, controls: list[str]
) -> None:
    """The script of every page closes these parts, and leads to where they are open."""
    found = Marked()
    found.feed(local.get(page).content.decode())
    assert set(controls) <= found.ids
    assert not {"end-others", "take-head", "filters"} & found.ids


def test_a_body_without_a_length_is_refused(local: Local) -> None:
    """What cannot be counted cannot be passed on without holding it."""
    reply = local.ask("POST", "/staff/api/views", Transfer_Encoding="chunked")
    assert reply.status == 411


def test_the_root_is_pinned_at_first_sight(
    local: Local, staff: Staff, pins: Pins, report: str
) -> None:
    """It is told, written down, and handed to the page that seals."""
    reply = local.get("/staff/api/programs/example/keyset.jws")
    assert reply.status == 200
    (told,) = local.said
    root = told.split("root ")[1].split()[0]
    assert pins.roots(local.server.desk.pinning.portal) == {"example": root}  # type: ignore[union-attr]
    assert root.encode() in local.get(f"/staff/reports/{report}").content
    assert local.get("/staff/api/programs/example/keyset.jws?version=1").status == 200
    assert len(local.said) == 1


def test_another_root_never_reaches_the_page(local: Local, pins: Pins, program: object) -> None:
    """A taken-over portal hands out keys of its own: the page gets a refusal, and no keyset."""
    desk = local.server.desk
    assert desk is not None
    pins.path.parent.mkdir(parents=True)
    pins.path.write_text(f'{{"{desk.pinning.portal} example": {{"root": "{"0" * 64}"}}}}')
    reply = local.get("/staff/api/programs/example/keyset.jws")
    assert reply.status == 403
    assert reply.json["error"]["code"] == KeysetRefused.code
    assert b"eyJ" not in reply.content


def test_an_older_keyset_never_reaches_the_page(local: Local, pins: Pins, program: object) -> None:
    """A withdrawn key could come back with it."""
    assert local.get("/staff/api/programs/example/keyset.jws").status == 200
    pins.path.write_text(pins.path.read_text().replace('"newest": 1', '"newest": 2'))
    assert local.get("/staff/api/programs/example/keyset.jws").status == 403
    assert local.get("/staff/api/programs/example/keyset.jws?version=1").status == 200


def test_signing_out_closes_it(local: Local) -> None:
    """For good: the link is used up."""
    assert local.post("/staff/api/sign-out").status == 200
    assert local.get("/staff/api/me").status == 401
    assert local.get("/staff/").status == 303
    assert local.get("/staff/sign-in").status == 200


def test_an_ended_key_is_told_as_such(local: Local, clock: Clock) -> None:
    """The page then leads to where it says what to do."""
    clock.advance(timedelta(hours=11))
    assert local.get("/staff/api/me").status == 401
    assert b"desk key has ended" in local.get("/staff/sign-in").content


def test_a_portal_that_is_gone_is_told(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error with a hint."""

    def broken(*_: object, **__: object) -> None:
        raise http.client.RemoteDisconnected("gone")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", broken)
    reply = local.get("/staff/api/queue")
    assert reply.status == 502
    assert reply.json["error"]["code"] == "portal-refused"
