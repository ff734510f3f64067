"""One thing a rule names, in its two readings."""

from dataclasses import dataclass

from scope.region import Region


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a rule names, in its two readings.

    Attributes:
        wide: The most it could mean; how an exclusion is read.
        narrow: The least it must mean, how a permission is read; None when nothing is certain.
        doubt: Too unclear to exclude either: a person decides.
        borrowed: A path alone, which lives on whatever hosts the scope includes.
        why: Code of the reason for which nothing is certain; empty when something is.
    """

    wide: Region
    narrow: Region | None
    doubt: bool = False
    borrowed: bool = False
    why: str = ""
