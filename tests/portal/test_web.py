"""What every address has in common: safe headers, no cookie, errors that help."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.cases.program import Program
from portal.defence import HEADERS
from portal.web import SMALL_REQUEST

PUBLISHED = {
    *(
        f"/example/scope{page}"
        for page in (".json", ".txt", "/burp.json", "/zap.context", "/versions.json")
    ),
    *("/example/policy.json", "/example/security.txt", "/.well-known/security.txt"),
}
ANYTHING = {"slug": "example", "build": "x", "path": "css/base.css"}


@pytest.fixture
def everywhere(app: Flask, client: FlaskClient, program: Program) -> Iterator[list[TestResponse]]:
    """The answer of every address to every method it takes, and to one it does not."""
    answers = []
    with app.test_request_context():
        rules = list(app.url_map.iter_rules())
    for rule in rules:
        address = rule.build({name: ANYTHING.get(name, "x") for name in rule.arguments})
        assert address is not None
        answers += [
            client.open(address[1], method=method)
            for method in [*sorted(rule.methods or ()), "DELETE"]
        ]
    yield answers
    for answer in answers:
        answer.close()


def test_every_answer_is_defended(everywhere: list[TestResponse]) -> None:
    """Each header is on every answer, errors included; assets and what is published may be kept."""
    assert len(everywhere) > 40
    for answer in everywhere:
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers[name] == value, (answer.request.path, name)
        published = answer.request.path in PUBLISHED and "ETag" in answer.headers
        expected = "public, no-cache" if published else "no-store"
        assert expected in answer.headers["Cache-Control"], answer.request.path


def test_nobody_gets_a_cookie(everywhere: list[TestResponse]) -> None:
    """Promise 6: the public face sets none."""
    assert not [one.request.path for one in everywhere if "Set-Cookie" in one.headers]


def test_no_address_fails(everywhere: list[TestResponse]) -> None:
    """Whatever method is tried, no address answers with a fault of ours."""
    assert not [(one.request.path, one.status) for one in everywhere if one.status_code >= 500]


def test_the_content_policy_allows_no_exception() -> None:
    """Nothing inline, nothing evaluated, nothing from elsewhere, no blob for a worker."""
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    for hole in ("unsafe", "wasm", "blob:", "data:", "http:", "https:", "*"):
        assert hole not in policy


def test_only_https_portals_insist_on_it(client: FlaskClient, program: Program) -> None:
    """A portal on plain HTTP, such as the demo, does not lock browsers out of itself."""
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_assets_are_remembered_by_build(client: FlaskClient, program: Program) -> None:
    """An asset's address names its contents, so it may be kept for good; nothing else may."""
    import re

    page = client.get("/example/").get_data(as_text=True)
    address = re.search(r'href="(/static/[^"]+base\.css)"', page)
    assert address
    with client.get(address[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/x/../wsgi.py", "/static/x/%2e%2e/wsgi.py"])
def test_assets_stay_in_their_folder(client: FlaskClient, program: Program, path: str) -> None:
    """No address climbs out of the asset folder."""
    assert client.get(path).status_code == 404


def test_a_page_that_is_not_there_says_where_to_go(client: FlaskClient) -> None:
    """An unknown address gets a page with a way on, or JSON for a program."""
    page = client.get("/no/such/page")
    assert page.status_code == 404
    assert "front page" in page.get_data(as_text=True)
    plain = client.get("/no/such/page", headers={"Accept": "application/json"})
    assert plain.get_json()["error"]["code"] == "not-found"


def test_a_short_form_takes_no_flood(client: FlaskClient, program: Program) -> None:
    """Every address but the report's refuses more than a few short fields."""
    flood = {"target": "a" * (SMALL_REQUEST + 1)}
    answer = client.post("/example/scope", data=flood)
    assert answer.status_code == 413


def test_health_and_readiness(client: FlaskClient, program: Program) -> None:
    """The process says that it lives, and that its database does."""
    assert client.get("/healthz").data == b"ok\n"
    assert client.get("/readyz").data == b"ready\n"
