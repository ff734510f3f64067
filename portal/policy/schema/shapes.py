"""The forms that the values of a pack take."""

from dataclasses import dataclass
from typing import TypeAlias

from portal.policy.reading import LINE, PROSE


@dataclass(frozen=True, slots=True)
class Text:
    """Text in quotes.

    Attributes:
        says: What the reference calls it.
        pattern: Regular expression for the whole of it, without ``^`` and ``$``, or None.
        but: Words that it may not be.
        default: What holds without it, or None.
        limit: Most characters.
        prose: It may have several lines.
    """

    says: str = "text"
    pattern: str | None = None
    but: tuple[str, ...] = ()
    default: str | None = None
    limit: int = LINE
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One of some words; `default` holds without it."""

    allowed: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; `default` holds without it."""

    default: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date without quotes."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list of texts or words, with at least so many of them."""

    of: Text | Word
    least: int = 0


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of several forms."""

    shapes: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class Record:
    """A table.

    Attributes:
        keys: What stands in it.
        inline: It is written ``name = { … }``, and not under a heading of its own.
        several: It is a list of such tables: ``[[name]]``, or ``name = [{ … }]``.
    """

    keys: "tuple[Key, ...]"
    inline: bool = False
    several: bool = False


Shape: TypeAlias = Text | Word | Flag | Day | Many | Either | Record
PARAGRAPHS = Text(limit=PROSE, prose=True)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a pack.

    Attributes:
        name: As it is written.
        shape: What it holds.
        meaning: What it is for, in sentences; of a table, what the table is for.
        example: A value as TOML; empty for a table that has a heading, whose keys have theirs.
        needed: Its table cannot do without it.
    """

    name: str
    shape: Shape
    meaning: str
    example: str = ""
    needed: bool = False
