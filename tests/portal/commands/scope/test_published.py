"""Rules that a program has published: on a portal, or in the instance on this machine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.commands import packs
from portal.commands.opened import instance
from portal.commands.publishing import publish_packs
from portal.config import Config
from portal.policy.clocks import utc_now
from tests.kiosk import Kiosk
from tests.live import ROOT

CHECK = ("scope", "check")


@pytest.mark.parametrize(
    "words",
    [("URL", "--program", "shop"), ("URL",), ("URL/shop/",), ("URL/shop/scope",)],
)
def test_the_portal_is_asked_once_and_never_about_a_target(
    words: tuple[str, ...], portal: Kiosk, portico: Callable[..., Any]
) -> None:
    """The scope is fetched, and everything else happens here."""
    filled = [word.replace("URL", portal.url) for word in words]
    assert portico(*CHECK, "--url", *filled, "shop.example", "x.shop.example").out == (
        "shop.example\nx.shop.example\n"
    )
    assert portal.asked[-1] == "GET /shop/scope.json HTTP/1.1"
    assert set(portal.asked[:-1]) <= {"GET / HTTP/1.1"}
    assert len(portal.asked) <= 2


def test_it_says_by_which_version(portal: Kiosk, portico: Callable[..., Any]) -> None:
    """The explanation names the portal, the program and the version of its policy."""
    said = portico(*CHECK, "--url", portal.url, "--explain", "a.shop.example")
    assert said.code == 0
    assert f"  rules from: {portal.url}/shop/, policy version 5\n" in said.out
    assert 'decided by: "*.shop.example" (included, rule all)' in said.out


def test_of_several_programs_one_must_be_named(portal: Kiosk, portico: Callable[..., Any]) -> None:
    """A portal that offers a choice is not chosen from."""
    portal.front, portal.files["/"] = "", "Welcome"
    said = portico(*CHECK, "--url", portal.url, "a.shop.example")
    assert (said.code, said.out) == (2, "")
    assert f"{portal.url}/PROGRAM/" in said.err


@pytest.mark.parametrize("text", ["<html>", "[]", '{"format": "portico-scope/9"}', "{" * 9999])
def test_an_answer_of_another_kind_is_no_ruling(
    text: str, portal: Kiosk, portico: Callable[..., Any]
) -> None:
    """What cannot be read wholly is not used at all."""
    portal.files["/shop/scope.json"] = text
    said = portico(*CHECK, "--url", portal.url, "a.shop.example")
    assert (said.code, said.out) == (2, "")
    assert "The portal's scope cannot be read" in said.err


def test_another_programs_scope_is_not_taken(portal: Kiosk, portico: Callable[..., Any]) -> None:
    """A portal that answers with somebody else's rules is not believed."""
    portal.files["/bank/scope.json"] = portal.files["/shop/scope.json"]
    said = portico(*CHECK, "--url", portal.url, "--program", "bank", "a.shop.example")
    assert (said.code, said.out) == (2, "")
    assert "the scope of shop" in said.err


def test_a_portal_that_has_no_such_program_is_no_ruling(
    portal: Kiosk, portico: Callable[..., Any]
) -> None:
    """The exit code is that of a misuse, never that of “out”."""
    assert portico(*CHECK, "--url", portal.url, "--program", "zoo", "a.example").code == 2


def test_the_operator_asks_the_instance(config: Config, portico: Callable[..., Any]) -> None:
    """On the server, --program goes by what is published there."""
    pack = (ROOT / "policies" / "example.toml").read_text(encoding="utf-8")
    (config.policies / "example.toml").write_text(pack, encoding="utf-8")
    with instance(config) as opened:
        publish_packs(packs.read(config.policies), opened.catalogue, now=utc_now())
    said = portico(*CHECK, "--program", "example", "--explain", "a.shop.example.com")
    assert said.code == 0
    assert "rules from: Example, policy version 1" in said.out
    assert portico(*CHECK, "--program", "zoo", "a.shop.example.com").code == 2


def test_without_an_instance_it_says_what_else_there_is(
    tmp_path: Path, portico: Callable[..., Any]
) -> None:
    """A researcher who has no instance learns of --url and --rules."""
    said = portico(*CHECK, "--program", "example", "a.shop.example.com")
    assert said.code == 2
    assert "--url" in said.err
