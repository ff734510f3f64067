"""The names of nil0x42's inscope."""

from collections.abc import Callable

from scope import Rule
from scope.formats import Listing, write

Reads = Callable[[str, str], Listing]


def test_a_file_is_read(listing: Reads) -> None:
    """Three marks exclude, and a star before a dot takes the name itself, as in the tool."""
    found = listing("inscope", "SCOPE")
    scope = found.scope()
    rulings = {
        "shop.example": "in",
        "a.shop.example": "in",
        "old.shop.example": "out",
        "dev.shop.example": "out",
        "test.shop.example": "out",
    }
    assert {each: scope.check(each).ruling.value for each in rulings} == rulings


def test_a_name_that_is_not_meant_is_excluded() -> None:
    """The tool reads *.x as x too, so a line more takes x away."""
    listing = Listing("", (Rule("*.shop.example"), Rule("*.pay.example"), Rule("pay.example")))
    assert write("inscope", [listing]).text == (
        "*.shop.example\n*.pay.example\npay.example\n! shop.example\n"
    )


def test_every_line_is_one_the_tool_takes() -> None:
    """One other line would keep it from starting: blocks and inner stars have to go."""
    listing = Listing(
        "", (Rule("api-*.shop.example"), Rule("10.0.0.0/8"), Rule("a_b.shop.example")),
        (Rule("old*.shop.example"), Rule("10.1.0.0/15")),
    )  # fmt: skip
    found = write("inscope", [listing])
    assert found.text == "! old*.shop.example\n! old.shop.example\n! 10.*.*.*\n"
    assert [each.code for each in found.lost] == ["scattered"] * 3 + ["widened"]
