"""The two files of hacker-scoper."""

from collections.abc import Callable

from scope import Rule
from scope.formats import Listing, read, write
from scope.formats.hackerscoper import joined, split

Reads = Callable[[str, str], Listing]


def test_both_files_are_read(listing: Reads) -> None:
    """Names, blocks and expressions; an excluded name takes whatever ends so, as in the tool."""
    found = listing("hacker-scoper", "hacker-scoper.txt")
    assert [(each.pattern, each.line) for each in found.include] == [
        ("*.shop.example", 2),
        ("192.0.2.0/24", 3),
        ("<expression>shop.example", 5),
        ("http://pay.example:80", 6),
        ("https://pay.example:443", 6),
    ]
    assert [(each.pattern, each.line) for each in found.exclude] == [
        ("*old.shop.example", 8),
        ("www.shop.example/logout", 9),
        ("192.0.2.7", 10),
    ]


def test_one_text_holds_two_files() -> None:
    """Cut in two and joined again, a scope is the same."""
    listing = Listing("", (Rule("*.shop.example"),), (Rule("old.shop.example"),))
    text = write("hacker-scoper", [listing]).text
    inside, outside = split(text)
    assert "old" not in inside
    assert "old" in outside
    assert read("hacker-scoper", joined(inside, outside)) == read("hacker-scoper", text)
