"""Four check symbols that catch up to four mistakes and locate up to two.

A Reed-Solomon code over GF(32) (reduced by x^5 + x^2 + 1, roots alpha^1 to alpha^4) at distance
five. Symbols are numbers from 0 to 31; the first one belongs to the highest power.
`static/js/check-symbols.js` computes the same.
"""

from collections.abc import Sequence

CHECKS = 4  # distance 5: any one to four wrong symbols leave a trace
_FIELD = 31  # non-zero elements of GF(32): the order of alpha
_REDUCTION = 0b100101  # x^5 + x^2 + 1

_POWERS = [1]  # _POWERS[n] is alpha^n
while len(_POWERS) < _FIELD:
    _doubled = _POWERS[-1] << 1
    _POWERS.append(_doubled ^ _REDUCTION if _doubled & 32 else _doubled)
_LOGARITHMS = {power: exponent for exponent, power in enumerate(_POWERS)}


def extend(data: Sequence[int]) -> tuple[int, ...]:
    """Give the data symbols followed by their four check symbols."""
    register = [0] * CHECKS
    for symbol in data:
        feedback = symbol ^ register[0]
        register = [
            shifted ^ _times(feedback, coefficient)
            for shifted, coefficient in zip([*register[1:], 0], _GENERATOR, strict=True)
        ]
    return (*data, *register)


def intact(word: Sequence[int]) -> bool:
    """Say whether the checks agree with the data."""
    return not any(_syndromes(word))


def locate(word: Sequence[int]) -> tuple[int, ...]:
    """Give the indices of one or two wrong symbols, or nothing when the damage is wider.

    Three or more mistakes often look like one or two elsewhere: an index says where to look,
    never what to write.
    """
    syndromes = _syndromes(word)
    exponents = _one_place(*syndromes) or _two_places(*syndromes)
    indices = sorted(len(word) - 1 - exponent for exponent in exponents)
    return tuple(indices) if indices and indices[0] >= 0 else ()


def _one_place(first: int, second: int, third: int, fourth: int) -> tuple[int, ...]:
    """Locate a single mistake: each syndrome is the one before, times the place."""
    if 0 in (first, second, third, fourth):
        return ()
    place = _over(second, first)
    steady = place == _over(third, second) == _over(fourth, third)
    return (_LOGARITHMS[place],) if steady else ()


def _two_places(first: int, second: int, third: int, fourth: int) -> tuple[int, ...]:
    """Locate two mistakes by Peterson's algorithm: the places X solve X^2 + sum X + product = 0."""
    determinant = _times(second, second) ^ _times(first, third)
    if determinant == 0:
        return ()
    sum_ = _over(_times(first, fourth) ^ _times(second, third), determinant)
    product = _over(_times(third, third) ^ _times(second, fourth), determinant)
    places = tuple(n for n, x in enumerate(_POWERS) if _times(x, x ^ sum_) == product)
    return places if len(places) == 2 else ()


def _syndromes(word: Sequence[int]) -> list[int]:
    return [_evaluate(word, _POWERS[root]) for root in range(1, CHECKS + 1)]


def _evaluate(word: Sequence[int], point: int) -> int:
    total = 0
    for symbol in word:
        total = _times(total, point) ^ symbol
    return total


def _times(left: int, right: int) -> int:
    if left == 0 or right == 0:
        return 0
    return _POWERS[(_LOGARITHMS[left] + _LOGARITHMS[right]) % _FIELD]


def _over(left: int, right: int) -> int:
    if left == 0:
        return 0
    return _POWERS[(_LOGARITHMS[left] - _LOGARITHMS[right]) % _FIELD]


def _generator() -> list[int]:
    """Multiply (x - alpha^1) … (x - alpha^4); the leading 1 is left out."""
    product = [1]
    for root in range(1, CHECKS + 1):
        shifted = [*product, 0]
        scaled = [0, *(_times(term, _POWERS[root]) for term in product)]
        product = [a ^ b for a, b in zip(shifted, scaled, strict=True)]
    return product[1:]


_GENERATOR = _generator()
