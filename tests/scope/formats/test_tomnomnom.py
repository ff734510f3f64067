"""The expressions of tomnomnom's inscope."""

from collections.abc import Callable

from scope import Rule
from scope.formats import Listing, write

Reads = Callable[[str, str], Listing]


def test_a_file_is_read(listing: Reads) -> None:
    """Anchored names become rules with their lines; the rest is left to a person."""
    found = listing("tomnomnom", "tomnomnom.scope")
    assert [(each.pattern, each.line) for each in found.include] == [
        ("*.shop.example", 1),
        ("pay.example", 2),
        ("<expression>pay.example", 3),
    ]
    assert [(each.pattern, each.line) for each in found.exclude] == [("*old.shop.example", 4)]


def test_only_hosts_are_written() -> None:
    """A permit for a path is dropped and an exclusion widened, both by name."""
    listing = Listing(
        "",
        (Rule("*.shop.example"), Rule("pay.example/v1")),
        (Rule("www.shop.example/logout"), Rule("/p2p")),
    )
    found = write("tomnomnom", [listing])
    assert found.text == ("(?i)^(?:[a-z0-9_-]+\\.)+shop\\.example$\n!(?i)^www\\.shop\\.example$\n")
    assert [(each.code, each.entry) for each in found.lost] == [
        ("narrower", "pay.example/v1"),
        ("widened", "www.shop.example/logout"),
        ("not-excluded", "/p2p"),
    ]
