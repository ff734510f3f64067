"""Where in many lines something stands, told of all lines at once.

To look at a text as a whole takes a tenth of the time that a look at each of its lines takes.
"""

from collections.abc import Iterable, Iterator
from itertools import compress, count


def foreign(text: str, allowed: bytes, lines: int) -> Iterator[int]:
    r"""Yield the places of lines with a character that is not allowed, in rising order.

    >>> [*foreign("ab\nxy\ncx\n", b"abc", 3)]
    [1, 2]

    Args:
        text: Lines, each with its end.
        allowed: Characters, all of them ASCII.
        lines: How many lines there are.
    """
    left = text.encode("utf-8", "surrogatepass").translate(None, allowed)
    return compress(count(), left.split(b"\n")) if len(left) > lines else iter(())


def having(text: str, needle: str) -> Iterator[int]:
    r"""Yield the places of lines that have some letters, once for each time they have them.

    >>> [*having("\nab.c\n.b\nc\n", "\n."), *having("\nabab\nc\n", "ab")]
    [1, 0, 0]

    Args:
        text: A line end, then lines, each with its end.
        needle: What to find; a line end in it stands for that before its line.
    """
    return numbered(text, _found(text, needle))


def numbered(text: str, found: Iterable[int]) -> Iterator[int]:
    """Turn rising places in a text that begins with a line end into places of lines."""
    line, last = -1, 0
    for at in found:
        line += text.count("\n", last, at + 1)
        last = at + 1
        yield line


def _found(text: str, needle: str) -> Iterator[int]:
    """Yield where a text has another."""
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)
