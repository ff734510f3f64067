"""The exclusions that keep expressions from being fooled by how a path is written."""

import json
import re

import pytest

from scope import Rule
from scope.formats import Listing, expressions, guards, read, write

ADMIN = Listing("shop", (Rule("shop.com"),), (Rule("shop.com/admin"),))
HIDDEN = [
    "/admin%20", "/admin.", "/admin%20/x", "/admin./x", "/admin..%20", "/%c1%a1dmin",
    "/%61dmin", "/%C1%A1dmin", "/%e0%81%a1dmin", "/%u0061dmin", "/\uff41dmin", "/%ef%bd%81dmin",
    "//admin", "/./admin", "/app/../admin", "/app/%c0%ae%c0%ae/admin", "/app/..%20/admin",
    "/app/.%20./admin/..%20", "/app/%e0%80%ae%e0%80%ae/admin", "/app\\..\\admin", "/app/..;/admin",
    "/app\u2215admin", "/admin%00", "/admin%", "/admin ", "/admin.?x", "/..",
]  # fmt: skip
PLAIN = [
    "/",
    "/admin",
    "/a.b/c",
    "/v1.2",
    "/a%20b",
    "/.well-known/x",
    "/a?x=../%61//y.",
    "/~me/a,b",
]


@pytest.mark.parametrize("path", HIDDEN)
def test_a_path_that_may_hide_another_is_taken(path: str) -> None:
    """Blanks and dots at an end, long forms of letters, and all else that a server may undo."""
    assert re.fullmatch(expressions.ROUNDABOUT, path, re.IGNORECASE)
    assert re.fullmatch(expressions.ROUNDABOUT, path)  # Go tells capitals from small letters


@pytest.mark.parametrize("path", PLAIN)
def test_a_plain_path_is_not(path: str) -> None:
    """What can be read in one way only stays with the other expressions."""
    assert not re.fullmatch(expressions.ROUNDABOUT, path, re.IGNORECASE)


@pytest.mark.parametrize("name", ["burp", "zap-context", "zap-plan", "hacker-scoper"])
@pytest.mark.parametrize("guard", [expressions.ROUNDABOUT, expressions.FORMER])
def test_a_guard_is_known_again(name: str, guard: str) -> None:
    """Files of today and of yesterday give back the rules they were made from, and no more."""
    text = write(name, [ADMIN]).text
    for plain in (str, lambda each: json.dumps(each)[1:-1]):  # two of the formats are JSON
        text = text.replace(plain(expressions.ROUNDABOUT), plain(guard))
    (again,) = read(name, text)
    assert [each.pattern for each in again.exclude] == ["shop.com/admin"]
    assert again.remarks == ()


@pytest.mark.parametrize("name", ["burp", "zap-context", "zap-plan", "hacker-scoper"])
def test_our_own_files_give_back_the_rules_without_a_word(name: str) -> None:
    """Guards of paths and of stores' pages are no rules, and nothing that has to be told."""
    include = ("*.shop.com", "https://play.google.com/books", "apps.apple.com", "shop.com/app")
    rules = Listing("shop", tuple(map(Rule, include)), (Rule("old.shop.com"),))
    (again,) = read(name, write(name, [rules]).text)
    assert [each.pattern for each in again.exclude if "google" not in each.pattern] == [
        "old.shop.com"
    ]
    assert again.remarks == ()


@pytest.mark.parametrize("page", [guards.APPLE_PAGE, guards.GOOGLE_PAGE])
def test_the_page_of_an_app_is_a_guard_in_its_store_alone(page: str) -> None:
    """Whoever excludes such pages on a host of their own has excluded them."""
    entry = {"enabled": True, "host": r"^shop\.com$", "file": f"^{page}$", "protocol": "any"}
    burp = {"target": {"scope": {"include": [], "exclude": [entry]}}}
    context = f"<configuration><context><name>a</name><excregexes>^https?://shop\\.com{page}$"
    for name, text in (
        ("burp", json.dumps(burp)),
        ("zap-context", f"{context}</excregexes></context></configuration>"),
    ):
        (found,) = read(name, text)
        assert any("shop.com" in each.pattern for each in found.exclude), name
