"""Crockford's base32: thirty-two symbols that survive handwriting and the telephone.

`static/js/crockford.js` reads and writes exactly the same, character for character.
"""

from collections.abc import Iterable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Spelled out, because Python and JavaScript disagree on what a space is.
_SPACES = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_IGNORED = frozenset(_SPACES + _HYPHENS)

# A table rather than str.upper(): the upper case of a dotless i is I, which would pass as 1.
_VALUES = (
    {symbol: value for value, symbol in enumerate(ALPHABET)}
    | {symbol.lower(): value for value, symbol in enumerate(ALPHABET)}
    | {"O": 0, "o": 0, "I": 1, "i": 1, "L": 1, "l": 1}
)


def read(text: str) -> tuple[int | None, ...]:
    """Give one value per written character, spaces and hyphens left out.

    Reads either case, O as 0, I and L as 1. A character that is not ours becomes None, so that
    the caller can judge the length first and still say where the stranger stands.
    """
    return tuple(_VALUES.get(character) for character in text if character not in _IGNORED)


def write(values: Iterable[int]) -> str:
    """Write values from 0 to 31 as symbols, in upper case."""
    return "".join(ALPHABET[value] for value in values)
