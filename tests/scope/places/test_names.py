"""Sets of host names."""

import pytest

from scope.places.extent import Extent
from scope.places.names import Names


@pytest.mark.parametrize(
    ("text", "name", "narrow", "wide"),
    [
        ("api-*.shop.example", "api-1.shop.example", True, True),
        ("api-*.shop.example", "x.api-1.shop.example", False, False),
        ("api-*.shop.example", "api-1.x.shop.example", False, True),
        ("a.*.shop.example", "x.a.b.shop.example", False, False),
        ("*.shop.example", "a.b.shop.example", True, True),
        ("*dev.shop.example", "a.mydev.shop.example", True, True),
        ("*.shop.*", "a.shop.co.uk", True, True),
        ("*.shop.*", "a.shop.evil.co.uk", False, False),
    ],
)
def test_what_a_pattern_means_at_least_and_at_most(
    text: str, name: str, narrow: bool, wide: bool
) -> None:
    """The narrow reading keeps stars in their label, the wide one lets them run."""
    assert Names(text).match(name) is narrow
    assert Names(text, wide=True).match(name) is wide


@pytest.mark.parametrize(
    ("one", "other", "extent"),
    [
        ("*.shop.example", "*.eu.shop.example", Extent.WHOLE),
        ("*.eu.shop.example", "*.shop.example", Extent.PART),
        ("api-*.shop.example", "*.shop.example", Extent.PART),
        ("api-*.shop.example", "*.eu.shop.example", Extent.NONE),
        ("a.shop.example", "*.shop.example", Extent.PART),
        ("*.other.example", "*.shop.example", Extent.NONE),
    ],
)
def test_how_much_of_a_wildcard_is_covered(one: str, other: str, extent: Extent) -> None:
    """A question about many names is answered for all of them, some, or none."""
    assert Names(one).extent(Names(other)) is extent
