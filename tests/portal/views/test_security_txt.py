"""security.txt where people look for it: each host has its own program's, and nobody else's."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sectxt import Parser

from portal.app import create_app
from portal.cases.program import Program
from portal.config import Config
from portal.policy.pack import RESERVED
from tests.actors import DAY, Staff
from tests.conftest import Clock

WELL_KNOWN = "/.well-known/security.txt"
URL = "https://report.example.org"
OPENING = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"
CLOSING = "-----BEGIN PGP SIGNATURE-----\n\niHUEARYKAB0=\n-----END PGP SIGNATURE-----\n"


@pytest.fixture
def config(app: Flask) -> Config:
    """The settings of the instance."""
    found: Config = app.extensions["portico"].config
    return found


@pytest.fixture
def https(config: Config, clock: Clock) -> Iterator[Callable[..., FlaskClient]]:
    """Serves the instance at an https address, with hosts that are its programs'."""

    def serve(**hosts: str) -> FlaskClient:
        named = {name.replace("_", "."): slug for name, slug in hosts.items()}
        made = create_app(replace(config, url=URL, hosts=named), clock=clock)
        served.append(made)
        return made.test_client()

    served: list[Flask] = []
    yield serve
    for made in served:
        made.extensions["portico"].store.database.close()


def test_the_file_of_a_program_is_plain_text(client: FlaskClient, program: Program) -> None:
    """With the one type that RFC 9116 takes, a tag, and no need to fetch it twice."""
    answer = client.get("/example/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert program.keyset is not None
    assert program.keyset.fingerprint in answer.text
    again = client.get("/example/security.txt", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_checker_takes_what_is_served(
    https: Callable[..., FlaskClient],
    publish: Callable[[str, Staff], Program],
    clock: Clock,
) -> None:
    """Both files of a portal at an https address, as they leave it."""
    clock.now = datetime.now(UTC)  # the checker knows no other time
    publish("example", Staff())
    publish("unnamed", Staff())
    client = https()
    for path in ("/example/security.txt", "/unnamed/security.txt", WELL_KNOWN):
        parser = Parser(client.get(path).data, urls=f"{URL}{path}")
        assert parser.is_valid(), parser.errors


def test_a_host_gets_its_own_program_and_nobody_elses(
    https: Callable[..., FlaskClient], publish: Callable[[str, Staff], Program]
) -> None:
    """In whatever case and with whatever port it is asked; a stranger gets the operator's."""
    publish("example", Staff())
    publish("unnamed", Staff())
    client = https(www_shop_com="example", www_org_net="unnamed", gone_org_net="gone")

    def asked(host: str) -> str:
        return client.get(WELL_KNOWN, headers={"Host": host}).text

    for host in ("www.shop.com", "WWW.Shop.com:8443", "www.shop.com."):
        said = asked(host)
        assert f"Contact: {URL}/example/report\n" in said
        assert "unnamed" not in said
        assert "Canonical: https://www.shop.com/.well-known/security.txt\n" in said
    assert "example/report" not in asked("www.org.net")
    for host in ("report.example.org", "shop.com", "www.shop.com.evil.net"):
        assert f"Contact: {URL}/example/report\nContact: {URL}/unnamed/report\n" in asked(host)
    refused = client.get(WELL_KNOWN, headers={"Host": "gone.org.net"})
    assert (refused.status_code, refused.mimetype) == (404, "text/plain")
    assert "Contact" not in refused.text


def test_the_only_program_has_the_portals_file(client: FlaskClient, program: Program) -> None:
    """With all its contacts, and both addresses as its places."""
    said = client.get(WELL_KNOWN)
    assert said.text == client.get("/example/security.txt").text
    assert "Contact: mailto:security@example.com\n" in said.text
    assert "/.well-known/security.txt\nCanonical: http" in said.text


def test_no_program_can_take_the_place(client: FlaskClient, program: Program) -> None:
    """The folder is reserved, and an unknown program has no file."""
    assert ".well-known" in RESERVED
    answer = client.get("/nobody/security.txt")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert answer.text.startswith("# no-such-program")


@pytest.fixture
def put(config: Config, client: FlaskClient, program: Program) -> Callable[..., Path]:
    """Puts a signed file in its place, made of the one that is served."""

    def signed(old: str = "", new: str = "") -> Path:
        text = client.get("/example/security.txt").text
        config.security.mkdir()
        path = config.security / "example.txt"
        path.write_text(f"{OPENING}{text.replace(old, new)}{CLOSING}")
        return path

    return signed


def test_a_signed_file_is_served_as_it_is(client: FlaskClient, put: Callable[..., Path]) -> None:
    """Byte for byte, at both addresses, for as long as it is right."""
    path = put()
    for address in ("/example/security.txt", WELL_KNOWN):
        assert client.get(address).data == path.read_bytes()


def test_a_signed_file_that_is_over_gives_way(
    client: FlaskClient, put: Callable[..., Path], clock: Clock
) -> None:
    """Then the portal's own stands in for it; keys that lapsed before change nothing."""
    put()
    clock.advance(179 * DAY)
    assert "BEGIN PGP" in client.get("/example/security.txt").text
    clock.advance(2 * DAY)
    answer = client.get("/example/security.txt").text
    assert "BEGIN PGP" not in answer
    assert "Contact: " in answer


def test_a_signed_file_that_says_something_else_gives_way(
    client: FlaskClient, put: Callable[..., Path]
) -> None:
    """Nobody is sent to an address that the policy no longer has."""
    put("security@example.com", "gone@example.com")
    assert "gone@example.com" not in client.get("/example/security.txt").text
