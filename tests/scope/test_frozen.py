"""Values that stay as they were made."""

import pytest

from scope.frozen import Frozen
from scope.places.names import Names


def test_a_value_is_compared_by_what_it_holds() -> None:
    """Equal fields make equal values, and equal values count once."""
    assert Names("a.example") == Names("a.example", wide=False)
    assert Names("a.example") != Names("a.example", wide=True)
    assert len({Names("a.example"), Names("a.example")}) == 1
    assert Names("a.example") != "a.example"


def test_a_value_never_changes() -> None:
    """Neither by assignment nor by deletion."""
    name = Names("a.example")
    with pytest.raises(AttributeError, match="text"):
        name.text = "b.example"
    with pytest.raises(AttributeError, match="text"):
        del name.text
    assert repr(name) == "Names(apex=False, text='a.example', wide=False)"


def test_one_field_is_enough() -> None:
    """A value may hold a single thing."""

    class Single(Frozen):
        __slots__ = ("only",)

        def __init__(self, only: int) -> None:
            self._hold(only=only)

    assert Single(1) == Single(1)
    assert hash(Single(1)) == hash(Single(1))
    assert Single(1) != Single(2)
