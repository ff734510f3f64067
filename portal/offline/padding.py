"""How long an archive becomes before it is sealed, so that its length says little.

Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
PURBs", section 4) with a floor under which all short reports look alike. `static/js/padding.js`
computes the same.
"""

FLOOR = 16 * 1024  # bytes: a report of a few pages


def padded_length(length: int) -> int:
    """Return the bytes to fill up to; never fewer than ``length``."""
    return max(FLOOR, padme(length))


def padme(length: int) -> int:
    """Round up so that only the few leading bits of a length stay visible; at most 12 % more."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    step = 1 << exponent - exponent.bit_length()
    return -(-length // step) * step
