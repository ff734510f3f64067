"""Expressions read as patterns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scope.formats.globs import Foreign, globs


@pytest.mark.parametrize(
    ("expression", "patterns"),
    [
        (r"^shop\.example$", ["shop.example"]),
        (r"shop\.example$", ["*shop.example"]),
        (r"^(a|b)\.shop\.(fr|de)$", ["a.shop.fr", "a.shop.de", "b.shop.fr", "b.shop.de"]),
        (r"\Qshop.example\E", ["*shop.example*"]),
        (r"^https?://a", ["https://a*", "http://a*"]),
        (r"^10\.(?:0|1|2)\.0\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$", ["10.0-2.0.\x03"]),
    ],
)  # fmt: skip
def test_plain_expressions_are_read(expression: str, patterns: list[str]) -> None:
    """Literal text, anchors, alternatives and options become patterns with stars."""
    assert list(globs(expression, whole=False)) == patterns


def test_a_dot_among_escaped_ones_takes_more_in_exclusions() -> None:
    """Where others are escaped it was meant for any character; permits stay narrow even so."""
    assert globs(r"^d.v\.shop\.example$", whole=False, permits=False) == ("d\x02v.shop.example",)
    assert globs(r"^d.v\.shop\.example$", whole=False) == ("d.v.shop.example",)
    assert globs(r"^www.shop.example$", whole=False, permits=False) == ("www.shop.example",)


@pytest.mark.parametrize(
    "expression",
    [
        *[r"a{2}", r"(?<=a)b", r"a(?=b)", r"\1", "(a", "a)", "[a", "*a", "a**"],
        *["(" * 20 + "a" + ")" * 20, "(a|b)" * 20],
    ],
)
def test_others_are_not(expression: str) -> None:
    """What no pattern can say is refused, and never run."""
    with pytest.raises(Foreign):
        globs(expression, whole=False)


@settings(max_examples=200, deadline=None)
@given(st.text(r"ab.*+?()[]{}|\^$Q/", max_size=30))
def test_no_expression_breaks_the_reader(expression: str) -> None:
    """Whatever stands there, it is read or refused."""
    try:
        assert globs(expression, whole=True)
    except Foreign:
        assert expression
