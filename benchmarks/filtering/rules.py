"""Rule sets of the sizes that occur: one program's, a large one's, and everybody's at once.

They hold hosts and stars only, since no other tool reads more than that without losing some.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.filtering import words

SEED = 20261122
SIZES = {"a": (40, 10), "b": (850, 150), "c": (39_425, 1_716)}  # included, excluded
HARDER = {"a": 30, "b": 30, "c": 146}  # one rule in so many is harder than ``*.name``
WILDCARDS = {"a": 0.5, "b": 0.5, "c": 0.09}  # how many of the rules have a star

_READ_BY_ALL = re.compile(r"(?=[a-z0-9.*-]{4,253}\Z)[^.]+(?:\.[^.]+)+(?<!\d)")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one measurement, as any of the tools could read them."""

    name: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]


def rule_set(name: str, lists: Path | None) -> RuleSet:
    """Return the set ``a``, ``b`` or ``c``, always the same one.

    Args:
        name: Which of them.
        lists: A folder with ``domains.txt``, ``wildcards.txt`` and the platforms' JSON files of
            the bounty-targets-data project; without it, names of the same shape are invented.
    """
    dice = Random(f"{SEED}{name}")  # noqa: S311  (a repeatable list, not a secret)
    included, excluded = SIZES[name]
    if lists is None:
        include = [_invented(name, number, dice) for number in range(included)]
        exclude = [_carved_out(include, dice) for _ in range(excluded)]
    else:
        hosts, stars = _lines(lists / "domains.txt"), _lines(lists / "wildcards.txt")
        include = _drawn(hosts, stars, included, WILDCARDS[name], dice)
        exclude = _sample(sorted(set(_exclusions(lists))), excluded, dice)
        exclude += [_carved_out(include, dice) for _ in range(excluded - len(exclude))]
    return RuleSet(name, tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude)))


def _invented(name: str, number: int, dice: Random) -> str:
    """Invent the included rule of a number, of the shape that is usual in a set."""
    base = words.registrable(dice)
    if number % HARDER[name] == 0:
        first = words.label(dice)
        return dice.choice((f"{first}-*.{base}", f"*-{first}.{base}", f"*.{first}.*.{base}"))
    if dice.random() < WILDCARDS[name]:
        return f"*.{base}" if dice.random() < 0.7 else f"*.{words.label(dice)}.{base}"
    return words.below(base, dice)


def _carved_out(include: list[str], dice: Random) -> str:
    """Exclude something below an included wildcard, as programs do."""
    base = dice.choice(include)
    while not base.startswith("*.") or "*" in base[1:]:
        base = dice.choice(include)
    star = "*." if dice.random() < 0.4 else ""
    return f"{star}{words.label(dice)}.{base[2:]}"


def _drawn(hosts: list[str], stars: list[str], size: int, share: float, dice: Random) -> list[str]:
    """Draw included rules from real lists; a size beyond the lists takes all of them."""
    if size >= len(hosts) + len(stars):
        return hosts + stars
    some = _sample(stars, round(size * share), dice)
    return _sample(hosts, size - len(some), dice) + some


def _sample(pool: list[str], size: int, dice: Random) -> list[str]:
    """Draw so many, or all there are."""
    return dice.sample(pool, min(size, len(pool)))


def _lines(path: Path) -> list[str]:
    """Return the rules of a list that every tool can read."""
    lines = path.read_text(encoding="utf-8").lower().split()
    return [line for line in dict.fromkeys(lines) if _READ_BY_ALL.fullmatch(line)]


def _exclusions(lists: Path) -> Iterator[str]:
    """Go through the hosts and wildcards that real programs exclude."""
    for path in sorted(lists.glob("*_data.json")):
        for program in json.loads(path.read_text(encoding="utf-8")):
            for entry in program["targets"]["out_of_scope"]:
                for field in ("target", "uri", "name", "endpoint", "asset_identifier"):
                    text = re.sub(r"^https?://", "", str(entry.get(field) or "").lower().strip())
                    if _READ_BY_ALL.fullmatch(text.rstrip("/")):
                        yield text.rstrip("/")
