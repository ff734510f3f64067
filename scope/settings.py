"""What a program may choose about the reading of its rules."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """What a program may choose about the reading of its rules.

    Attributes:
        wildcard_apex: Whether ``*.shop.example`` also means ``shop.example``.
        strict_scheme: Whether ``https://…`` in a rule leaves out ``http://``.
        out_always_wins: Whether an exclusion beats even a smaller included rule inside it.
    """

    wildcard_apex: Literal["exclude", "include"] = "exclude"
    strict_scheme: bool = False
    out_always_wins: bool = False
