"""Bech32, the text form of age keys (BIP 173, without its length limit).

The checksum catches mistyped keys. It is not a defence against somebody who wants to swap one.
"""

from collections.abc import Iterable

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHECK_SYMBOLS = 6
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}


def encode(prefix: str, data: bytes) -> str:
    """Return ``data`` as Bech32 under a lowercase human-readable prefix."""
    symbols = _regroup(data, 8, 5)
    check = _checksum(prefix, symbols)
    return prefix + "1" + "".join(ALPHABET[value] for value in symbols + check)


def decode(text: str) -> tuple[str, bytes]:
    """Return the prefix, in the case it was written in, and the bytes.

    Raises:
        ValueError: Mixed case, a foreign character, no prefix, a wrong checksum or leftover bits;
            the message says which.
    """
    if any(not 33 <= ord(character) <= 126 for character in text):
        raise ValueError("it has a character that does not belong there")
    if text not in {text.lower(), text.upper()}:
        raise ValueError("it mixes upper and lower case")
    prefix, separator, tail = text.rpartition("1")
    if not separator or not prefix or len(tail) < CHECK_SYMBOLS:
        raise ValueError("it is too short, or its prefix is missing")
    symbols = _symbols(tail.lower())
    if _polymod(_expanded(prefix.lower()) + symbols) != 1:
        raise ValueError("its checksum does not fit")
    return prefix, _whole_bytes(symbols[:-CHECK_SYMBOLS])


def _symbols(text: str) -> list[int]:
    try:
        return [_VALUES[character] for character in text]
    except KeyError:
        raise ValueError("it has a character that does not belong there") from None


def _checksum(prefix: str, symbols: list[int]) -> list[int]:
    rest = _polymod(_expanded(prefix) + symbols + [0] * CHECK_SYMBOLS) ^ 1
    return [rest >> 5 * (CHECK_SYMBOLS - 1 - place) & 31 for place in range(CHECK_SYMBOLS)]


def _expanded(prefix: str) -> list[int]:
    codes = [ord(character) for character in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: Iterable[int]) -> int:
    """Remainder of the BCH code of BIP 173, section "Checksum"."""
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(GENERATORS):
            if top >> place & 1:
                rest ^= generator
    return rest


def _regroup(data: Iterable[int], have: int, want: int) -> list[int]:
    """Cut groups of ``have`` bits into groups of ``want`` bits, the last filled with zero bits."""
    groups: list[int] = []
    held = bits = 0
    for value in data:
        held = (held << have | value) & 0xFFF
        bits += have
        while bits >= want:
            bits -= want
            groups.append(held >> bits & (1 << want) - 1)
    if bits:
        groups.append(held << want - bits & (1 << want) - 1)
    return groups


def _whole_bytes(symbols: list[int]) -> bytes:
    """Turn symbols into bytes; the bits left over must be fewer than five, and zero."""
    whole, left = divmod(len(symbols) * 5, 8)
    groups = _regroup(symbols, 5, 8)
    if left >= 5 or any(groups[whole:]):
        raise ValueError("it has bits left over")
    return bytes(groups[:whole])
