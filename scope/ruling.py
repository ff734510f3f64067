"""The six things a scope can say about a target."""

from enum import StrEnum


class Ruling(StrEnum):
    """What the scope says about a target; only ``IN`` is a permission."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    PARTIAL = "partial"
    REVIEW = "review"
    INVALID = "invalid"
