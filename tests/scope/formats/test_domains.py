"""Plain lists of domains."""

from collections.abc import Callable

from scope.formats import Listing

Reads = Callable[[str, str], Listing]


def test_shared_hosts_and_suffixes_are_never_included(listing: Reads) -> None:
    """A host of many owners and a bare suffix are named, and are no rules."""
    found = listing("domains", "domains.txt")
    assert [(each.pattern, each.line) for each in found.include] == [
        ("shop.example.com", 1),
        ("*.pay.example.com", 2),
        ("www.shop.example.com", 10),
    ]
    assert [(each.code, each.entry) for each in found.remarks] == [
        ("flattened", ""),
        ("shared-host", "GitHub.com"),
        ("shared-host", "apps.apple.com"),
        ("public-suffix", ".com"),
        ("public-suffix", "co.uk"),
        ("public-suffix", "github.io"),
        ("no-name", "."),
    ]
