"""How much of a target a rule reaches."""

from enum import IntEnum


class Extent(IntEnum):
    """Nothing, some or all of it; the smaller of two is what both reach together."""

    NONE = 0
    PART = 1
    WHOLE = 2
