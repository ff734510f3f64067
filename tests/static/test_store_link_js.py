"""Links to an app's page in a store: the browser names the app that the server would name."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from portal.policy.pack import Policy

pytestmark = pytest.mark.thorough

Node = Callable[..., Any]

PACK = Path(__file__).resolve().parents[2] / "policies" / "example.toml"
CUT = """
const { sentTarget } = await load("js/sent-target.js")
return input.map((text) => [true, false].map((usesPaths) => sentTarget(text, { usesPaths })))
"""
OPENINGS = ("https://", "http://", "HTTPS://", "", "https://user:SECRET@")
PLAY_HOSTS = ("play.google.com", "Play.Google.com", "play.google.com.", "market.android.com",
              "play.google.com:443", "play.google.com.evil.example", "evil.example")  # fmt: skip
PLAY_PATHS = ("/store/apps/details", "/store/apps/details/", "/details", "/store//apps/details",
              "/x/../store/apps/details", "/store/apps/dev", "/STORE/apps/details", "")  # fmt: skip
QUERIES = (
    "?id=com.example.shop", "?hl=nl&id=com.example.shop&token=SECRET#SECRET", "?hl=nl",
    "?id=com.example.shop&id=com.example.shop", "?id=com.example.shop&id=com.other",
    "?id=com%2Eexample.shop", "?ID=com.example.shop", "?id=", "?id=&id=com.example.shop",
    "?id=com.example.shop;x", "?id=com", "#?id=com.example.shop",
)  # fmt: skip
APPLE = (
    "apps.apple.com/us/app/shop/id1234567", "itunes.apple.com/app/id1234567/?mt=8",
    "Apps.Apple.com/id1234567#SECRET", "apps.apple.com:443/app/id1234567?x=SECRET",
    "apps.apple.com/us/app/shop", "apps.apple.com/app/id1", "apps.apple.com/app/ID1234567",
    "apps.apple.com/app/id1234567/reviews", "evil.example/app/id1234567",
)  # fmt: skip
ALONE = ("market://details?id=com.example.shop&x=SECRET", "android:com.example.shop", "id1234567",
         "shop/id1234567", "ios:1234567", "com.example.shop")  # fmt: skip


def test_a_store_link_is_ruled_on_as_the_server_would(node: Node) -> None:
    """What is sent for a link gets the ruling of the whole link; nothing else of it is sent."""
    scope = Policy.parse(PACK.read_text("utf-8")).scope_rules.scope
    links = [*map("".join, product(OPENINGS, PLAY_HOSTS, PLAY_PATHS, QUERIES))]
    links += [*map("".join, product(OPENINGS, APPLE)), *ALONE]
    named = 0
    for link, (cut, bare) in zip(links, node(CUT, links), strict=True):
        asked, whole = scope.check(cut), scope.check(link)
        assert (asked.ruling, asked.rule) == (whole.ruling, whole.rule), link
        assert "SECRET" not in cut + bare, link
        if whole.target.startswith(("android:", "ios:")):
            assert cut == bare, link
            assert asked.target == whole.target, link
            named += whole.ruling == "in"
    assert named > 100
