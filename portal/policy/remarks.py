"""What advice on a pack looks like."""

from dataclasses import dataclass
from typing import Literal

from portal.policy.faults import Path

Level = Literal["warning", "notice"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the author of a pack may want to know.

    Attributes:
        line: Where it applies, from 1.
        where: The key, as a path; empty for the pack as a whole.
        level: ``warning`` or ``notice``.
        code: Stable name, in kebab-case.
        message: One sentence.
        hint: What to do about it, one sentence.
    """

    line: int
    where: str
    level: Level
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Found:
    """A remark at a key that has not been given its line yet."""

    path: Path
    level: Level
    code: str
    message: str
    hint: str
