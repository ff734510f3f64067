"""What advice on a pack looks like."""

from dataclasses import dataclass
from typing import Final, Literal

from portal.policy.faults import Path

Level = Literal["error", "warning", "notice"]
# Why a conflict with the directive matters also to those whom it does not bind.
BOD: Final = "CISA's BOD 20-01, which many programs follow,"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the author of a pack may want to know.

    Attributes:
        line: Where it applies, from 1.
        where: The key, as a path; empty for the pack as a whole.
        level: ``error``: the program cannot be run so; ``warning``: it conflicts with practice or
            with itself; ``notice``: it may well be meant.
        code: Stable name, in kebab-case.
        message: What is noticed, one sentence.
        why: Why it matters, one sentence.
        hint: What to write instead, one sentence.
    """

    line: int
    where: str
    level: Level
    code: str
    message: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Found:
    """A remark at a key that has not been given its line yet; else as `Remark`."""

    path: Path
    level: Level
    code: str
    message: str
    why: str
    hint: str
