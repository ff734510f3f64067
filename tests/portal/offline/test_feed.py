"""The scope that a portal publishes, as a file on one's own machine."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.errors import FileRefused, PortalRefused
from portal.offline import answers, feed
from portal.offline.connection import Portal
from tests import kiosk
from tests.kiosk import Kiosk

SHOP = json.dumps(
    {
        "format": "portico-scope/1",
        "program": "shop",
        "policy": {"version": 5, "sha256": "ab" * 32},
        "in": [{"pattern": "*.shop.example"}],
    }
)


@pytest.fixture
def portal() -> Iterator[Kiosk]:
    """A portal that publishes the scope of a shop."""
    with kiosk.opened() as made:
        made.files["/shop/scope.json"] = SHOP
        yield made


def test_a_scope_is_fetched(portal: Kiosk) -> None:
    """Rules and version arrive as the portal published them."""
    found = feed.fetch(Portal.at(portal.url), "shop")
    assert found.edition is not None
    assert found.edition.version == 5
    assert found.listing.scope().check("a.shop.example").ruling == "in"


@pytest.mark.parametrize("text", ["", "\x1b[2J", '{"format": "portico-scope/1"}', "[" * 99999])
def test_what_is_no_scope_is_refused(text: str, portal: Kiosk) -> None:
    """Another document, or one that names no program, is not gone by."""
    portal.files["/shop/scope.json"] = text
    with pytest.raises(PortalRefused) as refusal:
        feed.fetch(Portal.at(portal.url), "shop")
    assert "\x1b" not in refusal.value.message


def test_an_endless_answer_is_refused(portal: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is longer than any scope is not read to its end, and half of it is never gone by."""
    monkeypatch.setattr(answers, "MAX_ANSWER_BYTES", len(SHOP) - 1)
    with pytest.raises(PortalRefused, match="longer than"):
        feed.fetch(Portal.at(portal.url), "shop")


@pytest.mark.parametrize(
    ("address", "front", "program"),
    [
        ("{url}/shop/", "", "shop"),
        ("{url}/shop/scope?lang=de", "", "shop"),
        ("{url}", "/shop/", "shop"),
        ("{url}/", "{url}/shop/", "shop"),
        ("{url}", "", None),
        ("{url}", "/", None),
        ("{url}", "//evil.example/%0d%0aX", None),
    ],
)
def test_a_program_is_found_by_its_address(
    address: str, front: str, program: str | None, portal: Kiosk
) -> None:
    """Any page of a program names it; the front page does when there is only one program."""
    portal.files["/"], portal.front = "Welcome", front.format(url=portal.url)
    found = feed.program_at(address.format(url=portal.url), Portal.at(portal.url))
    assert found == program


def test_a_saved_scope_is_read(tmp_path: Path) -> None:
    """What was fetched long ago still says what applied then."""
    path = tmp_path / "scope.json"
    path.write_text(SHOP, encoding="utf-8")
    assert feed.saved(path).program == "shop"


@pytest.mark.parametrize("text", ["shop.example\n", "{}"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    """A file of another kind is named, and so is what to save instead."""
    path = tmp_path / "scope.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused) as refusal:
        feed.saved(path)
    assert "scope.json" in refusal.value.hint
