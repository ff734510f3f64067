"""`portico report thank | unthank`: what is said, and what is refused."""

from collections.abc import Callable
from typing import Any

Portico = Callable[..., Any]


def test_a_report_that_is_not_there_is_named(config: Any, portico: Portico) -> None:
    """Nobody is thanked by a slip of the pen."""
    for words in (("thank", "7k2m9-qx4dw", "Zoë"), ("unthank", "7k2m9-qx4dw")):
        refused = portico("report", *words)
        assert refused.code == 1
        assert "no report" in refused.err.lower()


def test_a_name_is_one_visible_line(config: Any, portico: Portico) -> None:
    """What could pass for another name, or for nothing, is refused."""
    for name in ("", "  ", "Zo\u202eë", "a" * 81):
        refused = portico("report", "thank", "7k2m9-qx4dw", name)
        assert refused.code == 1
        assert "This name cannot be used" in refused.err
