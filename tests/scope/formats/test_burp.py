"""Burp's target scope."""

import json
from collections.abc import Callable

import pytest

from scope import Rule, Ruling
from scope.errors import FormatUnreadable
from scope.formats import Listing, read, write

Reads = Callable[[str, str], Listing]


def written(include: list[str], exclude: list[str]) -> dict[str, list[dict[str, str]]]:
    """Return the target scope that some rules become."""
    listing = Listing("", tuple(map(Rule, include)), tuple(map(Rule, exclude)))
    scope = json.loads(write("burp", [listing]).text)["target"]["scope"]
    assert scope["advanced_mode"] is True
    return {side: scope[side] for side in ("include", "exclude")}


def test_expressions_are_anchored_and_escaped() -> None:
    """A name takes itself and no longer or similar one; path and port have fields of their own."""
    (entry,) = written(["api-*.shop.example:8443/v1"], [])["include"]
    assert entry == {
        "enabled": True,
        "file": "^(?-i:/v1)(?:[/?#].*)?$",
        "host": "^api-[a-z0-9_-]*\\.shop\\.example$",
        "port": "^8443$",
        "protocol": "any",
    }


def test_a_block_stands_where_the_host_does() -> None:
    """Burp knows blocks of addresses, and takes a lone one for an expression."""
    hosts = [each["host"] for each in written(["192.0.2.0/24", "192.0.2.7"], [])["include"]]
    assert hosts == ["192.0.2.0/24", "^192\\.0\\.2\\.7$"]


def test_a_permit_inside_an_exclusion_is_cut_out_of_it() -> None:
    """Burp lets exclusions win, so the excluded expression leaves the smaller permit alone."""
    scope = written(["*.shop.example", "api.old.shop.example"], ["*.old.shop.example"])
    (entry,) = scope["exclude"]
    assert entry["host"] == "^(?!api\\.old\\.shop\\.example$)[^/?#]*\\.old\\.shop\\.example$"


def test_addresses_are_cut_out_as_numbers() -> None:
    """A permitted address inside an excluded block splits the block."""
    scope = written(["192.0.2.1"], ["192.0.2.0/30"])
    hosts = [each["host"] for each in scope["exclude"]]
    assert hosts == ["^192\\.0\\.2\\.0$", "192.0.2.2/31"]


def test_what_burp_cannot_hold_is_named() -> None:
    """Conditions and open questions shut a permit out, and never an exclusion."""
    listing = Listing(
        "",
        (Rule("*.shop.example", when={"tag": "production"}), Rule("*.com"), Rule("id1234567")),
        (Rule("old.shop.example", when={"from": "2027-01-01"}), Rule("the usual")),
    )
    found = write("burp", [listing])
    assert [(each.code, each.entry) for each in found.lost] == [
        ("condition", "*.shop.example"),
        ("review", "*.com"),
        ("app", "id1234567"),
        ("condition", "old.shop.example"),
        ("unreadable-exclusion", "the usual"),
    ]
    scope = json.loads(found.text)["target"]["scope"]
    assert (len(scope["include"]), len(scope["exclude"])) == (0, 1)


def test_a_project_is_read(listing: Reads) -> None:
    """Plain expressions become rules, others are left to a person, and nothing vanishes."""
    found = listing("burp", "burp-project.json")
    assert [each.pattern for each in found.include] == [
        "https://www.shop.example:443",
        "*.pay.example",
        "pay.example",
        "192.0.2.0/24",
        "*.open.example",
        "<expression>shop.example",
        "only.shop.example/page<any>",
    ]
    assert [each.pattern for each in found.exclude] == [
        "/*logout*",
        "dev*.shop.example",
        "staging*.shop.example",
        "<expression>",
    ]
    assert [each.code for each in found.remarks] == ["disabled", *["expression"] * 3]


def test_an_exclusion_that_cannot_be_read_leaves_everything_to_a_person(listing: Reads) -> None:
    """It may exclude anything, so nothing is in scope until someone has looked."""
    scope = listing("burp", "burp-project.json").scope()
    assert scope.check("https://a.pay.example/").ruling is Ruling.REVIEW
    assert scope.check("https://a.pay.example/logout").ruling is Ruling.OUT


def test_prefixes_are_read_as_text(listing: Reads) -> None:
    """A prefix ends anywhere in the path, and names the default port by leaving it out."""
    found = listing("burp", "burp-prefixes.json")
    rulings = {
        "https://shop.example/x": "in",
        "https://shop.example/administrator": "out",
        "http://shop.example/": "unknown",
        "https://a.pay.example/": "in",
        "http://old.example:8080/app/x": "in",
        "http://old.example:8080/apple": "unknown",
    }
    scope = found.scope()
    assert {each: scope.check(each).ruling.value for each in rulings} == rulings


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"target": {"scope": 7}}', '{"include": 7}', "{" * 100_000]
)
def test_another_file_is_refused(text: str) -> None:
    """What is not Burp's is said to be so, and no error but ours comes out."""
    with pytest.raises(FormatUnreadable):
        read("burp", text)


def test_odd_entries_are_named() -> None:
    """An entry that is none becomes a remark when it includes, and a question when it excludes."""
    text = json.dumps({"include": [7, {}, {"host": 1}], "exclude": [None]})
    (found,) = read("burp", text)
    assert [each.code for each in found.remarks] == ["odd-entry"] * 3 + ["expression"]
    assert (found.include, found.exclude[0].pattern) == ((), "<expression>")
