"""How much a report's size says about it."""

from collections.abc import Callable
from typing import Any

import pytest

Node = Callable[..., Any]

SCRIPT = """
const { paddedLength, padme } = await load("js/padding.js")
return input.map((length) => [paddedLength(length), padme(length)])
"""


def padme(length: int) -> int:
    """Padmé as its authors define it, with bit masks."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def test_lengths_follow_the_published_function(node: Node) -> None:
    """Padded lengths equal Padmé with a floor of 16 KiB, around every power of two to 2^45."""
    lengths = sorted({max(1, 2**power + step) for power in range(46) for step in (-1, 0, 1, 777)})
    for length, (padded, plain) in zip(lengths, node(SCRIPT, lengths), strict=True):
        assert plain == padme(length)
        assert padded == max(16384, padme(length))
        assert padded >= length


@pytest.mark.thorough
def test_padding_costs_little_and_hides_much(node: Node) -> None:
    """Above 64 KiB at most 3.1 % is added, and archives up to 64 MB have few different sizes."""
    lengths = list(range(65_536, 64 * 2**20, 512 * 37))
    padded = [answer[0] for answer in node(SCRIPT, lengths)]
    assert max(after / before for before, after in zip(lengths, padded, strict=True)) < 1.032
    assert len(set(padded)) < 350
    assert all(length % 512 == 0 for length in padded)
